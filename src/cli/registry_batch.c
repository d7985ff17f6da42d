/* registry_batch.c - publication rounds: fill, ask the companies, take their answers, publish. */
#include <inttypes.h>
#include <string.h>

#include "cli/registry.h"
#include "cli/verdict.h"
#include "format/json.h"
#include "intake/feedback_import.h"
#include "operation/declared.h"
#include "registry/search.h"
#include "report/registry_record.h"

static tl_status show_batches(tl_registry_call *c, const char *id, tl_error *err)
{
    const tl_batch *all = NULL;
    tl_batch one;
    size_t n = 1;
    tl_status st = id ? tl_batch_get(c->store, id, c->cli->arena, &one, err)
                      : tl_batch_list(c->store, c->cli->arena, &all, &n, err);
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_batches(id ? &one : all, n, c->cli->arena),
                                     c->out, err)
                       : st;
}

/* Computes every car and puts the footprints into the batch. */
static tl_status add_fleet(tl_registry_call *c, const char *id, const char *title, tl_error *err)
{
    tl_car_model m = { 0 };
    tl_fleet fleet;
    tl_batch b;
    tl_arena *arena = c->cli->arena;
    tl_status st = tl_declared_car_model(&m, c->store, NULL, 0, arena, err);
    if (st == TL_OK)
        st = tl_fleet_compute(&fleet, c->store, &m, &c->cli->log, arena, err);
    if (st == TL_OK)
        st = tl_fleet_explain(&fleet, c->store, &m, arena, err);
    if (st == TL_OK)
        st = tl_batch_add_fleet(c->store, id, title ? title : id, &fleet, &m, c->who, &c->cli->log,
                                arena, &b, err);
    tl_car_model_close(&m);
    return st == TL_OK ? show_batches(c, id, err) : st;
}

/* Classes as they are now, and the search with what has changed. */
static tl_status keep_all(tl_registry_call *c, tl_error *err)
{
    int64_t changes;
    tl_status st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_registry_keep(c, err)) == TL_OK)
        st = tl_search_refresh(c->store, &changes, err);
    if (st == TL_OK)
        return tl_store_commit(c->store, err);
    tl_store_rollback(c->store);
    return st;
}

static tl_status take_step(tl_registry_call *c, const char *id, const char *word, tl_error *err)
{
    int64_t done;
    bool publish = strcmp(word, "publish") == 0;
    if (!publish && strcmp(word, "ask") != 0)
        return tl_fail(err, TL_EINPUT, "'%s' is no step of a batch, expected add, ask or publish",
                       word);
    const char *day;
    tl_status st = tl_registry_day(c, &day, err);
    if (st == TL_OK)
        st = tl_batch_take(c->store, id, publish ? TL_RECORD_PUBLISH : TL_RECORD_ASK, day, c->who,
                           &c->cli->log, &done, err);
    if (st == TL_OK && publish)
        st = keep_all(c, err);
    return st == TL_OK ? show_batches(c, id, err) : st;
}

tl_status tl_registry_batch(tl_registry_call *c, tl_error *err)
{
    const char *title = NULL;
    const tl_option options[] = { { "title", TL_OPTION_TEXT, &title } };
    tl_status st = tl_registry_options(c, options, 1, 0, 2, err);
    if (st == TL_OK)
        st = tl_registry_open(c, c->argc == 2, err);
    if (st != TL_OK || c->argc < 2)
        return st == TL_OK ? show_batches(c, c->argc ? c->argv[0] : NULL, err) : st;
    return strcmp(c->argv[1], "add") == 0 ? add_fleet(c, c->argv[0], title, err)
                                          : take_step(c, c->argv[0], c->argv[1], err);
}

tl_status tl_registry_form_out(tl_registry_call *c, tl_error *err)
{
    const char *const *ids = NULL;
    size_t n = 0;
    tl_record *records = NULL;
    tl_status st = tl_registry_options(c, NULL, 0, 1, 1, err);
    if (st == TL_OK && !c->out)
        return tl_fail(err, TL_EINPUT,
                       "--out FILE.xlsx or FILE.csv is missing: where the form goes");
    if (st == TL_OK && (st = tl_registry_open(c, false, err)) == TL_OK)
        st = tl_batch_records(c->store, c->argv[0], c->cli->arena, &ids, &n, err);
    if (st == TL_OK && !(records = tl_arena_alloc(c->cli->arena, n + 1, sizeof *records)))
        st = tl_fail_nomem(err);
    for (size_t i = 0; i < n && st == TL_OK; i++)
        st = tl_record_get(c->store, ids[i], -1, c->cli->arena, &records[i], err);
    const tl_report *r =
        st == TL_OK ? tl_report_feedback_form(records, n, c->argv[0], c->cli->arena) : NULL;
    if (st == TL_OK)
        st = r ? tl_report_save(r, c->out, err) : tl_fail_nomem(err);
    return st;
}

static tl_status print_verdict(tl_registry_call *c, const char *file, const tl_feedback_verdict *v,
                               tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    if (c->cli->json) {
        tl_json j = tl_json_start(&b, true);
        tl_json_object(&j, NULL);
        tl_json_text(&j, "file", file);
        tl_json_int(&j, "rows", v->rows);
        tl_json_int(&j, "remarks", v->remarks);
        tl_json_int(&j, "unchanged", v->same);
        tl_json_int(&j, "without_remark", v->empty);
        tl_json_int(&j, "refused", v->refused);
        tl_cli_json_refusals(&j, v->refusals, v->refusal_count);
        tl_json_end(&j);
        tl_buf_char(&b, '\n');
    } else {
        tl_buf_printf(&b,
                      c->cli->zh ? "%s：%" PRId64 " 行，意见 %" PRId64 " 条，已有 %" PRId64
                                   "，无意见 %" PRId64 "，拒绝 %" PRId64 "\n"
                                 : "%s: %" PRId64 " rows, %" PRId64 " remarks, %" PRId64
                                   " there already, %" PRId64 " without a remark, %" PRId64
                                   " refused\n",
                      file, v->rows, v->remarks, v->same, v->empty, v->refused);
    }
    tl_status st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

tl_status tl_registry_feedback(tl_registry_call *c, tl_error *err)
{
    const char *refused = NULL;
    const tl_option options[] = { { "refused", TL_OPTION_TEXT, &refused } };
    tl_feedback_verdict v = { 0 };
    tl_status st = tl_registry_options(c, options, 1, 1, 1, err);
    if (st == TL_OK)
        st = tl_registry_open(c, true, err);
    if (st == TL_OK)
        st = tl_feedback_import(c->store, c->argv[0], c->day, c->who, &c->cli->log, c->cli->arena,
                                &v, err);
    if (st == TL_OK)
        st = print_verdict(c, c->argv[0], &v, err);
    if (st == TL_OK)
        c->code = tl_cli_end_verdict(
            c->cli, refused,
            &(tl_refused_source){ c->argv[0], tl_feedback_columns, TL_FEEDBACK_COLUMNS },
            v.refusals, v.refusal_count);
    return st;
}
