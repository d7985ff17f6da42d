/* factor.c - "tanlian factor": which emission factors there are, what one says, and how the
 * candidates differ. */
#include <math.h>
#include <string.h>

#include "cli/factor_print.h"
#include "cli/factor_propose.h"
#include "cli/pack.h"
#include "cli/show.h"
#include "report/factor_chart.h"

enum { MOST_SHOWN = 100000, MOST_COMPARED = 1000 };

/* What was asked for. */
struct question {
    tl_factor_query query;
    char **words; /* words to search for, or references */
    size_t count;
    tl_factor_per_query per;
    const char *name_en, *name_zh, *unit, *boundary, *source, *reason; /* of a proposal */
    double value;
    const char *chart, *out; /* files for a chart and for a table, or NULL */
};

static const tl_store_opts reading = { .read_only = true };
static const tl_store_opts writing = { .must_exist = true };

/* Words joined by blanks, in the arena; references (with a '/') are left out. */
static tl_status join_words(tl_cli *cli, const struct question *q, const char **out, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    for (size_t i = 0; i < q->count; i++)
        if (!strchr(q->words[i], '/'))
            tl_buf_printf(&b, "%s ", q->words[i]);
    tl_status st = tl_buf_status(&b, err);
    if (st == TL_OK && !(*out = tl_arena_copy(cli->arena, tl_buf_text(&b), b.len)))
        st = tl_fail_nomem(err);
    tl_buf_clear(&b);
    return st;
}

/* Searches with one more than the limit, which tells whether there are more. */
static tl_status look_up(tl_cli *cli, tl_store *s, const struct question *q, const tl_factor **out,
                         size_t *n, bool *more, tl_error *err)
{
    tl_factor_query query = q->query;
    query.limit++;
    tl_status st = join_words(cli, q, &query.text, err);
    if (st == TL_OK)
        st = tl_factor_search(s, &query, cli->arena, out, n, err);
    *more = st == TL_OK && *n > q->query.limit;
    if (*more)
        *n = q->query.limit;
    if (st == TL_OK && *n == 0)
        tl_log_write(&cli->log, TL_LOG_INFO, cli->zh ? "没有符合的排放因子" : "no factor matches");
    return st;
}

static tl_status search(tl_cli *cli, tl_store *s, const struct question *q, tl_buf *out,
                        tl_error *err)
{
    const tl_factor *factors;
    size_t n;
    bool more;
    tl_status st = look_up(cli, s, q, &factors, &n, &more, err);
    if (st != TL_OK)
        return st;
    if (!cli->json)
        return tl_cli_put_factors(cli, factors, n, more, out, err);
    tl_cli_json_factors(factors, n, more, out);
    return TL_OK;
}

/* One factor of "show", in another denominator where that was asked for. */
static tl_status show_one(tl_cli *cli, tl_store *s, const struct question *q, const char *reference,
                          tl_cli_factor *out, tl_error *err)
{
    tl_factor *f = &out->factor;
    out->pinned = strchr(reference, '@') != NULL;
    tl_status st = tl_factor_get(s, reference, cli->arena, f, err);
    if (st == TL_OK)
        st = tl_dataset_get(s, f->set, f->set_version, cli->arena, &out->set, err);
    if (st == TL_OK && out->pinned && out->set.superseded_by)
        tl_log_write(&cli->log, TL_LOG_INFO,
                     cli->zh ? "%s@%s 已被 %s 取代" : "%s@%s is superseded by %s", f->set,
                     f->set_version, out->set.superseded_by);
    if (st != TL_OK || !q->per.unit)
        return st;
    out->per = &q->per;
    return tl_factor_per(f, &q->per, cli->arena, &out->answer, err);
}

static tl_status show(tl_cli *cli, tl_store *s, const struct question *q, tl_buf *out,
                      tl_error *err)
{
    tl_cli_factor *whole = tl_arena_alloc(cli->arena, q->count, sizeof *whole);
    tl_status st = whole ? TL_OK : tl_fail_nomem(err);
    for (size_t i = 0; i < q->count && st == TL_OK; i++)
        st = show_one(cli, s, q, q->words[i], &whole[i], err);
    if (st != TL_OK)
        return st;
    if (cli->json)
        tl_cli_json_whole_factors(whole, q->count, out);
    else
        tl_cli_put_whole_factors(cli, whole, q->count, out);
    return TL_OK;
}

/* The references of the question, then what its words find (if there are words at all), none twice.
 */
static tl_status candidates(tl_cli *cli, tl_store *s, const struct question *q,
                            const tl_factor **out, size_t *n, bool *more, tl_error *err)
{
    const tl_factor *found = NULL;
    size_t found_count = 0, named = 0;
    tl_status st = TL_OK;
    *more = false;
    for (size_t i = 0; i < q->count; i++)
        named += strchr(q->words[i], '/') != NULL;
    if (named < q->count)
        st = look_up(cli, s, q, &found, &found_count, more, err);
    tl_factor *all = tl_arena_alloc(cli->arena, q->count + found_count, sizeof *all);
    if (st == TL_OK && !all)
        st = tl_fail_nomem(err);
    *n = 0;
    for (size_t i = 0; i < q->count && st == TL_OK; i++)
        if (strchr(q->words[i], '/'))
            st = tl_factor_get(s, q->words[i], cli->arena, &all[(*n)++], err);
    named = *n;
    for (size_t i = 0; i < found_count && st == TL_OK; i++) {
        bool there = false;
        for (size_t k = 0; k < named && !there; k++)
            there = strcmp(all[k].set, found[i].set) == 0 &&
                    strcmp(all[k].key, found[i].key) == 0 &&
                    strcmp(all[k].set_version, found[i].set_version) == 0;
        if (!there)
            all[(*n)++] = found[i];
    }
    *out = all;
    return st;
}

static tl_status draw(tl_cli *cli, const struct question *q, const tl_factor_comparison *c,
                      tl_error *err)
{
    const char *words = q->words[0];
    tl_buf b;
    for (size_t i = 1; i < q->count && words; i++)
        words = tl_arena_printf(cli->arena, "%s %s", words, q->words[i]);
    if (!words)
        return tl_fail_nomem(err);
    tl_buf_init(&b, 0);
    return tl_cli_save(q->chart, &b, tl_chart_factors(c, words, cli->zh, cli->arena, &b, err), err);
}

static tl_status compare(tl_cli *cli, tl_store *s, const struct question *q, tl_buf *out,
                         tl_error *err)
{
    const tl_factor *factors = NULL;
    tl_factor_comparison c;
    size_t n;
    bool more;
    tl_status st = candidates(cli, s, q, &factors, &n, &more, err);
    if (st != TL_OK || (st = tl_factor_compare(factors, n, cli->arena, &c, err)) != TL_OK)
        return st;
    if (q->chart && (st = draw(cli, q, &c, err)) != TL_OK)
        return st;
    if (!cli->json)
        return tl_cli_put_comparison(cli, &c, more, out, err);
    tl_cli_json_comparison(&c, more, out);
    return TL_OK;
}

static tl_status topics(tl_cli *cli, tl_store *s, const struct question *q, tl_buf *out,
                        tl_error *err)
{
    (void)out;
    return tl_cli_factor_topics(cli, s, q->out, err);
}

static tl_status tree(tl_cli *cli, tl_store *s, const struct question *q, tl_buf *out,
                      tl_error *err)
{
    (void)out;
    return tl_cli_factor_tree(cli, s, q->out, err);
}

static tl_status pack(tl_cli *cli, tl_store *s, const struct question *q, tl_buf *out,
                      tl_error *err)
{
    (void)out;
    return q->out ? tl_cli_pack(cli, s, q->out, err)
                  : tl_fail(err, TL_EINPUT, "pack needs --out FILE.zip");
}

/* Region and category are those a search would narrow by, the year likewise. */
static tl_status propose(tl_cli *cli, tl_store *s, const struct question *q, tl_buf *out,
                         tl_error *err)
{
    const char *const texts[] = { q->name_en,      q->name_zh,  q->query.category, q->unit,
                                  q->query.region, q->boundary, q->source };
    const char *t[7];
    (void)out;
    for (size_t i = 0; i < 7; i++)
        t[i] = texts[i] ? texts[i] : "";
    return tl_cli_factor_propose(cli, s,
                                 &(tl_factor_proposal){ .name_en = t[0],
                                                        .name_zh = t[1],
                                                        .category = t[2],
                                                        .value = q->value,
                                                        .unit = t[3],
                                                        .region = t[4],
                                                        .year = q->query.year,
                                                        .boundary = t[5],
                                                        .source = t[6] },
                                 err);
}

static tl_status proposals(tl_cli *cli, tl_store *s, const struct question *q, tl_buf *out,
                           tl_error *err)
{
    (void)out;
    return tl_cli_factor_proposals(cli, s, q->out, err);
}

static tl_status decide(tl_cli *cli, tl_store *s, const struct question *q, tl_buf *out,
                        tl_error *err)
{
    (void)out;
    return tl_cli_factor_decide(cli, s, q->words[0], q->words[1], q->reason, err);
}

/* A copy in the arena in capitals or small letters, ASCII only; NULL stays NULL. */
static tl_status in_case(tl_cli *cli, const char **text, char from, char to, tl_error *err)
{
    char *copy = tl_arena_str(cli->arena, *text);
    if (!*text)
        return TL_OK;
    if (!copy)
        return tl_fail_nomem(err);
    for (char *p = copy; *p; p++)
        if (*p >= from && *p < from + 26)
            *p = (char)(*p - from + to);
    *text = copy;
    return TL_OK;
}

static const struct form {
    const char *name;
    tl_status (*run)(tl_cli *cli, tl_store *s, const struct question *q, tl_buf *out,
                     tl_error *err);
    int least; /* words after the name */
    int64_t most_limit;
} forms[] = {
    { "search", search, 0, MOST_SHOWN },      { "show", show, 1, MOST_SHOWN },
    { "compare", compare, 1, MOST_COMPARED }, { "topics", topics, 0, MOST_SHOWN },
    { "tree", tree, 0, MOST_SHOWN },          { "pack", pack, 0, MOST_SHOWN },
    { "propose", propose, 0, MOST_SHOWN },    { "proposals", proposals, 0, MOST_SHOWN },
    { "decide", decide, 2, MOST_SHOWN },
};

static tl_status read_options(tl_cli *cli, int *argc, char **argv, struct question *q,
                              tl_error *err)
{
    int64_t year = 0, limit = 50;
    const tl_option options[] = {
        { "region", TL_OPTION_TEXT, &q->query.region },
        { "category", TL_OPTION_TEXT, &q->query.category },
        { "year", TL_OPTION_INT, &year },
        { "limit", TL_OPTION_INT, &limit },
        { "all-versions", TL_OPTION_FLAG, &q->query.superseded },
        { "verified", TL_OPTION_FLAG, &q->query.verified },
        { "per", TL_OPTION_TEXT, &q->per.unit },
        { "density", TL_OPTION_TEXT, &q->per.density },
        { "heating-value", TL_OPTION_TEXT, &q->per.heating_value },
        { "chart", TL_OPTION_TEXT, &q->chart },
        { "out", TL_OPTION_TEXT, &q->out },
        { "name-en", TL_OPTION_TEXT, &q->name_en },
        { "name-zh", TL_OPTION_TEXT, &q->name_zh },
        { "value", TL_OPTION_NUMBER, &q->value },
        { "unit", TL_OPTION_TEXT, &q->unit },
        { "boundary", TL_OPTION_TEXT, &q->boundary },
        { "source", TL_OPTION_TEXT, &q->source },
        { "reason", TL_OPTION_TEXT, &q->reason },
    };
    tl_status st = tl_options_take(options, sizeof options / sizeof *options, argc, argv, err);
    if (st == TL_OK && year != 0 && (year < 1900 || year > 2200))
        st = tl_fail(err, TL_EINPUT, "--year is %lld, expected 1900 to 2200", (long long)year);
    if (st == TL_OK && (limit < 1 || limit > MOST_SHOWN))
        st = tl_fail(err, TL_EINPUT, "--limit is %lld, expected 1 to %d", (long long)limit,
                     (int)MOST_SHOWN);
    if (st == TL_OK && !q->per.unit && (q->per.density || q->per.heating_value))
        st = tl_fail(err, TL_EINPUT, "%s without --per UNIT",
                     q->per.density ? "--density" : "--heating-value");
    q->query.year = (int)year;
    q->query.limit = (size_t)limit;
    if (st == TL_OK && (st = in_case(cli, &q->query.region, 'a', 'A', err)) == TL_OK)
        st = in_case(cli, &q->query.category, 'A', 'a', err);
    return st;
}

static const struct form *find_form(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof forms / sizeof *forms; i++)
        if (strcmp(argv[1], forms[i].name) == 0)
            return argc - 2 >= forms[i].least ? &forms[i] : NULL;
    return NULL;
}

static tl_status answer(tl_cli *cli, const struct form *form, const struct question *q,
                        tl_error *err)
{
    tl_store *s = NULL;
    tl_buf out;
    const bool writes = form->run == propose || form->run == decide;
    tl_status st = tl_cli_store(cli, writes ? &writing : &reading, &s, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&out, 0);
    if ((st = form->run(cli, s, q, &out, err)) == TL_OK)
        st = tl_cli_print(&out, err);
    tl_buf_clear(&out);
    tl_store_close(s);
    return st;
}

static int run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    struct question q = { .value = NAN };
    if (read_options(cli, &argc, argv, &q, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    const struct form *form = find_form(argc, argv);
    if (!form)
        return tl_cli_usage(cli, &tl_command_factor);
    if (q.query.limit > (size_t)form->most_limit)
        tl_fail(&err, TL_EINPUT, "--limit is %zu, %s takes at most %lld", q.query.limit, form->name,
                (long long)form->most_limit);
    q.words = argv + 2;
    q.count = (size_t)(argc - 2);
    if (err.status != TL_OK || answer(cli, form, &q, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    return TL_EXIT_OK;
}

const tl_command tl_command_factor = {
    .name = "factor",
    .usage =
        "search [WORDS...] [--region CODE] [--year YEAR] [--category NAME] [--limit N] "
        "[--verified] "
        "[--all-versions]\n"
        "show SET/KEY[@VERSION]... [--per UNIT [--density 'N UNIT'] [--heating-value 'N UNIT']]\n"
        "compare WORDS...|SET/KEY... [--region CODE] [--year YEAR] [--category NAME] [--limit N] "
        "[--verified] [--all-versions] [--chart FILE.svg]\n"
        "topics [--out FILE]\n"
        "tree [--out FILE]\n"
        "pack --out FILE.zip\n"
        "propose --name-en NAME|--name-zh NAME --value V --unit UNIT --region CODE --source TEXT "
        "[--year YEAR] [--category NAME] [--boundary TEXT]\n"
        "proposals [--out FILE]\n"
        "decide NO accept|reject --reason TEXT",
    .summary_en = "emission factors: search, show, compare, count",
    .summary_zh = "排放因子：搜索、查看、比较、计数",
    .run = run,
};
