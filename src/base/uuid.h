/* uuid.h - names as UUIDs: version 5 of RFC 9562, section 5.5. The same name in the same namespace
 * gives the same UUID for ever; nothing is drawn by chance. */
#ifndef TL_BASE_UUID_H
#define TL_BASE_UUID_H

#include "base/error.h"

enum { TL_UUID_TEXT = 37 }; /* 36 letters and the NUL */

/* space is a UUID as text; TL_EINPUT where it is none. */
TL_MUST_CHECK tl_status tl_uuid5(const char *space, const char *name, char out[TL_UUID_TEXT],
                                 tl_error *err);

#endif
