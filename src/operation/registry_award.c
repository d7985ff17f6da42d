/* registry_award.c - Top Runner: candidates and winners as of now, rounds that are kept, and the
 * certificate of one segment. */
#include "registry/award.h"

#include <string.h>

#include "operation/registry.h"
#include "operation/registry_open.h"
#include "report/registry_award.h"
#include "report/registry_parts.h"

struct question {
    tl_award_rule rule;
    tl_registry_opened o;
    const tl_award *awards;
    size_t n, left_out;
    bool as_declared; /* neither "step" nor "least" */
};

static bool wants_pdf(const tl_call *c)
{
    return c->format && strcmp(c->format, "pdf") == 0;
}

/* TL_EINPUT where a page is wanted and not of which segment. */
static tl_status check_segment(const tl_call *c, tl_error *err)
{
    return !wants_pdf(c) || tl_call_text(c, "segment")
               ? TL_OK
               : tl_fail(err, TL_EINPUT,
                         "a certificate needs %ssegment SIZE/BODY/POWERTRAIN: one page is of one "
                         "segment",
                         c->dash ? c->dash : "");
}

/* What the rule and window asked for give today. */
static tl_status compute(const tl_call *c, struct question *q, tl_error *err)
{
    int64_t least = 0;
    double step = 0;
    tl_call_int(c, "least", &least);
    tl_call_number(c, "step", &step);
    tl_status st = tl_registry_open(&q->o, c->store, tl_call_day(c), c->arena, err);
    if (st == TL_OK)
        st = tl_award_rule_load(&q->rule, c->store, c->arena, err);
    if (st != TL_OK)
        return st;
    q->rule.from = tl_call_text(c, "from");
    q->rule.until = tl_call_text(c, "until");
    q->as_declared = least == 0 && step == 0;
    if (least)
        q->rule.least = (size_t)least;
    if (step != 0)
        q->rule.step_g_km = step;
    return tl_awards_make(&q->o.cars, &q->rule, c->arena, &q->awards, &q->n, &q->left_out, err);
}

/* "compact/suv/bev" */
static bool is_segment(const tl_cars *cars, const tl_award *a, const char *text, tl_arena *arena)
{
    const char *name = tl_arena_printf(arena, "%s/%s/%s", tl_car_code(&cars->sizes, a->size),
                                       tl_car_code(&cars->bodies, a->body),
                                       tl_car_code(&cars->powertrains, a->powertrain));
    return name && strcmp(name, text) == 0;
}

static tl_status draw(tl_call *c, const tl_certificate *page, tl_error *err)
{
    c->document_type = "application/pdf";
    return tl_certificate_pdf(page, c->zh, &c->document, err);
}

static tl_status draw_now(tl_call *c, const struct question *q, const tl_award *a, tl_error *err)
{
    const tl_cars *cars = &q->o.cars;
    struct tl_certificate_line *lines = tl_arena_alloc(c->arena, a->n + 1, sizeof *lines);
    const char *window = tl_arena_printf(c->arena, "%s - %s", q->rule.from, q->rule.until);
    const char *rule = tl_arena_printf(c->arena, "%.6g g CO2e/km, >= %zu; peer-rule@%s",
                                       q->rule.step_g_km, q->rule.least, q->o.rule.version);
    if (!lines || !window || !rule)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < a->n; i++) {
        const tl_published_car *car = a->candidates[i].car;
        const char *maker = cars->makers.items[car->maker];
        lines[i].product = (tl_label){ car->product, car->product };
        lines[i].maker = (tl_label){ maker, maker };
        lines[i].g_km = car->g_km;
        lines[i].wins = a->candidates[i].wins;
    }
    const tl_certificate page = {
        .title = { "Low Carbon Car Top Runner", "低碳领跑者" },
        .segment = tl_category_label(&q->o.view, a->size, a->body, a->powertrain),
        .window = { window, window },
        .rule = { rule, rule },
        .lines = lines,
        .n = a->n,
        .day = q->o.view.day,
        .link = tl_arena_printf(c->arena, "tanlian:top-runner/%s/%s/%s", tl_call_text(c, "segment"),
                                q->rule.from, q->rule.until),
    };
    return draw(c, &page, err);
}

static tl_status draw_segment(tl_call *c, const struct question *q, tl_error *err)
{
    const char *segment = tl_call_text(c, "segment");
    for (size_t i = 0; i < q->n; i++)
        if (is_segment(&q->o.cars, &q->awards[i], segment, c->arena))
            return q->awards[i].winners
                       ? draw_now(c, q, &q->awards[i], err)
                       : tl_fail(err, TL_ENOTFOUND, "%s: %zu candidates, no award below %zu",
                                 segment, q->awards[i].n, q->rule.least);
    return tl_fail(err, TL_ENOTFOUND, "no candidate in segment '%s', expected SIZE/BODY/POWERTRAIN",
                   segment);
}

/* What today would give, kept nowhere. */
tl_status tl_run_registry_top_runner(tl_call *c, tl_error *err)
{
    struct question q = { .n = 0 };
    tl_status st = check_segment(c, err);
    if (st == TL_OK)
        st = compute(c, &q, err);
    if (st == TL_OK && wants_pdf(c))
        st = draw_segment(c, &q, err);
    return st == TL_OK
               ? tl_call_report(
                     c, tl_report_car_awards(&q.o.view, &q.rule, q.awards, q.n, q.left_out), err)
               : st;
}

/* A kept award beside the published cars of today, whatever day the award is of. */
static tl_status show_kept(tl_call *c, const tl_kept_award *a, tl_error *err)
{
    tl_cars cars;
    tl_award_view v = { .award = a, .arena = c->arena, .day = c->today };
    tl_status st = tl_cars_read(&cars, c->store, c->arena, err);
    if (st == TL_OK)
        st = tl_award_compare(a, &cars, c->arena, &v.changes, &v.n, err);
    return st == TL_OK ? tl_call_report(c, tl_report_award(&v), err) : st;
}

tl_status tl_run_registry_award_keep(tl_call *c, tl_error *err)
{
    struct question q = { .n = 0 };
    const char *id = tl_call_text(c, "award");
    tl_kept_award a;
    tl_status st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    if ((st = compute(c, &q, err)) == TL_OK) {
        const tl_award_decision d = { .id = id,
                                      .day = tl_call_day(c),
                                      .rule = q.rule,
                                      .rule_version = q.o.rule.version,
                                      .rule_checksum = q.o.rule.checksum,
                                      .as_declared = q.as_declared,
                                      .cars = &q.o.cars,
                                      .awards = q.awards,
                                      .n = q.n,
                                      .left_out = q.left_out };
        st = tl_award_keep(c->store, &d, tl_call_who(c), err);
    }
    if (st == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    if (st == TL_OK)
        st = tl_award_get(c->store, id, c->arena, &a, err);
    return st == TL_OK ? show_kept(c, &a, err) : st;
}

static tl_status draw_kept(tl_call *c, const tl_kept_award *a, tl_error *err)
{
    const char *segment = tl_call_text(c, "segment");
    size_t first = 0, n = 0;
    tl_certificate page;
    if (!tl_award_find_segment(a, segment, &first, &n))
        return tl_fail(err, TL_ENOTFOUND,
                       "no candidate in segment '%s', expected SIZE/BODY/POWERTRAIN", segment);
    if (!a->rows[first].wins)
        return tl_fail(err, TL_ENOTFOUND, "%s: %zu candidates, no award below %zu", segment, n,
                       a->round.rule.least);
    return tl_award_certificate(a, first, n, c->arena, &page) ? draw(c, &page, err)
                                                              : tl_fail_nomem(err);
}

tl_status tl_run_registry_award_show(tl_call *c, tl_error *err)
{
    tl_kept_award a;
    tl_status st = check_segment(c, err);
    if (st == TL_OK)
        st = tl_award_get(c->store, tl_call_text(c, "award"), c->arena, &a, err);
    if (st == TL_OK && wants_pdf(c))
        st = draw_kept(c, &a, err);
    return st == TL_OK ? show_kept(c, &a, err) : st;
}

tl_status tl_run_registry_award_list(tl_call *c, tl_error *err)
{
    const tl_award_round *rounds;
    size_t n;
    tl_status st = tl_award_list(c->store, c->arena, &rounds, &n, err);
    return st == TL_OK ? tl_call_report(c, tl_report_award_list(rounds, n, c->arena), err) : st;
}

/* JSON is the sealed form that tools/check-award takes; a table is for people. */
tl_status tl_run_registry_award_export(tl_call *c, tl_error *err)
{
    tl_kept_award a;
    tl_status st = tl_award_get(c->store, tl_call_text(c, "award"), c->arena, &a, err);
    if (st != TL_OK)
        return st;
    if (c->format && strcmp(c->format, "json") != 0)
        return tl_call_report(c, tl_report_award_candidates(&a, c->arena), err);
    c->document_type = "application/json";
    return tl_award_export(&a, &c->document, err);
}
