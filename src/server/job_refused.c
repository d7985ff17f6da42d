/* job_refused.c - the rows an import refused, as a workbook to put right and send again: made anew
 * each time it is asked for, from the file that came in and the verdict of the job. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "format/json_read.h"
#include "intake/refused_rows.h"
#include "server/job_call.h"

struct handing {
    char dir[256], in[272], out[280];
    tl_refused_source source;
    tl_row_refusal *refusals; /* in the arena */
    size_t n;
};

/* Messages begin with the name the file had while the job ran, "upload". */
static const char *with_path(const struct handing *h, const char *reason, tl_arena *arena)
{
    static const char name[] = "upload:";
    return strncmp(reason, name, sizeof name - 1) == 0
               ? tl_arena_printf(arena, "%s:%s", h->in, reason + sizeof name - 1)
               : tl_arena_str(arena, reason);
}

static tl_status read_refusals(tl_json_value list, struct handing *h, tl_arena *arena,
                               tl_error *err)
{
    const size_t n = tl_json_count(list);
    tl_status st = TL_OK;
    h->refusals = tl_arena_alloc(arena, n + 1, sizeof *h->refusals);
    if (!h->refusals)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        const char *reason = NULL;
        int64_t row = 0;
        tl_json_value item = tl_json_item(list, i);
        st = tl_json_as_int(tl_json_get(item, "row"), 0, INT32_MAX, &row, err);
        if (st == TL_OK)
            st = tl_json_as_text(tl_json_get(item, "reason"), &reason, err);
        if (st == TL_OK && !(reason = with_path(h, reason, arena)))
            st = tl_fail_nomem(err);
        if (st == TL_OK)
            h->refusals[h->n++] = (tl_row_refusal){ .row = (size_t)row, .reason = reason };
    }
    return st;
}

static tl_status read_needed(tl_json_value list, struct handing *h, tl_arena *arena, tl_error *err)
{
    const size_t n = tl_json_count(list);
    const char **names = tl_arena_alloc(arena, n + 1, sizeof *names);
    tl_status st = names ? TL_OK : tl_fail_nomem(err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        st = tl_json_as_text(tl_json_item(list, i), &names[i], err);
        if (st == TL_OK && !(names[i] = tl_arena_str(arena, names[i])))
            st = tl_fail_nomem(err);
    }
    h->source = (tl_refused_source){ h->in, names, n };
    return st;
}

/* The verdict of the job; TL_ENOTFOUND where every row was taken. */
static tl_status read_verdict(tl_store *s, const char *id, struct handing *h, tl_arena *arena,
                              tl_error *err)
{
    const char *type;
    tl_json_doc *doc = NULL;
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_status st = tl_job_file(s, id, "result", arena, &type, &b, err);
    if (st == TL_OK)
        st = tl_json_read(&doc, "result", tl_buf_text(&b), b.len, NULL, err);
    if (st == TL_OK) {
        tl_json_value root = tl_json_root(doc);
        if (tl_json_missing(tl_json_get(root, "needed")))
            st = tl_fail(err, TL_ENOTFOUND, "job %s refused no row", id);
        if (st == TL_OK)
            st = read_needed(tl_json_get(root, "needed"), h, arena, err);
        if (st == TL_OK)
            st = read_refusals(tl_json_get(root, "refusals"), h, arena, err);
    }
    tl_json_doc_free(doc);
    tl_buf_clear(&b);
    return st;
}

static tl_status lay_out(tl_store *s, const char *id, const struct handing *h, tl_arena *arena,
                         tl_error *err)
{
    const char *type;
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_status st = tl_job_file(s, id, "input", arena, &type, &b, err);
    if (st == TL_OK)
        st = tl_file_write(h->in, tl_buf_text(&b), b.len, err);
    tl_buf_clear(&b);
    return st;
}

static tl_status write_book(const struct handing *h, bool zh, tl_buf *out, tl_error *err)
{
    tl_file_view v;
    tl_status st = tl_refused_rows_save(h->out, &h->source, h->refusals, h->n, zh, err);
    if (st == TL_OK && (st = tl_file_open(&v, h->out, 0, err)) == TL_OK) {
        tl_buf_add(out, v.data, v.size);
        tl_file_close(&v);
        st = tl_buf_status(out, err);
    }
    return st;
}

static tl_status make(tl_request *q, tl_store *s, const char *id, tl_error *err)
{
    const char *temp = q->server->opts.http.temp_dir ? q->server->opts.http.temp_dir : "/tmp";
    struct handing h = { .n = 0 };
    snprintf(h.dir, sizeof h.dir, "%s/tanlian-XXXXXX", temp);
    if (!mkdtemp(h.dir))
        return tl_fail(err, TL_EIO, "%s: no temporary folder can be made", temp);
    snprintf(h.in, sizeof h.in, "%s/upload", h.dir);
    snprintf(h.out, sizeof h.out, "%s/refused.xlsx", h.dir);
    tl_status st = read_verdict(s, id, &h, q->http->arena, err);
    if (st == TL_OK)
        st = lay_out(s, id, &h, q->http->arena, err);
    if (st == TL_OK)
        st = write_book(&h, q->zh, &q->reply->body, err);
    unlink(h.in);
    unlink(h.out);
    rmdir(h.dir);
    return st;
}

void tl_job_refused(tl_request *q)
{
    tl_error err = { 0 };
    tl_store *s;
    tl_job job;
    tl_status st = tl_job_outcome_of_path(q, &s, &job, &err);
    if (st == TL_OK && job.state != TL_JOB_DONE)
        st = tl_fail(&err, TL_ECONFLICT, "job %s is %s", job.id, tl_job_state_name(job.state));
    if (st == TL_OK)
        st = make(q, s, job.id, &err);
    if (st == TL_OK) {
        q->reply->type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        tl_http_reply_header(q->reply, "Content-Disposition",
                             "attachment; filename=\"refused-rows.xlsx\"");
    } else {
        tl_server_problem(q, &err);
    }
    tl_http_reply_header(q->reply, "Cache-Control", "private, no-store");
}
