/* send.c - the filled reply becomes a response: body, validators, headers. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/http_priv.h"

/* A slow reader gets this long for each of these bytes, beyond the idle limit. */
enum { SLOW_BYTES_S = 8192 };

static bool not_modified(const tl_http_exchange *x)
{
    const tl_http_reply *rp = &x->reply;
    const char *list = tl_http_header(&x->request, "If-None-Match");
    return rp->etag && list && rp->status == 200 && x->request.method == TL_HTTP_GET &&
           tl_http_etag_listed(list, rp->etag);
}

static struct MHD_Response *file_response(tl_http_exchange *x, uint64_t *bytes)
{
    struct stat st;
    int fd = open(x->reply.file, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    if (x->reply.file_ends)
        unlink(x->reply.file);
    struct MHD_Response *r = NULL;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        *bytes = (uint64_t)st.st_size;
        r = MHD_create_response_from_fd64(*bytes, fd);
    }
    if (!r)
        close(fd);
    return r;
}

/* The body stays with the exchange, which outlives the response. */
static struct MHD_Response *body_response(tl_http_exchange *x, uint64_t *bytes)
{
    tl_http_reply *rp = &x->reply;
    if (rp->stream)
        return tl_http_stream_response(rp->stream, x);
    if (rp->file)
        return file_response(x, bytes);
    const char *p = rp->fixed.p ? rp->fixed.p : tl_buf_text(&rp->body);
    size_t n = rp->fixed.p ? rp->fixed.n : rp->body.len;
    *bytes = n;
    return MHD_create_response_from_buffer(n, (void *)p, MHD_RESPMEM_PERSISTENT);
}

static struct MHD_Response *make_response(tl_http_exchange *x)
{
    tl_http_reply *rp = &x->reply;
    struct MHD_Response *r = NULL;
    uint64_t bytes = 0;
    if (not_modified(x)) {
        rp->status = 304;
        r = MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
    } else {
        r = body_response(x, &bytes);
    }
    if (!r && rp->status != 500) {
        tl_http_problem(rp, &x->request, 500, "internal", tl_http_status_text(500), NULL);
        r = body_response(x, &bytes);
    }
    x->sent_bytes = x->request.head ? 0 : bytes;
    return r;
}

/* What a browser may do with an answer, where its handler does not say otherwise: nothing but show
 * it. An answer opened by itself runs no script, loads nothing and is put in no frame. */
static const char *const guards[][2] = {
    { "Content-Security-Policy", "default-src 'none'; object-src 'none'; base-uri 'none'; "
                                 "form-action 'none'; frame-ancestors 'none'; sandbox" },
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "no-referrer" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
};

static bool has_header(const tl_http_reply *rp, const char *name)
{
    for (size_t i = 0; i < rp->n; i++)
        if (strcasecmp(rp->names[i], name) == 0)
            return true;
    return false;
}

static void add_guards(const tl_http_exchange *x, struct MHD_Response *r)
{
    for (size_t i = 0; i < sizeof guards / sizeof *guards; i++)
        if (!has_header(&x->reply, guards[i][0]))
            MHD_add_response_header(r, guards[i][0], guards[i][1]);
    if (x->request.secure) /* RFC 6797; two years */
        MHD_add_response_header(r, "Strict-Transport-Security",
                                "max-age=63072000; includeSubDomains");
}

/* SVG and XML say their charset in the header too, whatever stands in their first line (RFC 7303,
 * 3.2). JSON is UTF-8 and has no such parameter (RFC 8259, 11). */
static const char *content_type(const tl_http_exchange *x)
{
    const char *type = x->reply.type;
    size_t n = strlen(type);
    bool xml = n > 4 && (strcmp(type + n - 4, "+xml") == 0 || strcmp(type + n - 4, "/xml") == 0);
    const char *whole = xml ? tl_arena_printf(x->request.arena, "%s; charset=utf-8", type) : NULL;
    return whole ? whole : type;
}

enum MHD_Result tl_exchange_send(tl_http_exchange *x)
{
    struct tl_http_server *s = x->server;
    tl_http_reply *rp = &x->reply;
    struct MHD_Response *r = make_response(x);
    if (!r)
        return MHD_NO; /* no memory: the connection is closed */
    if (rp->type && rp->status != 304 && rp->status != 204)
        MHD_add_response_header(r, "Content-Type", content_type(x));
    if (rp->etag)
        MHD_add_response_header(r, "ETag", rp->etag);
    for (size_t i = 0; i < rp->n; i++)
        MHD_add_response_header(r, rp->names[i], rp->values[i]);
    add_guards(x, r);
    if (rp->close || atomic_load(&s->stopping))
        MHD_add_response_header(r, "Connection", "close");
    uint64_t slow = x->sent_bytes / SLOW_BYTES_S;
    tl_http_connection_until(
        tl_exchange_connection(x->connection),
        rp->stream ? 0 : s->request_s + (unsigned)(slow < 1000000 ? slow : 1000000));
    enum MHD_Result queued = MHD_queue_response(x->connection, (unsigned)rp->status, r);
    MHD_destroy_response(r);
    return queued;
}
