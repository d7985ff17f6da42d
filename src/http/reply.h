/* reply.h - what is answered. A handler fills it; the server sends it when the handler returned. */
#ifndef TL_HTTP_REPLY_H
#define TL_HTTP_REPLY_H

#include "base/buf.h"
#include "http/request.h"
#include "http/stream.h"

enum { TL_HTTP_HEADERS = 12 };

/* One of body, fixed, file, stream; texts are borrowed until it is sent, so from the arena of the
 * request or from constants. */
typedef struct tl_http_reply {
    int status;       /* 200 */
    const char *type; /* media type */
    tl_buf body;      /* owned */
    tl_span fixed;    /* lives as long as the server */
    const char *file; /* sent from disk; removed after it where file_ends */
    bool file_ends;
    tl_http_stream *stream; /* owned */
    const char *etag;       /* with its quotes; a matching If-None-Match is answered with 304 */
    const char *names[TL_HTTP_HEADERS], *values[TL_HTTP_HEADERS];
    size_t n;
    bool close; /* no further request on this connection */
} tl_http_reply;

/* Adds a header; a value with control characters is left out, more than TL_HTTP_HEADERS is an
 * assert. A header of the same name is replaced, except Set-Cookie. */
void tl_http_reply_header(tl_http_reply *rp, const char *name, const char *value);

/* Empties the reply for another one; headers go too. */
void tl_http_reply_reset(tl_http_reply *rp);

/* A problem (RFC 9457): {"type", "title", "status", "detail", "instance"}. type: a short word such
 * as "not-found", written as "/problems/not-found". Title and detail are given in English and said
 * in the language of the request (Content-Language). In place of whatever was there. */
void tl_http_problem(tl_http_reply *rp, const tl_http_request *rq, int status, const char *type,
                     const char *title, const char *detail);

/* The problem for a failure: TL_EINPUT 422, TL_ENOTFOUND 404, TL_ECONFLICT 409, TL_EFORBIDDEN 403,
 * TL_ENUMERIC 422; of TL_EIO and TL_ENOMEM (503, Retry-After) the text is left out. */
void tl_http_problem_of(tl_http_reply *rp, const tl_http_request *rq, const tl_error *err);

/* The words of a status: 404 "Not Found". */
const char *tl_http_status_text(int status);

/* Whether an If-None-Match or If-Match list holds the tag ("*" holds any). Weak comparison. */
bool tl_http_etag_listed(const char *list, const char *etag);

#endif
