/* scorecard.h - the published results of one edition (index version and period), read in one pass.
 */
#ifndef TL_RATING_SCORECARD_H
#define TL_RATING_SCORECARD_H

#include "company/company.h"
#include "rating/assessment.h"

typedef struct tl_scorecard {
    tl_company company; /* without source and note */
    tl_sheet_level level;
    int64_t version;
    const char *industry;
    const tl_points *sheet; /* counted points, tl_sheet_slots(level) of them */
    const bool *inferred;   /* one a slot, or NULL where none is */
    tl_points stated_total; /* TL_SLOT_NOT_ASKED if none */
    int stated_rank, stated_stars;
    tl_score score; /* at the weight of its industry */
} tl_scorecard;

/* One edition. All in the arena. */
typedef struct tl_edition {
    const tl_index *index; /* borrowed */
    const char *period;
    const char *cut_off, *published_on; /* the latest among the results, "" if none */
    tl_scorecard *cards;                /* by company id; one a company: where both levels are
                                           published, the one at indicator level */
    size_t n;
} tl_edition;

/* Reads the published results of index x in `period`; NULL = the latest period there is.
 * TL_ENOTFOUND where nothing is published. */
TL_MUST_CHECK tl_status tl_edition_read(tl_store *s, const tl_index *x, const char *period,
                                        tl_arena *arena, tl_edition *out, tl_error *err);

/* The edition before: the latest published one of the same index id with an earlier period, or the
 * same period under an earlier version of the index; *index is filled for it. *found false where
 * there is none. */
TL_MUST_CHECK tl_status tl_edition_before(tl_store *s, const tl_edition *e, tl_arena *arena,
                                          tl_index *index, tl_edition *out, bool *found,
                                          tl_error *err);

/* The stars of a card: as published, or worked out where the answers are known; 0 = not known. */
int tl_scorecard_stars(const tl_index *x, const tl_scorecard *c);

/* The card of a company, NULL if it has none. */
const tl_scorecard *tl_edition_find(const tl_edition *e, const char *company);

#endif
