/* frozen.c - pages put away as they were answered, for who quotes them: make one, look at it. */
#include <string.h>

#include "http/query.h"
#include "operation/operations.h"
#include "report/frozen.h"
#include "report/report_keep.h"
#include "store/audit.h"

enum { PAGE_BYTES = 2000, ARGUMENTS = 256 };

/* Answers are asked for as somebody who has not signed in: a frozen page is for everybody. */
struct freezer {
    tl_call *c;
    tl_viewer visitor;
    tl_http_route *rows;
    tl_http_routes *routes;
};

/* Can be put away: whatever is read at once and has a report. */
static bool is_view(const tl_operation *o)
{
    if (o->formats && !strstr(o->formats, "view"))
        return false;
    return o->path && o->method == TL_HTTP_GET && o->right == TL_RIGHT_PUBLIC_READ &&
           !(o->flags & (TL_OPERATION_WRITES | TL_OPERATION_LONG | TL_OPERATION_LOCAL)) &&
           strncmp(o->path, "/frozen", 7) != 0;
}

static tl_status make_routes(struct freezer *f, tl_error *err)
{
    size_t lists, most = 0, n = 0;
    const tl_operations *const *all = tl_operations_all(&lists);
    for (size_t i = 0; i < lists; i++)
        most += all[i]->n;
    f->rows = tl_arena_alloc(f->c->arena, most, sizeof *f->rows);
    if (!f->rows)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < lists; i++)
        for (size_t k = 0; k < all[i]->n; k++)
            if (is_view(&all[i]->items[k]))
                f->rows[n++] =
                    (tl_http_route){ TL_HTTP_GET, all[i]->items[k].path, &all[i]->items[k] };
    return tl_http_routes_new(&f->routes, f->rows, n, err);
}

/* "/ratings/league?country=CN" as the call of an operation. */
static tl_status read_question(struct freezer *f, const char *question, tl_frozen_answer *a,
                               tl_call *out, tl_error *err)
{
    tl_arena *arena = f->c->arena;
    tl_http_match match;
    const tl_http_pair *pairs;
    size_t n = 0, n_given = 0;
    const char *path = NULL, *mark = strchr(question, '?');
    if (question[0] != '/')
        return tl_fail(err, TL_EINPUT, "'%.200s' is no path, expected one such as /ratings/league",
                       question);
    a->query = mark ? mark + 1 : "";
    a->path = mark ? tl_arena_printf(arena, "%.*s", (int)(mark - question), question) : question;
    tl_given *given = tl_arena_alloc(arena, ARGUMENTS + TL_HTTP_PARAMS, sizeof *given);
    if (!a->path || !given)
        return tl_fail_nomem(err);
    tl_status st = tl_http_query_split(a->query, ARGUMENTS, arena, &pairs, &n, err);
    if (st == TL_OK)
        st = tl_http_path_decode(a->path, arena, &path, err);
    if (st == TL_OK && tl_http_routes_find(f->routes, TL_HTTP_GET, path, arena, &match, NULL))
        st = tl_fail(err, TL_ENOTFOUND, "'%.200s' is nothing that everybody may see at once",
                     a->path);
    if (st != TL_OK)
        return st;
    for (size_t i = 0; i < match.n; i++)
        given[n_given++] = (tl_given){ match.names[i], match.values[i] };
    for (size_t i = 0; i < n; i++)
        given[n_given++] = (tl_given){ pairs[i].name, pairs[i].value };
    *out = (tl_call){ .operation = f->rows[match.route].data,
                      .store = f->c->store,
                      .viewer = &f->visitor,
                      .today = f->c->today,
                      .now = f->c->now,
                      .data_dir = f->c->data_dir,
                      .threads = f->c->threads,
                      .format = "view",
                      .base = f->c->base,
                      .dash = "",
                      .arena = arena,
                      .given = given,
                      .n_given = n_given };
    return TL_OK;
}

/* What a call wrote, in the arena; NULL where it wrote nothing. */
static tl_status take(tl_buf *from, tl_arena *arena, const char **out, tl_error *err)
{
    tl_status st = tl_buf_status(from, err);
    if (st == TL_OK && from->len && !(*out = tl_arena_str(arena, tl_buf_text(from))))
        st = tl_fail_nomem(err);
    return st;
}

static tl_status run_once(tl_call *inner, bool zh, tl_frozen_answer *a, tl_error *err)
{
    inner->json = inner->operation->flags & TL_OPERATION_OWN_JSON;
    inner->zh = zh;
    tl_buf_init(&inner->drawing, 0);
    tl_buf_init(&inner->document, 0);
    tl_status st = tl_call_run(inner, err);
    if (st == TL_OK && !inner->report)
        st = tl_fail(err, TL_ENOTFOUND, "'%s' has no report to keep", inner->operation->name);
    if (st == TL_OK && inner->draw)
        st = take(&inner->drawing, inner->arena, zh ? &a->drawing_zh : &a->drawing_en, err);
    if (st == TL_OK && inner->json)
        st = take(&inner->document, inner->arena, &a->document, err);
    tl_buf_clear(&inner->drawing);
    tl_buf_clear(&inner->document);
    return st;
}

static tl_status answer(struct freezer *f, const char *question, tl_frozen_answer *a, tl_error *err)
{
    tl_call inner;
    tl_buf kept;
    bool due = false;
    tl_status st = read_question(f, question, a, &inner, err);
    const tl_upkeep *upkeep = st == TL_OK ? inner.operation->upkeep : NULL;
    if (tl_store_in_transaction(f->c->store)) /* it was done a moment ago, and would begin one */
        upkeep = NULL;
    if (upkeep && (st = upkeep->is_due(f->c->store, &due, err)) == TL_OK && due)
        st = tl_call_upkeep(inner.operation, f->c->store, err);
    if (st != TL_OK)
        return st;
    inner.draw = inner.operation->flags & TL_OPERATION_DRAWS;
    st = run_once(&inner, false, a, err);
    if (st == TL_ENOTFOUND && inner.draw) { /* a table without rows has no drawing */
        inner.draw = false;
        st = run_once(&inner, false, a, err);
    }
    if (st == TL_OK && inner.draw)
        st = run_once(&inner, true, a, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&kept, 0);
    st = tl_report_keep(inner.report, &kept, err);
    if (st == TL_OK && !(a->report = tl_arena_str(f->c->arena, tl_buf_text(&kept))))
        st = tl_fail_nomem(err);
    tl_buf_clear(&kept);
    return st;
}

/* Where the page stands in the web interface: an address within it and nothing else. */
static tl_status check_page(const char *page, tl_error *err)
{
    bool within = page[0] == '/' && page[1] != '/' && !strpbrk(page, "\\ \t\r\n#");
    if (!within || strlen(page) > PAGE_BYTES)
        return tl_fail(err, TL_EINPUT,
                       "page is '%.200s', expected an address of this service such as /league, at "
                       "most %d bytes",
                       page, (int)PAGE_BYTES);
    return TL_OK;
}

static const tl_column answer_columns[] = {
    { .key = "place", .name = { "no.", "序号" }, .kind = TL_COLUMN_INT },
    { .key = "path", .name = { "answer to", "所答路径" }, .kind = TL_COLUMN_TEXT },
    { .key = "query", .name = { "with", "参数" }, .kind = TL_COLUMN_TEXT },
    { .key = "drawn", .name = { "has a drawing", "有图" }, .kind = TL_COLUMN_BOOL },
    { .key = "bytes", .name = { "size", "大小" }, .kind = TL_COLUMN_INT, .unit = "byte" },
};

static const tl_column left_columns[] = {
    { .key = "question", .name = { "asked", "所问" }, .kind = TL_COLUMN_TEXT },
    { .key = "reason", .name = { "why not", "未存档原因" }, .kind = TL_COLUMN_TEXT },
};

/* What could not be put away, and why. */
struct left {
    const char *question, *why;
};

static tl_report *report(const tl_frozen_page *p, const char *id, const struct left *left, size_t n,
                         tl_arena *arena)
{
    tl_report *r = tl_report_new(arena, "frozen", (tl_label){ "Frozen page", "存档页面" });
    if (!r)
        return NULL;
    tl_report_fact(r, "id", (tl_label){ "id", "编号" }, tl_arena_str(arena, id));
    tl_report_fact(r, "kept_on", (tl_label){ "kept on", "存档日期" }, p->kept_on);
    tl_report_fact(r, "page", (tl_label){ "page", "页面" }, p->page);
    tl_report_table(r, "answers", (tl_label){ "Answers kept", "存档的数据" }, answer_columns,
                    sizeof answer_columns / sizeof *answer_columns);
    for (size_t i = 0; i < p->n; i++) {
        tl_report_int(r, (int64_t)i);
        tl_report_text(r, p->answers[i].path);
        tl_report_text(r, p->answers[i].query);
        tl_report_bool(r, p->answers[i].drawing_en != NULL);
        tl_report_int(r, (int64_t)strlen(p->answers[i].report));
    }
    tl_report_table(r, "left_out", (tl_label){ "Left out", "未存档的数据" }, left_columns, 2);
    for (size_t i = 0; i < n; i++) {
        tl_report_text(r, left[i].question);
        tl_report_text(r, left[i].why);
    }
    return r;
}

static tl_status put_away(tl_call *c, tl_frozen_page *p, char id[TL_FROZEN_ID], tl_error *err)
{
    char object[TL_FROZEN_ID + 8];
    bool fresh = false;
    tl_status st = tl_frozen_put(c->store, p, !c->viewer->user, id, &fresh, err);
    snprintf(object, sizeof object, "frozen/%s", st == TL_OK ? id : "");
    return st == TL_OK && fresh
               ? tl_audit_append(c->store, tl_call_who(c), "frozen.keep", object, NULL, err)
               : st;
}

/* The first is what is quoted: without it there is nothing to freeze. What else the page asked and
 * not everybody may see is left out, and said. */
static tl_status collect(struct freezer *f, const char *const *questions, size_t n,
                         tl_frozen_page *p, struct left *left, size_t *n_left, tl_error *err)
{
    tl_frozen_answer *all = tl_arena_alloc(f->c->arena, n, sizeof *all);
    tl_status st = all ? TL_OK : tl_fail_nomem(err);
    p->answers = all;
    p->n = *n_left = 0;
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        tl_error why = { 0 };
        all[p->n] = (tl_frozen_answer){ 0 };
        st = answer(f, questions[i], &all[p->n], &why);
        if (st == TL_OK) {
            p->n++;
        } else if (i == 0 || st == TL_ENOMEM || st == TL_EIO) {
            st = tl_fail(err, st, "%s", why.text);
        } else {
            left[(*n_left)++] = (struct left){ questions[i], tl_arena_str(f->c->arena, why.text) };
            st = TL_OK;
        }
    }
    return st;
}

/* All answers are of one state of the data. They are read without holding anybody up; where
 * somebody wrote meanwhile, once more while nobody else can write. */
static tl_status keep(struct freezer *f, const char *const *questions, size_t n, tl_frozen_page *p,
                      char id[TL_FROZEN_ID], struct left *left, size_t *n_left, tl_error *err)
{
    tl_store *s = f->c->store;
    int64_t before = 0, after = 0;
    tl_status st = tl_store_changes(s, &before, err);
    if (st == TL_OK)
        st = collect(f, questions, n, p, left, n_left, err);
    if (st == TL_OK)
        st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    st = tl_store_changes(s, &after, err);
    if (st == TL_OK && after != before)
        st = collect(f, questions, n, p, left, n_left, err);
    if (st == TL_OK)
        st = put_away(f->c, p, id, err);
    if (st == TL_OK)
        return tl_store_commit(s, err);
    tl_store_rollback(s);
    return st;
}

static tl_status run_keep(tl_call *c, tl_error *err)
{
    const char *questions[TL_FROZEN_ANSWERS];
    struct left left[TL_FROZEN_ANSWERS];
    size_t n = tl_call_list(c, "answer", questions, TL_FROZEN_ANSWERS), n_left = 0;
    const char *page = tl_call_text(c, "page");
    struct freezer f = { .c = c, .visitor = tl_viewer_visitor() };
    tl_frozen_page p = { .page = page ? page : "/", .kept_on = c->today };
    char id[TL_FROZEN_ID];
    tl_status st = check_page(p.page, err);
    if (st == TL_OK && n > TL_FROZEN_ANSWERS)
        st = tl_fail(err, TL_EINPUT, "%zu answers, expected 1 to %d of one page", n,
                     (int)TL_FROZEN_ANSWERS);
    if (st == TL_OK)
        st = make_routes(&f, err);
    if (st == TL_OK)
        st = keep(&f, questions, n, &p, id, left, &n_left, err);
    tl_http_routes_free(f.routes);
    if (st == TL_OK)
        st = tl_frozen_get(c->store, id, c->arena, &p, err); /* it may be older than today */
    return st == TL_OK ? tl_call_report(c, report(&p, id, left, n_left, c->arena), err) : st;
}

static tl_status run_show(tl_call *c, tl_error *err)
{
    const char *id = tl_call_text(c, "id");
    tl_frozen_page p;
    tl_status st = tl_frozen_get(c->store, id, c->arena, &p, err);
    c->frozen = st == TL_OK;
    return st == TL_OK ? tl_call_report(c, report(&p, id, NULL, 0, c->arena), err) : st;
}

static tl_status run_answer(tl_call *c, tl_error *err)
{
    const char *id = tl_call_text(c, "id");
    int64_t place = 0;
    tl_frozen_page p;
    tl_report *r = NULL;
    tl_call_int(c, "place", &place);
    tl_status st = tl_frozen_get(c->store, id, c->arena, &p, err);
    if (st == TL_OK && (size_t)place >= p.n)
        st = tl_fail(err, TL_ENOTFOUND, "frozen page '%s' has %zu answers, from 0 on", id, p.n);
    if (st != TL_OK)
        return st;
    const tl_frozen_answer *a = &p.answers[place];
    const char *drawing = c->zh ? a->drawing_zh : a->drawing_en;
    st = tl_report_kept(a->report, strlen(a->report), c->arena, &r, err);
    if (st == TL_OK && c->draw && !drawing)
        st = tl_fail(err, TL_ENOTFOUND, "answer %lld has no drawing", (long long)place);
    if (st == TL_OK && c->draw)
        tl_buf_str(&c->drawing, drawing);
    if (st == TL_OK && c->json && a->document) {
        tl_buf_str(&c->document, a->document);
        c->document_type = "application/json";
        c->document_name = "frozen.json";
    }
    c->frozen = st == TL_OK;
    return st == TL_OK ? tl_call_report(c, r, err) : st;
}

#define ID                                                                                         \
    {                                                                                              \
        .name = "id", .word = true, .help = {                                                      \
            "frozen page, 32 hex digits",                                                          \
            "存档页面编号，32 位十六进制"                                              \
        }                                                                                          \
    }

static const tl_argument keep_arguments[] = {
    { .name = "answer",
      .word = true,
      .many = true,
      .help = { "what the page asks, below /api/v1: \"/ratings/league?country=CN\"; the first is "
                "what "
                "is quoted",
                "页面所用数据的路径，不含 "
                "/api/v1：\"/ratings/league?country=CN\"；第一个为所引数据" } },
    { .name = "page",
      .shown = "ADDRESS",
      .help = { "where it stands on the web, without language: /league",
                "页面地址，不含语言：/league" } },
};

static const tl_argument show_arguments[] = { ID };

static const tl_argument answer_arguments[] = {
    ID,
    { .name = "place",
      .kind = TL_ARGUMENT_INT,
      .word = true,
      .least = 0,
      .most = TL_FROZEN_ANSWERS - 1,
      .help = { "which of its answers, from 0 on", "第几项数据，从 0 起" } },
};

static const tl_operation rows[] = {
    { .name = "frozen keep",
      .summary = { "put a page away as it is now, for who quotes it", "存档页面现有数据，供引用" },
      .method = TL_HTTP_POST,
      .path = "/frozen",
      .right = TL_RIGHT_PUBLIC_READ,
      .flags = TL_OPERATION_WRITES,
      .arguments = keep_arguments,
      .n = sizeof keep_arguments / sizeof *keep_arguments,
      .run = run_keep },
    { .name = "frozen show",
      .summary = { "a page that was put away: when, and which answers",
                   "存档页面：日期与所含数据" },
      .method = TL_HTTP_GET,
      .path = "/frozen/{id}",
      .right = TL_RIGHT_PUBLIC_READ,
      .arguments = show_arguments,
      .n = 1,
      .run = run_show },
    { .name = "frozen answer",
      .summary = { "one answer of a page that was put away, in any form",
                   "存档页面的一项数据，可用各种格式" },
      .method = TL_HTTP_GET,
      .path = "/frozen/{id}/{place}",
      .right = TL_RIGHT_PUBLIC_READ,
      .flags = TL_OPERATION_DRAWS | TL_OPERATION_OWN_JSON,
      .arguments = answer_arguments,
      .n = sizeof answer_arguments / sizeof *answer_arguments,
      .run = run_answer },
};

const tl_operations tl_operations_frozen = {
    "frozen",
    { "pages put away as they were, for who quotes them", "存档页面，供引用" },
    rows,
    sizeof rows / sizeof *rows,
};
