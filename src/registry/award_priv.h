/* award_priv.h - what the files of the kept awards share. */
#ifndef TL_REGISTRY_AWARD_PRIV_H
#define TL_REGISTRY_AWARD_PRIV_H

#include "registry/award.h"

enum { TL_AWARD_ID_MAX = 64 };

/* SHA-256 over the export up to its checksum. */
TL_MUST_CHECK tl_status tl_award_checksum(const tl_kept_award *a, char out[TL_SHA256_HEX],
                                          tl_error *err);

/* Ranks and winners of the rows of one segment (by g/km) by the rule. */
void tl_award_rank(tl_award_row *rows, size_t n, const tl_award_rule *rule);

/* Rows of the segment that begins at `first`. */
size_t tl_award_segment_rows(const tl_award_row *rows, size_t n, size_t first);

/* By segment. */
int tl_award_segment_order(const tl_award_row *a, const tl_award_row *b);

#endif
