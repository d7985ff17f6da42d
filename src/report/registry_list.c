/* registry_list.c - the fields of records as columns, then their parts. */
#include "report/registry_list.h"

#include <string.h>

#include "registry/record_table.h"
#include "report/part_columns.h"
#include "report/registry_parts.h"
#include "report/registry_record.h"
#include "report/words.h"

enum { TOLD = 3, SHOWN_DECIMALS = 2 };

/* Headings of the fields, in the order of tl_record_fields. */
static const tl_label names[TL_RECORD_FIELDS] = {
    { "record", "记录" },
    { "product", "产品" },
    { "maker", "生产企业" },
    { "company", "企业编号" },
    { "disclosure id", "公示编号" },
    { "series", "车系" },
    { "size class", "级别" },
    { "body", "车身" },
    { "powertrain", "动力类型" },
    { "launched", "上市时间" },
    { "kerb mass, kg", "整备质量，kg" },
    { "price", "价格" },
    { "currency", "币种" },
    { "footprint", "碳足迹" },
    { "unit", "单位" },
    { "boundary", "核算边界" },
    { "method", "方法" },
    { "year of the data", "数据年份" },
    { "region", "地区" },
    { "data grade", "数据等级" },
    { "verifier", "核查人" },
    { "evidence", "佐证" },
    { "uncertainty, relative", "不确定性（相对）" },
    { "primary data share, 0 to 1", "初级数据占比，0 至 1" },
    { "valid from", "有效期自" },
    { "valid until", "有效期至" },
    { "data sets", "数据集" },
    { "input hash (SHA-256)", "输入哈希（SHA-256）" },
    { "reason of this version", "更正原因" },
};

/* Fields that hold a code. */
static const struct {
    const char *name;
    tl_label (*word)(const char *code);
} coded[] = {
    { "size_class", tl_word_size_class }, { "body", tl_word_body },
    { "powertrain", tl_word_powertrain }, { "boundary", tl_word_boundary },
    { "grade", tl_word_grade },
};

static tl_label (*word_of(const tl_record_field *f))(const char *code)
{
    for (size_t i = 0; i < sizeof coded / sizeof *coded; i++)
        if (strcmp(coded[i].name, f->name) == 0)
            return coded[i].word;
    return NULL;
}

static tl_column field_column(size_t i)
{
    const tl_record_field *f = &tl_record_fields[i];
    return (tl_column){ .key = f->name,
                        .name = names[i],
                        .kind = word_of(f)                        ? TL_COLUMN_WORD
                                : f->kind == TL_RECORD_FIELD_TEXT ? TL_COLUMN_TEXT
                                : f->kind == TL_RECORD_FIELD_YEAR ? TL_COLUMN_INT
                                                                  : TL_COLUMN_NUMBER,
                        .decimals = SHOWN_DECIMALS,
                        .coded = true,
                        .files_only = !f->required };
}

/* The columns before those of parts. */
static void make_columns(tl_column out[TL_RECORD_FIELDS + TOLD])
{
    static const tl_column told[TOLD] = {
        { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_INT },
        { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
        { .key = "published_on",
          .name = { "published", "公布日期" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
    };
    for (size_t i = 0; i < TL_RECORD_FIELDS; i++)
        out[i] = field_column(i);
    memcpy(out + TL_RECORD_FIELDS, told, sizeof told);
}

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

static void put_fields(tl_report *r, const tl_record *x)
{
    for (size_t i = 0; i < TL_RECORD_FIELDS; i++) {
        const tl_record_field *f = &tl_record_fields[i];
        const char *text = f->kind == TL_RECORD_FIELD_TEXT ? tl_record_field_text(x, f) : "";
        tl_label (*word)(const char *code) = word_of(f);
        if (word)
            tl_report_word(r, or_null(text), word(text));
        else if (f->kind == TL_RECORD_FIELD_TEXT)
            tl_report_text(r, or_null(text));
        else if (f->kind == TL_RECORD_FIELD_NUMBER)
            tl_report_number(r, tl_record_field_number(x, f));
        else if (x->year)
            tl_report_int(r, x->year);
        else
            tl_report_empty(r, (tl_label){ NULL, NULL });
    }
    tl_report_int(r, x->version);
    tl_report_word(r, tl_record_state_name(x->state), tl_word_record_state(x->state));
    tl_report_text(r, or_null(x->published_on));
}

static const tl_record *record_at(const void *ctx, size_t i)
{
    return (const tl_record *)ctx + i;
}

tl_status tl_report_record_list(tl_report **out, const tl_record *records, size_t n,
                                tl_record_kind kind, tl_arena *arena, tl_error *err)
{
    tl_column fields[TL_RECORD_FIELDS + TOLD], *columns = NULL;
    tl_part_columns *parts = NULL;
    size_t n_columns = 0;
    tl_report *r = *out =
        tl_report_new(arena, "registry-list", (tl_label){ "Records of the register", "登记记录" });
    if (!r)
        return tl_fail_nomem(err);
    make_columns(fields);
    tl_status st = tl_part_columns_new(&parts, record_at, records, n, err);
    if (st == TL_OK)
        st = tl_part_columns_after(parts, fields, TL_RECORD_FIELDS + TOLD, arena, &columns,
                                   &n_columns, err);
    if (st == TL_OK) {
        tl_report_with_keys(r);
        tl_report_fact_word(r, "kind", (tl_label){ "kind", "类型" }, tl_record_kind_name(kind),
                            tl_word_record_kind(kind));
        tl_report_table(r, "records", (tl_label){ "Records, newest version", "记录（最新版本）" },
                        columns, n_columns);
    }
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        put_fields(r, &records[i]);
        st = tl_part_columns_put(parts, r, &records[i], err);
    }
    tl_part_columns_free(parts);
    return st;
}
