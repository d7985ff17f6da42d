/* assessment_slot.c - what counts in each slot, and what it comes to. */
#include <string.h>

#include "rating/assessment_priv.h"

static const char *const state_names[] = { "draft", "review",    "company",
                                           "final", "published", "superseded" };

const char *tl_state_name(tl_assessment_state state)
{
    return (unsigned)state <= TL_STATE_SUPERSEDED ? state_names[state] : "?";
}

const char *tl_state_said(tl_assessment_state state)
{
    return state == TL_STATE_COMPANY ? "with the company" : tl_state_name(state);
}

int tl_slot_find(const tl_index *x, tl_sheet_level level, const char *code)
{
    if (level == TL_LEVEL_TOTAL)
        return strcmp(code, "total") == 0 ? 0 : -1;
    if (level == TL_LEVEL_THEME)
        return tl_index_find_theme(x, code);
    int item = tl_index_find_item(x, code);
    return item < 0 ? -1 : x->items[item].slot;
}

const char *tl_slot_code(const tl_index *x, tl_sheet_level level, size_t slot)
{
    return level == TL_LEVEL_TOTAL   ? "total"
           : level == TL_LEVEL_THEME ? x->themes[slot].code
                                     : x->items[x->slot_items[slot]].code;
}

/* Evidence whose day is not known counts: most reports print a year only, and the day is asked for
 * so that it can be checked, not to shut them out. */
bool tl_evidence_late(const tl_evidence *e, const char *cut_off)
{
    return e->dated && *e->dated && cut_off && *cut_off && strcmp(e->dated, cut_off) > 0;
}

bool tl_evidence_counts(const tl_evidence *e, const char *cut_off)
{
    return !e->withdrawn && !tl_evidence_late(e, cut_off);
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

bool tl_evidence_same(const tl_evidence *a, const tl_evidence *b)
{
    return same_text(a->document, b->document) && same_text(a->page, b->page) &&
           same_text(a->quote, b->quote) && same_text(a->url, b->url) &&
           same_text(a->dated, b->dated) && same_text(a->sha256, b->sha256);
}

tl_points tl_answer_counted(const tl_assessment *a, const tl_answer *answer)
{
    bool publication = a->origin && *a->origin && a->key.level != TL_LEVEL_INDICATOR;
    if (answer->points <= 0 || publication)
        return answer->points;
    for (size_t i = 0; i < answer->n_evidence; i++)
        if (tl_evidence_counts(&answer->evidence[i], a->cut_off))
            return answer->points;
    return 0;
}

tl_status tl_assessment_sheet(const tl_index *x, const tl_assessment *a, tl_arena *arena,
                              tl_points **out, tl_error *err)
{
    size_t n = tl_sheet_slots(x, a->key.level);
    *out = tl_arena_alloc(arena, n + 1, sizeof **out);
    if (!*out)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        (*out)[i] = TL_SLOT_NOT_ASKED;
    for (size_t i = 0; i < a->n_answers; i++) {
        int slot = tl_slot_find(x, a->key.level, a->answers[i].slot);
        if (slot < 0)
            return tl_fail(err, TL_EINPUT, "%s@%s has no %s '%.80s'", x->id, x->version,
                           tl_level_name(a->key.level), a->answers[i].slot);
        (*out)[slot] = tl_answer_counted(a, &a->answers[i]);
    }
    return TL_OK;
}

bool tl_sheet_total(const tl_index *x, tl_sheet_level level, const tl_points *sheet,
                    tl_weight scope12, tl_total *out)
{
    tl_score score;
    tl_score_of(x, level, sheet, scope12, &score);
    *out = score.total;
    return score.answered > 0;
}
