/* registry_open.h - what the operations of the register open: the published cars with both
 * benchmarks, the benchmark of one of them, its label. */
#ifndef TL_OPERATION_REGISTRY_OPEN_H
#define TL_OPERATION_REGISTRY_OPEN_H

#include "intake/record_import.h"
#include "operation/operation.h"
#include "registry/named.h"
#include "report/carbon_label.h"
#include "report/registry_statistics.h"

/* All of it in the arena it was opened with; `view` points into the rest, so it is not copied. */
typedef struct tl_registry_opened {
    tl_cars cars;
    tl_peer_rule rule;
    tl_benchmarks benchmarks;
    tl_registry_view view;
} tl_registry_opened;

/* Reads every published car and computes both benchmarks. day: of the data, ISO. */
TL_MUST_CHECK tl_status tl_registry_open(tl_registry_opened *out, tl_store *s, const char *day,
                                         tl_arena *arena, tl_error *err);

/* The same, and keeps classes and category means as they are on that day, inside a transaction:
 * what a label showed on a day stays known. */
TL_MUST_CHECK tl_status tl_registry_keep(tl_registry_opened *out, tl_store *s, const char *day,
                                         const char *who, tl_arena *arena, tl_error *err);

/* The arguments FILTER of a call. registry_cars.c */
tl_car_filter tl_registry_filter(const tl_call *c);

/* Place of a published car. TL_ENOTFOUND. */
TL_MUST_CHECK tl_status tl_registry_find_car(const tl_registry_opened *o, const char *id,
                                             size_t *place, tl_error *err);

/* The benchmark of a published car: as it was kept where that is still so, else computed over all
 * cars. The place of its category is not told. */
TL_MUST_CHECK tl_status tl_registry_benchmark(tl_store *s, const tl_peer_rule *rule,
                                              const tl_record *car, tl_arena *arena,
                                              tl_benchmark *out, tl_error *err);

/* The label of a published car. link NULL: record@version. Texts live in the arena.
 * registry_label.c */
TL_MUST_CHECK tl_status tl_registry_label_of(tl_store *s, const tl_record *car,
                                             const tl_benchmark *b, const tl_peer_rule *rule,
                                             const char *link, tl_arena *arena, tl_carbon_label *l,
                                             tl_error *err);

/* What is not published of a record with this company ("": of none) may be seen or changed, the
 * right itself left aside: it is the viewer's own, or the viewer sees all. */
bool tl_registry_own(const tl_call *c, const char *company);

/* The same, or the viewer's organisation was named to verify it: what may be seen, and stepped. */
TL_MUST_CHECK tl_status tl_registry_inside(const tl_call *c, const tl_record *r, bool *out,
                                           tl_error *err);

/* The round as a whole: for who sees all, or was named for it; to others there is none. */
TL_MUST_CHECK tl_status tl_registry_round(const tl_call *c, const char *batch, tl_error *err);

/* TL_EFORBIDDEN unless the viewer sees all: rounds touch records of many companies. */
TL_MUST_CHECK tl_status tl_registry_whole(const tl_call *c, tl_error *err);

/* The company whose rows of a table are taken, NULL for a viewer who sees all. TL_EFORBIDDEN for
 * one of no company. */
TL_MUST_CHECK tl_status tl_registry_company(const tl_call *c, const char **company, tl_error *err);

/* The verdict on a table of records or declarations as the result; r NULL is out of memory. */
TL_MUST_CHECK tl_status tl_registry_imported(tl_call *c, tl_report *r,
                                             const tl_refused_source *source,
                                             const tl_record_verdict *v, tl_error *err);

/* Text of an argument that may be missing: "". */
const char *tl_registry_text(const tl_call *c, const char *name);

#endif
