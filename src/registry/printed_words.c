/* printed_words.c - printed rows in words, for findings. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "registry/printed_priv.h"

static tl_printed_label place(const char *table, tl_arena *arena)
{
    static const char section[] = "section ";
    const size_t n = sizeof section - 1;
    if (table[0] >= '0' && table[0] <= '9')
        return (tl_printed_label){ tl_arena_printf(arena, "table %s", table),
                                   tl_arena_printf(arena, "表 %s", table) };
    if (strncmp(table, section, n) == 0)
        return (tl_printed_label){ table, tl_arena_printf(arena, "第 %s 节", table + n) };
    return (tl_printed_label){ table, table };
}

static tl_printed_label measure(const char *code, tl_arena *arena)
{
    const int share = tl_printed_class(code, "-share"), models = tl_printed_class(code, "-models");
    if (share)
        return (tl_printed_label){ tl_arena_printf(arena, "share in class %d", share),
                                   tl_arena_printf(arena, "%d 级占比", share) };
    if (models)
        return (tl_printed_label){ tl_arena_printf(arena, "models in class %d", models),
                                   tl_arena_printf(arena, "%d 级车型数", models) };
    if (strcmp(code, "share-below-mean") == 0)
        return (tl_printed_label){ "share below the mean", "低于平均值的占比" };
    if (strcmp(code, "class") == 0)
        return (tl_printed_label){ "class", "等级" };
    return (tl_printed_label){ code, code };
}

tl_printed_words tl_printed_say(const tl_printed_row *r, tl_arena *arena)
{
    char text[TL_NUMBER_MAX + 320] = "/";
    tl_printed_words w = { measure(r->measure, arena), place(r->table, arena), NULL };
    if (!isnan(r->value))
        tl_number_format_fixed(r->value, r->decimals, text);
    if (w.measure.en && w.measure.zh && w.place.en && w.place.zh)
        w.value = tl_arena_printf(arena, "%s%s", text, strcmp(r->unit, "%") == 0 ? "%" : "");
    return w;
}
