/* job_routes.c - jobs over HTTP: list, state, events, result, cancel. */
#include <string.h>
#include <time.h>

#include "base/number.h"
#include "format/json.h"
#include "format/message.h"
#include "operation/page.h"
#include "server/job_call.h"
#include "server/server_priv.h"

enum { LIST_UNASKED = 200, EVENT_BYTES = 65536 };

/* In both languages, since a page that shows it may be switched. */
static void put_chinese(tl_json *j, const char *name, const char *en)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_message_zh(&b, tl_span_of(en));
    tl_json_text(j, name, *en ? tl_buf_text(&b) : NULL);
    tl_buf_clear(&b);
}

void tl_job_as_json(const tl_job *job, tl_buf *out)
{
    tl_json j = tl_json_start(out, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "job", job->id);
    tl_json_text(&j, "operation", job->operation);
    tl_json_text(&j, "state", tl_job_state_name(job->state));
    tl_json_bool(&j, "stopping", job->stopping);
    tl_json_text(&j, "what", job->what);
    tl_json_int(&j, "done", job->done);
    tl_json_int(&j, "total", job->total);
    tl_json_int(&j, "queued_at", job->queued_at);
    tl_json_int(&j, "started_at", job->started_at);
    tl_json_int(&j, "ended_at", job->ended_at);
    tl_json_text(&j, "error_kind", *job->error_kind ? job->error_kind : NULL);
    tl_json_text(&j, "error", *job->error ? job->error : NULL);
    put_chinese(&j, "error_zh", job->error);
    tl_json_end(&j);
}

tl_status tl_job_of_path(tl_request *q, tl_store **s, tl_job *job, tl_error *err)
{
    const char *id = tl_http_param(&q->match, "id");
    tl_status st = tl_viewer_require(&q->viewer, TL_RIGHT_JOB_READ, err);
    if (st == TL_OK)
        st = tl_worker_store(q->worker, q->http->method == TL_HTTP_DELETE, s, err);
    if (st == TL_OK)
        st = tl_job_get(*s, id, q->http->arena, job, err);
    if (st == TL_OK && !tl_viewer_of_tenant(&q->viewer, job->tenant))
        st = tl_fail(err, TL_ENOTFOUND, "no job %s", id);
    return st;
}

/* Error and count of a job may name what it was about: for those who see what came of it. */
static tl_status as_seen(tl_request *q, tl_job *job, tl_error *err)
{
    bool seen = false;
    tl_status st = tl_job_call_seen(&q->viewer, job, q->http->arena, &seen, err);
    if (!seen)
        job->error = job->what = "";
    return st;
}

tl_status tl_job_outcome_of_path(tl_request *q, tl_store **s, tl_job *job, tl_error *err)
{
    bool seen = false;
    tl_status st = tl_job_of_path(q, s, job, err);
    if (st == TL_OK)
        st = tl_job_call_seen(&q->viewer, job, q->http->arena, &seen, err);
    return st != TL_OK || seen
               ? st
               : tl_fail(err, TL_EFORBIDDEN, "what came of job %s is for who may read what it read",
                         job->id);
}

static void end(tl_request *q, tl_status st, const tl_error *err)
{
    if (st != TL_OK)
        tl_server_problem(q, err);
    tl_http_reply_header(q->reply, "Cache-Control", "private, no-store");
}

/* limit and cursor of the query; *before NULL without a cursor. A cursor names the job seen last,
 * which may have been taken away meanwhile. */
static tl_status read_page(tl_request *q, tl_store *s, size_t *limit, const char **before,
                           tl_error *err)
{
    const char *number = tl_http_query(q->http, "limit");
    const char *cursor = tl_http_query(q->http, "cursor");
    int64_t n = LIST_UNASKED;
    tl_job seen;
    *before = NULL;
    tl_status st = number ? tl_int_parse(number, 1, TL_PAGE_MOST, &n, err) : TL_OK;
    if (st != TL_OK)
        return tl_context(err, st, "limit");
    *limit = (size_t)n;
    if (!cursor)
        return TL_OK;
    st = tl_cursor_read(cursor, tl_page_list("jobs", NULL, 0), q->http->arena, before, 1, err);
    if (st == TL_OK && tl_job_get(s, *before, q->http->arena, &seen, NULL) != TL_OK)
        st = tl_fail(err, TL_EINPUT,
                     "cursor stands at a job that is no longer kept; begin "
                     "without it");
    return st;
}

static tl_status write_list(tl_request *q, const tl_job *jobs, size_t n, const char *next,
                            tl_error *err)
{
    tl_status st = TL_OK;
    tl_buf *b = &q->reply->body;
    tl_buf_str(b, "{\"jobs\":[");
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        tl_job job = jobs[i];
        st = as_seen(q, &job, err);
        tl_buf_str(b, i ? "," : "");
        tl_job_as_json(&job, b);
    }
    tl_buf_str(b, "]");
    if (next)
        tl_buf_printf(b, ",\"next\":\"%s\"", next);
    tl_buf_str(b, "}\n");
    q->reply->type = "application/json";
    const char *link = tl_link_of(q, next, false);
    if (link && *link)
        tl_http_reply_header(q->reply, "Link", link);
    return st;
}

static void list(tl_request *q)
{
    tl_error err = { 0 };
    tl_store *s;
    const tl_job *jobs;
    const char *before, *next = NULL;
    size_t n = 0, limit = 0;
    const char *tenant = q->viewer.all_tenants || !q->viewer.tenant ? "" : q->viewer.tenant;
    tl_status st = tl_viewer_require(&q->viewer, TL_RIGHT_JOB_READ, &err);
    if (st == TL_OK)
        st = tl_worker_store(q->worker, false, &s, &err);
    if (st == TL_OK)
        st = read_page(q, s, &limit, &before, &err);
    if (st == TL_OK) /* one more tells whether there are more */
        st = tl_job_list(s, tenant, before, limit + 1, q->http->arena, &jobs, &n, &err);
    if (st == TL_OK && n > limit) {
        n = limit;
        next = tl_cursor_write(tl_page_list("jobs", NULL, 0), &jobs[n - 1].id, 1, q->http->arena);
        st = next ? TL_OK : tl_fail_nomem(&err);
    }
    if (st == TL_OK)
        st = write_list(q, jobs, n, next, &err);
    end(q, st, &err);
}

static void show(tl_request *q)
{
    tl_error err = { 0 };
    tl_store *s;
    tl_job job;
    tl_status st = tl_job_of_path(q, &s, &job, &err);
    if (st == TL_OK) {
        tl_runner_progress(q->server->runner, &job);
        st = as_seen(q, &job, &err);
    }
    if (st == TL_OK) {
        tl_job_as_json(&job, &q->reply->body);
        tl_buf_char(&q->reply->body, '\n');
        q->reply->type = "application/json";
    }
    end(q, st, &err);
}

static void result(tl_request *q)
{
    tl_error err = { 0 };
    tl_store *s;
    tl_job job;
    tl_status st = tl_job_outcome_of_path(q, &s, &job, &err);
    if (st == TL_OK && job.state != TL_JOB_DONE)
        st = tl_fail(&err, TL_ECONFLICT, "job %s is %s", job.id, tl_job_state_name(job.state));
    if (st == TL_OK)
        st = tl_job_file(s, job.id, "result", q->http->arena, &q->reply->type, &q->reply->body,
                         &err);
    end(q, st, &err);
}

static void events(tl_request *q)
{
    tl_error err = { 0 };
    tl_store *s;
    tl_job job;
    tl_status st = tl_job_outcome_of_path(q, &s, &job, &err);
    if (st == TL_OK)
        st = tl_http_stream_new(&q->reply->stream, EVENT_BYTES, &err);
    if (st == TL_OK) {
        q->reply->type = "text/event-stream";
        tl_runner_watch(q->server->runner, job.id, tl_http_stream_hold(q->reply->stream));
    }
    end(q, st, &err);
}

/* A job that runs here is told first: while it holds the database, nothing can be written. It may
 * then have ended before its order is marked. */
static tl_status stop_job(tl_request *q, tl_store *s, const tl_job *job, tl_error *err)
{
    tl_job now;
    bool told = tl_runner_cancel(q->server->runner, job->id);
    tl_status st = tl_job_cancel(s, job->id, (int64_t)time(NULL), err);
    if (st == TL_ECONFLICT && told && tl_job_get(s, job->id, q->http->arena, &now, NULL) == TL_OK &&
        now.state == TL_JOB_CANCELLED)
        return TL_OK;
    return st;
}

static void cancel(tl_request *q)
{
    tl_error err = { 0 };
    tl_store *s;
    tl_job job;
    tl_status st = tl_viewer_require(&q->viewer, TL_RIGHT_JOB_RUN, &err);
    if (st == TL_OK)
        st = tl_job_of_path(q, &s, &job, &err);
    if (st == TL_OK)
        st = stop_job(q, s, &job, &err);
    q->reply->status = 202;
    end(q, st, &err);
}

static const tl_server_route rows[] = {
    { TL_HTTP_GET, "/api/v1/jobs", list, false, false },
    { TL_HTTP_GET, "/api/v1/jobs/{id}", show, false, false },
    { TL_HTTP_GET, "/api/v1/jobs/{id}/result", result, false, false },
    { TL_HTTP_GET, "/api/v1/jobs/{id}/refused", tl_job_refused, false, false },
    { TL_HTTP_GET, "/api/v1/jobs/{id}/events", events, false, false },
    { TL_HTTP_DELETE, "/api/v1/jobs/{id}", cancel, false, false },
};
const tl_server_routes tl_server_jobs = { rows, sizeof rows / sizeof *rows };
