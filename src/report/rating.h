/* rating.h - the views of the rating domain as reports: league table, what-if, statistics, cards,
 * gaps, comparison, crosswalk, history, definitions.
 *
 * Each makes one tl_report from values the rating folder computed; all text is in both languages.
 * What the definition marks as inferred or designed here is said in the notes, results known by
 * theme only are marked "group level", and points worked out by us "inferred". NULL when out of
 * memory; other failures surface where the report is written. */
#ifndef TL_REPORT_RATING_H
#define TL_REPORT_RATING_H

#include "rating/crosswalk.h"
#include "rating/gap.h"
#include "rating/league.h"
#include "rating/rescore.h"
#include "rating/statistics.h"
#include "report/report.h"

/* One edition with its league table. */
typedef struct tl_rating_view {
    const tl_edition *edition;
    const tl_edition *before; /* NULL where there is none */
    const tl_league_row *league;
    size_t n;
    tl_arena *arena;
} tl_rating_view;

/* The row of a company, NULL if it is not rated in this edition. */
const tl_league_row *tl_rating_view_find(const tl_rating_view *v, const char *company);

/* The league table: rows the filter shows, of these the first `top` and the last `bottom`; both 0:
 * all. */
tl_report *tl_report_league(const tl_rating_view *v, const tl_league_filter *f, size_t top,
                            size_t bottom);

/* Everybody under another share, with best and worst rank over low..high. */
tl_report *tl_report_whatif(const tl_rating_view *v, tl_weight scope12, const tl_whatif_row *rows,
                            tl_weight low, tl_weight high);

typedef struct tl_rating_statistics {
    const tl_histogram *histogram;
    const tl_group_statistics *all;    /* one group */
    const tl_group_statistics *groups; /* by the field, may be NULL */
    size_t n_groups;
    tl_league_field field;
} tl_rating_statistics;
tl_report *tl_report_rating_statistics(const tl_rating_view *v, const tl_rating_statistics *s);

/* What a company card needs; a is the assessment shown, league its row or NULL where this version
 * is not the published one. */
typedef struct tl_rating_card {
    const tl_index *index;
    const tl_company *company;
    const tl_company_fact *facts;
    size_t n_facts;
    const tl_assessment *assessment;
    const tl_points *sheet;
    const tl_score *score;
    const tl_league_row *row;
    size_t n_ranked;
    tl_arena *arena;
} tl_rating_card;
tl_report *tl_report_card(const tl_rating_card *c);

/* The same without totals: yes, partly, no. */
tl_report *tl_report_checklist(const tl_rating_card *c);

tl_report *tl_report_gap(const tl_rating_view *v, const tl_league_row *row, const tl_gap_row *gaps,
                         size_t n);

/* Companies side by side, theme by theme. */
tl_report *tl_report_compare(const tl_rating_view *v, const tl_league_row *const *rows, size_t n);

tl_report *tl_report_crosswalk(const tl_index *from, const tl_index *to, const tl_scorecard *card,
                               const tl_crosswalk *c, tl_arena *arena);

/* The versions of one assessment, oldest first; scores[i] belongs to versions[i]. */
tl_report *tl_report_history(const tl_index *x, const tl_company *company,
                             const tl_assessment *versions, const tl_score *scores, size_t n,
                             tl_arena *arena);

/* One edition under two definitions: old and new rank and total of each company, and which full
 * points and weights differ. */
tl_report *tl_report_rescore(const tl_edition *before, const tl_rescore *after, tl_arena *arena);

/* A definition: the tree with maxima, weights, themes, bands or stars, marks. */
tl_report *tl_report_index(const tl_index *x, tl_arena *arena);

#endif
