/* fuzz_period.c - any text as a period; what is accepted reads back the same from its own text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "quantity/period.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    tl_period p, back;
    if (tl_period_parse(text, &p, NULL) == TL_OK) {
        char written[TL_PERIOD_TEXT];
        tl_period_format(p, written);
        if (tl_period_parse(written, &back, NULL) != TL_OK || back.begin != p.begin ||
            back.end != p.end)
            abort();
    }
    free(text);
    return 0;
}
