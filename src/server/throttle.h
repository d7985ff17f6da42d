/* throttle.h - how often one address may ask: a bucket each that fills with time.
 *
 * Buckets share a fixed table, so that no number of addresses takes memory: two that fall together
 * share one. An IPv6 address counts by its network of 64 bits. Any thread. */
#ifndef TL_SERVER_THROTTLE_H
#define TL_SERVER_THROTTLE_H

#include <stdbool.h>

typedef struct tl_throttle tl_throttle;

/* per_second tokens come in, at most `burst` are kept; 0 per second: no limit. NULL when out of
 * memory. */
tl_throttle *tl_throttle_new(double per_second, double burst);
void tl_throttle_free(tl_throttle *t);

/* Takes `cost` tokens of an address; false where they are not there, *wait_s tells when they are.
 */
bool tl_throttle_take(tl_throttle *t, const char *address, double cost, double now_s,
                      double *wait_s);

#endif
