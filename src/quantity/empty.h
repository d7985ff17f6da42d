/* empty.h - a value that may be missing, and why.
 *
 * Four things look like nothing: it was not asked for, it was not disclosed, it does not apply, and
 * a real 0. Only the last is a number. A zeroed tl_value is "not asked", never 0. */
#ifndef TL_QUANTITY_EMPTY_H
#define TL_QUANTITY_EMPTY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/number.h"

typedef enum tl_value_kind {
    TL_NOT_ASKED,
    TL_NOT_DISCLOSED,
    TL_NOT_APPLICABLE,
    TL_NUMBER,
    TL_VALUE_KINDS
} tl_value_kind;

typedef struct tl_value {
    tl_value_kind kind;
    double number; /* only for TL_NUMBER */
} tl_value;

/* A number. TL_ENUMERIC if it is not finite. */
TL_MUST_CHECK tl_status tl_value_number(double v, tl_value *out, tl_error *err);

/* Reads "not_asked", "not_disclosed", "not_applicable" or a number. An empty text is refused: it
 * does not say which of the four it is. */
TL_MUST_CHECK tl_status tl_value_parse(const char *text, tl_value *out, tl_error *err);

/* The word or the number in its shortest form; returns the length. */
size_t tl_value_format(tl_value v, char out[TL_NUMBER_MAX]);

/* "not disclosed" / "未披露"; for TL_NUMBER "number" / "数值". */
const char *tl_value_kind_name(tl_value_kind kind, bool zh);

/* What a list of values comes to. */
typedef struct tl_value_summary {
    size_t count[TL_VALUE_KINDS]; /* of each kind */
    size_t zeros;                 /* real zeros among the numbers */
    double sum;                   /* of the numbers, in their order */
    double mean;                  /* sum / count[TL_NUMBER] if has_mean, else 0 */
    bool has_mean;                /* false without a number: there is no mean of nothing */
    bool complete;                /* every value that applies is a number */
} tl_value_summary;

/* TL_ENUMERIC if the sum leaves the doubles. */
TL_MUST_CHECK tl_status tl_value_summarise(const tl_value *values, size_t n, tl_value_summary *out,
                                           tl_error *err);

#endif
