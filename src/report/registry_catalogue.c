/* registry_catalogue.c - No., product, footprint with unit, scope, year; and the counts of the
 * tabs. */
#include "report/registry_catalogue.h"

#include <string.h>

#include "base/number.h"
#include "report/registry_record.h"
#include "report/words.h"

static const char *category_of(const tl_catalogue_row *row)
{
    return *row->category ? row->category : "-";
}

static void put_categories(tl_report *r, const tl_catalogue_row *rows, size_t n)
{
    static const tl_column columns[] = {
        { .key = "category", .name = { "category", "类别" }, .kind = TL_COLUMN_TEXT },
        { .key = "records", .name = { "records", "条数" }, .kind = TL_COLUMN_INT },
    };
    tl_report_table(r, "categories", (tl_label){ "By category", "按类别" }, columns, 2);
    for (size_t i = 0; i < n; i++) {
        int64_t count = 0;
        bool first = true;
        for (size_t k = 0; k < n; k++)
            if (strcmp(category_of(&rows[k]), category_of(&rows[i])) == 0) {
                first = first && k >= i;
                count++;
            }
        if (!first)
            continue;
        tl_report_text(r, category_of(&rows[i]));
        tl_report_int(r, count);
    }
}

static void put_row(tl_report *r, const tl_catalogue_row *row, int64_t number, tl_arena *arena)
{
    char value[TL_NUMBER_MAX];
    tl_number_format(row->value, value);
    tl_report_int(r, number);
    tl_report_text(r, row->product);
    tl_report_text(r, tl_arena_str(arena, value));
    tl_report_text(r, row->unit);
    tl_report_word(r, row->boundary, tl_word_boundary(row->boundary));
    if (row->year)
        tl_report_int(r, row->year);
    else
        tl_report_empty(r, (tl_label){ "not stated", "未注明" });
    tl_report_text(r, category_of(row));
    tl_report_word(r, tl_record_kind_name(row->kind), tl_word_record_kind(row->kind));
    tl_report_text(r, row->maker);
    tl_report_text(r, row->verifier);
    tl_report_text(r, row->published_on);
    tl_report_text(r, row->id);
}

tl_report *tl_report_catalogue(const tl_catalogue_row *rows, size_t n, const char *category,
                               tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "no", .name = { "no.", "序号" }, .kind = TL_COLUMN_INT },
        { .key = "product", .name = { "product", "产品名称" }, .kind = TL_COLUMN_TEXT },
        { .key = "value", .name = { "carbon footprint", "碳足迹" }, .kind = TL_COLUMN_EXACT },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
        { .key = "boundary", .name = { "scope", "范围" }, .kind = TL_COLUMN_WORD },
        { .key = "year", .name = { "year", "年份" }, .kind = TL_COLUMN_INT },
        { .key = "category", .name = { "category", "类别" }, .kind = TL_COLUMN_TEXT },
        { .key = "kind", .name = { "kind", "类型" }, .kind = TL_COLUMN_WORD, .files_only = true },
        { .key = "maker", .name = { "maker", "企业" }, .kind = TL_COLUMN_TEXT },
        { .key = "verifier", .name = { "verifier", "核查机构" }, .kind = TL_COLUMN_TEXT },
        { .key = "published_on",
          .name = { "published", "公布日期" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
        { .key = "record", .name = { "record", "记录" }, .kind = TL_COLUMN_TEXT },
    };
    int64_t number = 0;
    tl_report *r = tl_report_new(
        arena, "catalogue", (tl_label){ "Published product footprints", "已公布的产品碳足迹" });
    if (!r)
        return NULL;
    tl_report_table(r, "products", (tl_label){ "Products", "产品" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++)
        if (!category || strcmp(category, category_of(&rows[i])) == 0)
            put_row(r, &rows[i], ++number, arena);
    put_categories(r, rows, n);
    if (number == 0)
        tl_report_note(
            r, (tl_label){ "No product footprint is published here.", "尚无已公布的产品碳足迹。" });
    return r;
}
