/* stream.h - a reply that grows while it is sent: server-sent events and long exports.
 *
 * The producer writes from any thread; a client that reads slowly costs no thread. What the client
 * has not taken yet is bounded: a producer that is ahead by more is told to wait. */
#ifndef TL_HTTP_STREAM_H
#define TL_HTTP_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef struct tl_http_stream tl_http_stream;

/* Two hands hold a stream: the reply and the producer. Each lets go once. */
TL_MUST_CHECK tl_status tl_http_stream_new(tl_http_stream **out, size_t limit_bytes, tl_error *err);
void tl_http_stream_release(tl_http_stream *s);
tl_http_stream *tl_http_stream_hold(tl_http_stream *s);

/* Appends n bytes. TL_ECONFLICT where the client is behind by more than the limit (nothing was
 * taken), TL_EIO where it has gone. */
TL_MUST_CHECK tl_status tl_http_stream_write(tl_http_stream *s, const void *data, size_t n,
                                             tl_error *err);

/* No more will come; the reply ends when all is sent. */
void tl_http_stream_end(tl_http_stream *s);

/* The client has gone. */
bool tl_http_stream_gone(tl_http_stream *s);

#endif
