/* number.h - numbers to text and back, strictly and without a locale.
 *
 * Parsing accepts the whole text or nothing: [+-]digits[.digits][e[+-]digits], no blanks, no hex,
 * no "inf" or "nan". A value too large for a double is an error, never infinity; one too small
 * becomes 0 or a subnormal as IEEE 754 rounds it. Formatting gives the shortest text that reads
 * back as the same double (at most 17 significant digits). */
#ifndef TL_BASE_NUMBER_H
#define TL_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum { TL_NUMBER_MAX = 32 }; /* bytes that tl_number_format may write, NUL included */

/* Why a text is no number; tl_number_problem() says it in words. */
typedef enum tl_number_fault {
    TL_NUMBER_OK = 0,
    TL_NUMBER_EMPTY,
    TL_NUMBER_SYNTAX,
    TL_NUMBER_RANGE /* overflows a double, such as 1e400 */
} tl_number_fault;

/* Reads s[0..n) into *out; decimal is '.' or ','. *out is unchanged unless TL_NUMBER_OK. */
tl_number_fault tl_number_scan(const char *s, size_t n, char decimal, double *out);

/* "empty, expected a number", "not a number", "too large for a number". */
const char *tl_number_problem(tl_number_fault fault);

/* As tl_number_scan with '.', for a NUL-terminated text; the error quotes the text. */
TL_MUST_CHECK tl_status tl_number_parse(const char *s, double *out, tl_error *err);

/* A whole number between lo and hi. */
TL_MUST_CHECK tl_status tl_int_parse(const char *s, int64_t lo, int64_t hi, int64_t *out,
                                     tl_error *err);

/* Writes v into out (NUL-terminated) and returns its length. Non-finite values give "null": JSON
 * has no other word, and such a value must never reach a result. -0 is written as 0. */
size_t tl_number_format(double v, char out[TL_NUMBER_MAX]);

/* v rounded half away from zero to `decimals` places (0..15), as shown to people ("round half up
 * once, at display"). Works on the shortest decimal form of v, so that 0.15 -> 0.2. */
size_t tl_number_format_fixed(double v, int decimals, char out[TL_NUMBER_MAX + 320]);

#endif
