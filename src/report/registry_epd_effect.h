/* registry_epd_effect.h - what a declaration moves, as reports: before a use is saved, and before
 * an update is registered. Each makes one tl_report; NULL when out of memory. */
#ifndef TL_REPORT_REGISTRY_EPD_EFFECT_H
#define TL_REPORT_REGISTRY_EPD_EFFECT_H

#include "registry/epd_preview.h"
#include "report/report.h"

/* Footprints, eta, classes and loans before and after; saved: whether the use is saved already. */
typedef struct tl_epd_effect_view {
    const tl_epd_preview *preview;
    const char *material;
    const tl_epd_owner *owner; /* NULL where a supplier was named */
    bool saved;
    tl_arena *arena;
} tl_epd_effect_view;
tl_report *tl_report_epd_effects(const tl_epd_effect_view *v);

/* New figures against those registered; the cars that would follow, and the limits the new value
 * meets (n_limits 0: not asked). written: whether they are a version of the record by now. */
typedef struct tl_epd_update_view {
    const tl_record *registered, *fresh;
    const tl_epd_move *moves;
    size_t n_moves;
    const tl_epd_preview *preview;
    const tl_threshold *limits;
    size_t n_limits;
    bool written;
    tl_arena *arena;
} tl_epd_update_view;
tl_report *tl_report_epd_update(const tl_epd_update_view *v);

/* The tables of a preview: cars, makers, loans. */
void tl_report_put_preview(tl_report *r, const tl_epd_preview *p, tl_arena *arena);

#endif
