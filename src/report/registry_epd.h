/* registry_epd.h - the views of the programme of declarations as reports: the public list, one
 * declaration with its questions, the threshold panel, the calendar of ends. What a declaration
 * does to cars is in registry_epd_effect.h.
 *
 * Each makes one tl_report from values the registry computed; NULL, where it returns the report,
 * when out of memory. */
#ifndef TL_REPORT_REGISTRY_EPD_H
#define TL_REPORT_REGISTRY_EPD_H

#include "company/company.h"
#include "registry/epd_view.h"
#include "report/report.h"

/* A declaration with the version of its record that is shown. */
typedef struct tl_epd_shown {
    const tl_epd *epd;
    const tl_record *record;
} tl_epd_shown;
/* In files with every indicator any of them declares, a column each (part_columns.h). */
TL_MUST_CHECK tl_status tl_report_epd_list(tl_report **out, const tl_epd_shown *list, size_t n,
                                           tl_arena *arena, tl_error *err);

typedef struct tl_epd_card {
    tl_epd_shown shown;
    const tl_pcr *pcr;       /* NULL: its id alone */
    const tl_company *owner; /* NULL: its id alone */
    const tl_epd_question *questions;
    size_t n_questions;
    tl_epd_side side; /* of who looks */
    tl_arena *arena;
} tl_epd_card;
tl_report *tl_report_epd(const tl_epd_card *c);

/* Product category rules of the programme; one that is over on `today` says so. */
tl_report *tl_report_epd_rules(const tl_pcr *list, size_t n, const char *today, tl_arena *arena);

/* What was asked of tl_epd_thresholds, and its answer. */
typedef struct tl_epd_panel {
    const char *product, *material;
    double t_per_t, scrap_share;
    const tl_threshold *rows;
    size_t n;
    tl_arena *arena;
} tl_epd_panel;
tl_report *tl_report_epd_thresholds(const tl_epd_panel *p);
/* Its table; asked: with a value, so that rows are met or not. */
void tl_report_put_thresholds(tl_report *r, const tl_threshold *rows, size_t n, bool asked);

/* One row a declaration and car; a declaration that no car uses has one row. */
tl_report *tl_report_epd_expiring(const tl_epd_expiry *list, size_t n, const char *today,
                                  const char *day, tl_arena *arena);

#endif
