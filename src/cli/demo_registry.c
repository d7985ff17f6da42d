/* demo_registry.c - the register half of the demo: published cars, a label, an award, a loan.
 *
 * Only the battery electric cars are published, so that the demo stays short. */
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/actor.h"
#include "cli/demo.h"
#include "operation/registry_open.h"
#include "registry/batch.h"
#include "registry/loan.h"
#include "registry/top_runner.h"
#include "report/registry_parts.h"

enum { YUAN = 100, CARS_IN_LOAN = 10, FACETS_SHOWN = 4 };

static const char *say(const tl_demo *d, const char *en, const char *zh)
{
    return d->cli->zh ? zh : en;
}

static const char *word(const tl_demo *d, tl_label l)
{
    return say(d, l.en, l.zh);
}

/* The battery electric cars of the fleet, or all others, as a fleet. */
static tl_status choose(const tl_demo *d, bool electric, tl_fleet *out, tl_error *err)
{
    *out = (tl_fleet){ .classes = d->fleet.classes, .pins = d->fleet.pins, .who = d->fleet.who };
    out->cars = tl_arena_alloc(d->cli->arena, d->fleet.n_cars + 1, sizeof *out->cars);
    if (!out->cars)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < d->fleet.n_cars; i++)
        if (!d->fleet.cars[i].refused &&
            (strcmp(d->fleet.cars[i].vehicle->powertrain, "bev") == 0) == electric)
            out->cars[out->n_cars++] = d->fleet.cars[i];
    out->computed = out->n_cars;
    return TL_OK;
}

static tl_status publish(tl_demo *d, tl_registry_opened *c, const tl_car_model *m, bool electric,
                         tl_error *err)
{
    tl_fleet some;
    tl_batch b;
    int64_t done;
    char today[TL_TIME_ISO];
    tl_time_now(today);
    today[10] = 0;
    const char *round = electric ? "demo" : "demo-others";
    tl_status st = choose(d, electric, &some, err);
    if (st == TL_OK)
        st = tl_fleet_explain(&some, d->store, m, d->cli->arena, err);
    if (st == TL_OK)
        st = tl_batch_add_fleet(d->store, round, round, &some, m, d->who, &d->cli->log,
                                d->cli->arena, &b, err);
    if (st == TL_OK)
        st = tl_batch_take(d->store, round, TL_RECORD_ASK, "", d->who, &d->cli->log, &done, err);
    if (st == TL_OK)
        st =
            tl_batch_take(d->store, round, TL_RECORD_PUBLISH, "", d->who, &d->cli->log, &done, err);
    if (st != TL_OK || (st = tl_store_begin(d->store, err)) != TL_OK)
        return st;
    st = tl_registry_keep(c, d->store, today, d->who, d->cli->arena, err);
    if (st == TL_OK)
        st = tl_store_commit(d->store, err);
    else
        tl_store_rollback(d->store);
    if (electric)
        tl_demo_end_step(d, "publication of the battery electric cars", "公布纯电动车型");
    else
        tl_demo_end_step(d, "publication of all other cars, for the page",
                         "公布其余车型，供网页使用");
    return st;
}

/* "SUV 310, sedan 120": the first few, most first. */
static void put_facet(tl_demo *d, const char *name, const tl_car_words *words, const size_t *counts,
                      tl_label (*label)(const char *code))
{
    bool shown[TL_CAR_UNKNOWN] = { false };
    tl_buf_printf(&d->out, "  %s", name);
    for (size_t k = 0; k < FACETS_SHOWN && k < words->n && words->n <= TL_CAR_UNKNOWN; k++) {
        size_t best = SIZE_MAX;
        for (size_t i = 0; i < words->n; i++)
            if (!shown[i] && (best == SIZE_MAX || counts[i] > counts[best]))
                best = i;
        shown[best] = true;
        if (counts[best])
            tl_buf_printf(&d->out, "%s%s %zu", k ? say(d, ", ", "、") : "",
                          word(d, label(words->items[best])), counts[best]);
    }
    tl_buf_char(&d->out, '\n');
}

static tl_status show_facets(tl_demo *d, const tl_registry_opened *c, tl_error *err)
{
    tl_car_facets f;
    tl_status st = tl_car_facets_count(&c->cars, &c->benchmarks, NULL, d->cli->arena, &f, err);
    if (st != TL_OK)
        return st;
    tl_buf_printf(&d->out,
                  d->cli->zh ? "\n已公布并存证：%zu 款\n" : "\nPublished and sealed: %zu cars\n",
                  f.passed);
    put_facet(d, say(d, "size   ", "级别："), &c->cars.sizes, f.sizes, tl_word_size_class);
    put_facet(d, say(d, "body   ", "车身："), &c->cars.bodies, f.bodies, tl_word_body);
    tl_buf_str(&d->out, say(d, "  class  ", "  等级："));
    for (size_t i = 1; i <= c->rule.classes.n; i++)
        tl_buf_printf(&d->out, "%s%zu: %zu", i > 1 ? say(d, ", ", "、") : "", i, f.classes[i]);
    tl_buf_printf(&d->out, d->cli->zh ? "、无 %zu\n" : ", none %zu\n", f.classes[0]);
    return TL_OK;
}

static tl_status save_label(tl_demo *d, const tl_carbon_label *l, bool zh, bool pdf, tl_error *err)
{
    const char *name =
        tl_arena_printf(d->cli->arena, "label-%s.%s", zh ? "zh" : "en", pdf ? "pdf" : "svg");
    const char *path = name ? tl_path_join(d->cli->arena, d->keep, name) : NULL;
    tl_buf b;
    if (!path)
        return tl_fail_nomem(err);
    tl_buf_init(&b, 0);
    tl_status st = pdf ? tl_carbon_label_pdf(l, zh, &b, err) : tl_carbon_label_svg(l, zh, &b, err);
    if (st == TL_OK)
        st = tl_file_write(path, tl_buf_text(&b), b.len, err);
    if (st == TL_OK)
        tl_buf_printf(&d->out, "  %s\n", path);
    tl_buf_clear(&b);
    return st;
}

static tl_status show_label(tl_demo *d, const tl_registry_opened *c, const tl_record *r,
                            size_t place, tl_error *err)
{
    tl_carbon_label l;
    tl_status st = TL_OK;
    if (!d->keep) {
        tl_buf_str(&d->out,
                   say(d, "  its label: tanlian demo --out FOLDER draws it as SVG and PDF\n",
                       "  碳标识：tanlian demo --out 文件夹 可生成 SVG 与 PDF\n"));
        return TL_OK;
    }
    st = tl_registry_label_of(d->store, r, &c->benchmarks.items[place], &c->rule, NULL,
                              d->cli->arena, &l, err);
    for (int i = 0; st == TL_OK && i < 4; i++)
        st = save_label(d, &l, i & 1, i & 2, err);
    tl_demo_end_step(d, "the label in both languages, SVG and PDF", "中英文碳标识，SVG 与 PDF");
    return st;
}

/* Both benchmarks in two lines, then the label. */
static tl_status show_car(tl_demo *d, const tl_registry_opened *c, const char *id, tl_error *err)
{
    tl_record r;
    size_t place = 0;
    while (place < c->cars.n && strcmp(c->cars.cars[place].id, id) != 0)
        place++;
    if (place == c->cars.n)
        return tl_fail(err, TL_ENOTFOUND, "no published car %s", id);
    const tl_published_car *car = &c->cars.cars[place];
    const tl_benchmark *b = &c->benchmarks.items[place];
    tl_status st = tl_record_get(d->store, id, 0, d->cli->arena, &r, err);
    if (st != TL_OK)
        return st;
    tl_buf_printf(&d->out,
                  d->cli->zh ? "\n%s（%s@%lld）的两项基准\n" : "\nBoth benchmarks of %s, %s@%lld\n",
                  r.product, r.id, (long long)r.version);
    if (b->category != SIZE_MAX)
        tl_buf_printf(&d->out,
                      d->cli->zh ? "  %s：%.1f g CO2e/km，均值 %.1f，%+.1f%%\n"
                                 : "  %s: %.1f g CO2e/km, mean %.1f, %+.1f %%\n",
                      word(d, tl_category_label(&c->view, car->size, car->body, car->powertrain)),
                      car->g_km, b->mean_g_km, 100 * b->to_mean);
    tl_buf_printf(&d->out,
                  d->cli->zh ? "  同质量车型中：第 %zu 名，共 %zu 款，%s；存证 %.12s\n"
                             : "  among peers of its mass: %zu of %zu, %s; seal %.12s\n",
                  b->rank, b->peers, word(d, tl_class_label(&c->view, b->class_number)), r.hash);
    return show_label(d, c, &r, place, err);
}

/* ADEME gives no launch, so all are taken as launched in one window; nothing of it is kept. */
static tl_status show_award(tl_demo *d, const tl_registry_opened *c, tl_error *err)
{
    const tl_award *awards, *most = NULL;
    tl_award_rule rule;
    size_t n, left_out;
    for (size_t i = 0; i < c->cars.n; i++)
        c->cars.cars[i].launched = "2025-06";
    tl_status st = tl_award_rule_load(&rule, d->store, d->cli->arena, err);
    rule.from = "2025-01";
    rule.until = "2025-12";
    if (st == TL_OK)
        st = tl_awards_make(&c->cars, &rule, d->cli->arena, &awards, &n, &left_out, err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        if (awards[i].winners && (!most || awards[i].n > most->n))
            most = &awards[i];
    if (st != TL_OK || !most)
        return st;
    const tl_published_car *first = most->candidates[0].car;
    tl_buf_printf(
        &d->out,
        d->cli->zh
            ? "\n低碳领跑者（假定均于 %s 上市）：%s\n  %s，%s，%.2f g CO2e/km；候选 %zu 款，并列 "
              "%zu "
              "款\n"
            : "\nTop Runner, as if all were launched in %s: %s\n  %s, %s, %.2f g CO2e/km; %zu "
              "candidates, %zu joint\n",
        "2025", word(d, tl_category_label(&c->view, most->size, most->body, most->powertrain)),
        first->product, c->cars.makers.items[first->maker], first->g_km, most->n, most->winners);
    return TL_OK;
}

/* The first published car of a class. */
static const char *car_of_class(const tl_registry_opened *c, int class_number)
{
    for (size_t i = 0; i < c->cars.n; i++)
        if (c->benchmarks.items[i].class_number == class_number)
            return c->cars.cars[i].id;
    return NULL;
}

static const tl_facility facility = {
    .id = "demo",
    .borrower = "demo",
    .currency = "CNY",
    .grid_date = "2025-01-01",
    .limit = (tl_money)20000000 * YUAN,
    .basis = TL_LOAN_BY_CLASS,
    .weight = TL_LOAN_BY_PRICE,
    .steps = { { 1, 0, -20 }, { 2, 0, -10 }, { 3, 0, 0 }, { 4, 0, 10 }, { 5, 0, 20 } },
    .n_steps = 5,
    .signed_on = "",
};

static tl_status sign_loan(tl_demo *d, const tl_registry_opened *c, tl_error *err)
{
    const char *low = car_of_class(c, 1), *middle = car_of_class(c, 3);
    if (!low || !middle)
        return tl_fail(err, TL_ENOTFOUND, "no published car of class 1 or of class 3");
    tl_facility f = facility;
    f.tenant = d->serve ? TL_DEMO_BANK : NULL;
    tl_status st = tl_store_begin(d->store, err);
    if (st != TL_OK)
        return st;
    st = tl_facility_put(d->store, &f, d->who, err);
    for (int i = 0; st == TL_OK && i < CARS_IN_LOAN; i++)
        st = tl_facility_draw(d->store, facility.id, i < 6 ? low : middle,
                              (tl_money)(i < 6 ? 150000 : 200000) * YUAN, d->who, err);
    if (st == TL_OK)
        st = tl_facility_sign(d->store, facility.id, "", d->who, err);
    if (st == TL_OK)
        return tl_store_commit(d->store, err);
    tl_store_rollback(d->store);
    return st;
}

static tl_status show_loan(tl_demo *d, const tl_registry_opened *c, tl_error *err)
{
    static const tl_loan_what_if worse = { .worse = 1 };
    tl_facility f;
    tl_loan_car *cars;
    tl_loan_result r, stress;
    size_t n;
    tl_status st = sign_loan(d, c, err);
    if (st == TL_OK)
        st = tl_facility_get(d->store, facility.id, d->cli->arena, &f, &cars, &n, err);
    if (st == TL_OK)
        st = tl_loan_compute(&f, cars, n, &r, err);
    if (st == TL_OK)
        st = tl_loan_stress(&f, cars, n, &worse, &stress, err);
    if (st != TL_OK)
        return st;
    tl_buf_printf(
        &d->out,
        d->cli->zh
            ? "\n碳足迹挂钩贷款：1 级 6 辆各 150,000，3 级 4 辆各 200,000；定价 -20 至 +20 基点\n"
              "  按价格 %.2f 基点，按辆数 %.2f；若全部降一级为 %.2f\n"
            : "\nA loan by footprint: 6 cars of class 1 at 150,000, 4 of class 3 at 200,000; "
              "grid -20 to +20\n  %.2f basis points by price, %.2f by count; %.2f with every "
              "car one class worse\n",
        (double)r.by_price_e4 / 1e4, (double)r.by_count_e4 / 1e4, (double)stress.by_price_e4 / 1e4);
    return TL_OK;
}

tl_status tl_demo_registry(tl_demo *d, const tl_car_model *m, const tl_fleet_car *car,
                           tl_error *err)
{
    tl_registry_opened c;
    tl_status st = publish(d, &c, m, true, err);
    if (st == TL_OK)
        st = show_facets(d, &c, err);
    if (st == TL_OK)
        st = show_car(d, &c, car->vehicle->id, err);
    if (st == TL_OK)
        st = show_award(d, &c, err);
    if (st == TL_OK)
        st = show_loan(d, &c, err);
    if (st == TL_OK)
        tl_demo_end_step(d, "facets, benchmarks, award, loan", "分布、基准、领跑者与贷款");
    if (st == TL_OK && d->serve)
        st = publish(d, &c, m, false, err);
    return st;
}
