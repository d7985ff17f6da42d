/* printed_models.c - which numbers of models a printed share allows, in whole numbers only.
 *
 * m of M models round half up to v / s per cent (s = 10^decimals) when
 * v <= 100 s m / M + 1/2 < v + 1, that is M (2v - 1) <= 200 s m < M (2v + 1).
 * With twelve digits of v at most and a million models the products stay within 64 bits for every
 * share up to 100. */
#include <math.h>

#include "registry/printed_priv.h"

int64_t tl_printed_scale(int decimals)
{
    int64_t scale = 1;
    while (decimals-- > 0)
        scale *= 10;
    return scale;
}

bool tl_printed_whole(double value, int decimals, int64_t *out)
{
    const double most = 1e12, little = 1e-3; /* a double of that size errs by about 1e-4 */
    if (!isfinite(value) || decimals < 0 || decimals > TL_PRINTED_DECIMALS_MAX)
        return false;
    const double scaled = value * (double)tl_printed_scale(decimals);
    if (scaled < 0 || scaled > most || fabs(scaled - nearbyint(scaled)) > little)
        return false;
    *out = (int64_t)nearbyint(scaled);
    return true;
}

bool tl_printed_counts(int64_t share, int decimals, int64_t models, int64_t *low, int64_t *high)
{
    const int64_t whole = 200 * tl_printed_scale(decimals);
    if (share < 0 || share > whole / 2 || models < 1)
        return false;
    const int64_t from = models * (2 * share - 1), below = models * (2 * share + 1);
    *low = from <= 0 ? 0 : (from + whole - 1) / whole;
    *high = (below - 1) / whole;
    if (*high > models)
        *high = models;
    return *low <= *high;
}

tl_status tl_printed_models(double share_percent, int decimals, size_t most, tl_arena *arena,
                            const size_t **out, size_t *n, tl_error *err)
{
    int64_t share, low, high;
    *out = NULL;
    *n = 0;
    if (decimals < 0 || decimals > TL_PRINTED_DECIMALS_MAX)
        return tl_fail(err, TL_EINPUT, "%d decimals, expected 0 to %d", decimals,
                       (int)TL_PRINTED_DECIMALS_MAX);
    if (most > TL_PRINTED_MOST)
        return tl_fail(err, TL_EINPUT, "more than %d models", (int)TL_PRINTED_MOST);
    if (!tl_printed_whole(share_percent, decimals, &share))
        return tl_fail(err, TL_EINPUT, "%g is no share with %d decimals", share_percent, decimals);
    size_t *models = tl_arena_alloc(arena, most + 1, sizeof *models);
    if (!models)
        return tl_fail_nomem(err);
    for (size_t m = 1; m <= most; m++)
        if (tl_printed_counts(share, decimals, (int64_t)m, &low, &high))
            models[(*n)++] = m;
    *out = *n ? models : NULL;
    return TL_OK;
}
