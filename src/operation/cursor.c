/* cursor.c - fields with a NUL after each, behind a check over them and the list; as hex digits. */
#include "operation/cursor.h"

#include <string.h>

#include "base/buf.h"
#include "base/hash.h"

enum { CHECK = 8 };

/* Over the list and the fields: a cursor of another list does not fit, nor one that was cut. */
static void put_check(uint64_t list, const char *data, size_t n, unsigned char out[CHECK])
{
    uint64_t h = tl_fnv1a(data, n) ^ (list * UINT64_C(0x9e3779b97f4a7c15));
    for (size_t i = 0; i < CHECK; i++)
        out[i] = (unsigned char)(h >> (8 * i));
}

const char *tl_cursor_write(uint64_t list, const char *const *fields, size_t n, tl_arena *arena)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char check[CHECK];
    tl_buf b;
    tl_buf_init(&b, 0);
    for (size_t i = 0; i < n; i++)
        tl_buf_add(&b, fields[i], strlen(fields[i]) + 1);
    size_t bytes = CHECK + b.len, at = 0;
    char *text = tl_buf_status(&b, NULL) == TL_OK ? tl_arena_alloc(arena, 2 * bytes + 1, 1) : NULL;
    if (text) {
        put_check(list, b.data, b.len, check);
        for (size_t i = 0; i < bytes; i++) {
            unsigned char c = i < CHECK ? check[i] : (unsigned char)b.data[i - CHECK];
            text[at++] = digits[c >> 4];
            text[at++] = digits[c & 15];
        }
        text[at] = '\0';
    }
    tl_buf_clear(&b);
    return text;
}

static int digit_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool unpack(const char *text, size_t n, unsigned char *out)
{
    for (size_t i = 0; i < n; i++) {
        int high = digit_of(text[2 * i]), low = digit_of(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

tl_status tl_cursor_read(const char *text, uint64_t list, tl_arena *arena, const char **fields,
                         size_t n, tl_error *err)
{
    unsigned char check[CHECK];
    size_t length = strlen(text), bytes = length / 2, found = 0;
    unsigned char *raw = tl_arena_alloc(arena, bytes + 1, 1);
    if (!raw)
        return tl_fail_nomem(err);
    bool good = length % 2 == 0 && length <= TL_CURSOR_TEXT * (size_t)2 && bytes > CHECK &&
                unpack(text, bytes, raw);
    const char *at = (const char *)raw + CHECK, *end = (const char *)raw + bytes;
    if (good) {
        put_check(list, at, bytes - CHECK, check);
        good = memcmp(check, raw, CHECK) == 0 && end[-1] == '\0';
    }
    for (; good && at < end; at += strlen(at) + 1)
        if (found < n)
            fields[found++] = at;
        else
            good = false;
    return good && found == n
               ? TL_OK
               : tl_fail(err, TL_EINPUT,
                         "cursor is not one of this list with these filters; begin without it");
}
