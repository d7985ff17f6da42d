/* page.c - the web page: files built into the program, each with its type and entity tag. */
#include "server/page_files.h"

#include <string.h>

#include "server/server_priv.h"

/* Nothing but the page's own files; charts are drawn as inline SVG, styles of elements as
 * attributes are not used. A frame may hold a document that a person opened beside the desk. */
static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; frame-src blob:; form-action 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

static const tl_page_file *find(const char *path)
{
    size_t low = 0, high = tl_page_file_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(path, tl_page_files[middle].path);
        if (order == 0)
            return &tl_page_files[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static void send_file(tl_request *q, const tl_page_file *f, const char *cache)
{
    tl_http_reply *rp = q->reply;
    rp->fixed = (tl_span){ (const char *)f->bytes, f->n };
    rp->type = f->type;
    rp->etag = f->etag;
    if (f->gzip)
        tl_http_reply_header(rp, "Content-Encoding", "gzip");
    tl_http_reply_header(rp, "Cache-Control", cache);
    tl_http_reply_header(rp, "Content-Security-Policy", policy);
    tl_http_reply_header(rp, "Referrer-Policy", "same-origin");
    tl_http_reply_header(rp, "Cross-Origin-Opener-Policy", "same-origin");
    tl_http_reply_header(rp, "Permissions-Policy",
                         "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
}

static void missing(tl_request *q)
{
    tl_http_problem(q->reply, q->http, 404, "not-found", "there is no such thing here",
                    q->http->path);
}

/* Names of built files carry a hash of their content, so they may be kept for ever. */
static void asset(tl_request *q)
{
    const tl_page_file *f = find(q->http->path);
    if (f)
        send_file(q, f, "public, max-age=31536000, immutable");
    else
        missing(q);
}

/* One page: what it shows is in the path, read by its script. */
static void page(tl_request *q)
{
    const tl_page_file *f = find("/index.html");
    if (f)
        send_file(q, f, "no-cache");
    else
        missing(q);
}

static void home(tl_request *q)
{
    q->reply->status = 302;
    tl_http_reply_header(q->reply, "Location", q->zh ? "/zh/" : "/en/");
    tl_http_reply_header(q->reply, "Vary", "Accept-Language");
}

/* Links in mails name no language: the browser's is taken. It keeps what stands behind '#'. */
static void in_language(tl_request *q)
{
    q->reply->status = 302;
    tl_http_reply_header(
        q->reply, "Location",
        tl_arena_printf(q->http->arena, "/%s%s", q->zh ? "zh" : "en", q->target->own->path));
    tl_http_reply_header(q->reply, "Vary", "Accept-Language");
    tl_http_reply_header(q->reply, "Cache-Control", "no-store");
}

static const tl_server_route rows[] = {
    { TL_HTTP_GET, "/invitation", in_language, true, false },
    { TL_HTTP_GET, "/reset", in_language, true, false },
    { TL_HTTP_GET, "/", home, true, false },
    { TL_HTTP_GET, "/assets/{path...}", asset, true, false },
    { TL_HTTP_GET, "/zh/", page, true, false },
    { TL_HTTP_GET, "/en/", page, true, false },
    { TL_HTTP_GET, "/zh/{path...}", page, true, false },
    { TL_HTTP_GET, "/en/{path...}", page, true, false },
};
const tl_server_routes tl_server_page = { rows, sizeof rows / sizeof *rows };
