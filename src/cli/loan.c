/* loan.c - `tanlian loan`: facilities whose margin follows the footprints of the cars. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/number.h"
#include "cli/actor.h"
#include "cli/loan.h"
#include "cli/verdict.h"
#include "intake/loan_import.h"
#include "report/registry_loan.h"

tl_status tl_loan_open(tl_loan_call *c, bool write, tl_error *err)
{
    const tl_store_opts opts = { .read_only = !write, .must_exist = true };
    if (!(c->who = tl_cli_actor(c->cli->arena)))
        return tl_fail_nomem(err);
    return tl_cli_store(c->cli, &opts, &c->store, err);
}

/* "1=-20" for a class, "150=-10" or "above=20" for g/km. */
static tl_status read_step(const char *text, tl_loan_basis basis, tl_arena *arena,
                           tl_loan_step *out, tl_error *err)
{
    const char *equals = strchr(text, '=');
    int64_t bp = 0, class_number = 0;
    if (!equals)
        return tl_fail(err, TL_EINPUT, "--step is '%s', expected CLASS=BASISPOINTS or G/KM=..",
                       text);
    const char *left = tl_arena_copy(arena, text, (size_t)(equals - text));
    if (!left)
        return tl_fail_nomem(err);
    *out = (tl_loan_step){ .up_to_g_km = INFINITY };
    tl_status st = tl_int_parse(equals + 1, -10000, 10000, &bp, err);
    if (st == TL_OK && basis == TL_LOAN_BY_CLASS)
        st = tl_int_parse(left, 1, 9, &class_number, err);
    else if (st == TL_OK && strcmp(left, "above") != 0)
        st = tl_number_parse(left, &out->up_to_g_km, err);
    out->class_number = (int)class_number;
    out->basis_points = (int)bp;
    return st == TL_OK ? st : tl_context(err, st, "--step %s", text);
}

static tl_status read_choice(const char *option, const char *text, const char *first,
                             const char *second, bool *is_second, tl_error *err)
{
    *is_second = text && strcmp(text, second) == 0;
    return *is_second || (text && strcmp(text, first) == 0)
               ? TL_OK
               : tl_fail(err, TL_EINPUT, "--%s is '%s', expected %s or %s", option,
                         text ? text : "", first, second);
}

static tl_status read_facility(tl_loan_call *c, tl_facility *f, tl_error *err)
{
    bool by_g_km = false, by_price = false;
    *f = (tl_facility){ .id = c->argv[0],
                        .borrower = c->borrower ? c->borrower : "",
                        .currency = c->currency ? c->currency : "",
                        .grid_date = c->grid_date ? c->grid_date : "",
                        .signed_on = "" };
    tl_status st = read_choice("basis", c->basis, tl_loan_basis_name(TL_LOAN_BY_CLASS),
                               tl_loan_basis_name(TL_LOAN_BY_G_KM), &by_g_km, err);
    if (st == TL_OK)
        st = read_choice("weight", c->weight, tl_loan_weight_name(TL_LOAN_BY_COUNT),
                         tl_loan_weight_name(TL_LOAN_BY_PRICE), &by_price, err);
    f->basis = by_g_km ? TL_LOAN_BY_G_KM : TL_LOAN_BY_CLASS;
    f->weight = by_price ? TL_LOAN_BY_PRICE : TL_LOAN_BY_COUNT;
    if (st == TL_OK &&
        (st = tl_money_parse(tl_span_of(c->limit ? c->limit : ""), &f->limit, err)) != TL_OK)
        return tl_context(err, st, "--limit");
    if (st == TL_OK && c->steps.n > TL_LOAN_STEPS_MAX)
        return tl_fail(err, TL_EINPUT, "%zu steps, a grid has at most %d", c->steps.n,
                       (int)TL_LOAN_STEPS_MAX);
    for (size_t i = 0; st == TL_OK && i < c->steps.n; i++)
        st = read_step(c->steps.items[i], f->basis, c->cli->arena, &f->steps[f->n_steps++], err);
    return st;
}

/* The term sheet; a facility without cars has terms and no margin. */
static tl_status show_sheet(tl_loan_call *c, tl_error *err)
{
    tl_facility f;
    tl_loan_car *cars = NULL;
    tl_loan_result r = { 0 };
    size_t n = 0;
    tl_status st = tl_facility_get(c->store, c->argv[0], c->cli->arena, &f, &cars, &n, err);
    if (st == TL_OK && n)
        st = tl_loan_compute(&f, cars, n, &r, err);
    const tl_loan_sheet sheet = { &f, cars, n, &r, c->cli->arena };
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_loan(&sheet), c->out, err) : st;
}

static tl_status end(tl_loan_call *c, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    return st == TL_OK ? show_sheet(c, err) : st;
}

static tl_status make(tl_loan_call *c, tl_error *err)
{
    tl_facility f;
    tl_status st = read_facility(c, &f, err);
    if (st == TL_OK)
        st = tl_loan_open(c, true, err);
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    return end(c, tl_facility_put(c->store, &f, c->who, err), err);
}

static tl_status sign(tl_loan_call *c, tl_error *err)
{
    tl_status st = tl_loan_open(c, true, err);
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    return end(c, tl_facility_sign(c->store, c->argv[0], c->day ? c->day : "", c->who, err), err);
}

static tl_status show(tl_loan_call *c, tl_error *err)
{
    tl_status st = tl_loan_open(c, false, err);
    return st == TL_OK ? show_sheet(c, err) : st;
}

static tl_status list(tl_loan_call *c, tl_error *err)
{
    static const tl_column columns[] = {
        { .key = "facility", .name = { "facility", "授信" }, .kind = TL_COLUMN_TEXT },
        { .key = "borrower", .name = { "borrower", "借款人" }, .kind = TL_COLUMN_TEXT },
        { .key = "limit", .name = { "limit", "额度" }, .kind = TL_COLUMN_EXACT },
        { .key = "currency", .name = { "currency", "币种" }, .kind = TL_COLUMN_TEXT },
        { .key = "signed_on", .name = { "signed", "签署日期" }, .kind = TL_COLUMN_TEXT },
    };
    const tl_facility *all = NULL;
    size_t n = 0;
    tl_arena *arena = c->cli->arena;
    tl_status st = tl_loan_open(c, false, err);
    if (st == TL_OK)
        st = tl_facility_list(c->store, arena, &all, &n, err);
    tl_report *r = tl_report_new(arena, "loan-list", (tl_label){ "Facilities", "授信列表" });
    if (st != TL_OK || !r)
        return st != TL_OK ? st : tl_fail_nomem(err);
    tl_report_table(r, "facilities", (tl_label){ "Loans by footprint", "碳足迹挂钩贷款" }, columns,
                    5);
    for (size_t i = 0; i < n; i++) {
        char text[TL_LOAN_TEXT];
        tl_money_format(all[i].limit, text);
        tl_report_text(r, all[i].id);
        tl_report_text(r, all[i].borrower);
        tl_report_text(r, tl_arena_str(arena, text));
        tl_report_text(r, all[i].currency);
        tl_report_text(r, *all[i].signed_on ? all[i].signed_on : NULL);
    }
    return tl_cli_show(c->cli, r, c->out, err);
}

/* The JSON from which anybody recomputes the margin. */
static tl_status report(tl_loan_call *c, tl_error *err)
{
    tl_facility f;
    tl_loan_car *cars = NULL;
    tl_loan_result r;
    size_t n = 0;
    tl_buf b;
    tl_status st = tl_loan_open(c, false, err);
    if (st == TL_OK)
        st = tl_facility_at(c->store, c->argv[0], c->day ? c->day : "", c->cli->arena, &f, &cars,
                            &n, err);
    if (st == TL_OK)
        st = tl_loan_compute(&f, cars, n, &r, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    st = tl_loan_report(&f, cars, n, &r, &b, err);
    if (st == TL_OK)
        st = c->out ? tl_file_write(c->out, tl_buf_text(&b), b.len, err) : tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

static void put_verdict(const tl_loan_call *c, const tl_loan_verdict *v, tl_buf *b)
{
    if (c->cli->json) {
        tl_json j = tl_json_start(b, true);
        tl_json_object(&j, NULL);
        tl_json_text(&j, "file", c->argv[1]);
        tl_json_int(&j, "rows", v->rows);
        tl_json_int(&j, "drawn", v->drawn);
        tl_json_int(&j, "unchanged", v->same);
        tl_json_int(&j, "refused", v->refused);
        tl_cli_json_refusals(&j, v->refusals, v->refusal_count);
        tl_json_end(&j);
        tl_buf_char(b, '\n');
        return;
    }
    tl_buf_printf(b,
                  c->cli->zh ? "%s：%" PRId64 " 行，提款 %" PRId64 "，已有 %" PRId64
                               "，拒绝 %" PRId64 "\n"
                             : "%s: %" PRId64 " rows, %" PRId64 " drawn, %" PRId64
                               " there already, %" PRId64 " refused\n",
                  c->argv[1], v->rows, v->drawn, v->same, v->refused);
}

static tl_status cars(tl_loan_call *c, tl_error *err)
{
    tl_loan_verdict v = { 0 };
    tl_buf b;
    tl_status st = tl_loan_open(c, true, err);
    const tl_loan_import how = { c->argv[0], c->argv[1], c->who, &c->cli->log };
    if (st == TL_OK)
        st = tl_loan_import_file(c->store, &how, c->cli->arena, &v, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    put_verdict(c, &v, &b);
    st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    if (st == TL_OK)
        c->code =
            tl_cli_end_verdict(c->cli, c->refused,
                               &(tl_refused_source){ c->argv[1], tl_loan_columns, TL_LOAN_COLUMNS },
                               v.refusals, v.refusal_count);
    return st;
}

static const struct form {
    const char *name;
    tl_status (*run)(tl_loan_call *c, tl_error *err);
    int words;
} forms[] = {
    { "list", list, 0 },
    { "make", make, 1 },
    { "cars", cars, 2 },
    { "sign", sign, 1 },
    { "show", show, 1 },
    { "report", report, 1 },
    { "test", tl_loan_test, 1 },
    { "stress", tl_loan_stress_view, 1 },
    { "pack", tl_loan_pack_out, 1 },
};

static int run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_loan_call c = { .cli = cli };
    const struct form *form = NULL;
    const tl_option options[] = {
        { "out", TL_OPTION_TEXT, &c.out },
        { "day", TL_OPTION_TEXT, &c.day },
        { "refused", TL_OPTION_TEXT, &c.refused },
        { "borrower", TL_OPTION_TEXT, &c.borrower },
        { "currency", TL_OPTION_TEXT, &c.currency },
        { "limit", TL_OPTION_TEXT, &c.limit },
        { "basis", TL_OPTION_TEXT, &c.basis },
        { "weight", TL_OPTION_TEXT, &c.weight },
        { "grid-date", TL_OPTION_TEXT, &c.grid_date },
        { "step", TL_OPTION_LIST, &c.steps },
        { "worse", TL_OPTION_INT, &c.worse },
        { "more", TL_OPTION_NUMBER, &c.more_percent },
        { "set", TL_OPTION_LIST, &c.sets },
    };
    tl_status st = tl_options_take(options, sizeof options / sizeof *options, &argc, argv, &err);
    for (size_t i = 0; st == TL_OK && argc > 1 && i < sizeof forms / sizeof *forms; i++)
        if (strcmp(argv[1], forms[i].name) == 0 && argc - 2 == forms[i].words)
            form = &forms[i];
    if (st == TL_OK && !form)
        return tl_cli_usage(cli, &tl_command_loan);
    c.argc = argc - 2;
    c.argv = argv + 2;
    if (st == TL_OK)
        st = form->run(&c, &err);
    tl_store_close(c.store);
    if (st != TL_OK)
        return tl_cli_fail(cli, &err);
    return c.code;
}

const tl_command tl_command_loan = {
    .name = "loan",
    .usage =
        "list\n"
        "make FACILITY --borrower NAME --currency CNY --limit AMOUNT --basis class|g-km "
        "--weight count|price --grid-date DAY --step 1=-20 --step 2=-10 ...\n"
        "cars FACILITY FILE [--refused FILE]\n"
        "sign FACILITY [--day DAY]\n"
        "show FACILITY\n"
        "report FACILITY [--day DAY] [--out FILE.json]\n"
        "test FACILITY [--day DAY]\n"
        "stress FACILITY [--worse CLASSES] [--more PERCENT] [--set RECORD=CLASS|G/KM|none ...]\n"
        "pack FACILITY --out FILE.zip\n"
        "list, show, test, stress take: [--out FILE.csv|.xlsx|.json]",
    .summary_en = "loans whose margin follows the footprints of the cars",
    .summary_zh = "碳足迹挂钩贷款：授信、车辆清单与利差",
    .run = run,
};
