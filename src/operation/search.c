/* search.c - one search over cars, declarations, companies and factors. */
#include "report/registry_search.h"

#include <string.h>

#include "operation/operations.h"

enum { MOST = 1000, PICKS_MAX = 32, WORDS_MAX = 200 };

static unsigned kind_bit(const char *kind)
{
    for (unsigned k = 0; kind && k <= TL_FOUND_FACTOR; k++)
        if (strcmp(kind, tl_found_kind_code((tl_found_kind)k)) == 0)
            return 1u << k;
    return 0;
}

static tl_status join(tl_call *c, const char **out, tl_error *err)
{
    const char *words[WORDS_MAX];
    size_t n = tl_call_list(c, "q", words, WORDS_MAX);
    if (n > WORDS_MAX)
        return tl_fail(err, TL_EINPUT, "more than %d words", (int)WORDS_MAX);
    *out = words[0];
    for (size_t i = 1; i < n && *out; i++)
        *out = tl_arena_printf(c->arena, "%s %s", *out, words[i]);
    return *out ? TL_OK : tl_fail_nomem(err);
}

static tl_status run_search(tl_call *c, tl_error *err)
{
    tl_search_answer *a = tl_arena_alloc(c->arena, 1, sizeof *a);
    const char *picks[PICKS_MAX], *text;
    int64_t limit = 10;
    bool stale = false;
    size_t n = tl_call_list(c, "pick", picks, PICKS_MAX);
    tl_call_int(c, "limit", &limit);
    if (n > PICKS_MAX)
        return tl_fail(err, TL_EINPUT, "more than %d picks", (int)PICKS_MAX);
    const tl_search_opts opts = { kind_bit(tl_call_text(c, "kind")), (size_t)limit, picks, n,
                                  tl_call_flag(c, "facets") };
    tl_status st = a ? join(c, &text, err) : tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_search_is_stale(c->store, &stale, err);
    if (st == TL_OK)
        st = tl_search_ask(c->store, text, &opts, c->arena, a, err);
    if (st != TL_OK)
        return st;
    tl_report *r = tl_report_search(text, a, c->arena);
    if (r && stale)
        tl_report_note(r, (tl_label){ "What changed last is not found yet: the database cannot "
                                      "be written.",
                                      "数据库不可写，最近的更改尚无法搜索到。" });
    return tl_call_report(c, r, err);
}

static tl_status run_rebuild(tl_call *c, tl_error *err)
{
    int64_t objects = 0;
    tl_status st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_search_rebuild(c->store, c->log, &objects, err)) == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    tl_report *r =
        tl_report_new(c->arena, "search-rebuild", (tl_label){ "Search index", "搜索索引" });
    if (st != TL_OK || !r)
        return st != TL_OK ? st : tl_fail_nomem(err);
    tl_report_fact_int(r, "objects", (tl_label){ "objects indexed", "已索引对象" }, objects);
    return tl_call_report(c, r, err);
}

static tl_status refresh(tl_store *s, tl_error *err)
{
    int64_t changes;
    return tl_search_refresh(s, &changes, err);
}

/* Whoever writes records, companies or factors need not know of the search. */
static const tl_upkeep index_upkeep = { tl_search_is_stale, refresh };

static const tl_argument arguments[] = {
    { .name = "q",
      .word = true,
      .many = true,
      .shown = "WORDS",
      .help = { "words in Chinese, English or pinyin, or an id", "中文、英文、拼音或编号" } },
    { .name = "kind",
      .kind = TL_ARGUMENT_CHOICE,
      .choices = "vehicle|epd|pcf|company|factor",
      .help = { "of that kind only", "仅该类" } },
    { .name = "limit",
      .kind = TL_ARGUMENT_INT,
      .least = 1,
      .most = MOST,
      .shown = "N",
      .help = { "at most so many of a kind; 10 if not given", "每类最多个数，默认 10" } },
    { .name = "facets",
      .kind = TL_ARGUMENT_FLAG,
      .help = { "count the cars found by maker, size, ...", "按厂商、级别等统计" } },
    { .name = "pick",
      .many = true,
      .shown = "maker|size|body|powertrain|class=VALUE",
      .help = { "only cars with it, such as size=suv", "仅该类车，如 size=suv" } },
};

static const tl_operation rows[] = {
    { .name = "search",
      .summary = { "search everything: Chinese, English, pinyin, ids",
                   "搜索全部内容：中文、英文、拼音、编号" },
      .method = TL_HTTP_GET,
      .path = "/search",
      .right = TL_RIGHT_PUBLIC_READ,
      .arguments = arguments,
      .n = sizeof arguments / sizeof *arguments,
      .run = run_search,
      .upkeep = &index_upkeep },
    /* so written, a search for the word rebuild stays one */
    { .name = "search --rebuild",
      .summary = { "the index of the search anew", "重建搜索索引" },
      .method = TL_HTTP_POST,
      .path = "/search/rebuild",
      .right = TL_RIGHT_DATASET_INSTALL,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LONG,
      .run = run_rebuild },
};

const tl_operations tl_operations_search = {
    "search",
    { "search everything: Chinese, English, pinyin, ids", "搜索全部内容：中文、英文、拼音、编号" },
    rows,
    sizeof rows / sizeof *rows,
};
