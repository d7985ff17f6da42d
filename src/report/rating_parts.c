/* rating_parts.c - facts, marks and cells that all reports of the rating share. */
#include "report/rating_parts.h"

#include <string.h>

#include "base/text.h"

tl_label tl_company_label(const tl_company *c)
{
    return (tl_label){ c->name_en, c->name_zh };
}

void tl_put_index_facts(tl_report *r, const tl_index *x, const char *period)
{
    tl_report_fact(r, "index", (tl_label){ "index", "指数" }, x->id);
    tl_report_fact(r, "index_version", (tl_label){ "version", "版本" }, x->version);
    if (period)
        tl_report_fact(r, "period", (tl_label){ "period", "评价期" }, period);
    tl_report_fact(r, "definition", (tl_label){ "definition (SHA-256)", "指数定义（SHA-256）" },
                   x->checksum);
}

void tl_put_edition_facts(tl_report *r, const tl_edition *e)
{
    tl_put_index_facts(r, e->index, e->period);
    if (*e->cut_off)
        tl_report_fact(r, "cut_off", (tl_label){ "evidence up to", "佐证截止日" }, e->cut_off);
    if (*e->published_on)
        tl_report_fact(r, "published_on", (tl_label){ "published", "公布日期" }, e->published_on);
    tl_report_fact_int(r, "rated", (tl_label){ "companies", "企业数" }, (int64_t)e->n);
}

/* Themes that are shown have their own marks; those added for the total do not concern a reader. */
static bool theme_shown(const tl_index *x, const char *subject)
{
    const char *colon = strchr(subject, ':');
    int t = colon ? tl_index_find_theme(x, colon + 1) : -1;
    return t >= 0 && x->themes[t].printed;
}

static bool touched(const tl_index *x, const char *subject, unsigned which)
{
    if (strcmp(subject, "weighting") == 0)
        return which & TL_MARKS_WEIGHTING;
    if (strcmp(subject, "stars") == 0)
        return which & TL_MARKS_STARS;
    if (strcmp(subject, "themes") == 0 || tl_text_starts(subject, "theme:"))
        return (which & TL_MARKS_THEMES) &&
               (strcmp(subject, "themes") == 0 || theme_shown(x, subject));
    return false;
}

void tl_put_mark_notes(tl_report *r, const tl_index *x, unsigned which, tl_arena *arena)
{
    size_t left = 0;
    for (size_t i = 0; i < x->n_marks; i++)
        if (touched(x, x->marks[i].subject, which))
            tl_report_note(r, (tl_label){ x->marks[i].note_en, x->marks[i].note_zh });
        else
            left++;
    if (left == 0)
        return;
    tl_report_note(
        r, (tl_label){ tl_arena_printf(arena,
                                       "%zu more things about this index are inferred or our "
                                       "own choice: tanlian rate index %s@%s lists them.",
                                       left, x->id, x->version),
                       tl_arena_printf(arena,
                                       "该指数另有 %zu 处为推算或本程序设定，见 tanlian rate "
                                       "index %s@%s。",
                                       left, x->id, x->version) });
}

static void put_exact(tl_report *r, const char *text, tl_arena *arena)
{
    tl_report_text(r, tl_arena_str(arena, text));
}

void tl_put_points(tl_report *r, tl_points p, tl_arena *arena)
{
    char text[TL_POINTS_TEXT];
    if (p < 0) {
        tl_report_empty(r, tl_word_empty(p));
        return;
    }
    tl_points_format(p, text);
    put_exact(r, text, arena);
}

void tl_put_total(tl_report *r, tl_total t, int decimals, tl_arena *arena)
{
    char text[TL_POINTS_TEXT];
    tl_total_format(t, decimals, text);
    put_exact(r, text, arena);
}

void tl_put_rate(tl_report *r, tl_points points, tl_points full, tl_arena *arena)
{
    char text[TL_POINTS_TEXT];
    if (points < 0) {
        tl_report_empty(r, tl_word_empty(points));
        return;
    }
    tl_rate_format(points, full, 0, text);
    put_exact(r, text, arena);
}

const char *tl_column_key(tl_arena *arena, const char *code, const char *suffix)
{
    char *key = tl_arena_printf(arena, "%s%s", code, suffix);
    for (char *p = key; p && *p; p++)
        if (*p == '-' || *p == '.')
            *p = '_';
    return key ? key : "?";
}

tl_label tl_slot_label(const tl_index *x, tl_sheet_level level, size_t slot)
{
    if (level == TL_LEVEL_INDICATOR) {
        const tl_index_item *i = &x->items[x->slot_items[slot]];
        return (tl_label){ i->name_en, i->name_zh };
    }
    if (level == TL_LEVEL_THEME)
        return (tl_label){ x->themes[slot].name_en, x->themes[slot].name_zh };
    return (tl_label){ "total", "总分" };
}

tl_points tl_slot_max(const tl_index *x, tl_sheet_level level, size_t slot)
{
    if (level == TL_LEVEL_INDICATOR)
        return x->items[x->slot_items[slot]].max;
    return level == TL_LEVEL_THEME ? x->themes[slot].max : x->full;
}

bool tl_card_inferred(const tl_index *x, const tl_scorecard *c)
{
    for (size_t i = 0; c->inferred && i < tl_sheet_slots(x, c->level); i++)
        if (c->inferred[i] && c->sheet[i] > 0)
            return true;
    return false;
}
