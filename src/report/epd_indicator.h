/* epd_indicator.h - the figures of a declaration in the order they are printed: which indicator,
 * for which module of the life cycle (EN 15804), how much.
 *
 * A record keeps indicators by key. A key may end in "@" and a module: "gwp-fossil@A4". One without
 * speaks of what the boundary of the record covers: A1-A3 for "cradle to gate", else all of it. */
#ifndef TL_REPORT_EPD_INDICATOR_H
#define TL_REPORT_EPD_INDICATOR_H

#include "registry/record.h"
#include "report/label.h"

/* A name of EN 15804, with what ILCD+EPD calls it. */
typedef struct tl_epd_indicator {
    const char *key; /* "gwp-fossil" */
    tl_label name;
    const char *uuid; /* of the LCIA method or flow in ILCD+EPD; "" where no single one is meant */
    char way;         /* 'm' an LCIA method, 'i' an input, 'o' an output of the inventory */
} tl_epd_indicator;

typedef struct tl_epd_figure {
    const char *key;    /* without the module */
    tl_label name;      /* the key itself where the indicator is not known */
    const char *module; /* "A1-A3", "C3", ...; "" = all that the boundary covers */
    double value;
    const char *unit;
    const tl_epd_indicator *known; /* NULL: none of the list */
} tl_epd_figure;

/* The value of the record first, then its indicators in their order. In the arena. */
TL_MUST_CHECK tl_status tl_epd_figures(const tl_record *r, tl_arena *arena,
                                       const tl_epd_figure **out, size_t *n, tl_error *err);

#endif
