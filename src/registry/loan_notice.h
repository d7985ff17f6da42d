/* loan_notice.h - footprints that a signed facility counts on and that were corrected since. */
#ifndef TL_REGISTRY_LOAN_NOTICE_H
#define TL_REGISTRY_LOAN_NOTICE_H

#include "base/memory.h"
#include "store/store.h"

typedef struct tl_loan_notice {
    const char *facility, *tenant; /* the organisation that keeps it */
    const char *record, *product;
    int64_t version;      /* published now; another one is pinned */
    double before, after; /* g CO2e/km */
    const char *reason, *published_on;
} tl_loan_notice;

/* What was published on `since` (ISO day) or later, by facility and record; facilities that no
 * organisation keeps are left out. All in the arena. */
TL_MUST_CHECK tl_status tl_loan_notices(tl_store *s, const char *since, tl_arena *arena,
                                        const tl_loan_notice **out, size_t *n, tl_error *err);

#endif
