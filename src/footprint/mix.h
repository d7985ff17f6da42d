/* mix.h - one option of a choice, or several by share: "scrap-eaf", "bf-bof:60/scrap-eaf:40". */
#ifndef TL_FOOTPRINT_MIX_H
#define TL_FOOTPRINT_MIX_H

#include "base/memory.h"

enum { TL_MIX_MAX = 8 };

typedef struct tl_mix {
    const char *options[TL_MIX_MAX];
    double shares[TL_MIX_MAX]; /* 0 to 1; they come to 1 */
    size_t n;
} tl_mix;

/* Shares are in percent and come to 100; an option alone has all. The texts live in the arena.
 * TL_EINPUT names the parameter: no share, a share below 0, an option twice, another sum. Whether
 * there is such an option is for the caller to see. */
TL_MUST_CHECK tl_status tl_mix_parse(tl_mix *out, const char *parameter, const char *text,
                                     tl_arena *arena, tl_error *err);

/* Share of an option, 0 where it is not in the mix. */
double tl_mix_share(const tl_mix *m, const char *option);

#endif
