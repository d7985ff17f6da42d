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

static tl_status look(tl_cli *cli, tl_store *s, const char *text, unsigned kinds, size_t limit,
                      const char *out, tl_error *err)
{
    const tl_found *found;
    size_t n = 0;
    tl_status st = tl_search_find(s, text, kinds, limit, cli->arena, &found, &n, err);
    return st == TL_OK
               ? tl_cli_show(cli, tl_report_search(text, found, n, limit, cli->arena), out, err)
               : st;
}

static int run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    const char *kind = NULL, *out = NULL, *text = NULL;
    int64_t limit = 10;
    bool anew = false;
    unsigned kinds = 0;
    tl_store *s = NULL;
    const tl_option options[] = { { "kind", TL_OPTION_TEXT, &kind },
                                  { "limit", TL_OPTION_INT, &limit },
                                  { "out", TL_OPTION_TEXT, &out },
                                  { "rebuild", TL_OPTION_FLAG, &anew } };
    tl_status st = tl_options_take(options, 4, &argc, argv, &err);
    if (st == TL_OK && (anew ? argc != 1 : argc < 2))
        return tl_cli_usage(cli, &tl_command_search);
    if (st == TL_OK && (limit < 1 || limit > MOST))
        st = tl_fail(&err, TL_EINPUT, "--limit is %lld, expected 1 to %d", (long long)limit,
                     (int)MOST);
    if (st == TL_OK)
        st = find_kinds(kind, &kinds, &err);
    if (st == TL_OK)
        st = join(argc - 1, argv + 1, cli->arena, &text, &err);
    const tl_store_opts opts = { .read_only = !anew, .must_exist = true };
    if (st == TL_OK)
        st = tl_cli_store(cli, &opts, &s, &err);
    if (st == TL_OK)
        st = anew ? rebuild(cli, s, &err) : look(cli, s, text, kinds, (size_t)limit, out, &err);
    tl_store_close(s);
    return st == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}

const tl_command tl_command_search = {
    .name = "search",
    .usage =
        "WORDS [--kind vehicle|epd|pcf|company|factor] [--limit N] [--out FILE.csv|.xlsx|.json]\n"
        "--rebuild",
    .summary_en = "search everything: Chinese, English, pinyin, ids",
    .summary_zh = "搜索全部内容：中文、英文、拼音、编号",
    .run = run,
};
