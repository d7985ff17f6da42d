/* operate.c - an operation over HTTP: places, query and body into its arguments, its result into
 * the reply. */
#include <string.h>

#include "base/clock.h"
#include "format/json_read.h"
#include "server/post.h"
#include "server/server_priv.h"

enum { GIVEN_MAX = 256 };

/* Names of the query that say in which form the answer is wanted; they are no arguments. */
static bool about_form(const char *name)
{
    return strcmp(name, "format") == 0 || strcmp(name, "lang") == 0 || strcmp(name, "table") == 0;
}

struct collect {
    tl_given *given;
    size_t n;
    bool full;
};

static bool take(void *ctx, const char *name, const char *value)
{
    struct collect *k = ctx;
    if (about_form(name))
        return true;
    if (k->n == GIVEN_MAX) {
        k->full = true;
        return false;
    }
    k->given[k->n++] = (tl_given){ name, value };
    return true;
}

/* A member of the body as the text of an argument. */
static tl_status text_of(tl_request *q, tl_json_value v, const char **out, tl_error *err)
{
    double number;
    bool yes;
    tl_error why = { 0 };
    tl_arena *arena = q->http->arena;
    if (tl_json_as_text(v, out, &why) == TL_OK)
        *out = tl_arena_str(arena, *out);
    else if (tl_json_as_bool(v, &yes, &why) == TL_OK)
        *out = yes ? "true" : "false";
    else if (tl_json_as_number(v, &number, &why) == TL_OK) {
        tl_buf b;
        tl_buf_init(&b, 0);
        tl_buf_number(&b, number);
        *out = tl_arena_str(arena, tl_buf_text(&b));
        tl_buf_clear(&b);
    } else
        return tl_json_fail(v, err, "expected a text, a number or true or false");
    return *out ? TL_OK : tl_fail_nomem(err);
}

static tl_status take_member(tl_request *q, tl_json_value member, struct collect *k, tl_error *err)
{
    bool many = tl_json_as_array(member, NULL) == TL_OK;
    size_t n = many ? tl_json_count(member) : 1;
    const char *name = tl_arena_str(q->http->arena, member.name), *value;
    tl_status st = name ? TL_OK : tl_fail_nomem(err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        st = text_of(q, many ? tl_json_item(member, i) : member, &value, err);
        if (st == TL_OK && !take(k, name, value))
            st = tl_fail(err, TL_EINPUT, "more than %d arguments", (int)GIVEN_MAX);
    }
    return st;
}

/* A body of JSON holds arguments like the query. */
static tl_status take_body(tl_request *q, struct collect *k, tl_error *err)
{
    tl_json_doc *doc;
    tl_span body = q->http->body;
    void *iterator = NULL;
    tl_json_value member;
    if (q->http->file)
        return tl_fail(err, TL_EINPUT, "the body is too large for arguments");
    if (body.n == 0)
        return TL_OK;
    tl_status st = tl_json_read(&doc, "body", body.p, body.n, NULL, err);
    if (st != TL_OK)
        return st;
    st = tl_json_as_object(tl_json_root(doc), err);
    while (st == TL_OK && tl_json_member_next(tl_json_root(doc), &iterator, &member))
        if (!tl_json_missing(member))
            st = take_member(q, member, k, err);
    tl_json_doc_free(doc);
    return st;
}

/* The body is the file where the operation takes one. */
static const tl_argument *file_argument(const tl_operation *o)
{
    for (size_t i = 0; i < o->n; i++)
        if (o->arguments[i].kind == TL_ARGUMENT_FILE)
            return &o->arguments[i];
    return NULL;
}

tl_status tl_collect(tl_request *q, const tl_operation *o, bool with_file, const tl_given **given,
                     size_t *n, tl_error *err)
{
    const tl_argument *file = file_argument(o);
    struct collect k = { .given = tl_arena_alloc(q->http->arena, GIVEN_MAX, sizeof *k.given) };
    if (!k.given)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < q->match.n; i++)
        take(&k, q->match.names[i], q->match.values[i]);
    tl_http_query_each(q->http, take, &k);
    for (size_t i = 0; file && i < k.n; i++)
        if (strcmp(k.given[i].name, file->name) == 0)
            return tl_fail(err, TL_EINPUT, "%s is the body of the request", file->name);
    tl_status st = TL_OK;
    if (!file && q->http->method != TL_HTTP_GET)
        st = take_body(q, &k, err);
    if (st == TL_OK && file && with_file) {
        if (!q->http->file)
            return tl_fail(err, TL_EINPUT, "the body is empty, expected %s", file->help.en);
        take(&k, file->name, q->http->file);
    }
    if (st == TL_OK && k.full)
        st = tl_fail(err, TL_EINPUT, "more than %d arguments", (int)GIVEN_MAX);
    *given = k.given;
    *n = k.n;
    return st;
}

/* Brings up to date what the operation relies on; without it where that cannot be, as while a long
 * import holds the database. */
static tl_status keep_up(tl_request *q, tl_call *c, tl_error *err)
{
    bool due = false;
    tl_store *writing;
    tl_status st = c->operation->upkeep->is_due(c->store, &due, err);
    if (st == TL_OK && due && tl_worker_keeper(q->worker, &writing, NULL) == TL_OK)
        (void)!tl_call_upkeep(c->operation, writing, NULL);
    return st;
}

void tl_serve_operation(tl_request *q)
{
    const tl_operation *o = q->target->operation;
    char now[TL_TIME_ISO];
    tl_error err = { 0 };
    const char *form = "json";
    tl_call c = { .operation = o,
                  .viewer = &q->viewer,
                  .data_dir = q->server->opts.data_dir,
                  .threads = q->server->opts.threads,
                  .zh = q->zh,
                  .base = q->server->opts.base,
                  .mail = tl_post_mail(q->server->post),
                  .arena = q->http->arena };
    tl_time_now(now);
    now[10] = 0;
    c.today = now;
    c.now = tl_time_unix();
    tl_buf_init(&c.drawing, 0);
    tl_buf_init(&c.document, 0);
    tl_status st = tl_choose_form(q, o, &form, &err);
    c.draw = strcmp(form, "svg") == 0 && !o->formats;
    c.format = form;
    c.json = strcmp(form, "json") == 0;
    if (st == TL_OK)
        st = tl_viewer_require(&q->viewer, o->right, &err);
    if (st == TL_OK)
        st = tl_collect(q, o, true, &c.given, &c.n_given, &err);
    if (st == TL_OK)
        st = tl_worker_store(q->worker, o->flags & TL_OPERATION_WRITES, &c.store, &err);
    if (st == TL_OK && o->upkeep)
        st = keep_up(q, &c, &err);
    if (st == TL_OK)
        st = tl_call_run(&c, &err);
    /* what anybody may write changes no answer but its own: else strangers could empty the cache */
    if ((o->flags & TL_OPERATION_WRITES) && o->right != TL_RIGHT_PUBLIC_READ)
        tl_cache_changed(q->server->cache);
    if (st == TL_OK)
        tl_present(q, &c);
    else
        tl_server_problem(q, &err);
    tl_buf_clear(&c.drawing);
    tl_buf_clear(&c.document);
}
