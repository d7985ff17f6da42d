/* search.c - `tanlian search`: one search over cars, declarations, companies and factors. */
#include <string.h>

#include "cli/show.h"
#include "report/registry_search.h"

enum { MOST = 1000 };

/* The words as one text. */
static tl_status join(int argc, char **argv, tl_arena *arena, const char **out, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    for (int i = 0; i < argc; i++)
        tl_buf_printf(&b, "%s%s", i ? " " : "", argv[i]);
    tl_status st = tl_buf_status(&b, err);
    *out = st == TL_OK ? tl_arena_str(arena, tl_buf_text(&b)) : NULL;
    tl_buf_clear(&b);
    return st == TL_OK && !*out ? tl_fail_nomem(err) : st;
}

static tl_status find_kinds(const char *kind, unsigned *kinds, tl_error *err)
{
    *kinds = 0;
    for (unsigned k = 0; kind && k <= TL_FOUND_FACTOR; k++)
        if (strcmp(kind, tl_found_kind_code((tl_found_kind)k)) == 0)
            *kinds = 1u << k;
    return !kind || *kinds
               ? TL_OK
               : tl_fail(err, TL_EINPUT,
                         "--kind is '%s', expected vehicle, epd, pcf, company or factor", kind);
}

static tl_status rebuild(tl_cli *cli, tl_store *s, tl_error *err)
{
    int64_t objects = 0;
    tl_buf b;
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_search_rebuild(s, &objects, err)) != TL_OK) {
        tl_store_rollback(s);
        return st;
    }
    if ((st = tl_store_commit(s, err)) != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    tl_buf_printf(&b,
                  cli->json ? "{ \"objects\": %lld }\n"
                  : cli->zh ? "已索引 %lld 个对象\n"
                            : "%lld objects indexed\n",
                  (long long)objects);
    st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

/* What is asked, as read from the command line. */
struct call {
    tl_cli *cli;
    const char *kind, *out, *text;
    int64_t limit;
    bool anew, facets;
    tl_option_list picks;
    unsigned kinds;
};

/* Takes in what has changed since the index was last looked at. */
static tl_status refresh(tl_cli *cli, tl_error *err)
{
    const tl_store_opts opts = { .must_exist = true };
    tl_store *s = NULL;
    int64_t changes;
    tl_status st = tl_cli_store(cli, &opts, &s, err);
    if (st == TL_OK && (st = tl_store_begin(s, err)) == TL_OK) {
        if ((st = tl_search_refresh(s, &changes, err)) == TL_OK)
            st = tl_store_commit(s, err);
        else
            tl_store_rollback(s);
    }
    tl_store_close(s);
    return st;
}

/* Opens for reading, after a refresh where one is needed; *stale: it was, and could not be had, as
 * where the file may only be read. */
static tl_status open_fresh(tl_cli *cli, tl_store **s, bool *stale, tl_error *err)
{
    const tl_store_opts opts = { .read_only = true, .must_exist = true };
    tl_status st = tl_cli_store(cli, &opts, s, err);
    if (st == TL_OK)
        st = tl_search_is_stale(*s, stale, err);
    if (st != TL_OK || !*stale)
        return st;
    tl_store_close(*s);
    *s = NULL;
    st = refresh(cli, NULL);
    *stale = st != TL_OK;
    return tl_cli_store(cli, &opts, s, err);
}

static tl_status look(struct call *c, tl_error *err)
{
    tl_search_answer a;
    tl_store *s = NULL;
    bool stale = false;
    const tl_search_opts opts = { c->kinds, (size_t)c->limit, c->picks.items, c->picks.n,
                                  c->facets };
    tl_status st = open_fresh(c->cli, &s, &stale, err);
    if (st == TL_OK)
        st = tl_search_ask(s, c->text, &opts, c->cli->arena, &a, err);
    if (st == TL_OK) {
        tl_report *r = tl_report_search(c->text, &a, c->cli->arena);
        if (r && stale)
            tl_report_note(r, (tl_label){ "What changed last is not found yet: the database cannot "
                                          "be written.",
                                          "数据库不可写，最近的更改尚无法搜索到。" });
        st = tl_cli_show(c->cli, r, c->out, err);
    }
    tl_store_close(s);
    return st;
}

static tl_status make_anew(tl_cli *cli, tl_error *err)
{
    const tl_store_opts opts = { .must_exist = true };
    tl_store *s = NULL;
    tl_status st = tl_cli_store(cli, &opts, &s, err);
    if (st == TL_OK)
        st = rebuild(cli, s, err);
    tl_store_close(s);
    return st;
}

static int run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    struct call c = { .cli = cli, .limit = 10 };
    const tl_option options[] = {
        { "kind", TL_OPTION_TEXT, &c.kind },  { "limit", TL_OPTION_INT, &c.limit },
        { "out", TL_OPTION_TEXT, &c.out },    { "facets", TL_OPTION_FLAG, &c.facets },
        { "pick", TL_OPTION_LIST, &c.picks }, { "rebuild", TL_OPTION_FLAG, &c.anew }
    };
    tl_status st = tl_options_take(options, sizeof options / sizeof *options, &argc, argv, &err);
    if (st == TL_OK && (c.anew ? argc != 1 : argc < 2))
        return tl_cli_usage(cli, &tl_command_search);
    if (st == TL_OK && (c.limit < 1 || c.limit > MOST))
        st = tl_fail(&err, TL_EINPUT, "--limit is %lld, expected 1 to %d", (long long)c.limit,
                     (int)MOST);
    if (st == TL_OK)
        st = find_kinds(c.kind, &c.kinds, &err);
    if (st == TL_OK)
        st = join(argc - 1, argv + 1, cli->arena, &c.text, &err);
    if (st == TL_OK)
        st = c.anew ? make_anew(cli, &err) : look(&c, &err);
    return st == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}

const tl_command tl_command_search = {
    .name = "search",
    .usage = "WORDS [--kind vehicle|epd|pcf|company|factor] [--limit N] [--facets] "
             "[--pick maker|size|body|powertrain|class=VALUE] [--out FILE.csv|.xlsx|.json]\n"
             "--rebuild",
    .summary_en = "search everything: Chinese, English, pinyin, ids",
    .summary_zh = "搜索全部内容：中文、英文、拼音、编号",
    .run = run,
};
