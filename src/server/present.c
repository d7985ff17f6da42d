/* present.c - what an operation left, in the form the client would rather have.
 *
 * ?format= goes before Accept, so that a link can name a file. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "server/server_priv.h"

static const struct form {
    const char *name, *type;
} forms[] = {
    { "json", "application/json" },
    { "view", "application/vnd.tanlian.view+json" },
    { "csv", "text/csv; charset=utf-8" },
    { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
    { "svg", "image/svg+xml" },
    { "pdf", "application/pdf" },
    { "xml", "application/xml" },
    { "zip", "application/zip" },
    { "atom", "application/atom+xml" },
};
enum { FORMS = sizeof forms / sizeof *forms };

static bool has_format(const char *formats, const char *name)
{
    tl_span rest = tl_span_of(formats), one;
    while (formats && tl_span_split(&rest, '|', &one))
        if (tl_span_is(one, name))
            return true;
    return false;
}

/* Forms this operation has: those of its document alone, else of its report and drawing. */
static bool offers(const tl_operation *o, const char *name)
{
    if (o->formats)
        return has_format(o->formats, name);
    if (strcmp(name, "svg") == 0)
        return o->flags & TL_OPERATION_DRAWS;
    return strcmp(name, "json") == 0 || strcmp(name, "view") == 0 || strcmp(name, "csv") == 0 ||
           strcmp(name, "xlsx") == 0 || strcmp(name, "zip") == 0;
}

const char *tl_form_type(const tl_operation *o, size_t i, const char **name)
{
    for (size_t k = 0; k < FORMS; k++)
        if (offers(o, forms[k].name) && i-- == 0) {
            *name = forms[k].name;
            return forms[k].type;
        }
    return NULL;
}

tl_status tl_choose_form(const tl_request *q, const tl_operation *o, const char **form,
                         tl_error *err)
{
    const char *names[FORMS], *types[FORMS];
    size_t n = 0;
    for (size_t i = 0; i < FORMS; i++)
        if (offers(o, forms[i].name)) {
            names[n] = forms[i].name;
            types[n++] = forms[i].type;
        }
    const char *wanted = tl_http_query(q->http, "format");
    for (size_t i = 0; wanted && i < n; i++)
        if (strcmp(names[i], wanted) == 0) {
            *form = names[i];
            return TL_OK;
        }
    size_t best = wanted ? SIZE_MAX : tl_http_accept(tl_http_header(q->http, "Accept"), types, n);
    if (best == SIZE_MAX)
        return tl_fail(err, TL_EINPUT, "%s has no such form", o->name);
    *form = names[best];
    return TL_OK;
}

static const char *type_of(const char *form)
{
    for (size_t i = 0; i < FORMS; i++)
        if (strcmp(forms[i].name, form) == 0)
            return forms[i].type;
    return "application/octet-stream";
}

/* The writer of workbooks wants a file. */
static tl_status xlsx_into(const tl_request *q, const tl_report *r, tl_buf *out, tl_error *err)
{
    const char *dir = q->server->opts.http.temp_dir ? q->server->opts.http.temp_dir : "/tmp";
    char *path = tl_arena_printf(q->http->arena, "%s/tanlian-XXXXXX", dir);
    int fd = path ? mkstemp(path) : -1;
    if (fd < 0)
        return tl_fail(err, TL_EIO, "%s: no temporary file can be made", dir);
    close(fd);
    tl_file_view v;
    tl_status st = tl_report_write_xlsx(r, path, err);
    if (st == TL_OK && (st = tl_file_open(&v, path, 0, err)) == TL_OK) {
        tl_buf_add(out, v.data, v.size);
        tl_file_close(&v);
    }
    unlink(path);
    return st;
}

static tl_status write_body(const tl_request *q, tl_call *c, const char *form, tl_error *err)
{
    tl_buf *out = &q->reply->body;
    if (c->document_type || strcmp(form, "svg") == 0) {
        *out = c->document_type ? c->document : c->drawing;
        tl_buf_init(c->document_type ? &c->document : &c->drawing, 0); /* it has moved */
        return tl_buf_status(out, err);
    }
    if (!c->report)
        return tl_fail(err, TL_ENOTFOUND, "%s left nothing to show", c->operation->name);
    if (strcmp(form, "csv") == 0)
        return tl_report_as_csv(c->report, tl_http_query(q->http, "table"), out, err);
    if (strcmp(form, "xlsx") == 0)
        return xlsx_into(q, c->report, out, err);
    if (strcmp(form, "zip") == 0)
        return tl_report_as_zip(c->report, out, err);
    if (strcmp(form, "view") == 0)
        return tl_report_as_view(c->report, out, err);
    return tl_report_as_json(c->report, out, err);
}

/* "rate rank" and csv: attachment "rate-rank.csv". JSON and drawings are shown. */
static const char *disposition_of(const tl_request *q, const tl_call *c, const char *form)
{
    if (strcmp(form, "json") == 0 || strcmp(form, "svg") == 0 || strcmp(form, "view") == 0 ||
        strcmp(form, "atom") == 0)
        return "";
    char *name =
        tl_arena_str(q->http->arena, c->document_name ? c->document_name : c->operation->name);
    for (char *p = name; p && *p; p++)
        if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || *p == '.' || *p == '_'))
            *p = '-';
    const char *text =
        tl_arena_printf(q->http->arena, "attachment; filename=\"%s%s%s\"", name ? name : "answer",
                        c->document_name ? "" : ".", c->document_name ? "" : form);
    return text ? text : "";
}

static const char *etag_of(const tl_request *q)
{
    char hex[TL_SHA256_HEX];
    const tl_buf *b = &q->reply->body;
    if (tl_sha256_of(tl_buf_text(b), b->len, hex, NULL) != TL_OK)
        return NULL;
    return tl_arena_printf(q->http->arena, "\"%.32s\"", hex);
}

/* Unreserved characters of RFC 3986 as they are; in paths also '/'. */
static void put_escaped(tl_buf *b, const char *text, bool path)
{
    for (const char *p = text; *p; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                     (*p >= '0' && *p <= '9') || strchr("-._~", *p) || (path && *p == '/');
        if (plain)
            tl_buf_char(b, *p);
        else
            tl_buf_printf(b, "%%%02X", (unsigned)(unsigned char)*p);
    }
}

static bool put_pair(void *ctx, const char *name, const char *value)
{
    tl_buf *b = ctx;
    if (strcmp(name, "cursor") == 0)
        return true;
    put_escaped(b, name, false);
    tl_buf_char(b, '=');
    put_escaped(b, value, false);
    tl_buf_char(b, '&');
    return true;
}

const char *tl_link_of(const tl_request *q, const char *cursor, bool frozen)
{
    tl_buf b;
    if (!cursor && !(frozen && tl_http_query(q->http, "version")))
        return "";
    tl_buf_init(&b, 0);
    tl_buf_char(&b, '<');
    put_escaped(&b, q->http->path, true);
    if (cursor) {
        tl_buf_char(&b, '?');
        tl_http_query_each(q->http, put_pair, &b);
        tl_buf_printf(&b, "cursor=%s", cursor);
    }
    tl_buf_str(&b, cursor ? ">; rel=\"next\"" : ">; rel=\"latest-version\"");
    const char *text =
        tl_buf_status(&b, NULL) == TL_OK ? tl_arena_str(q->http->arena, tl_buf_text(&b)) : NULL;
    tl_buf_clear(&b);
    return text;
}

void tl_present(tl_request *q, tl_call *c)
{
    tl_error err = { 0 };
    const char *form = "json";
    tl_status st = tl_choose_form(q, c->operation, &form, &err);
    if (st == TL_OK)
        st = write_body(q, c, form, &err);
    if (st != TL_OK) {
        tl_server_problem(q, &err);
        return;
    }
    q->reply->type = c->document_type ? c->document_type : type_of(form);
    const char *disposition = disposition_of(q, c, form);
    if (*disposition)
        tl_http_reply_header(q->reply, "Content-Disposition", disposition);
    if (q->http->method != TL_HTTP_GET)
        return;
    const char *link = tl_link_of(q, c->next, c->frozen);
    if (link && *link)
        tl_http_reply_header(q->reply, "Link", link);
    q->frozen = c->frozen;
    q->reply->etag = etag_of(q);
    if (q->key && q->reply->etag && link) {
        const tl_cached answer = { .type = q->reply->type,
                                   .etag = q->reply->etag,
                                   .disposition = disposition,
                                   .link = link,
                                   .frozen = c->frozen,
                                   .body = tl_buf_text(&q->reply->body),
                                   .bytes = q->reply->body.len };
        tl_cache_keep(q->server->cache, q->key, q->generation, &answer);
    }
}
