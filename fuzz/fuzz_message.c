/* fuzz_message.c - messages said in Chinese: any bytes are taken, within a length that the places
 * of one row can explain, and twice the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "format/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tl_buf once, again;
    tl_span text = { (const char *)data, size };
    tl_buf_init(&once, 0);
    tl_buf_init(&again, 0);
    tl_message_zh(&once, text);
    tl_message_zh(&again, text);
    if (once.failed || again.failed || once.len != again.len || once.len > 8 * size + 4096 ||
        memcmp(tl_buf_text(&once), tl_buf_text(&again), once.len) != 0)
        abort();
    tl_buf_clear(&once);
    tl_buf_clear(&again);
    return 0;
}
