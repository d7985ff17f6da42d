/* registry_record.h - published footprints and publication rounds as reports. NULL: no memory. */
#ifndef TL_REPORT_REGISTRY_RECORD_H
#define TL_REPORT_REGISTRY_RECORD_H

#include "footprint/rule.h"
#include "registry/batch.h"
#include "registry/epd.h"
#include "registry/peer.h"
#include "report/report.h"

/* A record with its parts; feedback and both benchmarks where they are known (b, rule may be
 * NULL). */
typedef struct tl_record_card {
    const tl_record *record;
    const tl_record_feedback *feedback;
    size_t n_feedback;
    const tl_benchmark *benchmark; /* of the published car, NULL = none */
    const tl_peer_rule *rule;
    const tl_label *part_names; /* one a part, or NULL: the keys */
    const tl_epd_mark *marks;   /* declarations among its pins */
    size_t n_marks;
    bool frozen; /* only what never changes: no state, successor, benchmark, remark, mark */
} tl_record_card;
tl_report *tl_report_record(const tl_record_card *c, tl_arena *arena);

/* All versions, oldest first. */
tl_report *tl_report_record_versions(const tl_record *versions, size_t n, tl_arena *arena);

tl_report *tl_report_batches(const tl_batch *batches, size_t n, tl_arena *arena);

/* The form for the company: one row a record with its stages, empty columns for its answer. Saved
 * as XLSX or CSV it comes back through intake/feedback_import.h. rule: words for the stages, NULL:
 * their keys. */
tl_report *tl_report_feedback_form(const tl_record *records, size_t n, const char *batch,
                                   const tl_car_rule *rule, tl_arena *arena);

tl_label tl_word_record_state(tl_record_state state);
tl_label tl_word_record_kind(tl_record_kind kind);

#endif
