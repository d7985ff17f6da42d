/* class_rule.c - loads the rule and applies it to one rank. */
#include "footprint/class_rule.h"

#include <math.h>
#include <string.h>

#include "dataset/table.h"

#define SET_ID "class-rule"

static tl_status read_classes(tl_class_rule *out, const tl_table *t, tl_error *err)
{
    const tl_sheet *s = &t->sheet;
    const size_t *c = t->at;
    double before = 0;
    if (s->rows == 0 || s->rows > TL_CLASSES_MAX)
        return tl_fail(err, TL_EINPUT, "%s: expected 1 to %d classes", s->name, TL_CLASSES_MAX);
    for (size_t i = 0; i < s->rows; i++) {
        double number, share;
        tl_status st = tl_sheet_number(s, i, c[0], &number, err);
        if (st == TL_OK)
            st = tl_sheet_number(s, i, c[1], &share, err);
        if (st != TL_OK)
            return st;
        if (!(number >= 1 && number <= TL_CLASSES_MAX && number == floor(number)))
            return tl_sheet_fail(s, i, c[0], err, "%g, expected a whole number from 1 to %d",
                                 number, TL_CLASSES_MAX);
        if (share <= before || share > 1)
            return tl_sheet_fail(s, i, c[1], err, "shares have to rise to 1");
        out->classes[i].number = (int)number;
        out->classes[i].upper_share = before = share;
        out->classes[i].label_en = tl_sheet_text(s, i, c[2]);
        out->classes[i].label_zh = tl_sheet_text(s, i, c[3]);
    }
    out->n = s->rows;
    return before == 1 ? TL_OK : tl_fail(err, TL_EINPUT, "%s: the last share has to be 1", s->name);
}

tl_status tl_class_rule_load(tl_class_rule *out, tl_store *s, tl_pins *pins, tl_arena *arena,
                             tl_error *err)
{
    static const char *const classes[] = { "class", "upper_rank_share", "label_en", "label_zh" };
    static const char *const rules[] = { "name", "value" };
    double smallest = 0;
    tl_table t = { 0 };
    tl_dataset set;
    const tl_table_reader from = { s, &set, arena };
    *out = (tl_class_rule){ 0 };
    tl_status st = tl_dataset_get(s, SET_ID, NULL, arena, &set, err);
    if (st == TL_OK)
        st = tl_pins_add(pins, &set, err);
    if (st == TL_OK)
        st = tl_table_read(&t, &from, "classes.csv", classes, 4, err);
    if (st == TL_OK)
        st = read_classes(out, &t, err);
    if (st == TL_OK)
        st = tl_table_read(&t, &from, "rule.csv", rules, 2, err);
    for (size_t i = 0; st == TL_OK && i < t.sheet.rows; i++)
        if (strcmp(tl_table_text(&t, i, 0), "smallest_group") == 0)
            st = tl_sheet_number(&t.sheet, i, t.at[1], &smallest, err);
    if (st == TL_OK && !(smallest >= 1 && smallest <= 1e6 && smallest == floor(smallest)))
        st = tl_fail(err, TL_EINPUT, SET_ID "/rule.csv: no sound row 'smallest_group'");
    if (st == TL_OK)
        out->smallest_group = (size_t)smallest;
    return st;
}

int tl_class_of(const tl_class_rule *rule, size_t rank, size_t n)
{
    if (n < rule->smallest_group)
        return 0;
    for (size_t i = 0; i < rule->n; i++)
        if ((double)rank <= rule->classes[i].upper_share * (double)n + 1e-9)
            return rule->classes[i].number;
    return rule->classes[rule->n - 1].number;
}
