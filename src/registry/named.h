/* named.h - which verification body was named for a footprint, or for a publication round.
 *
 * A verifier sees what is published, as everybody does. Of what is not, a body sees and steps what
 * it was named for and nothing else: a footprint, or all of a round. It may not belong to the
 * company whose footprint it is. Declarations name their verifier themselves (epd.h). */
#ifndef TL_REGISTRY_NAMED_H
#define TL_REGISTRY_NAMED_H

#include "base/memory.h"
#include "store/store.h"
#include "store/viewer.h"

typedef enum tl_named_kind { TL_NAMED_RECORD, TL_NAMED_BATCH } tl_named_kind;

/* One naming, for a list. */
typedef struct tl_named {
    tl_named_kind kind;
    const char *id, *title; /* of the record or round */
    const char *tenant, *name_en, *name_zh, *named_on;
} tl_named;

/* A naming to be made, or taken back. */
typedef struct tl_naming {
    tl_named_kind kind;
    const char *id, *tenant;
    const char *day; /* ISO */
    const char *who;
    bool ends;
} tl_naming;

/* Inside the caller's transaction, with an audit entry where something changes. TL_ENOTFOUND for a
 * record, a round or an organisation that is not there, TL_EINPUT for an organisation that is no
 * verification body or belongs to the company. Whether the viewer may name is asked by the caller.
 */
TL_MUST_CHECK tl_status tl_named_put(tl_store *s, const tl_naming *n, tl_error *err);

/* Whether the viewer acts for a body that was named for it, and may read records. */
TL_MUST_CHECK tl_status tl_named_is(tl_store *s, const tl_viewer *v, tl_named_kind kind,
                                    const char *id, bool *out, tl_error *err);

/* What the list of namings is asked for; NULL: not asked. */
typedef struct tl_named_filter {
    const char *record, *batch;
} tl_named_filter;

/* Every naming of the viewer's organisation, or of footprints of the viewer's company; all for who
 * sees all organisations. Records first, each by id. In the arena. */
TL_MUST_CHECK tl_status tl_named_list(tl_store *s, const tl_viewer *v, const tl_named_filter *f,
                                      tl_arena *arena, const tl_named **out, size_t *n,
                                      tl_error *err);

#endif
