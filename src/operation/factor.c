/* factor.c - the rows of the emission factors, and what is counted or packed of them. */
#include "operation/factor.h"

#include "intake/set_pack.h"
#include "operation/operations.h"
#include "operation/page.h"
#include "report/factor_topics.h"

#define ANNOUNCED "cpcd-2022-statistics"

static tl_status run_topics(tl_call *c, tl_error *err)
{
    tl_factor_topics_view v = { .arena = c->arena };
    tl_dataset set;
    tl_status st = tl_factor_counts(c->store, c->arena, &v.counts, &v.count, err);
    if (st != TL_OK)
        return st;
    st = tl_dataset_get(c->store, ANNOUNCED, NULL, c->arena, &set, err);
    if (st == TL_OK) {
        v.set = &set;
        st = tl_printed_read(c->store, ANNOUNCED, c->arena, &v.rows, &v.row_count, err);
    } else if (st == TL_ENOTFOUND) {
        st = TL_OK; /* the report says so */
    }
    return st == TL_OK ? tl_call_report(c, tl_report_factor_topics(&v), err) : st;
}

static tl_status run_tree(tl_call *c, tl_error *err)
{
    const tl_factor_count *counts;
    size_t n;
    tl_status st = tl_factor_counts(c->store, c->arena, &counts, &n, err);
    return st == TL_OK ? tl_call_report(c, tl_report_factor_tree(counts, n, c->arena), err) : st;
}

static tl_status run_pack(tl_call *c, tl_error *err)
{
    size_t sets;
    if (!c->format)
        return tl_fail(err, TL_EINPUT, "pack needs --out FILE.zip");
    tl_status st = tl_set_pack(c->store, c->arena, &c->document, &sets, err);
    if (st != TL_OK)
        return st;
    c->document_type = "application/zip";
    c->document_name = "factors.zip";
    tl_report *r = tl_report_new(c->arena, "factor-pack", (tl_label){ "Pack", "数据集包" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_fact_int(r, "sets", (tl_label){ "data sets", "数据集" }, (int64_t)sets);
    tl_report_fact_int(r, "bytes", (tl_label){ "bytes", "字节" }, (int64_t)c->document.len);
    return tl_call_report(c, r, err);
}

#define REGION                                                                                     \
    {                                                                                              \
        .name = "region", .shown = "CODE", .help = { "CN, CN-YN, GLO", "地区代码" }                \
    }
#define CATEGORY                                                                                   \
    {                                                                                              \
        .name = "category", .shown = "NAME", .help = { "category", "类别" }                        \
    }
#define YEAR(en, zh)                                                                               \
    {                                                                                              \
        .name = "year", .kind = TL_ARGUMENT_INT, .least = 1900, .most = 2200, .help = {            \
            (en),                                                                                  \
            (zh)                                                                                   \
        }                                                                                          \
    }
#define NARROW(most_shown)                                                                         \
    REGION, CATEGORY, YEAR("data of that year or earlier", "该年及以前的数据"),                    \
        { .name = "limit",                                                                         \
          .kind = TL_ARGUMENT_INT,                                                                 \
          .least = 1,                                                                              \
          .most = (most_shown),                                                                    \
          .shown = "N",                                                                            \
          .help = { "at most so many; 50 if not given", "最多个数，默认 50" } },                   \
        { .name = "verified",                                                                      \
          .kind = TL_ARGUMENT_FLAG,                                                                \
          .help = { "verified ones only", "仅已核实" } },                                          \
    {                                                                                              \
        .name = "all-versions", .kind = TL_ARGUMENT_FLAG, .help = {                                \
            "superseded editions too",                                                             \
            "包括已被取代的版本"                                                          \
        }                                                                                          \
    }

static const tl_argument search_arguments[] = {
    { .name = "q",
      .word = true,
      .many = true,
      .optional = true,
      .shown = "WORDS",
      .help = { "words in Chinese, English or pinyin", "中文、英文或拼音" } },
    NARROW(TL_FACTORS_SHOWN),
    TL_PAGE_CURSOR,
};
static const tl_argument compare_arguments[] = {
    { .name = "q",
      .word = true,
      .many = true,
      .shown = "WORDS|SET/KEY",
      .help = { "words, or references with a '/'", "检索词，或含 / 的因子编号" } },
    NARROW(TL_FACTORS_COMPARED),
};
static const tl_argument show_arguments[] = {
    { .name = "reference",
      .word = true,
      .many = true,
      .optional = true,
      .shown = "SET/KEY[@VERSION]",
      .help = { "set/key, or set/key@version", "数据集/键，或 数据集/键@版本" } },
    { .name = "set", .help = { "id of the data set", "数据集编号" } },
    { .name = "key", .help = { "key, or key@version", "键，或 键@版本" } },
    { .name = "version",
      .help = { "of that edition of the set: the same for ever", "数据集的该版本，内容永久不变" } },
    { .name = "per", .shown = "UNIT", .help = { "another denominator", "换算到的分母单位" } },
    { .name = "density", .shown = "'N UNIT'", .help = { "such as 7.85 t/m3", "如 7.85 t/m3" } },
    { .name = "heating-value",
      .shown = "'N UNIT'",
      .help = { "such as 42.6 GJ/t", "如 42.6 GJ/t" } },
};
static const tl_argument propose_arguments[] = {
    { .name = "name-en", .shown = "NAME", .help = { "English name", "英文名称" } },
    { .name = "name-zh", .shown = "NAME", .help = { "Chinese name", "中文名称" } },
    { .name = "value",
      .kind = TL_ARGUMENT_NUMBER,
      .required = true,
      .shown = "V",
      .help = { "the value in its unit", "数值" } },
    { .name = "unit", .required = true, .help = { "such as tCO2e/t", "如 tCO2e/t" } },
    { .name = "region", .required = true, .shown = "CODE", .help = { "CN, GLO", "地区代码" } },
    { .name = "source", .shown = "TEXT", .help = { "where it is from", "来源" } },
    YEAR("year of the data", "数据年份"),
    CATEGORY,
    { .name = "boundary", .shown = "TEXT", .help = { "boundary", "边界" } },
};
static const tl_argument decide_arguments[] = {
    { .name = "proposal",
      .kind = TL_ARGUMENT_INT,
      .word = true,
      .least = 1,
      .most = INT64_MAX / 4,
      .shown = "NO",
      .help = { "number of the proposal", "提议编号" } },
    { .name = "verdict",
      .kind = TL_ARGUMENT_CHOICE,
      .word = true,
      .choices = "accept|reject",
      .help = { "what is decided", "复核结论" } },
    { .name = "reason", .shown = "TEXT", .help = { "why", "理由" } },
};

#define ARGUMENTS(a) .arguments = a##_arguments, .n = sizeof a##_arguments / sizeof *a##_arguments

static const tl_operation rows[] = {
    { .name = "factor search",
      .summary = { "factors by words, synonyms and pinyin", "按词、同义词与拼音检索因子" },
      .method = TL_HTTP_GET,
      .path = "/factors",
      .right = TL_RIGHT_PUBLIC_READ,
      ARGUMENTS(search),
      .run = tl_run_factor_search },
    { .name = "factor show",
      .summary = { "all of a factor, also in another denominator", "因子全部内容，可换算分母单位" },
      .method = TL_HTTP_GET,
      .path = "/factors/{set}/{key}",
      .right = TL_RIGHT_PUBLIC_READ,
      ARGUMENTS(show),
      .run = tl_run_factor_show },
    { .name = "factor compare",
      .summary = { "candidates side by side, in one unit where that can be",
                   "候选因子比较，可比的换算为同一单位" },
      .method = TL_HTTP_GET,
      .path = "/factors/comparison",
      .right = TL_RIGHT_PUBLIC_READ,
      .flags = TL_OPERATION_DRAWS,
      ARGUMENTS(compare),
      .run = tl_run_factor_compare },
    { .name = "factor topics",
      .summary = { "how many by topic, as announced and as installed",
                   "按主题计数：公布的与已安装的" },
      .method = TL_HTTP_GET,
      .path = "/factors/topics",
      .right = TL_RIGHT_PUBLIC_READ,
      .run = run_topics },
    { .name = "factor tree",
      .summary = { "how many by category and set", "按类别与数据集计数" },
      .method = TL_HTTP_GET,
      .path = "/factors/tree",
      .right = TL_RIGHT_PUBLIC_READ,
      .run = run_tree },
    { .name = "factor pack",
      .summary = { "every current set of factors in one file, to be installed elsewhere",
                   "全部现行因子数据集打包为一个文件" },
      .method = TL_HTTP_GET,
      .path = "/factors/pack",
      .right = TL_RIGHT_PUBLIC_READ,
      .formats = "zip",
      .run = run_pack },
    { .name = "factor proposals",
      .summary = { "proposed values and what was decided", "提议的因子与复核结论" },
      .method = TL_HTTP_GET,
      .path = "/factors/proposals",
      .right = TL_RIGHT_FACTOR_PROPOSE,
      .run = tl_run_factor_proposals },
    { .name = "factor propose",
      .summary = { "a value for somebody else to decide about", "提议一个因子，由他人复核" },
      .method = TL_HTTP_POST,
      .path = "/factors/proposals",
      .right = TL_RIGHT_FACTOR_PROPOSE,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(propose),
      .run = tl_run_factor_propose },
    { .name = "factor decide",
      .summary = { "accepts somebody else's proposal, or rejects it", "采纳或否决他人的提议" },
      .method = TL_HTTP_POST,
      .path = "/factors/proposals/{proposal}/decide",
      .right = TL_RIGHT_DATASET_INSTALL,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(decide),
      .run = tl_run_factor_decide },
};

const tl_operations tl_operations_factor = {
    "factor",
    { "emission factors: search, show, compare, count", "排放因子：搜索、查看、比较、计数" },
    rows,
    sizeof rows / sizeof *rows,
};
