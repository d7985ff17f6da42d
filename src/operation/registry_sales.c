/* registry_sales.c - the operations about sales: load them, look at them, best sellers. */
#include "report/registry_sales.h"
#include "intake/sales_import.h"
#include "operation/registry.h"
#include "operation/registry_open.h"

tl_status tl_run_registry_sales_import(tl_call *c, tl_error *err)
{
    const tl_sales_import how = { tl_call_text(c, "file"), tl_call_day(c), tl_call_who(c), c->log };
    tl_sales_verdict v = { 0 };
    tl_status st = tl_registry_whole(c, err);
    if (st == TL_OK)
        st = tl_sales_import_file(c->store, &how, c->arena, &v, err);
    if (st != TL_OK)
        return st;
    tl_report *r = tl_report_new(c->arena, "registry-sales-import",
                                 (tl_label){ "Sales imported", "销量导入结果" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_fact(r, "file", (tl_label){ "file", "文件" }, how.path);
    tl_report_fact_int(r, "rows", (tl_label){ "rows", "行数" }, v.rows);
    tl_report_fact_int(r, "added", (tl_label){ "added", "新增" }, v.added);
    tl_report_fact_int(r, "corrected", (tl_label){ "corrected", "更正" }, v.corrected);
    tl_report_fact_int(r, "unchanged", (tl_label){ "there already", "未变" }, v.same);
    tl_report_fact_int(r, "refused", (tl_label){ "refused", "拒绝" }, v.refused);
    return tl_call_verdict(c, r,
                           &(tl_refused_source){ how.path, tl_sales_columns, TL_SALES_COLUMNS },
                           v.refusals, v.refusal_count, err);
}

/* Sales of a car that is not published yet tell that it is being looked at. */
static tl_status require_seen(const tl_call *c, const char *record, tl_error *err)
{
    tl_record r;
    tl_error why = { 0 };
    tl_status st = tl_viewer_may(c->viewer, TL_RIGHT_RECORD_READ) && tl_registry_own(c, NULL)
                       ? TL_OK
                       : tl_record_get(c->store, record, 0, c->arena, &r, &why);
    if (st == TL_ENOTFOUND)
        return tl_fail(err, st, "no sales of '%.100s' are loaded", record);
    return st == TL_OK ? st : tl_fail(err, st, "%s", why.text);
}

static tl_status show_history(tl_call *c, const char *record, tl_error *err)
{
    const tl_sale *sales;
    size_t n = 0;
    tl_status st = require_seen(c, record, err);
    if (st == TL_OK)
        st = tl_sale_history(c->store, record, c->arena, &sales, &n, err);
    if (st == TL_OK && n == 0)
        st = tl_fail(err, TL_ENOTFOUND, "no sales of '%.100s' are loaded", record);
    return st == TL_OK ? tl_call_report(c, tl_report_sale_history(record, sales, n, c->arena), err)
                       : st;
}

tl_status tl_run_registry_sales(tl_call *c, tl_error *err)
{
    const char *record = tl_call_text(c, "of");
    const tl_sales_month *months;
    size_t n = 0;
    if (record)
        return show_history(c, record, err);
    tl_status st = tl_sales_months(c->store, c->arena, &months, &n, err);
    return st == TL_OK ? tl_call_report(c, tl_report_sales_months(months, n, c->arena), err) : st;
}

static tl_status answer(const tl_call *c, const tl_registry_opened *o, tl_best_view *b,
                        tl_best_sellers *best, tl_error *err)
{
    const tl_sold_car *sold;
    size_t n;
    int64_t top = 10;
    tl_call_int(c, "top", &top);
    tl_status st = tl_sold_cars_read(c->store, b->v->sales, c->arena, &sold, &n, err);
    if (st == TL_OK)
        st = tl_best_sellers_make(sold, n, &o->cars, &o->benchmarks, b->market, b->scope, c->arena,
                                  best, err);
    b->best = best;
    b->top = (size_t)top;
    return st;
}

tl_status tl_run_registry_best_sellers(tl_call *c, tl_error *err)
{
    tl_registry_opened o;
    tl_car_market market;
    tl_best_scope scope;
    tl_best_sellers best;
    tl_sales_period period;
    tl_best_view b = { .v = &o.view, .market = &market, .scope = &scope };
    tl_status st = tl_car_market_load(&market, c->store, c->arena, err);
    if (st == TL_OK)
        st = tl_best_scope_find(&market, tl_call_text(c, "scope"), c->arena, &scope, err);
    if (st == TL_OK)
        st = tl_sales_choose(c->store, tl_call_text(c, "month"), tl_call_text(c, "until"),
                             tl_call_text(c, "region"), c->arena, &period, err);
    if (st == TL_OK)
        st = tl_registry_open(&o, c->store, tl_call_day(c), c->arena, err);
    if (st != TL_OK)
        return st;
    o.view.sales = &period;
    if ((st = answer(c, &o, &b, &best, err)) == TL_OK && c->draw)
        st = tl_chart_best_sellers(&b, c->zh, &c->drawing, err);
    return st == TL_OK ? tl_call_report(c, tl_report_best_sellers(&b), err) : st;
}
