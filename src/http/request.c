/* request.c - query, headers and cookies as libmicrohttpd has read them. */
#include "http/request.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>

#include "http/http_priv.h"

static const char *look_up(const tl_http_request *rq, enum MHD_ValueKind kind, const char *name)
{
    return MHD_lookup_connection_value(rq->exchange->connection, kind, name);
}

const char *tl_http_query(const tl_http_request *rq, const char *name)
{
    return look_up(rq, MHD_GET_ARGUMENT_KIND, name);
}

struct each {
    bool (*take)(void *ctx, const char *name, const char *value);
    void *ctx;
};

static enum MHD_Result hand_over(void *cls, enum MHD_ValueKind kind, const char *key,
                                 const char *value)
{
    (void)kind;
    struct each *e = cls;
    return e->take(e->ctx, key, value ? value : "") ? MHD_YES : MHD_NO;
}

void tl_http_query_each(const tl_http_request *rq,
                        bool (*take)(void *ctx, const char *name, const char *value), void *ctx)
{
    struct each e = { take, ctx };
    MHD_get_connection_values(rq->exchange->connection, MHD_GET_ARGUMENT_KIND, hand_over, &e);
}

const char *tl_http_header(const tl_http_request *rq, const char *name)
{
    return look_up(rq, MHD_HEADER_KIND, name);
}

struct last {
    const char *name, *value;
};

static enum MHD_Result keep_last(void *cls, enum MHD_ValueKind kind, const char *key,
                                 const char *value)
{
    (void)kind;
    struct last *l = cls;
    if (strcasecmp(key, l->name) == 0)
        l->value = value;
    return MHD_YES;
}

const char *tl_http_header_last(const tl_http_request *rq, const char *name)
{
    struct last l = { name, NULL };
    MHD_get_connection_values(rq->exchange->connection, MHD_HEADER_KIND, keep_last, &l);
    return l.value;
}

const char *tl_http_cookie(const tl_http_request *rq, const char *name)
{
    return look_up(rq, MHD_COOKIE_KIND, name);
}

const char *tl_http_address_text(const struct sockaddr *address, tl_arena *arena)
{
    char text[INET6_ADDRSTRLEN] = "local";
    if (address && address->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, text,
                  sizeof text);
    if (address && address->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, text,
                  sizeof text);
    return tl_arena_str(arena, text);
}
