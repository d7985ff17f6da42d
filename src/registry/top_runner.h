/* top_runner.h - the lowest footprint of each segment within a launch window (SPEC 3.12).
 *
 * Candidates: published cars of the segment (size class x body x powertrain) launched in the
 * window. Lowest g/km wins; values equal when rounded half up to the step of the rule win jointly;
 * a segment with fewer candidates than the rule asks for has no award. */
#ifndef TL_REGISTRY_TOP_RUNNER_H
#define TL_REGISTRY_TOP_RUNNER_H

#include "registry/cars.h"

typedef struct tl_award_rule {
    const char *from, *until; /* launch window, ISO days or months, both included */
    double step_g_km;         /* 0.1 */
    size_t least;             /* 5 */
} tl_award_rule;

/* step_g_km and least from the installed set peer-rule (award_step_g_km, award_least); from and
 * until are left NULL. */
TL_MUST_CHECK tl_status tl_award_rule_load(tl_award_rule *out, tl_store *s, tl_arena *arena,
                                           tl_error *err);

/* g/km in steps of the rule, rounded half up: equal ones win jointly. */
double tl_award_steps(double g_km, double step_g_km);

typedef struct tl_award_candidate {
    const tl_published_car *car;
    bool wins;
} tl_award_candidate;

typedef struct tl_award {
    uint8_t size, body, powertrain;
    const tl_award_candidate *candidates; /* by g/km, then id */
    size_t n, winners;                    /* winners 0: fewer than the rule asks for */
} tl_award;

/* Segments in the order size, body, powertrain; cars whose segment or launch is not stated are left
 * out and counted in *left_out, and so are those of which it is not known whether they were
 * launched in the window: "2024-09" for one that ends on 2024-09-15. TL_EINPUT for a window that is
 * none. */
TL_MUST_CHECK tl_status tl_awards_make(const tl_cars *cars, const tl_award_rule *rule,
                                       tl_arena *arena, const tl_award **out, size_t *n,
                                       size_t *left_out, tl_error *err);

#endif
