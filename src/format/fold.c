/* fold.c - ICU's NFKC_Casefold between two buffers. */
#include "format/fold.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/text.h"

/* One blank where there are some, none at the ends. ICU has made no-break and full-width blanks
 * plain ones. */
static int32_t squeeze(UChar *u, int32_t n)
{
    int32_t to = 0;
    for (int32_t i = 0; i < n; i++) {
        bool blank = u[i] == ' ' || u[i] == '\t' || u[i] == '\n' || u[i] == '\r';
        if (blank && (to == 0 || u[to - 1] == ' '))
            continue;
        u[to++] = blank ? (UChar)' ' : u[i];
    }
    return to > 0 && u[to - 1] == ' ' ? to - 1 : to;
}

/* Text, folded and squeezed; buffers of the call, so that the arena only gets what is kept. */
struct folding {
    UChar *raw, *folded; /* owned */
    int32_t raw_len, len;
};

static UErrorCode fold(struct folding *f, const char *text, size_t n, bool *full)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&code);
    *full = !(f->raw = tl_new_array(n + 1, sizeof *f->raw));
    if (*full)
        return code;
    u_strFromUTF8(f->raw, (int32_t)(n + 1), &f->raw_len, text, (int32_t)n, &code);
    int32_t need = unorm2_normalize(form, f->raw, f->raw_len, NULL, 0, &code);
    if (code != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(code))
        return code;
    code = U_ZERO_ERROR;
    *full = !(f->folded = tl_new_array((size_t)need + 1, sizeof *f->folded));
    if (*full)
        return code;
    f->len = unorm2_normalize(form, f->raw, f->raw_len, f->folded, need + 1, &code);
    if (U_SUCCESS(code))
        f->len = squeeze(f->folded, f->len);
    return code;
}

tl_status tl_fold(const char *text, tl_arena *arena, const char **out, tl_error *err)
{
    struct folding f = { 0 };
    size_t n = strlen(text);
    int32_t bytes = 0;
    bool full;
    *out = NULL;
    if (n > TL_FOLD_MAX || tl_utf8_valid(text, n) != n)
        return tl_fail(err, TL_EINPUT, "a text that is not UTF-8 or longer than %d bytes",
                       (int)TL_FOLD_MAX);
    UErrorCode code = fold(&f, text, n, &full);
    char *utf8 = full ? NULL : tl_arena_alloc(arena, 3 * (size_t)f.len + 1, 1);
    if (utf8)
        u_strToUTF8(utf8, 3 * f.len + 1, &bytes, f.folded, f.len, &code);
    free(f.raw);
    free(f.folded);
    if (!utf8)
        return tl_fail_nomem(err);
    if (U_FAILURE(code))
        return tl_fail(err, TL_EINPUT, "text: %s", u_errorName(code));
    *out = utf8;
    return TL_OK;
}
