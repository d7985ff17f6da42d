/* metrics.h - how many requests, how long they took: counters that any thread adds to. */
#ifndef TL_HTTP_METRICS_H
#define TL_HTTP_METRICS_H

#include <stdint.h>

#include "base/buf.h"
#include "http/route.h"

typedef struct tl_http_metrics tl_http_metrics;

/* For n routes and one more for what fits none; routes are borrowed. NULL when out of memory. */
tl_http_metrics *tl_http_metrics_new(const tl_http_route *routes, size_t n);
void tl_http_metrics_free(tl_http_metrics *m);

/* One request answered; route n or above: none. */
void tl_http_metrics_add(tl_http_metrics *m, size_t route, int status, double seconds,
                         uint64_t sent_bytes);

/* Prometheus text (exposition format 0.0.4): tanlian_http_requests_total and
 * tanlian_http_request_seconds by route; routes that were never asked are left out. */
void tl_http_metrics_write(const tl_http_metrics *m, tl_buf *out);

#endif
