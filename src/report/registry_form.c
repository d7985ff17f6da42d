/* registry_form.c - the form that goes to the company of a round and comes back filled in. */
#include <math.h>

#include "base/text.h"
#include "report/registry_record.h"
#include "report/vehicle_parts.h"

enum { STAGES_MOST = 16, BEFORE = 6, AFTER = 4 };

struct form {
    tl_report *r;
    tl_arena *arena;
    const char *stages[STAGES_MOST]; /* keys in the order they are met */
    size_t n;
};

static bool is_stage(const tl_record_part *p)
{
    return tl_text_equal(p->kind, "stage");
}

static void find_stages(struct form *f, const tl_record *records, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < records[i].n_parts && f->n < STAGES_MOST; k++) {
            const tl_record_part *p = &records[i].parts[k];
            bool known = !is_stage(p);
            for (size_t s = 0; s < f->n; s++)
                known = known || tl_text_equal(f->stages[s], p->key);
            if (!known)
                f->stages[f->n++] = p->key;
        }
}

static tl_label stage_word(const tl_car_rule *rule, const char *key)
{
    for (int k = 0; rule && k < TL_STAGES; k++)
        if (tl_text_equal(rule->stages[k].id, key))
            return tl_word_stage(rule, (tl_stage)k);
    return (tl_label){ key, key };
}

/* "stage:driving" is ours, "own:driving" the company's. */
static tl_column stage_column(struct form *f, const tl_car_rule *rule, const char *key, bool own)
{
    const tl_label word = stage_word(rule, key);
    return (tl_column){
        .key = tl_arena_printf(f->arena, "%s:%s", own ? "own" : "stage", key),
        .name = { tl_arena_printf(f->arena, "%s: %s", own ? "yours" : "ours", word.en),
                  tl_arena_printf(f->arena, "%s：%s", own ? "贵方" : "初步结果", word.zh) },
        .kind = TL_COLUMN_NUMBER,
        .decimals = 2,
    };
}

static const tl_column *make_columns(struct form *f, const tl_car_rule *rule, size_t *n)
{
    static const tl_column before[BEFORE] = {
        { .key = "record", .name = { "record", "记录" }, .kind = TL_COLUMN_TEXT },
        { .key = "product", .name = { "product", "产品" }, .kind = TL_COLUMN_TEXT },
        { .key = "maker", .name = { "maker", "生产企业" }, .kind = TL_COLUMN_TEXT },
        { .key = "kerb_mass_kg",
          .name = { "kerb mass, kg", "整备质量，kg" },
          .kind = TL_COLUMN_NUMBER },
        { .key = "value",
          .name = { "our value", "初步结果" },
          .kind = TL_COLUMN_NUMBER,
          .decimals = 2 },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
    };
    static const tl_column after[AFTER] = {
        { .key = "proposed",
          .name = { "your value", "贵方数值" },
          .kind = TL_COLUMN_NUMBER,
          .decimals = 2 },
        { .key = "text", .name = { "your remark", "贵方意见" }, .kind = TL_COLUMN_TEXT },
        { .key = "evidence", .name = { "your evidence", "贵方佐证" }, .kind = TL_COLUMN_TEXT },
        { .key = "by", .name = { "your name", "填写人" }, .kind = TL_COLUMN_TEXT },
    };
    tl_column *c = tl_arena_alloc(f->arena, BEFORE + 2 * STAGES_MOST + AFTER, sizeof *c);
    *n = 0;
    if (!c)
        return NULL;
    for (size_t i = 0; i < BEFORE; i++)
        c[(*n)++] = before[i];
    for (size_t i = 0; i < f->n; i++)
        c[(*n)++] = stage_column(f, rule, f->stages[i], false);
    for (size_t i = 0; i < f->n; i++)
        c[(*n)++] = stage_column(f, rule, f->stages[i], true);
    for (size_t i = 0; i < AFTER; i++)
        c[(*n)++] = after[i];
    return c;
}

static double stage_value(const tl_record *x, const char *key)
{
    for (size_t k = 0; k < x->n_parts; k++)
        if (is_stage(&x->parts[k]) && tl_text_equal(x->parts[k].key, key))
            return x->parts[k].value;
    return (double)NAN;
}

static void put_row(struct form *f, const tl_record *x)
{
    tl_report *r = f->r;
    tl_report_text(r, x->id);
    tl_report_text(r, x->product);
    tl_report_text(r, x->maker);
    tl_report_number(r, x->kerb_mass_kg);
    tl_report_number(r, x->value);
    tl_report_text(r, x->unit);
    for (size_t i = 0; i < f->n; i++)
        tl_report_number(r, stage_value(x, f->stages[i]));
    for (size_t i = 0; i <= f->n; i++) /* their stages, their value */
        tl_report_number(r, NAN);
    for (size_t i = 1; i < AFTER; i++)
        tl_report_text(r, NULL);
}

tl_report *tl_report_feedback_form(const tl_record *records, size_t n, const char *batch,
                                   const tl_car_rule *rule, tl_arena *arena)
{
    size_t n_columns = 0;
    struct form f = { .arena = arena };
    f.r = tl_report_new(arena, "registry-feedback",
                        (tl_label){ "Preliminary results for review", "初步结果复核表" });
    if (!f.r)
        return NULL;
    find_stages(&f, records, n);
    const tl_column *columns = make_columns(&f, rule, &n_columns);
    if (!columns)
        return NULL;
    tl_report_with_keys(f.r);
    if (batch && *batch)
        tl_report_fact(f.r, "batch", (tl_label){ "batch", "批次" }, batch);
    tl_report_table(f.r, "records",
                    (tl_label){ "Fill in where you see it differently", "如有不同意见请填写" },
                    columns, n_columns);
    for (size_t i = 0; i < n; i++)
        put_row(&f, &records[i]);
    return f.r;
}
