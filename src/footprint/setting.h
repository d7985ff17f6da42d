/* setting.h - what a user may change for one calculation: "steel.route=scrap-eaf". */
#ifndef TL_FOOTPRINT_SETTING_H
#define TL_FOOTPRINT_SETTING_H

#include <stddef.h>

#include "base/memory.h"

typedef struct tl_setting {
    const char *key, *value;
} tl_setting;

/* Splits "key=value". TL_EINPUT without '=', with an empty side, or for a key given twice in
 * settings[0..n). The texts live in the arena. */
TL_MUST_CHECK tl_status tl_setting_parse(tl_setting *out, const char *text,
                                         const tl_setting *settings, size_t n, tl_arena *arena,
                                         tl_error *err);

/* Value of a key, NULL if it was not given. */
const char *tl_setting_find(const tl_setting *settings, size_t n, const char *key);

#endif
