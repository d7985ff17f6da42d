/* registry_batch.c - publication rounds: fill, ask the companies, take their answers, publish. */
#include "intake/feedback_import.h"
#include "operation/declared.h"
#include "operation/registry.h"
#include "operation/registry_open.h"
#include "registry/search.h"
#include "report/registry_record.h"

/* Whether the viewer sees a round: as a whole who sees all or was named to verify it, else a
 * company with the counts of its own records, where it has any in it. */
static tl_status see_round(const tl_call *c, tl_batch *b, bool *seen, tl_error *err)
{
    *seen = tl_registry_own(c, NULL);
    if (*seen)
        return TL_OK;
    tl_status st = tl_named_is(c->store, c->viewer, TL_NAMED_BATCH, b->id, seen, err);
    if (st != TL_OK || *seen || !c->viewer->company)
        return st;
    st = tl_batch_narrow(c->store, c->viewer->company, b, err);
    *seen = b->records > 0;
    return st;
}

/* Those of n rounds that the viewer sees. */
static tl_status keep_seen(const tl_call *c, const tl_batch *all, size_t n, tl_batch **out,
                           size_t *kept, tl_error *err)
{
    tl_status st = TL_OK;
    tl_batch *list = *out = tl_arena_alloc(c->arena, n + 1, sizeof *list);
    *kept = 0;
    if (!list)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        bool seen = false;
        list[*kept] = all[i];
        st = see_round(c, &list[*kept], &seen, err);
        *kept += seen;
    }
    return st;
}

tl_status tl_run_registry_batch(tl_call *c, tl_error *err)
{
    const char *id = tl_call_text(c, "batch");
    const tl_batch *all = NULL;
    tl_batch one, *seen = NULL;
    size_t n = 1, kept = 0;
    tl_status st = id ? tl_batch_get(c->store, id, c->arena, &one, err)
                      : tl_batch_list(c->store, c->arena, &all, &n, err);
    if (st == TL_OK)
        st = keep_seen(c, id ? &one : all, n, &seen, &kept, err);
    if (st == TL_OK && kept == 0 && id)
        st = tl_registry_round(c, id, err);
    if (st == TL_OK && kept == 0 && !c->viewer->company)
        st = tl_registry_whole(c, err); /* an empty list would say that there are none */
    return st == TL_OK ? tl_call_report(c, tl_report_batches(seen, kept, c->arena), err) : st;
}

/* Computes every car and puts the footprints into the round. */
tl_status tl_run_registry_batch_add(tl_call *c, tl_error *err)
{
    const char *id = tl_call_text(c, "batch"), *title = tl_call_text(c, "title");
    tl_car_model m = { 0 };
    tl_fleet fleet;
    tl_batch b;
    tl_status st = tl_registry_whole(c, err);
    if (st == TL_OK)
        st = tl_declared_car_model(&m, c->store, NULL, 0, c->arena, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_fleet_compute(&fleet, c->store, c->viewer, &m, c->log, c->arena, err)) == TL_OK)
        st = tl_fleet_explain(&fleet, c->store, &m, c->arena, err);
    if (st == TL_OK)
        st = tl_batch_add_fleet(c->store, id, title ? title : id, &fleet, &m, tl_call_who(c),
                                c->log, c->arena, &b, err);
    tl_car_model_close(&m);
    return st == TL_OK ? tl_run_registry_batch(c, err) : st;
}

/* Classes as they are now, and the search with what has changed. */
static tl_status keep_all(const tl_call *c, tl_error *err)
{
    int64_t changes;
    tl_registry_opened o;
    tl_status st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    st = tl_registry_keep(&o, c->store, tl_call_day(c), tl_call_who(c), c->arena, err);
    if (st == TL_OK)
        st = tl_search_refresh(c->store, &changes, err);
    if (st == TL_OK)
        return tl_store_commit(c->store, err);
    tl_store_rollback(c->store);
    return st;
}

static tl_status take(tl_call *c, tl_record_step step, tl_error *err)
{
    int64_t done;
    tl_status st = tl_registry_round(c, tl_call_text(c, "batch"), err);
    if (st == TL_OK)
        st = tl_batch_take(c->store, tl_call_text(c, "batch"), step, tl_call_day(c), tl_call_who(c),
                           c->log, &done, err);
    if (st == TL_OK && step == TL_RECORD_PUBLISH)
        st = keep_all(c, err);
    return st == TL_OK ? tl_run_registry_batch(c, err) : st;
}

tl_status tl_run_registry_batch_ask(tl_call *c, tl_error *err)
{
    return take(c, TL_RECORD_ASK, err);
}

tl_status tl_run_registry_batch_publish(tl_call *c, tl_error *err)
{
    return take(c, TL_RECORD_PUBLISH, err);
}

/* A company gets the form with its own records, a verifier with those it was named for. */
tl_status tl_run_registry_form(tl_call *c, tl_error *err)
{
    const char *batch = tl_call_text(c, "batch");
    const char *const *ids = NULL;
    size_t n = 0, own = 0;
    tl_record *records = NULL;
    tl_status st = tl_batch_records(c->store, batch, c->arena, &ids, &n, err);
    if (st == TL_OK && !(records = tl_arena_alloc(c->arena, n + 1, sizeof *records)))
        st = tl_fail_nomem(err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        bool inside = false;
        st = tl_record_get(c->store, ids[i], -1, c->arena, &records[own], err);
        if (st == TL_OK)
            st = tl_registry_inside(c, &records[own], &inside, err);
        own += inside;
    }
    return st == TL_OK
               ? tl_call_report(c, tl_report_feedback_form(records, own, batch, c->arena), err)
               : st;
}

tl_status tl_run_registry_feedback(tl_call *c, tl_error *err)
{
    const char *file = tl_call_text(c, "file");
    const char *company;
    tl_feedback_verdict v = { 0 };
    tl_status st = tl_registry_company(c, &company, err);
    if (st == TL_OK)
        st = tl_feedback_import(c->store, file, tl_call_day(c), tl_call_who(c), company, c->log,
                                c->arena, &v, err);
    if (st != TL_OK)
        return st;
    tl_report *r = tl_report_new(c->arena, "registry-feedback-import",
                                 (tl_label){ "Remarks taken", "企业反馈导入结果" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_fact(r, "file", (tl_label){ "file", "文件" }, file);
    tl_report_fact_int(r, "rows", (tl_label){ "rows", "行数" }, v.rows);
    tl_report_fact_int(r, "remarks", (tl_label){ "remarks", "意见" }, v.remarks);
    tl_report_fact_int(r, "unchanged", (tl_label){ "there already", "已有" }, v.same);
    tl_report_fact_int(r, "without_remark", (tl_label){ "without a remark", "无意见" }, v.empty);
    tl_report_fact_int(r, "refused", (tl_label){ "refused", "拒绝" }, v.refused);
    return tl_call_verdict(c, r,
                           &(tl_refused_source){ file, tl_feedback_columns, TL_FEEDBACK_COLUMNS },
                           v.refusals, v.refusal_count, err);
}
