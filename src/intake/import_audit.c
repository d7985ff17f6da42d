/* import_audit.c - what is said of an imported file in the audit chain. */
#include "intake/import_audit.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "store/audit.h"

enum { NAME_MAX_BYTES = 400 }; /* file systems allow 255 */

tl_status tl_import_audit(tl_store *s, const char *actor, const char *action, const char *path,
                          tl_buf *detail, tl_error *err)
{
    const char *name = tl_path_base(path);
    bool plain = strlen(name) <= NAME_MAX_BYTES && tl_text_plain(name, false);
    tl_buf object;
    tl_buf_init(&object, 0);
    tl_buf_printf(&object, "file/%s", plain ? name : "");
    tl_status st = tl_buf_status(detail, err);
    if (st == TL_OK && (st = tl_buf_status(&object, err)) == TL_OK)
        st = tl_audit_append(s, actor, action, tl_buf_text(&object), tl_buf_text(detail), err);
    tl_buf_clear(&object);
    tl_buf_clear(detail);
    return st;
}
