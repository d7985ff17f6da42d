/* load_client.h - asks one target over many kept connections from one thread, as fast as it is
 * answered, and says how fast that was. */
#ifndef TL_BENCH_LOAD_CLIENT_H
#define TL_BENCH_LOAD_CLIENT_H

#include <stddef.h>
#include <stdint.h>

typedef struct tl_load {
    size_t answers, errors; /* errors: another status than 200, or a lost connection */
    double per_second, p50_ms, p99_ms, most_ms;
} tl_load;

/* Asks GET targets[i % n] of 127.0.0.1:port over `connections` for `seconds`. False where nothing
 * could be asked. */
int tl_load_run(uint16_t port, const char *const *targets, size_t n, unsigned connections,
                double seconds, tl_load *out);

#endif
