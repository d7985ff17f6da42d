/* random.h - reproducible random streams. Not for secrets.
 *
 * splitmix64 and xoshiro256** by Blackman and Vigna (https://prng.di.unimi.it, public domain
 * descriptions). The counter form gives the same draw for the same key whatever the order of
 * asking. */
#ifndef TL_BASE_RANDOM_H
#define TL_BASE_RANDOM_H

#include <stdint.h>

typedef struct tl_random {
    uint64_t s[4];
} tl_random;

/* Next value of the splitmix64 stream held in *state. */
static inline uint64_t tl_splitmix_next(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* A xoshiro256** stream, its state filled from splitmix64(seed). */
tl_random tl_random_seed(uint64_t seed);
uint64_t tl_random_next(tl_random *r);

/* Uniform on [0,1) with 53 bits. */
double tl_random_unit(tl_random *r);

/* Uniform on 0..n-1 without bias; n > 0. */
uint64_t tl_random_below(tl_random *r, uint64_t n);

/* Standard normal (Box-Muller, one of the pair). */
double tl_random_normal(tl_random *r);

#endif
