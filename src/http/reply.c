/* reply.c - headers, problems and entity tags. */
#include "http/reply.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "format/json.h"
#include "format/message.h"

void tl_http_reply_header(tl_http_reply *rp, const char *name, const char *value)
{
    if (!value || !tl_text_plain(value, false))
        return;
    size_t i = 0;
    bool many = strcasecmp(name, "Set-Cookie") == 0;
    while (i < rp->n && (many || strcasecmp(rp->names[i], name) != 0))
        i++;
    assert(i < TL_HTTP_HEADERS);
    rp->names[i] = name;
    rp->values[i] = value;
    rp->n += i == rp->n;
}

void tl_http_reply_reset(tl_http_reply *rp)
{
    tl_buf_clear(&rp->body);
    tl_http_stream_release(rp->stream);
    *rp = (tl_http_reply){ .status = 200 };
}

void tl_http_problem(tl_http_reply *rp, const tl_http_request *rq, int status, const char *type,
                     const char *title, const char *detail)
{
    tl_http_reply_reset(rp);
    rp->status = status;
    rp->type = "application/problem+json";
    tl_json j = tl_json_start(&rp->body, false);
    const char *path = tl_arena_printf(rq->arena, "/problems/%s", type);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "type", path ? path : "about:blank");
    tl_json_text(&j, "title", tl_message_said(rq->arena, title, rq->zh));
    tl_json_int(&j, "status", status);
    if (detail)
        tl_json_text(&j, "detail", tl_message_said(rq->arena, detail, rq->zh));
    tl_json_text(&j, "instance", rq->id);
    tl_json_end(&j);
    tl_buf_char(&rp->body, '\n');
    tl_http_reply_header(rp, "Cache-Control", "no-store");
    tl_http_reply_header(rp, "Content-Language", rq->zh ? "zh" : "en");
    tl_http_reply_header(rp, "Vary", "Accept-Language");
}

void tl_http_problem_of(tl_http_reply *rp, const tl_http_request *rq, const tl_error *err)
{
    static const struct {
        tl_status status;
        int code;
        const char *type, *title;
    } rows[] = {
        { TL_EINPUT, 422, "input", "the request cannot be taken as it is" },
        { TL_ENUMERIC, 422, "numeric", "the numbers given have no sound result" },
        { TL_ENOTFOUND, 404, "not-found", "there is no such thing here" },
        { TL_ECONFLICT, 409, "conflict", "this cannot be done in the present state" },
        { TL_EFORBIDDEN, 403, "forbidden", "you may not do this" },
        { TL_ENOMEM, 503, "busy", "the server has no memory left for this" },
        { TL_EIO, 503, "unavailable", "the service cannot do this now" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].status == err->status) {
            tl_http_problem(rp, rq, rows[i].code, rows[i].type, rows[i].title,
                            rows[i].code < 500 ? err->text : NULL);
            if (rows[i].code == 503)
                tl_http_reply_header(rp, "Retry-After", "1");
            return;
        }
    tl_http_problem(rp, rq, 500, "internal", "the server could not do this",
                    "the log of the server tells why under this instance");
}

const char *tl_http_status_text(int status)
{
    static const struct {
        int status;
        const char *text;
    } rows[] = {
        { 400, "Bad Request" },
        { 401, "Unauthorized" },
        { 403, "Forbidden" },
        { 404, "Not Found" },
        { 405, "Method Not Allowed" },
        { 406, "Not Acceptable" },
        { 408, "Request Timeout" },
        { 409, "Conflict" },
        { 412, "Precondition Failed" },
        { 413, "Content Too Large" },
        { 415, "Unsupported Media Type" },
        { 422, "Unprocessable Content" },
        { 429, "Too Many Requests" },
        { 500, "Internal Server Error" },
        { 503, "Service Unavailable" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].status == status)
            return rows[i].text;
    return status < 400 ? "OK" : "Error";
}

static tl_span strong(tl_span tag)
{
    return tag.n > 2 && tag.p[0] == 'W' && tag.p[1] == '/' ? (tl_span){ tag.p + 2, tag.n - 2 }
                                                           : tag;
}

bool tl_http_etag_listed(const char *list, const char *etag)
{
    tl_span rest = tl_span_of(list), element, wanted = strong(tl_span_of(etag));
    while (tl_span_split(&rest, ',', &element)) {
        element = tl_span_trim(element);
        if (tl_span_is(element, "*") || tl_span_equal(strong(element), wanted))
            return true;
    }
    return false;
}
