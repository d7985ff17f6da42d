/* loan_model.h - which published car a name means.
 *
 * Borrowers write what people call a car: the product as it is published ("A1 (70kW)"), or maker
 * and product ("Alpha A1 (70kW)"), in any case and width of letters. */
#ifndef TL_INTAKE_LOAN_MODEL_H
#define TL_INTAKE_LOAN_MODEL_H

#include "base/memory.h"
#include "store/store.h"

typedef struct tl_loan_models tl_loan_models; /* immutable once made */

/* Reads the names of all published cars; the caller owns *out, NULL on failure. */
TL_MUST_CHECK tl_status tl_loan_models_new(tl_loan_models **out, tl_store *s, tl_error *err);
void tl_loan_models_free(tl_loan_models *m);

/* The record of the car, borrowed. TL_EINPUT for a name of none or of several. */
TL_MUST_CHECK tl_status tl_loan_models_find(const tl_loan_models *m, const char *name,
                                            const char **record, tl_error *err);

#endif
