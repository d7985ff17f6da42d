/* factor_topics.c - announced topics held against their total, and counts of what is here. */
#include "report/factor_topics.h"

#include <math.h>
#include <string.h>

#include "report/words_data.h"

#define TOTAL "total"

static tl_label topic_label(const char *topic)
{
    static const tl_label names[] = {
        { "energy", "能源" },
        { "industrial products", "工业产品" },
        { "household products", "生活产品" },
        { "transport", "交通服务" },
        { "waste treatment", "废弃物处理" },
        { "carbon sinks", "碳汇" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].en, topic) == 0)
            return names[i];
    return (tl_label){ topic, topic };
}

static void put_announced(tl_report *r, const tl_factor_topics_view *v)
{
    static const tl_column columns[] = {
        { .key = "topic", .name = { "topic", "主题" }, .kind = TL_COLUMN_LABEL },
        { .key = "records", .name = { "records", "条数" }, .kind = TL_COLUMN_INT },
    };
    int64_t sum = 0, total = -1;
    tl_report_table(r, "announced",
                    (tl_label){ "Announced (CPCD 2022)", "首批公开数据（CPCD 2022）" }, columns, 2);
    for (size_t i = 0; i < v->row_count; i++) {
        const tl_printed_row *row = &v->rows[i];
        if (strcmp(row->measure, "records") != 0 || !isfinite(row->value))
            continue;
        if (strcmp(row->subject, TOTAL) == 0) {
            total = (int64_t)row->value;
            continue;
        }
        tl_report_label(r, topic_label(row->subject));
        tl_report_int(r, (int64_t)row->value);
        sum += (int64_t)row->value;
    }
    tl_report_fact_int(r, "announced_sum", (tl_label){ "sum of the topics", "各主题合计" }, sum);
    if (total >= 0)
        tl_report_fact_int(r, "announced_total", (tl_label){ "announced total", "公布总数" },
                           total);
    if (total >= 0 && sum != total)
        tl_report_note(r, (tl_label){ "The announced topics do not add up to the announced total.",
                                      "公布的各主题条数之和与总数不符。" });
}

static void put_counts(tl_report *r, const tl_factor_count *counts, size_t n, bool tree)
{
    static const tl_column columns[] = {
        { .key = "category", .name = { "category", "类别" }, .kind = TL_COLUMN_WORD },
        { .key = "set", .name = { "data set", "数据集" }, .kind = TL_COLUMN_TEXT },
        { .key = "factors", .name = { "factors", "条数" }, .kind = TL_COLUMN_INT },
        { .key = "verified", .name = { "verified", "已核实" }, .kind = TL_COLUMN_INT },
    };
    int64_t all = 0;
    tl_report_table(r, "installed", (tl_label){ "Installed here", "本库已安装" }, columns, 4);
    for (size_t i = 0, next; i < n; i = next) {
        int64_t factors = 0, verified = 0;
        for (next = i; next < n && strcmp(counts[next].category, counts[i].category) == 0; next++) {
            factors += counts[next].factors;
            verified += counts[next].verified;
        }
        all += factors;
        const char *category = *counts[i].category ? counts[i].category : "-";
        tl_report_word(r, category, tl_word_factor_category(category));
        tl_report_text(r, "");
        tl_report_int(r, factors);
        tl_report_int(r, verified);
        for (size_t k = i; tree && k < next; k++) {
            tl_report_word(r, "", (tl_label){ "", "" });
            tl_report_text(r, counts[k].set);
            tl_report_int(r, counts[k].factors);
            tl_report_int(r, counts[k].verified);
        }
    }
    tl_report_fact_int(r, "installed_total", (tl_label){ "factors installed here", "本库因子总数" },
                       all);
}

tl_report *tl_report_factor_topics(const tl_factor_topics_view *v)
{
    tl_report *r = tl_report_new(v->arena, "factor-topics",
                                 (tl_label){ "Factors by topic", "各主题排放因子条数" });
    if (!r)
        return NULL;
    if (v->set) {
        tl_report_fact(r, "source", (tl_label){ "source of the announcement", "公布来源" },
                       v->set->source);
        put_announced(r, v);
    } else {
        tl_report_note(r,
                       (tl_label){ "The announced counts (cpcd-2022-statistics) are not installed.",
                                   "未安装公布条数（cpcd-2022-statistics）。" });
    }
    put_counts(r, v->counts, v->count, false);
    tl_report_note(
        r, (tl_label){ "The announced records are not installed here: their licence is not "
                       "stated. Categories here are those of the installed sets.",
                       "公布的数据未随本程序安装：其许可未注明。本库类别以已安装数据集为准。" });
    return r;
}

tl_report *tl_report_factor_tree(const tl_factor_count *counts, size_t n, tl_arena *arena)
{
    tl_report *r = tl_report_new(arena, "factor-tree",
                                 (tl_label){ "Factors by category and set", "排放因子分类" });
    if (r)
        put_counts(r, counts, n, true);
    return r;
}
