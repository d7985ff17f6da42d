/* fuzz_json_read.c - the JSON reader: every value asked for as every type, so that the path of
 * every place is made. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "format/json_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(tl_json_value v)
{
    const char *text;
    double number;
    int64_t integer;
    bool flag;
    tl_error err = { 0 };
    int kinds = 0;
    kinds += tl_json_as_text(v, &text, &err) == TL_OK;
    kinds += tl_json_as_number(v, &number, &err) == TL_OK;
    kinds += tl_json_as_bool(v, &flag, &err) == TL_OK;
    kinds += tl_json_as_object(v, &err) == TL_OK;
    kinds += tl_json_as_array(v, &err) == TL_OK;
    kinds += tl_json_missing(v);
    if (kinds != 1 || strncmp(err.text, "fuzz: $", 7) != 0)
        abort();
    if (tl_json_as_int(v, -1000, 1000, &integer, &err) == TL_OK &&
        (integer < -1000 || integer > 1000))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { MOST = 200, DEEP = 16 };
    const tl_json_limits limits = { .depth = DEEP, .max_bytes = 1 << 16 };
    tl_json_value stack[MOST];
    tl_json_doc *doc;
    tl_error err = { 0 };
    size_t n = 0, asked = 0;
    if (tl_json_read(&doc, "fuzz", (const char *)data, size, &limits, &err) != TL_OK) {
        if (doc || err.text[0] == '\0')
            abort();
        return 0;
    }
    stack[n++] = tl_json_root(doc);
    while (n > 0 && asked++ < MOST) {
        tl_json_value v = stack[--n], child;
        void *walk = NULL;
        ask(v);
        ask(tl_json_get(v, "no such member"));
        while (n < MOST && tl_json_member_next(v, &walk, &child))
            stack[n++] = child;
        for (size_t i = 0; n < MOST && i < tl_json_count(v) && !tl_json_missing(tl_json_item(v, i));
             i++)
            stack[n++] = tl_json_item(v, i);
    }
    tl_json_doc_free(doc);
    return 0;
}
