/* fuzz_unit.c - any text as a unit: an answer, and a unit that can be converted into itself. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "quantity/unit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static tl_units
        *units; /* read once: a thousandth of the time that reading it each time takes */
    if (!units && tl_units_new(&units, NULL) != TL_OK)
        abort();
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    tl_unit unit;
    tl_error err = { 0 };
    double v = 0;
    if (tl_unit_parse(units, text, &unit, &err) == TL_OK) {
        char dimension[TL_DIMENSION_TEXT];
        tl_unit_dimension(units, &unit, dimension);
        if (!isnormal(unit.numerator / unit.denominator) ||
            tl_unit_convert(units, 1, &unit, &unit, &v, &err) != TL_OK || fabs(v - 1) > 1e-9)
            abort();
    } else if (err.text[0] == '\0') {
        abort(); /* refused without a word */
    }
    free(text);
    return 0;
}
