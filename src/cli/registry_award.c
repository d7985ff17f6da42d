/* registry_award.c - Top Runner: candidates and winners, and the certificate of one segment. */
#include <string.h>

#include "cli/registry.h"
#include "registry/top_runner.h"
#include "report/carbon_label.h"
#include "report/registry_parts.h"

struct question {
    tl_award_rule rule;
    const char *segment, *certificate;
    const tl_award *awards;
    size_t n, left_out;
};

static tl_status read_question(tl_registry_call *c, struct question *q, tl_error *err)
{
    int64_t least = 0;
    double step = 0;
    const char *from = NULL, *until = NULL;
    const tl_option options[] = { { "from", TL_OPTION_TEXT, &from },
                                  { "until", TL_OPTION_TEXT, &until },
                                  { "step", TL_OPTION_NUMBER, &step },
                                  { "least", TL_OPTION_INT, &least },
                                  { "segment", TL_OPTION_TEXT, &q->segment },
                                  { "certificate", TL_OPTION_TEXT, &q->certificate } };
    tl_status st = tl_registry_options(c, options, 6, 0, 0, err);
    if (st == TL_OK && (!from || !until))
        st = tl_fail(err, TL_EINPUT,
                     "--from and --until are needed: the window of launches, such "
                     "as 2024-04 and 2024-09");
    if (st == TL_OK && (least < 0 || least > 1000000))
        st = tl_fail(err, TL_EINPUT, "--least is %lld, expected 1 to 1000000", (long long)least);
    if (st == TL_OK && q->certificate && !q->segment)
        st = tl_fail(
            err, TL_EINPUT,
            "--certificate needs --segment SIZE/BODY/POWERTRAIN: one page is of one segment");
    if (st == TL_OK && (st = tl_registry_cars(c, err)) == TL_OK)
        st = tl_award_rule_load(&q->rule, c->store, c->cli->arena, err);
    q->rule.from = from;
    q->rule.until = until;
    if (least)
        q->rule.least = (size_t)least;
    if (step > 0)
        q->rule.step_g_km = step;
    return st;
}

/* "compact/suv/bev" */
static bool is_segment(const tl_registry_call *c, const tl_award *a, const char *text,
                       tl_arena *arena)
{
    const char *name = tl_arena_printf(arena, "%s/%s/%s", tl_car_code(&c->cars.sizes, a->size),
                                       tl_car_code(&c->cars.bodies, a->body),
                                       tl_car_code(&c->cars.powertrains, a->powertrain));
    return name && strcmp(name, text) == 0;
}

static tl_status draw(tl_registry_call *c, const tl_registry_view *v, const struct question *q,
                      const tl_award *a, tl_error *err)
{
    tl_arena *arena = c->cli->arena;
    struct tl_certificate_line *lines = tl_arena_alloc(arena, a->n + 1, sizeof *lines);
    const char *window = tl_arena_printf(arena, "%s - %s", q->rule.from, q->rule.until);
    const char *rule = tl_arena_printf(arena, "%.6g g CO2e/km, >= %zu; peer-rule@%s",
                                       q->rule.step_g_km, q->rule.least, c->rule.version);
    tl_buf b;
    if (!lines || !window || !rule)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < a->n; i++) {
        const tl_published_car *car = a->candidates[i].car;
        const char *maker = c->cars.makers.items[car->maker];
        lines[i].product = (tl_label){ car->product, car->product };
        lines[i].maker = (tl_label){ maker, maker };
        lines[i].g_km = car->g_km;
        lines[i].wins = a->candidates[i].wins;
    }
    const tl_certificate page = {
        .title = { "Low Carbon Car Top Runner", "低碳领跑者" },
        .segment = tl_category_label(v, a->size, a->body, a->powertrain),
        .window = { window, window },
        .rule = { rule, rule },
        .lines = lines,
        .n = a->n,
        .day = v->day,
        .link = tl_arena_printf(arena, "tanlian:top-runner/%s/%s/%s", q->segment, q->rule.from,
                                q->rule.until),
    };
    tl_buf_init(&b, 0);
    return tl_cli_save(q->certificate, &b, tl_certificate_pdf(&page, c->cli->zh, &b, err), err);
}

static tl_status draw_certificate(tl_registry_call *c, const tl_registry_view *v,
                                  const struct question *q, tl_error *err)
{
    for (size_t i = 0; i < q->n; i++)
        if (is_segment(c, &q->awards[i], q->segment, c->cli->arena))
            return q->awards[i].winners
                       ? draw(c, v, q, &q->awards[i], err)
                       : tl_fail(err, TL_ENOTFOUND, "%s: %zu candidates, no award below %zu",
                                 q->segment, q->awards[i].n, q->rule.least);
    return tl_fail(err, TL_ENOTFOUND, "no candidate in segment '%s', expected SIZE/BODY/POWERTRAIN",
                   q->segment);
}

tl_status tl_registry_top_runner(tl_registry_call *c, tl_error *err)
{
    struct question q = { .n = 0 };
    tl_registry_view v;
    tl_status st = read_question(c, &q, err);
    if (st == TL_OK)
        st = tl_registry_view_of(c, &v, err);
    if (st == TL_OK)
        st = tl_awards_make(&c->cars, &q.rule, v.arena, &q.awards, &q.n, &q.left_out, err);
    if (st == TL_OK && q.certificate)
        st = draw_certificate(c, &v, &q, err);
    return st == TL_OK
               ? tl_cli_show(c->cli, tl_report_car_awards(&v, &q.rule, q.awards, q.n, q.left_out),
                             c->out, err)
               : st;
}
