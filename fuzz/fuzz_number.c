/* fuzz_number.c - number reading against the C library, and the way back. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

#undef strtod /* the other opinion */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The C library's answer; it must have taken all of the text. */
static double reference(const char *text, size_t n)
{
    char *end;
    double v = strtod(text, &end);
    if ((size_t)(end - text) != n)
        abort();
    return v;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[400], out[TL_NUMBER_MAX], fixed[TL_NUMBER_MAX + 320];
    double v = 7, back = 7;
    int64_t i;
    if (size >= sizeof text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    tl_number_fault fault = tl_number_scan(text, size, '.', &v);
    if (fault == TL_NUMBER_OK) {
        double want = reference(text, size);
        if (!isfinite(v) || v != want)
            abort();
        size_t n = tl_number_format(v, out);
        if (tl_number_scan(out, n, '.', &back) != TL_NUMBER_OK || back != v)
            abort();
        tl_number_format_fixed(v, (int)(size % 16), fixed);
    } else if (v != 7 || (fault == TL_NUMBER_RANGE && !isinf(reference(text, size)))) {
        abort();
    }
    if (tl_int_parse(text, -1000000, 1000000, &i, NULL) == TL_OK && (i < -1000000 || i > 1000000))
        abort();
    return 0;
}
