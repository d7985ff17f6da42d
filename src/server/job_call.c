/* job_call.c - arguments and viewer of an order as JSON, there and back. */
#include "server/job_call.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "account/role.h"
#include "base/clock.h"
#include "base/file.h"
#include "format/json.h"
#include "format/json_read.h"

/* {"given": [[name, value], ...], "zh": bool, "view": bool, "file": argument or null} */
static void write_arguments(const tl_request *q, const tl_given *given, size_t n, const char *file,
                            tl_buf *out)
{
    tl_json j = tl_json_start(out, false);
    tl_json_object(&j, NULL);
    tl_json_array(&j, "given");
    for (size_t i = 0; i < n; i++) {
        tl_json_array(&j, NULL);
        tl_json_text(&j, NULL, given[i].name);
        tl_json_text(&j, NULL, given[i].value);
        tl_json_end(&j);
    }
    tl_json_end(&j);
    tl_json_bool(&j, "zh", q->zh);
    tl_json_bool(&j, "view", tl_text_equal(tl_http_query(q->http, "format"), "view"));
    tl_json_text(&j, "file", file);
    tl_json_end(&j);
}

static void write_viewer(const tl_viewer *v, tl_buf *out)
{
    tl_json j = tl_json_start(out, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "user", v->user);
    tl_json_text(&j, "tenant", v->tenant);
    tl_json_text(&j, "company", v->company);
    tl_json_int(&j, "roles", v->roles);
    tl_json_int(&j, "rights", (int64_t)v->rights);
    tl_json_bool(&j, "all_tenants", v->all_tenants);
    tl_json_end(&j);
}

static const char *file_argument(const tl_operation *o)
{
    for (size_t i = 0; i < o->n; i++)
        if (o->arguments[i].kind == TL_ARGUMENT_FILE)
            return o->arguments[i].name;
    return NULL;
}

static tl_status put_order(tl_request *q, const char *arguments, const char *viewer,
                           char id[TL_JOB_ID], tl_error *err)
{
    tl_store *s;
    tl_file_view file = { 0 };
    tl_status st = q->http->file ? tl_file_open(&file, q->http->file, 0, err) : TL_OK;
    if (st != TL_OK)
        return st;
    const tl_job_order order = { .operation = q->target->operation->name,
                                 .arguments = arguments,
                                 .viewer = viewer,
                                 .owner = q->viewer.user ? q->viewer.user : "",
                                 .tenant = q->viewer.tenant ? q->viewer.tenant : "",
                                 .input = file.data,
                                 .input_bytes = file.size };
    st = tl_worker_store(q->worker, true, &s, err);
    if (st == TL_OK)
        st = tl_job_put(s, &order, (int64_t)time(NULL), id, err);
    if (q->http->file)
        tl_file_close(&file);
    return st;
}

static void answer(tl_request *q, const char *id)
{
    tl_json j = tl_json_start(&q->reply->body, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "job", id);
    tl_json_end(&j);
    tl_buf_char(&q->reply->body, '\n');
    q->reply->status = 202;
    q->reply->type = "application/json";
    tl_http_reply_header(q->reply, "Location",
                         tl_arena_printf(q->http->arena, "/api/v1/jobs/%s", id));
}

void tl_order_operation(tl_request *q)
{
    const tl_operation *o = q->target->operation;
    tl_error err = { 0 };
    const tl_given *given;
    size_t n;
    char id[TL_JOB_ID];
    tl_buf arguments, viewer;
    tl_buf_init(&arguments, 0);
    tl_buf_init(&viewer, 0);
    tl_status st = tl_viewer_require(&q->viewer, o->right, &err);
    if (st == TL_OK)
        st = tl_collect(q, o, true, &given, &n, &err);
    if (st == TL_OK) { /* refused now rather than later */
        const tl_call c = { .operation = o, .arena = q->http->arena, .given = given, .n_given = n };
        st = tl_call_check(&c, &err);
    }
    if (st == TL_OK) {
        write_arguments(q, given, file_argument(o) ? n - 1 : n, file_argument(o), &arguments);
        write_viewer(&q->viewer, &viewer);
        st = tl_buf_status(&arguments, &err);
    }
    if (st == TL_OK)
        st = put_order(q, tl_buf_text(&arguments), tl_buf_text(&viewer), id, &err);
    tl_buf_clear(&arguments);
    tl_buf_clear(&viewer);
    if (st != TL_OK) {
        tl_server_problem(q, &err);
        return;
    }
    tl_runner_wake(q->server->runner);
    answer(q, id);
}

static tl_status keep_text(tl_json_value v, tl_arena *arena, const char **out, tl_error *err)
{
    *out = NULL;
    if (tl_json_missing(v))
        return TL_OK;
    tl_status st = tl_json_as_text(v, out, err);
    if (st == TL_OK && !(*out = tl_arena_str(arena, *out)))
        st = tl_fail_nomem(err);
    return st;
}

static tl_status read_viewer(const char *text, tl_arena *arena, tl_viewer *v, tl_error *err)
{
    tl_json_doc *doc;
    int64_t roles = 0, rights = 0;
    tl_status st = tl_json_read(&doc, "viewer", text, strlen(text), NULL, err);
    if (st != TL_OK)
        return st;
    tl_json_value root = tl_json_root(doc);
    *v = (tl_viewer){ 0 };
    st = keep_text(tl_json_get(root, "user"), arena, &v->user, err);
    if (st == TL_OK)
        st = keep_text(tl_json_get(root, "tenant"), arena, &v->tenant, err);
    if (st == TL_OK)
        st = keep_text(tl_json_get(root, "company"), arena, &v->company, err);
    if (st == TL_OK)
        st = tl_json_as_int(tl_json_get(root, "roles"), 0, UINT32_MAX, &roles, err);
    if (st == TL_OK)
        st = tl_json_as_int(tl_json_get(root, "rights"), 0, INT64_MAX, &rights, err);
    if (st == TL_OK)
        st = tl_json_as_bool(tl_json_get(root, "all_tenants"), &v->all_tenants, err);
    v->roles = (uint32_t)roles;
    v->rights = (uint64_t)rights;
    tl_json_doc_free(doc);
    return st;
}

tl_status tl_job_call_seen(const tl_viewer *v, const tl_job *job, tl_arena *arena, bool *out,
                           tl_error *err)
{
    tl_viewer by;
    *out = v->user && strcmp(v->user, job->owner) == 0;
    if (*out)
        return TL_OK;
    tl_status st = read_viewer(job->viewer, arena, &by, err);
    if (st == TL_OK)
        *out = (by.rights & tl_role_read_rights() & ~v->rights) == 0 &&
               (v->all_tenants || !by.all_tenants);
    return st;
}

static tl_status read_given(tl_json_value list, tl_call *c, tl_given *given, size_t n,
                            tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        tl_json_value pair = tl_json_item(list, i);
        st = keep_text(tl_json_item(pair, 0), c->arena, &given[i].name, err);
        if (st == TL_OK)
            st = keep_text(tl_json_item(pair, 1), c->arena, &given[i].value, err);
    }
    c->given = given;
    c->n_given = n;
    return st;
}

/* path: where the file of the order lies, NULL without one. */
static tl_status read_arguments(const char *text, const char *path, tl_call *c, tl_error *err)
{
    tl_json_doc *doc;
    const char *file = NULL;
    tl_status st = tl_json_read(&doc, "arguments", text, strlen(text), NULL, err);
    if (st != TL_OK)
        return st;
    tl_json_value root = tl_json_root(doc), list = tl_json_get(root, "given");
    size_t n = tl_json_count(list);
    tl_given *given = tl_arena_alloc(c->arena, n + 1, sizeof *given);
    bool view = false; /* orders of before have no such member */
    st = given ? tl_json_as_bool(tl_json_get(root, "zh"), &c->zh, err) : tl_fail_nomem(err);
    if (st == TL_OK && !tl_json_missing(tl_json_get(root, "view")))
        st = tl_json_as_bool(tl_json_get(root, "view"), &view, err);
    c->format = view ? "view" : NULL;
    if (st == TL_OK)
        st = keep_text(tl_json_get(root, "file"), c->arena, &file, err);
    if (st == TL_OK)
        st = read_given(list, c, given, n, err);
    if (st == TL_OK && file && path)
        given[c->n_given++] = (tl_given){ file, path };
    tl_json_doc_free(doc);
    return st;
}

/* Adds what the header of the file was found by, so that the rows that were refused can be handed
 * back as a workbook later (job_refused.c). */
static tl_status add_needed(const tl_call *c, tl_buf *result, tl_error *err)
{
    tl_json j;
    while (result->len && strchr("}\n", result->data[result->len - 1]))
        result->len--;
    tl_buf_str(result, ",\n  \"needed\": ");
    j = tl_json_start(result, false);
    tl_json_array(&j, NULL);
    for (size_t i = 0; i < c->refused_from.n_wanted; i++)
        tl_json_text(&j, NULL, c->refused_from.wanted[i]);
    tl_json_end(&j);
    tl_buf_str(result, "\n}\n");
    return tl_buf_status(result, err);
}

/* Where the file lay for the time of the job says nothing to anybody. */
static tl_status name_upload(tl_buf *b, const char *path, tl_error *err)
{
    tl_buf out;
    size_t n = strlen(path);
    tl_buf_init(&out, 0);
    const char *p = tl_buf_text(b), *at;
    while (n > 0 && (at = strstr(p, path)) != NULL) {
        tl_buf_add(&out, p, (size_t)(at - p));
        tl_buf_str(&out, "upload");
        p = at + n;
    }
    tl_buf_str(&out, p);
    tl_buf_clear(b);
    *b = out;
    return tl_buf_status(b, err);
}

static void name_upload_in_error(const char *path, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_buf_str(&b, err->text);
    if (name_upload(&b, path, NULL) == TL_OK)
        snprintf(err->text, sizeof err->text, "%s", tl_buf_text(&b));
    tl_buf_clear(&b);
}

/* The file of an order in a folder of its own, since operations want a path. */
struct input {
    char dir[256], path[272];
};

static tl_status lay_out(tl_server *s, tl_store *store, const tl_job *job, tl_arena *arena,
                         struct input *in, tl_error *err)
{
    tl_buf b;
    const char *type, *temp = s->opts.http.temp_dir ? s->opts.http.temp_dir : "/tmp";
    in->path[0] = 0;
    tl_buf_init(&b, 0);
    tl_status st = tl_job_file(store, job->id, "input", arena, &type, &b, err);
    if (st == TL_OK) {
        snprintf(in->dir, sizeof in->dir, "%s/tanlian-XXXXXX", temp);
        if (mkdtemp(in->dir)) {
            snprintf(in->path, sizeof in->path, "%s/upload", in->dir);
            st = tl_file_write(in->path, tl_buf_text(&b), b.len, err);
        } else {
            st = tl_fail(err, TL_EIO, "%s: no temporary folder can be made", temp);
        }
    }
    tl_buf_clear(&b);
    return st == TL_ENOTFOUND ? TL_OK : st;
}

static void clear_away(const struct input *in)
{
    if (!in->path[0])
        return;
    unlink(in->path);
    rmdir(in->dir);
}

tl_status tl_job_call(tl_server *s, tl_store *store, const tl_job *job, const tl_log *log,
                      tl_arena *arena, tl_buf *result, tl_error *err)
{
    const tl_operation *o = tl_operation_find(job->operation);
    char now[TL_TIME_ISO];
    struct input in;
    tl_viewer viewer;
    tl_time_now(now);
    now[10] = 0;
    tl_call c = { .operation = o,
                  .store = store,
                  .viewer = &viewer,
                  .today = now,
                  .now = tl_time_unix(),
                  .data_dir = s->opts.data_dir,
                  .threads = s->opts.threads,
                  .log = log,
                  .arena = arena };
    if (!o)
        return tl_fail(err, TL_ENOTFOUND, "this program has no operation '%s'", job->operation);
    tl_buf_init(&c.drawing, 0);
    tl_buf_init(&c.document, 0);
    tl_status st = lay_out(s, store, job, arena, &in, err);
    if (st == TL_OK)
        st = read_viewer(job->viewer, arena, &viewer, err);
    if (st == TL_OK)
        st = read_arguments(job->arguments, in.path[0] ? in.path : NULL, &c, err);
    if (st == TL_OK)
        st = tl_call_run(&c, err);
    if (st == TL_OK && c.report)
        st = c.format ? tl_report_as_view(c.report, result, err)
                      : tl_report_as_json(c.report, result, err);
    if (st == TL_OK && c.report && c.n_refusals && !c.format)
        st = add_needed(&c, result, err);
    if (st == TL_OK)
        st = name_upload(result, in.path, err);
    else
        name_upload_in_error(in.path, err);
    clear_away(&in);
    tl_buf_clear(&c.drawing);
    tl_buf_clear(&c.document);
    return st;
}
