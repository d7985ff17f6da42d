/* registry_list.c - many records out as a table and back in; the catalogue; printed statistics. */
#include "registry/record_list.h"

#include <string.h>

#include "operation/page.h"
#include "operation/registry.h"
#include "operation/registry_open.h"
#include "registry/record_table.h"
#include "report/registry_catalogue.h"
#include "report/registry_list.h"
#include "report/registry_printed.h"

static tl_record_kind kind_of(const tl_call *c)
{
    tl_record_kind kind = TL_RECORD_VEHICLE;
    tl_record_kind_parse(tl_call_text(c, "kind"), &kind); /* one of the choices of the row */
    return kind;
}

/* Records that are published are everybody's; of others a company sees its own, a verifier those it
 * was named for. */
static tl_status narrow(const tl_call *c, tl_record_filter *f, tl_error *err)
{
    if (f->state && strcmp(f->state, tl_record_state_name(TL_RECORD_PUBLISHED)) == 0) {
        f->in_force = true; /* a correction that is open takes nothing out of the register */
        return TL_OK;
    }
    tl_status st = tl_viewer_require(c->viewer, TL_RIGHT_RECORD_READ, err);
    if (st != TL_OK || tl_registry_own(c, NULL))
        return st;
    if (c->viewer->tenant &&
        tl_viewer_may(c->viewer, TL_RIGHT_EPD_VERIFY)) { /* a verifier those it was named for */
        f->named = c->viewer->tenant;
        return TL_OK;
    }
    if (!f->company)
        f->company = c->viewer->company;
    return f->company && tl_registry_own(c, f->company)
               ? TL_OK
               : tl_fail(err, TL_EFORBIDDEN,
                         "only footprints of your own company are shown before "
                         "they are published; ask for state published");
}

/* Which part of how many this is; only said where a part was asked for. */
static tl_status tell_page(const tl_call *c, tl_report *r, const tl_record_filter *f, size_t n,
                           tl_error *err)
{
    int64_t total = 0;
    tl_status st = tl_record_count(c->store, f, &total, err);
    tl_report_fact_int(r, "total", (tl_label){ "records in all", "记录总数" }, total);
    tl_report_fact_int(r, "offset", (tl_label){ "after so many", "之前的记录数" }, f->offset);
    tl_report_fact_int(r, "shown", (tl_label){ "shown", "本页记录数" }, (int64_t)n);
    return st;
}

tl_status tl_run_registry_list(tl_call *c, tl_error *err)
{
    tl_record_filter f = { .kind = kind_of(c),
                           .state = tl_call_text(c, "state"),
                           .maker = tl_call_text(c, "maker"),
                           .company = tl_call_text(c, "company"),
                           .size_class = tl_call_text(c, "size"),
                           .body = tl_call_text(c, "body"),
                           .powertrain = tl_call_text(c, "powertrain"),
                           .batch = tl_call_text(c, "batch"),
                           .search = tl_call_text(c, "q"),
                           .sort = tl_call_text(c, "sort") };
    const tl_record *records = NULL;
    tl_page page;
    size_t n = 0;
    tl_report *r = NULL;
    tl_call_int(c, "limit", &f.limit);
    tl_call_int(c, "offset", &f.offset);
    tl_status st = narrow(c, &f, err);
    if (st == TL_OK)
        st = tl_page_read(c, 1, 0, &page, err);
    if (st != TL_OK)
        return st;
    const bool by_id = !f.sort && f.offset == 0;
    if (page.goes_on && !by_id)
        return tl_fail(err, TL_EINPUT, "cursor goes by id, without sort and offset");
    f.after = page.goes_on ? page.after[0] : NULL;
    f.limit = page.limit ? (int64_t)page.limit + 1 : 0; /* one more tells whether more follows */
    st = tl_record_list(c->store, &f, c->arena, &records, &n, err);
    if (st == TL_OK && page.limit && n > page.limit) {
        n = page.limit;
        st = by_id ? tl_page_more(c, &records[n - 1].id, 1, err) : TL_OK;
    }
    if (st == TL_OK)
        st = tl_report_record_list(&r, records, n, f.kind, c->arena, err);
    if (st == TL_OK && f.limit > 0)
        st = tell_page(c, r, &f, n, err);
    return st == TL_OK ? tl_call_report(c, r, err) : st;
}

tl_status tl_run_registry_import(tl_call *c, tl_error *err)
{
    tl_record_import how = { .path = tl_call_text(c, "file"),
                             .kind = kind_of(c),
                             .reason = tl_registry_text(c, "reason"),
                             .actor = tl_call_who(c),
                             .progress = c->log };
    tl_record_verdict v = { 0 };
    tl_status st = tl_registry_company(c, &how.company, err);
    if (st == TL_OK)
        st = tl_record_import_file(c->store, &how, c->arena, &v, err);
    if (st != TL_OK)
        return st;
    return tl_registry_imported(
        c,
        tl_report_new(c->arena, "registry-import",
                      (tl_label){ "Records imported", "记录导入结果" }),
        &(tl_refused_source){ how.path, tl_record_columns_needed, TL_RECORD_COLUMNS }, &v, err);
}

tl_status tl_registry_imported(tl_call *c, tl_report *r, const tl_refused_source *source,
                               const tl_record_verdict *v, tl_error *err)
{
    if (!r)
        return tl_fail_nomem(err);
    tl_report_fact(r, "file", (tl_label){ "file", "文件" }, source->path);
    tl_report_fact_int(r, "rows", (tl_label){ "rows", "行数" }, v->rows);
    tl_report_fact_int(r, "added", (tl_label){ "added", "新增" }, v->added);
    tl_report_fact_int(r, "changed", (tl_label){ "changed", "更正" }, v->changed);
    tl_report_fact_int(r, "unchanged", (tl_label){ "unchanged", "未变" }, v->same);
    tl_report_fact_int(r, "refused", (tl_label){ "refused", "拒绝" }, v->refused);
    return tl_call_verdict(c, r, source, v->refusals, v->refusal_count, err);
}

tl_status tl_run_registry_catalogue(tl_call *c, tl_error *err)
{
    const tl_catalogue_row *rows = NULL;
    size_t n = 0;
    tl_status st = tl_catalogue_read(c->store, c->arena, &rows, &n, err);
    return st == TL_OK
               ? tl_call_report(
                     c, tl_report_catalogue(rows, n, tl_call_text(c, "category"), c->arena), err)
               : st;
}

tl_status tl_run_registry_printed(tl_call *c, tl_error *err)
{
    const char *set = tl_call_text(c, "set");
    const bool findings = tl_call_flag(c, "findings");
    tl_dataset about;
    tl_printed_view v = { .set = &about, .arena = c->arena };
    const tl_printed_finding *found = NULL;
    size_t n = 0;
    if (!set)
        set = "cpp-2024-2-statistics";
    tl_status st = tl_dataset_get(c->store, set, NULL, c->arena, &about, err);
    if (st == TL_OK)
        st = tl_printed_read(c->store, set, c->arena, &v.rows, &v.n, err);
    if (st == TL_OK && findings)
        st = tl_printed_check(v.rows, v.n, c->arena, &found, &n, err);
    if (st != TL_OK)
        return st;
    return tl_call_report(c,
                          findings ? tl_report_printed_findings(&v, found, n)
                                   : tl_report_printed_rows(&v, tl_call_text(c, "subject"),
                                                            tl_call_text(c, "measure")),
                          err);
}
