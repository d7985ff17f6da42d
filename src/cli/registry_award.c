/* registry_award.c - Top Runner: candidates and winners as of now, rounds that are kept, and the
 * certificate of one segment. */
#include <string.h>

#include "base/file.h"
#include "cli/registry.h"
#include "registry/award.h"
#include "report/registry_award.h"
#include "report/registry_parts.h"

struct question {
    tl_award_rule rule;
    const char *segment, *certificate;
    const tl_award *awards;
    size_t n, left_out;
    bool as_declared; /* neither --step nor --least */
};

/* The rule and window of a round; `words` more words stand before the options. */
static tl_status read_question(tl_registry_call *c, struct question *q, int words, tl_error *err)
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
    tl_status st = tl_registry_options(c, options, 6, words, words, err);
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
    q->as_declared = least == 0 && step == 0;
    if (least)
        q->rule.least = (size_t)least;
    if (step != 0)
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

/* What today would give, kept nowhere. */
static tl_status show_now(tl_registry_call *c, tl_error *err)
{
    struct question q = { .n = 0 };
    tl_registry_view v;
    tl_status st = read_question(c, &q, 0, err);
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

/* A kept award beside the published cars of today. */
static tl_status show_kept(tl_registry_call *c, const tl_kept_award *a, tl_error *err)
{
    tl_award_view v = { .award = a, .arena = c->cli->arena };
    c->day = ""; /* what is published is read as of now, whatever day the award is of */
    tl_status st = tl_registry_day(c, &v.day, err);
    if (st == TL_OK && c->cars.cars == NULL)
        st = tl_cars_read(&c->cars, c->store, v.arena, err);
    if (st == TL_OK)
        st = tl_award_compare(a, &c->cars, v.arena, &v.changes, &v.n, err);
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_award(&v), c->out, err) : st;
}

static tl_status keep_award(tl_registry_call *c, tl_error *err)
{
    struct question q = { .n = 0 };
    const char *day = NULL;
    tl_kept_award a;
    tl_status st = tl_registry_open(c, true, err);
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    if ((st = read_question(c, &q, 2, err)) == TL_OK && q.certificate)
        st = tl_fail(err, TL_EINPUT, "--certificate goes with 'top-runner show NAME'");
    if (st == TL_OK && (st = tl_registry_day(c, &day, err)) == TL_OK)
        st = tl_awards_make(&c->cars, &q.rule, c->cli->arena, &q.awards, &q.n, &q.left_out, err);
    if (st == TL_OK) {
        const tl_award_decision d = { .id = c->argv[1],
                                      .day = day,
                                      .rule = q.rule,
                                      .rule_version = c->rule.version,
                                      .rule_checksum = c->rule.checksum,
                                      .as_declared = q.as_declared,
                                      .cars = &c->cars,
                                      .awards = q.awards,
                                      .n = q.n,
                                      .left_out = q.left_out };
        st = tl_award_keep(c->store, &d, c->who, err);
    }
    if (st == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    if (st == TL_OK)
        st = tl_award_get(c->store, c->argv[1], c->cli->arena, &a, err);
    return st == TL_OK ? show_kept(c, &a, err) : st;
}

static tl_status draw_kept(tl_registry_call *c, const tl_kept_award *a, const char *segment,
                           const char *path, tl_error *err)
{
    size_t first = 0, n = 0;
    tl_certificate page;
    tl_buf b;
    if (!segment)
        return tl_fail(
            err, TL_EINPUT,
            "--certificate needs --segment SIZE/BODY/POWERTRAIN: one page is of one segment");
    if (!tl_award_find_segment(a, segment, &first, &n))
        return tl_fail(err, TL_ENOTFOUND,
                       "no candidate in segment '%s', expected SIZE/BODY/POWERTRAIN", segment);
    if (!a->rows[first].wins)
        return tl_fail(err, TL_ENOTFOUND, "%s: %zu candidates, no award below %zu", segment, n,
                       a->round.rule.least);
    if (!tl_award_certificate(a, first, n, c->cli->arena, &page))
        return tl_fail_nomem(err);
    tl_buf_init(&b, 0);
    return tl_cli_save(path, &b, tl_certificate_pdf(&page, c->cli->zh, &b, err), err);
}

static tl_status show_award(tl_registry_call *c, tl_error *err)
{
    const char *segment = NULL, *certificate = NULL;
    const tl_option options[] = { { "segment", TL_OPTION_TEXT, &segment },
                                  { "certificate", TL_OPTION_TEXT, &certificate } };
    tl_kept_award a;
    tl_status st = tl_registry_options(c, options, 2, 2, 2, err);
    if (st == TL_OK && (st = tl_registry_open(c, false, err)) == TL_OK)
        st = tl_award_get(c->store, c->argv[1], c->cli->arena, &a, err);
    if (st == TL_OK && certificate)
        st = draw_kept(c, &a, segment, certificate, err);
    return st == TL_OK ? show_kept(c, &a, err) : st;
}

static tl_status list_awards(tl_registry_call *c, tl_error *err)
{
    const tl_award_round *rounds;
    size_t n;
    tl_status st = tl_registry_options(c, NULL, 0, 1, 1, err);
    if (st == TL_OK && (st = tl_registry_open(c, false, err)) == TL_OK)
        st = tl_award_list(c->store, c->cli->arena, &rounds, &n, err);
    return st == TL_OK
               ? tl_cli_show(c->cli, tl_report_award_list(rounds, n, c->cli->arena), c->out, err)
               : st;
}

/* JSON is the sealed form that tools/check-award takes; a table is for people. */
static tl_status export_award(tl_registry_call *c, tl_error *err)
{
    tl_kept_award a;
    tl_buf b;
    tl_status st = tl_registry_options(c, NULL, 0, 2, 2, err);
    if (st == TL_OK && (st = tl_registry_open(c, false, err)) == TL_OK)
        st = tl_award_get(c->store, c->argv[1], c->cli->arena, &a, err);
    if (st != TL_OK)
        return st;
    const size_t n = c->out ? strlen(c->out) : 0;
    if (n && !(n > 5 && strcmp(c->out + n - 5, ".json") == 0))
        return tl_report_save(tl_report_award_candidates(&a, c->cli->arena), c->out, err);
    tl_buf_init(&b, 0);
    st = tl_award_export(&a, &b, err);
    if (c->out)
        return tl_cli_save(c->out, &b, st, err);
    if (st == TL_OK)
        st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

tl_status tl_registry_top_runner(tl_registry_call *c, tl_error *err)
{
    static const struct {
        const char *name;
        tl_registry_form run;
    } acts[] = { { "award", keep_award },
                 { "show", show_award },
                 { "list", list_awards },
                 { "export", export_award } };
    for (size_t i = 0; c->argc > 0 && i < sizeof acts / sizeof *acts; i++)
        if (strcmp(c->argv[0], acts[i].name) == 0)
            return acts[i].run(c, err);
    return show_now(c, err);
}
