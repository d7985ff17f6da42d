/* metrics.c - atomic counters, a row a route. */
#include "http/metrics.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"

enum { BOUNDS = 11, CLASSES = 6 };

/* Upper bounds in seconds; the last bucket of Prometheus, +Inf, is the count. */
static const double bounds[BOUNDS] = { 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                       0.05,   0.1,   0.25,   1,     5 };

struct row {
    atomic_uint_fast64_t classes[CLASSES]; /* by hundreds of the status */
    atomic_uint_fast64_t buckets[BOUNDS];
    atomic_uint_fast64_t count, microseconds, sent_bytes;
};

struct tl_http_metrics {
    const tl_http_route *routes;
    size_t n;
    struct row *rows; /* n + 1 */
};

tl_http_metrics *tl_http_metrics_new(const tl_http_route *routes, size_t n)
{
    tl_http_metrics *m = calloc(1, sizeof *m);
    if (!m || !(m->rows = tl_new_array(n + 1, sizeof *m->rows))) {
        free(m);
        return NULL;
    }
    m->routes = routes;
    m->n = n;
    return m;
}

void tl_http_metrics_free(tl_http_metrics *m)
{
    if (m)
        free(m->rows);
    free(m);
}

void tl_http_metrics_add(tl_http_metrics *m, size_t route, int status, double seconds,
                         uint64_t sent_bytes)
{
    struct row *r = &m->rows[route < m->n ? route : m->n];
    int class = status / 100;
    atomic_fetch_add_explicit(&r->classes[class > 0 && class < CLASSES ? class : 0], 1,
                              memory_order_relaxed);
    for (size_t i = 0; i < BOUNDS; i++)
        if (seconds <= bounds[i]) {
            atomic_fetch_add_explicit(&r->buckets[i], 1, memory_order_relaxed);
            break;
        }
    atomic_fetch_add_explicit(&r->count, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&r->microseconds, (uint64_t)(seconds * 1e6), memory_order_relaxed);
    atomic_fetch_add_explicit(&r->sent_bytes, sent_bytes, memory_order_relaxed);
}

static void head(tl_buf *out, const char *name, const char *type, const char *help)
{
    tl_buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void labels(tl_buf *out, const tl_http_metrics *m, size_t i)
{
    if (i < m->n)
        tl_buf_printf(out, "{method=\"%s\",route=\"%s\"", tl_http_method_name(m->routes[i].method),
                      m->routes[i].pattern);
    else
        tl_buf_str(out, "{method=\"\",route=\"\"");
}

static uint64_t get(const atomic_uint_fast64_t *v)
{
    return atomic_load_explicit(v, memory_order_relaxed);
}

static void write_histogram(const tl_http_metrics *m, size_t i, tl_buf *out)
{
    const struct row *r = &m->rows[i];
    uint64_t below = 0;
    for (size_t k = 0; k < BOUNDS; k++) {
        below += get(&r->buckets[k]);
        tl_buf_str(out, "tanlian_http_request_seconds_bucket");
        labels(out, m, i);
        tl_buf_str(out, ",le=\"");
        tl_buf_number(out, bounds[k]);
        tl_buf_printf(out, "\"} %llu\n", (unsigned long long)below);
    }
    unsigned long long count = get(&r->count);
    tl_buf_str(out, "tanlian_http_request_seconds_bucket");
    labels(out, m, i);
    tl_buf_printf(out, ",le=\"+Inf\"} %llu\ntanlian_http_request_seconds_sum", count);
    labels(out, m, i);
    tl_buf_str(out, "} ");
    tl_buf_number(out, (double)get(&r->microseconds) / 1e6);
    tl_buf_str(out, "\ntanlian_http_request_seconds_count");
    labels(out, m, i);
    tl_buf_printf(out, "} %llu\n", count);
}

void tl_http_metrics_write(const tl_http_metrics *m, tl_buf *out)
{
    head(out, "tanlian_http_requests_total", "counter", "requests answered");
    for (size_t i = 0; i <= m->n; i++)
        for (int c = 0; c < CLASSES; c++)
            if (get(&m->rows[i].classes[c]) > 0) {
                tl_buf_str(out, "tanlian_http_requests_total");
                labels(out, m, i);
                tl_buf_printf(out, ",code=\"%dxx\"} %llu\n", c,
                              (unsigned long long)get(&m->rows[i].classes[c]));
            }
    head(out, "tanlian_http_sent_bytes_total", "counter", "bytes of bodies sent");
    for (size_t i = 0; i <= m->n; i++)
        if (get(&m->rows[i].count) > 0) {
            tl_buf_str(out, "tanlian_http_sent_bytes_total");
            labels(out, m, i);
            tl_buf_printf(out, "} %llu\n", (unsigned long long)get(&m->rows[i].sent_bytes));
        }
    head(out, "tanlian_http_request_seconds", "histogram",
         "from the last byte of the request to the last of the answer");
    for (size_t i = 0; i <= m->n; i++)
        if (get(&m->rows[i].count) > 0)
            write_histogram(m, i, out);
}
