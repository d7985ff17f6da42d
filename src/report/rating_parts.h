/* rating_parts.h - what the reports of the rating share. */
#ifndef TL_REPORT_RATING_PARTS_H
#define TL_REPORT_RATING_PARTS_H

#include "report/rating.h"
#include "report/words.h"

enum { TL_MARKS_WEIGHTING = 1, TL_MARKS_THEMES = 2, TL_MARKS_STARS = 4 };

tl_label tl_company_label(const tl_company *c);

/* Facts "index", "index_version", "definition" (checksum); period if not NULL. */
void tl_put_index_facts(tl_report *r, const tl_index *x, const char *period);

/* The same for an edition, with cut-off and day of publication. */
void tl_put_edition_facts(tl_report *r, const tl_edition *e);

/* Notes for the marks of the definition that touch what is shown, and where to find the others. */
void tl_put_mark_notes(tl_report *r, const tl_index *x, unsigned which, tl_arena *arena);

/* A cell with points, or the word for the empty. */
void tl_put_points(tl_report *r, tl_points p, tl_arena *arena);

/* A cell with a total to `decimals`, and one with points / full in percent. */
void tl_put_total(tl_report *r, tl_total t, int decimals, tl_arena *arena);
void tl_put_rate(tl_report *r, tl_points points, tl_points full, tl_arena *arena);

/* A column key from a code: "scope12-action" and "_rate" give "scope12_action_rate". */
const char *tl_column_key(tl_arena *arena, const char *code, const char *suffix);

/* Name of a slot at a level. */
tl_label tl_slot_label(const tl_index *x, tl_sheet_level level, size_t slot);
tl_points tl_slot_max(const tl_index *x, tl_sheet_level level, size_t slot);

/* A table of the replies of n versions, where there are any. */
void tl_put_replies(tl_report *r, const tl_assessment *a, size_t n);

/* True where points in the total of the card were worked out, not printed. */
bool tl_card_inferred(const tl_index *x, const tl_scorecard *c);

#endif
