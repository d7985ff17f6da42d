/* proposal.h - values that users propose, and what a second person decides about them.
 *
 * A proposal is no factor: it stands beside them, unverified, until another person than the one who
 * proposed it accepts it with a reason. The accepted ones are the rows of a local set, of which
 * each acceptance makes a new edition. Both run inside the caller's transaction and write the audit
 * entry. */
#ifndef TL_FACTOR_PROPOSAL_H
#define TL_FACTOR_PROPOSAL_H

#include "factor/factor.h"

typedef struct tl_factor_proposal {
    int64_t id;
    const char *name_en, *name_zh, *category;
    double value;
    const char *unit, *region;
    int64_t year; /* 0: not stated */
    const char *boundary, *source;
    const char *proposed_by, *proposed_on; /* ISO day */
    const char *state;                     /* "open", "accepted", "rejected" */
    const char *decided_by, *reason;       /* "" while open */
} tl_factor_proposal;

/* Keeps p (used: name_en to source) as proposed by who; *id is its number. TL_EINPUT for an unknown
 * unit or region, or without name or source. */
TL_MUST_CHECK tl_status tl_factor_propose(tl_store *s, const tl_factor_proposal *p, const char *who,
                                          int64_t *id, tl_error *err);

/* Accepts or rejects proposal id. TL_EFORBIDDEN to who proposed it, TL_ECONFLICT where it is
 * decided already, TL_ENOTFOUND, TL_EINPUT without a reason. */
TL_MUST_CHECK tl_status tl_factor_decide(tl_store *s, int64_t id, bool accept, const char *reason,
                                         const char *who, tl_arena *arena, tl_error *err);

/* All proposals in the order they came. *out is in the arena. */
TL_MUST_CHECK tl_status tl_factor_proposals(tl_store *s, tl_arena *arena,
                                            const tl_factor_proposal **out, size_t *n,
                                            tl_error *err);

#endif
