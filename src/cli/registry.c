/* registry.c - `tanlian registry`: the table of its forms, and what they share. */
#include "cli/registry.h"

#include <string.h>

#include "base/clock.h"
#include "cli/actor.h"

static const struct {
    const char *name;
    tl_registry_form run;
} forms[] = {
    { "batch", tl_registry_batch },
    { "form", tl_registry_form_out },
    { "feedback", tl_registry_feedback },
    { "show", tl_registry_show },
    { "history", tl_registry_history },
    { "export", tl_registry_export },
    { "step", tl_registry_step },
    { "stats", tl_registry_stats },
    { "facets", tl_registry_facets },
    { "histogram", tl_registry_histogram },
    { "class", tl_registry_class },
    { "top-runner", tl_registry_top_runner },
    { "printed", tl_registry_printed },
    { "label", tl_registry_label },
    { "put", tl_registry_put },
    { "sales", tl_registry_sales },
    { "best-sellers", tl_registry_best_sellers },
    { "list", tl_registry_list },
    { "import", tl_registry_import },
    { "lint", tl_registry_lint },
    { "catalogue", tl_registry_catalogue },
};

tl_status tl_registry_options(tl_registry_call *c, const tl_option *options, size_t n, int least,
                              int most, tl_error *err)
{
    tl_status st = tl_options_take(options, n, &c->argc, c->argv, err);
    if (st == TL_OK && (c->argc < least || c->argc > most))
        return tl_fail(err, TL_EINPUT,
                       "%d words given, expected %d to %d; 'tanlian registry --help' shows the "
                       "forms",
                       c->argc, least, most);
    return st;
}

tl_status tl_registry_open(tl_registry_call *c, bool write, tl_error *err)
{
    const tl_store_opts opts = { .read_only = !write, .must_exist = true };
    if (write && !(c->who = tl_cli_actor(c->cli->arena)))
        return tl_fail_nomem(err);
    return tl_cli_store(c->cli, &opts, &c->store, err);
}

tl_status tl_registry_day(const tl_registry_call *c, const char **day, tl_error *err)
{
    char now[TL_TIME_ISO];
    tl_time_now(now);
    *day = *c->day ? c->day : tl_arena_copy(c->cli->arena, now, 10);
    if (!*day)
        return tl_fail_nomem(err);
    return tl_date_valid(*day)
               ? TL_OK
               : tl_fail(err, TL_EINPUT, "--day is '%s', expected a calendar date YYYY-MM-DD",
                         *day);
}

tl_status tl_registry_cars(tl_registry_call *c, tl_error *err)
{
    tl_arena *arena = c->cli->arena;
    tl_status st = c->store ? TL_OK : tl_registry_open(c, false, err);
    if (st == TL_OK)
        st = tl_cars_read(&c->cars, c->store, arena, err);
    if (st == TL_OK)
        st = tl_peer_rule_load(&c->rule, c->store, arena, err);
    return st == TL_OK ? tl_benchmarks_make(&c->cars, &c->rule, arena, &c->benchmarks, err) : st;
}

tl_status tl_registry_keep(tl_registry_call *c, tl_error *err)
{
    int64_t changed;
    const char *day;
    tl_status st = tl_registry_day(c, &day, err);
    if (st == TL_OK)
        st = tl_registry_cars(c, err);
    return st == TL_OK ? tl_benchmarks_keep(c->store, &c->cars, &c->benchmarks, &c->rule, day,
                                            c->who, &changed, err)
                       : st;
}

static int run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_registry_form form = NULL;
    tl_registry_call c = { .cli = cli, .day = "", .reason = "" };
    const tl_option common[] = {
        { "out", TL_OPTION_TEXT, &c.out },
        { "chart", TL_OPTION_TEXT, &c.chart },
        { "day", TL_OPTION_TEXT, &c.day },
        { "reason", TL_OPTION_TEXT, &c.reason },
    };
    if (tl_options_take_known(common, sizeof common / sizeof *common, &argc, argv, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    for (size_t i = 0; argc > 1 && i < sizeof forms / sizeof *forms; i++)
        if (strcmp(argv[1], forms[i].name) == 0)
            form = forms[i].run;
    if (!form)
        return tl_cli_usage(cli, &tl_command_registry);
    c.argc = argc - 2;
    c.argv = argv + 2;
    tl_status st = form(&c, &err);
    tl_store_close(c.store);
    if (st != TL_OK)
        return tl_cli_fail(cli, &err);
    return c.code;
}

const tl_command tl_command_registry = {
    .name = "registry",
    .usage =
        "batch [BATCH]\n"
        "batch BATCH add [--title T]\n"
        "batch BATCH ask|publish [--day DAY]\n"
        "form BATCH --out FILE.xlsx|.csv\n"
        "feedback FILE [--refused FILE] [--day DAY]\n"
        "show RECORD [--result VERSION]\n"
        "history RECORD\n"
        "export RECORD --out FILE.json\n"
        "label RECORD --out FILE.svg|.pdf [--link URL]\n"
        "put FILE.json [--reason TEXT]\n"
        "list --kind vehicle|pcf|epd [--state S] [--maker M] [--company C] [--size S] [--body B] "
        "[--powertrain P] [--out FILE.csv|.xlsx|.json]\n"
        "import FILE.csv|.xlsx --kind vehicle|pcf|epd [--reason TEXT] [--refused FILE]\n"
        "step RECORD ask|recalculate|publish|expire|withdraw [--reason TEXT] [--day DAY]\n"
        "class RECORD\n"
        "sales FILE [--refused FILE] [--day DAY]   sales [--of RECORD]\n"
        "best-sellers [--month MONTH] [--until MONTH] [--region R] [--scope all|nev|BAND] "
        "[--top N]\n"
        "stats [--by brand|maker|group|country|series|powertrain|size|body|month|year] "
        "[--top N] [--mark KEY] [--month MONTH] [--until MONTH] [--region R]\n"
        "facets [FILTER]   histogram [FILTER] [--width G/KM] [--mark RECORD]\n"
        "FILTER: [--maker M] [--size S] [--body B] [--powertrain P] [--class N] [--from G/KM] "
        "[--to G/KM] [--price-from P] [--price-to P] [--currency C]\n"
        "top-runner --from MONTH --until MONTH [--least N] [--step G/KM] [--segment S/B/P "
        "--certificate FILE.pdf]\n"
        "top-runner award NAME --from MONTH --until MONTH [--least N] [--step G/KM]\n"
        "top-runner list   top-runner show NAME [--segment S/B/P --certificate FILE.pdf]\n"
        "top-runner export NAME [--out FILE.json|.csv|.xlsx]\n"
        "printed [SUBJECT] [--measure M] [--findings] [--set SET]\n"
        "lint FILE.json\n"
        "catalogue [--category C] [--sort latest]\n"
        "all take: [--out FILE.csv|.xlsx|.json]; stats, histogram, best-sellers: [--chart "
        "FILE.svg]",
    .summary_en = "published footprints: rounds, records, classes, statistics",
    .summary_zh = "已公布的碳足迹：批次、记录、等级与统计",
    .run = run,
};
