/* rate.c - `tanlian rate`: the table of its forms, and what they share. */
#include "cli/rate.h"

#include <string.h>

#include "cli/show.h"

static const struct {
    const char *name;
    tl_rate_form run;
} forms[] = {
    { "rank", tl_rate_rank },         { "score", tl_rate_score },
    { "stats", tl_rate_stats },       { "gap", tl_rate_gap },
    { "compare", tl_rate_compare },   { "crosswalk", tl_rate_crosswalk },
    { "whatif", tl_rate_whatif },     { "history", tl_rate_history },
    { "index", tl_rate_index },       { "list", tl_rate_list },
    { "import", tl_rate_import },     { "submit", tl_rate_submit },
    { "return", tl_rate_return },     { "approve", tl_rate_approve },
    { "reply", tl_rate_reply },       { "finalise", tl_rate_finalise },
    { "publish", tl_rate_publish },   { "correct", tl_rate_correct },
    { "withdraw", tl_rate_withdraw },
};

tl_status tl_rate_options(tl_rate_call *c, const tl_option *options, size_t n, int least, int most,
                          tl_error *err)
{
    tl_status st = tl_options_take(options, n, &c->argc, c->argv, err);
    if (st == TL_OK && (c->argc < least || c->argc > most))
        return tl_fail(err, TL_EINPUT,
                       "%d words given, expected %d to %d; 'tanlian rate --help' shows the forms",
                       c->argc, least, most);
    return st;
}

tl_status tl_rate_level(const char *text, tl_sheet_level *level, bool *given, tl_error *err)
{
    static const tl_sheet_level levels[] = { TL_LEVEL_INDICATOR, TL_LEVEL_THEME, TL_LEVEL_TOTAL };
    *given = text != NULL;
    for (size_t i = 0; text && i < sizeof levels / sizeof *levels; i++)
        if (strcmp(text, tl_level_name(levels[i])) == 0) {
            *level = levels[i];
            return TL_OK;
        }
    return text ? tl_fail(err, TL_EINPUT, "--level is '%s', expected indicator, theme or total",
                          text)
                : TL_OK;
}

tl_status tl_rate_open(tl_rate_call *c, bool write, tl_error *err)
{
    const tl_store_opts opts = { .read_only = !write, .must_exist = true };
    tl_status st = tl_cli_store(c->cli, &opts, &c->store, err);
    if (st != TL_OK)
        return st;
    return tl_index_open(c->store, c->index ? c->index : "cati-auto", c->cli->arena, &c->definition,
                         err);
}

tl_status tl_rate_open_edition(tl_rate_call *c, tl_error *err)
{
    bool has_before = false;
    tl_arena *arena = c->cli->arena;
    const tl_league_row *league = NULL;
    size_t n = 0;
    tl_status st = tl_rate_open(c, false, err);
    if (st == TL_OK)
        st = tl_edition_read(c->store, &c->definition, c->period, arena, &c->edition, err);
    if (st == TL_OK)
        st = tl_edition_before(c->store, &c->edition, arena, &c->before_index, &c->before,
                               &has_before, err);
    if (st == TL_OK)
        st = tl_league_make(&c->edition, has_before ? &c->before : NULL, arena, &league, &n, err);
    if (st == TL_OK)
        c->view = (tl_rating_view){ .edition = &c->edition,
                                    .before = has_before ? &c->before : NULL,
                                    .league = league,
                                    .n = n,
                                    .arena = arena };
    return st;
}

tl_status tl_rate_row(tl_rate_call *c, const char *text, const tl_league_row **row, tl_error *err)
{
    tl_company company;
    tl_status st = tl_company_find(c->store, text, c->cli->arena, &company, err);
    if (st != TL_OK)
        return st;
    *row = tl_rating_view_find(&c->view, company.id);
    return *row ? TL_OK
                : tl_fail(err, TL_ENOTFOUND, "%s is not rated under %s@%s in %s", company.id,
                          c->definition.id, c->definition.version, c->edition.period);
}

tl_status tl_rate_show(tl_rate_call *c, const tl_report *r, tl_error *err)
{
    return tl_cli_show(c->cli, r, c->out, err);
}

static int run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_rate_form form = NULL;
    tl_rate_call c = { .cli = cli };
    const tl_option common[] = {
        { "index", TL_OPTION_TEXT, &c.index }, { "period", TL_OPTION_TEXT, &c.period },
        { "level", TL_OPTION_TEXT, &c.level }, { "out", TL_OPTION_TEXT, &c.out },
        { "chart", TL_OPTION_TEXT, &c.chart },
    };
    if (tl_options_take_known(common, sizeof common / sizeof *common, &argc, argv, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    for (size_t i = 0; argc > 1 && i < sizeof forms / sizeof *forms; i++)
        if (strcmp(argv[1], forms[i].name) == 0)
            form = forms[i].run;
    if (!form)
        return tl_cli_usage(cli, &tl_command_rate);
    c.argc = argc - 2;
    c.argv = argv + 2;
    tl_status st = form(&c, &err);
    tl_store_close(c.store);
    if (st != TL_OK)
        return tl_cli_fail(cli, &err);
    return c.code;
}

const tl_command tl_command_rate = {
    .name = "rate",
    .usage = "rank [--country C] [--group G] [--listed yes|no] [--product P] [--band B] [--top N] "
             "[--bottom N]\n"
             "score COMPANY [--result VERSION] [--checklist]\n"
             "stats [--by group|country|listed|product] [--bin POINTS]\n"
             "gap COMPANY [--top N]\n"
             "compare COMPANY COMPANY [COMPANY ...]\n"
             "crosswalk COMPANY --to INDEX [--w12 SHARE]\n"
             "whatif --w12 SHARE [--range LOW:HIGH]\n"
             "history COMPANY\n"
             "index [INDEX[@VERSION]]\n"
             "list [COMPANY]\n"
             "import FILE --period P [--industry I] [--cut-off DAY] [--refused FILE]\n"
             "submit|approve|finalise|publish COMPANY [--day DAY]\n"
             "return COMPANY --reason TEXT\n"
             "reply COMPANY --by NAME --text TEXT [--slot CODE] [--day DAY]\n"
             "correct COMPANY --reason TEXT\n"
             "withdraw COMPANY EVIDENCE --reason TEXT\n"
             "all take: [--index INDEX[@VERSION]] [--period P] [--level indicator|theme|total] "
             "[--out FILE.csv|.xlsx|.json]; rank, stats, gap, whatif: [--chart FILE.svg]",
    .summary_en = "companies' climate action: scores, league tables, gaps, evidence",
    .summary_zh = "企业气候行动：得分、排名、缺项与佐证",
    .run = run,
};
