/* registry_sales.c - the forms about sales: load them, look at them, best sellers. */
#include <inttypes.h>
#include <string.h>

#include "cli/registry.h"
#include "cli/verdict.h"
#include "format/json.h"
#include "intake/sales_import.h"
#include "report/registry_sales.h"

static void verdict_json(const char *file, const tl_sales_verdict *v, tl_buf *b)
{
    tl_json j = tl_json_start(b, true);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "file", file);
    tl_json_int(&j, "rows", v->rows);
    tl_json_int(&j, "added", v->added);
    tl_json_int(&j, "corrected", v->corrected);
    tl_json_int(&j, "unchanged", v->same);
    tl_json_int(&j, "refused", v->refused);
    tl_cli_json_refusals(&j, v->refusals, v->refusal_count);
    tl_json_end(&j);
    tl_buf_char(b, '\n');
}

static tl_status print_verdict(tl_registry_call *c, const char *file, const tl_sales_verdict *v,
                               tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    if (c->cli->json)
        verdict_json(file, v, &b);
    else
        tl_buf_printf(&b,
                      c->cli->zh ? "%s：%" PRId64 " 行，新增 %" PRId64 "，更正 %" PRId64
                                   "，未变 %" PRId64 "，拒绝 %" PRId64 "\n"
                                 : "%s: %" PRId64 " rows, %" PRId64 " added, %" PRId64
                                   " corrected, %" PRId64 " there already, %" PRId64 " refused\n",
                      file, v->rows, v->added, v->corrected, v->same, v->refused);
    tl_status st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

static tl_status load(tl_registry_call *c, const char *file, const char *refused, tl_error *err)
{
    tl_sales_verdict v = { 0 };
    const char *day;
    tl_status st = tl_registry_open(c, true, err);
    if (st == TL_OK)
        st = tl_registry_day(c, &day, err);
    if (st != TL_OK)
        return st;
    const tl_sales_import how = { file, day, c->who, &c->cli->log };
    st = tl_sales_import_file(c->store, &how, c->cli->arena, &v, err);
    if (st == TL_OK)
        st = print_verdict(c, file, &v, err);
    if (st == TL_OK)
        c->code = tl_cli_end_verdict(
            c->cli, refused, &(tl_refused_source){ file, tl_sales_columns, TL_SALES_COLUMNS },
            v.refusals, v.refusal_count);
    return st;
}

static tl_status show_history(tl_registry_call *c, const char *record, tl_error *err)
{
    const tl_sale *sales;
    size_t n = 0;
    tl_status st = tl_registry_open(c, false, err);
    if (st == TL_OK)
        st = tl_sale_history(c->store, record, c->cli->arena, &sales, &n, err);
    if (st == TL_OK && n == 0)
        st = tl_fail(err, TL_ENOTFOUND, "no sales of '%.100s' are loaded", record);
    return st == TL_OK
               ? tl_cli_show(c->cli, tl_report_sale_history(record, sales, n, c->cli->arena),
                             c->out, err)
               : st;
}

static tl_status show_months(tl_registry_call *c, tl_error *err)
{
    const tl_sales_month *months;
    size_t n = 0;
    tl_status st = tl_registry_open(c, false, err);
    if (st == TL_OK)
        st = tl_sales_months(c->store, c->cli->arena, &months, &n, err);
    return st == TL_OK
               ? tl_cli_show(c->cli, tl_report_sales_months(months, n, c->cli->arena), c->out, err)
               : st;
}

tl_status tl_registry_sales(tl_registry_call *c, tl_error *err)
{
    const char *refused = NULL, *record = NULL;
    const tl_option options[] = { { "refused", TL_OPTION_TEXT, &refused },
                                  { "of", TL_OPTION_TEXT, &record } };
    tl_status st = tl_registry_options(c, options, 2, 0, 1, err);
    if (st == TL_OK && c->argc && record)
        st = tl_fail(err, TL_EINPUT, "a file to load and --of RECORD do not go together");
    if (st != TL_OK)
        return st;
    if (c->argc)
        return load(c, c->argv[0], refused, err);
    return record ? show_history(c, record, err) : show_months(c, err);
}

struct question {
    const char *month, *until, *region, *scope;
    int64_t top;
};

static tl_status read_question(tl_registry_call *c, struct question *q, tl_error *err)
{
    const tl_option options[] = { { "month", TL_OPTION_TEXT, &q->month },
                                  { "until", TL_OPTION_TEXT, &q->until },
                                  { "region", TL_OPTION_TEXT, &q->region },
                                  { "scope", TL_OPTION_TEXT, &q->scope },
                                  { "top", TL_OPTION_INT, &q->top } };
    tl_status st = tl_registry_options(c, options, 5, 0, 0, err);
    if (st == TL_OK && (q->top < 0 || q->top > 1000000))
        st = tl_fail(err, TL_EINPUT, "--top is %lld, expected 0 to 1000000", (long long)q->top);
    return st;
}

static tl_status answer(tl_registry_call *c, const struct question *q, tl_best_view *b,
                        tl_best_sellers *best, tl_error *err)
{
    const tl_sold_car *sold;
    size_t n;
    tl_arena *arena = c->cli->arena;
    tl_status st = tl_sold_cars_read(c->store, b->v->sales, arena, &sold, &n, err);
    if (st == TL_OK)
        st = tl_best_sellers_make(sold, n, &c->cars, &c->benchmarks, b->market, b->scope, arena,
                                  best, err);
    b->best = best;
    b->top = (size_t)q->top;
    return st;
}

tl_status tl_registry_best_sellers(tl_registry_call *c, tl_error *err)
{
    struct question q = { .top = 10 };
    tl_registry_view v;
    tl_car_market market;
    tl_best_scope scope;
    tl_best_sellers best;
    tl_sales_period period;
    tl_best_view b = { .v = &v, .market = &market, .scope = &scope };
    tl_buf out;
    tl_arena *arena = c->cli->arena;
    tl_status st = read_question(c, &q, err);
    if (st == TL_OK && (st = tl_registry_open(c, false, err)) == TL_OK &&
        (st = tl_car_market_load(&market, c->store, arena, err)) == TL_OK &&
        (st = tl_best_scope_find(&market, q.scope, arena, &scope, err)) == TL_OK)
        st = tl_sales_choose(c->store, q.month, q.until, q.region, arena, &period, err);
    if (st == TL_OK && (st = tl_registry_view_of(c, &v, err)) == TL_OK) {
        v.sales = &period;
        st = answer(c, &q, &b, &best, err);
    }
    if (st == TL_OK && c->chart) {
        tl_buf_init(&out, 0);
        st = tl_cli_save(c->chart, &out, tl_chart_best_sellers(&b, c->cli->zh, &out, err), err);
    }
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_best_sellers(&b), c->out, err) : st;
}
