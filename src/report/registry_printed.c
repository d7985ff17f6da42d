/* registry_printed.c - rows and findings of printed statistics.
 *
 * Values are shown with the decimals they were printed with: 50.0% is not 50%. */
#include "report/registry_printed.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/registry_parts.h"

static void put_set(tl_report *r, const tl_printed_view *v)
{
    tl_report_fact(r, "set", (tl_label){ "data set", "数据集" },
                   tl_arena_printf(v->arena, "%s@%s", v->set->id, v->set->version));
    tl_report_fact(r, "source", (tl_label){ "source", "来源" }, v->set->source);
}

static bool wanted(const tl_printed_row *row, const char *subject, const char *measure)
{
    if (measure && strcmp(measure, row->measure) != 0)
        return false;
    return !subject || strcmp(subject, row->subject) == 0 ||
           (row->key && strcmp(subject, row->key) == 0);
}

static void put_row(tl_report *r, const tl_printed_view *v, const tl_printed_row *row)
{
    tl_report_text(r, row->table);
    tl_report_text(r, row->subject);
    tl_report_text(r, row->key ? row->key : row->subject);
    tl_report_text(r, row->company);
    tl_report_text(r, row->measure);
    if (isnan(row->value)) {
        tl_report_empty(r, (tl_label){ "being calculated", "计算中" });
    } else {
        char value[TL_NUMBER_MAX + 320];
        tl_number_format_fixed(row->value, row->decimals, value);
        tl_report_text(r, tl_arena_str(v->arena, value));
    }
    tl_report_text(r, row->unit);
    tl_report_text(r, row->source);
}

tl_report *tl_report_printed_rows(const tl_printed_view *v, const char *subject,
                                  const char *measure)
{
    static const tl_column columns[] = {
        { .key = "table", .name = { "table", "表" }, .kind = TL_COLUMN_TEXT },
        { .key = "subject", .name = { "subject as printed", "原文对象" }, .kind = TL_COLUMN_TEXT },
        { .key = "same_as",
          .name = { "name elsewhere", "他处名称" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
        { .key = "company",
          .name = { "company", "企业" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
        { .key = "measure", .name = { "measure", "指标" }, .kind = TL_COLUMN_TEXT },
        { .key = "value", .name = { "value", "数值" }, .kind = TL_COLUMN_EXACT },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
        { .key = "source",
          .name = { "source", "来源" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
    };
    tl_report *r =
        tl_report_new(v->arena, "printed-rows", (tl_label){ v->set->title_en, v->set->title_zh });
    if (!r)
        return NULL;
    put_set(r, v);
    tl_report_table(r, "rows", (tl_label){ "As printed", "原文数据" }, columns,
                    sizeof columns / sizeof *columns);
    bool mean = false, class_1 = false;
    for (size_t i = 0; i < v->n; i++)
        if (wanted(&v->rows[i], subject, measure)) {
            put_row(r, v, &v->rows[i]);
            mean = mean || strcmp(v->rows[i].measure, "share-below-mean") == 0;
            class_1 = class_1 || strcmp(v->rows[i].measure, "class-1-share") == 0;
        }
    if (mean && class_1) /* Fujian Benz: 0.0% below the mean, 100% of class 1 */
        tl_put_benchmark_note(r);
    if (tl_report_rows(r) == 0)
        tl_report_note(
            r, (tl_label){ "No row has this subject and measure.", "没有该对象和指标的数据。" });
    tl_report_note(r, (tl_label){ "Figures are as printed, misprints included; see the findings.",
                                  "数据照录原文，包括印刷错误；另见核对结果。" });
    return r;
}

static tl_label rule_label(const char *rule)
{
    static const struct {
        const char *rule;
        tl_label name;
    } names[] = {
        { "class-share-and-count", { "share and count do not fit", "占比与数量不符" } },
        { "rank-and-share", { "rank and share differ", "排名与占比不符" } },
        { "shares-add-up", { "shares do not add up", "各项占比之和不为 100%" } },
        { "shares-fit-models", { "shares fit no number of models", "占比对应不到整数款车型" } },
        { "tables-agree", { "tables differ", "各表不一致" } },
        { "tables-fit-models", { "tables fit no common number", "两表车型总数不符" } },
        { "text-and-table", { "text and table differ", "正文与表格不符" } },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].rule, rule) == 0)
            return names[i].name;
    return (tl_label){ rule, rule };
}

tl_report *tl_report_printed_findings(const tl_printed_view *v, const tl_printed_finding *findings,
                                      size_t n)
{
    static const tl_column columns[] = {
        { .key = "subject", .name = { "subject", "对象" }, .kind = TL_COLUMN_TEXT },
        { .key = "rule", .name = { "rule", "核对项" }, .kind = TL_COLUMN_WORD },
        { .key = "finding", .name = { "finding", "核对结果" }, .kind = TL_COLUMN_LABEL },
    };
    tl_report *r = tl_report_new(v->arena, "printed-findings",
                                 (tl_label){ v->set->title_en, v->set->title_zh });
    if (!r)
        return NULL;
    put_set(r, v);
    tl_report_fact_int(r, "rows_checked", (tl_label){ "rows checked", "核对行数" }, (int64_t)v->n);
    tl_report_table(r, "findings", (tl_label){ "What does not fit", "不相符之处" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        tl_report_text(r, findings[i].subject);
        tl_report_word(r, findings[i].rule, rule_label(findings[i].rule));
        tl_report_label(r, (tl_label){ findings[i].en, findings[i].zh });
    }
    tl_report_note(r,
                   (tl_label){ "A finding says that printed figures contradict each other, not "
                               "which of them is wrong; nothing was changed.",
                               "核对结果仅说明原文数据相互矛盾，不判断何者有误；数据未作改动。" });
    return r;
}
