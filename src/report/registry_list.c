/* registry_list.c - the columns are found first, then the cells are put. */
#include "report/registry_list.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "registry/record_table.h"
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

struct listing {
    tl_report *r;
    tl_arena *arena;
    tl_map *parts;  /* owned; column -> its place among the parts */
    double *values; /* owned; of one row, a slot a part */
    tl_buf name;    /* of a column */
};

/* The place of a part's column; a new one where it is met for the first time. */
static tl_status part_place(struct listing *l, const tl_record_part *part, size_t *place,
                            tl_error *err)
{
    bool was;
    tl_buf_reset(&l->name);
    tl_status st = tl_record_part_column(part, &l->name, err);
    return st == TL_OK ? tl_map_add(l->parts, (tl_span){ l->name.data, l->name.len },
                                    tl_map_size(l->parts), place, &was, err)
                       : st;
}

static tl_status find_parts(struct listing *l, const tl_record *records, size_t n, tl_error *err)
{
    size_t place;
    tl_status st = TL_OK;
    for (size_t i = 0; st == TL_OK && i < n; i++)
        for (size_t k = 0; st == TL_OK && k < records[i].n_parts; k++)
            if ((st = part_place(l, &records[i].parts[k], &place, err)) != TL_OK)
                st = tl_context(err, st, "record '%.100s'", records[i].id);
    if (st == TL_OK && !(l->values = tl_new_array(tl_map_size(l->parts), sizeof *l->values)))
        st = tl_fail_nomem(err);
    return st;
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

/* All columns, in the arena. */
static tl_status make_columns(struct listing *l, tl_column **out, size_t *n, tl_error *err)
{
    static const tl_column told[TOLD] = {
        { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_INT },
        { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
        { .key = "published_on",
          .name = { "published", "公布日期" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
    };
    size_t parts = tl_map_size(l->parts);
    *n = TL_RECORD_FIELDS + TOLD + parts;
    tl_column *columns = *out = tl_arena_alloc(l->arena, *n, sizeof *columns);
    if (!columns)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < TL_RECORD_FIELDS; i++)
        columns[i] = field_column(i);
    memcpy(columns + TL_RECORD_FIELDS, told, sizeof told);
    for (size_t i = 0; i < parts; i++) {
        const char *key = tl_arena_str(l->arena, tl_map_key(l->parts, i));
        if (!key)
            return tl_fail_nomem(err);
        columns[TL_RECORD_FIELDS + TOLD + i] = (tl_column){ .key = key,
                                                            .name = { key, key },
                                                            .kind = TL_COLUMN_NUMBER,
                                                            .decimals = SHOWN_DECIMALS,
                                                            .files_only = true };
    }
    return TL_OK;
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

static tl_status put_row(struct listing *l, const tl_record *x, tl_error *err)
{
    size_t parts = tl_map_size(l->parts), place;
    put_fields(l->r, x);
    for (size_t i = 0; i < parts; i++)
        l->values[i] = NAN;
    for (size_t k = 0; k < x->n_parts; k++) {
        tl_status st = part_place(l, &x->parts[k], &place, err);
        if (st != TL_OK)
            return st;
        l->values[place] = x->parts[k].value;
    }
    for (size_t i = 0; i < parts; i++)
        tl_report_number(l->r, l->values[i]);
    return TL_OK;
}

static tl_status fill(struct listing *l, const tl_record *records, size_t n, tl_record_kind kind,
                      tl_error *err)
{
    tl_column *columns;
    size_t n_columns;
    tl_status st = tl_map_new(&l->parts, err);
    if (st != TL_OK || (st = find_parts(l, records, n, err)) != TL_OK ||
        (st = make_columns(l, &columns, &n_columns, err)) != TL_OK)
        return st;
    tl_report_with_keys(l->r);
    tl_report_fact_word(l->r, "kind", (tl_label){ "kind", "类型" }, tl_record_kind_name(kind),
                        tl_word_record_kind(kind));
    tl_report_table(l->r, "records", (tl_label){ "Records, newest version", "记录（最新版本）" },
                    columns, n_columns);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        st = put_row(l, &records[i], err);
    return st;
}

tl_status tl_report_record_list(tl_report **out, const tl_record *records, size_t n,
                                tl_record_kind kind, tl_arena *arena, tl_error *err)
{
    struct listing l = { .arena = arena };
    *out = l.r =
        tl_report_new(arena, "registry-list", (tl_label){ "Records of the register", "登记记录" });
    if (!l.r)
        return tl_fail_nomem(err);
    tl_buf_init(&l.name, 0);
    tl_status st = fill(&l, records, n, kind, err);
    tl_buf_clear(&l.name);
    tl_map_free(l.parts);
    free(l.values);
    return st;
}
