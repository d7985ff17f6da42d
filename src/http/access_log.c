/* access_log.c - one line of JSON a request. The query is left out: it may hold what people look
 * for, and links of invitations. */
#include "base/clock.h"
#include "format/json.h"
#include "http/http_priv.h"

void tl_http_log_handshake(struct tl_http_server *s, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char now[TL_TIME_ISO];
    tl_arena *arena = NULL;
    tl_buf b;
    if (tl_arena_new(&arena, 0, NULL) != TL_OK)
        return;
    tl_time_now(now);
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "at", now);
    tl_json_text(&j, "from", tl_http_address_text(info ? info->client_addr : NULL, arena));
    tl_json_text(&j, "tls", "handshake failed");
    tl_json_end(&j);
    if (tl_buf_status(&b, NULL) == TL_OK)
        s->app.log(s->app.log_ctx, tl_buf_text(&b));
    tl_buf_clear(&b);
    tl_arena_free(arena);
}

void tl_exchange_log(const tl_http_exchange *x, double seconds)
{
    const tl_http_request *rq = &x->request;
    char now[TL_TIME_ISO];
    tl_buf b;
    tl_time_now(now);
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "at", now);
    tl_json_text(&j, "id", rq->id);
    tl_json_text(&j, "from", rq->address);
    tl_json_text(&j, "who", rq->who);
    tl_json_text(&j, "method", rq->head ? "HEAD" : tl_http_method_name(rq->method));
    tl_json_text(&j, "path", rq->path);
    tl_json_int(&j, "status", x->reply.status);
    tl_json_int(&j, "body_bytes", (int64_t)rq->body_bytes);
    tl_json_int(&j, "sent_bytes", (int64_t)x->sent_bytes);
    tl_json_int(&j, "us", (int64_t)(seconds * 1e6));
    tl_json_end(&j);
    if (tl_buf_status(&b, NULL) == TL_OK)
        x->server->app.log(x->server->app.log_ctx, tl_buf_text(&b));
    tl_buf_clear(&b);
}
