/* disclosure_id.h - ids under which footprints are published, such as 88.186.1/CPP.V.LW4.RB00001.
 *
 * The pattern is inferred from one printed example: an identifier prefix, '/', then programme,
 * object, code of the maker and serial between points. Reading is lenient: what does not fit is
 * kept as text and printed as it was. */
#ifndef TL_REGISTRY_DISCLOSURE_ID_H
#define TL_REGISTRY_DISCLOSURE_ID_H

#include <stdbool.h>

#include "base/memory.h"

typedef struct tl_disclosure_id {
    const char *text; /* as given, blanks at the ends removed; full-width forms made half-width */
    bool parsed;      /* the parts below are known; otherwise they are "" */
    const char *prefix, *programme, *object, *maker, *serial; /* "88.186.1","CPP","V","LW4",... */
} tl_disclosure_id;

/* Never fails but for memory and for text above 200 bytes or with control characters (TL_EINPUT).
 */
TL_MUST_CHECK tl_status tl_disclosure_id_parse(tl_disclosure_id *out, const char *text,
                                               tl_arena *arena, tl_error *err);

/* "88.186.1/CPP.V.LW4.RB00001" from the parts, or the text kept. In the arena; NULL: no memory. */
const char *tl_disclosure_id_format(const tl_disclosure_id *id, tl_arena *arena);

#endif
