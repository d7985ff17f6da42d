/* random.c - xoshiro256**. */
#include "base/random.h"

#include <math.h>

tl_random tl_random_seed(uint64_t seed)
{
    tl_random r;
    for (int i = 0; i < 4; i++)
        r.s[i] = tl_splitmix_next(&seed);
    return r;
}

static uint64_t rotl(uint64_t x, int k)
{
    return x << k | x >> (64 - k);
}

uint64_t tl_random_next(tl_random *r)
{
    uint64_t *s = r->s, result = rotl(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
}

double tl_random_unit(tl_random *r)
{
    return (double)(tl_random_next(r) >> 11) * 0x1p-53;
}

uint64_t tl_random_below(tl_random *r, uint64_t n)
{
    uint64_t limit = UINT64_MAX - UINT64_MAX % n, v;
    do
        v = tl_random_next(r);
    while (v >= limit);
    return v % n;
}

double tl_random_normal(tl_random *r)
{
    double u = 1.0 - tl_random_unit(r), v = tl_random_unit(r);
    return sqrt(-2.0 * log(u)) * cos(6.283185307179586476925 * v);
}
