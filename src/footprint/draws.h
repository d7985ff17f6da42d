/* draws.h - how uncertain the footprints of a fleet are: everything drawn many times.
 *
 * In each draw every parameter of the rule that has a range is drawn from a triangle (low, value,
 * high), every amount of the system whose source gives a range from that, and each car's energy use
 * evenly between its stated ends. All cars share the draw of rule and system, so cars are compared
 * pair by pair. Amounts without a stated range, and what suppliers declared, stay as they
 * are: the spread is a lower bound. */
#ifndef TL_FOOTPRINT_DRAWS_H
#define TL_FOOTPRINT_DRAWS_H

#include "footprint/fleet.h"

typedef struct tl_draw_options {
    size_t n; /* draws; 0 = 1000 */
    uint64_t seed;
    unsigned threads;       /* 0 = one per processor; the result does not depend on it */
    const tl_log *progress; /* may be NULL */
} tl_draw_options;

/* Spread of every car of a fleet that was computed with model m; out has fleet->n_cars entries.
 * Needs 4 x n x cars bytes for the time of the call. */
TL_MUST_CHECK tl_status tl_fleet_spread(const tl_fleet *fleet, tl_store *s, tl_car_model *m,
                                        const tl_draw_options *options, tl_arena *arena,
                                        tl_spread *out, tl_error *err);

#endif
