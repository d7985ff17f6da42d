/* request.h - what a client asked, as a handler sees it.
 *
 * Every text is well-formed UTF-8 without NUL bytes: what is not is answered with 400 before a
 * handler is called. All is borrowed until the reply is sent. */
#ifndef TL_HTTP_REQUEST_H
#define TL_HTTP_REQUEST_H

#include "base/memory.h"
#include "base/text.h"
#include "http/route.h"

struct tl_http_exchange;

typedef struct tl_http_request {
    tl_http_method method;
    bool head;           /* HEAD, asked for as GET */
    const char *path;    /* decoded, without the query */
    const char *address; /* of the peer: "127.0.0.1" */
    const char *id;      /* of this request, unique in this process: in log lines and problems */
    tl_span body;        /* as far as it is kept in memory */
    const char *file;    /* a body beyond that: a temporary file that is removed afterwards */
    size_t body_bytes;   /* in either */
    bool secure;         /* came over TLS, here or at the proxy */
    bool zh;             /* asked in Chinese: tl_http_wants_chinese() */
    tl_arena *arena;     /* lives until the reply is sent */
    void *worker;        /* of the thread that serves it: tl_http_app.worker_open */
    void *data;          /* what begin() left for serve() */
    const char *who;     /* for the log: set by the handler, NULL = nobody signed in */
    struct tl_http_exchange *exchange; /* private */
} tl_http_request;

/* The first value of a name in the query, decoded; NULL where it is not there. */
const char *tl_http_query(const tl_http_request *rq, const char *name);

/* Calls take for each name and value of the query in their order; false from it ends. */
void tl_http_query_each(const tl_http_request *rq,
                        bool (*take)(void *ctx, const char *, const char *), void *ctx);

/* A header, letter case aside; NULL where it is not there. */
const char *tl_http_header(const tl_http_request *rq, const char *name);

/* The last of several headers of that name. */
const char *tl_http_header_last(const tl_http_request *rq, const char *name);

/* A cookie; NULL where it is not there. */
const char *tl_http_cookie(const tl_http_request *rq, const char *name);

/* The best of n media types for an Accept header (RFC 9110, 12.5.1): highest quality, then the
 * order of types. NULL or "" takes the first; SIZE_MAX where nothing fits. */
size_t tl_http_accept(const char *header, const char *const *types, size_t n);

/* The same for Accept-Language by primary language: "zh" takes zh-CN. n if nothing fits. */
size_t tl_http_accept_language(const char *header, const char *const *languages, size_t n);

/* The language to answer in: "lang" of the query, or else Accept-Language; English by default. */
bool tl_http_wants_chinese(const tl_http_request *rq);

#endif
