/* xlsx_strings.c - the texts that cells share, each once in an arena with a limit. */
#include <ctype.h>
#include <string.h>

#include "format/xlsx_read_priv.h"

struct strings {
    tl_xlsx_book *book;
    tl_xlsx_part *part;
    tl_buf text;       /* of the current one */
    bool in_t, spoken; /* spoken: inside rPh, how a text is read aloud, which is not shown */
};

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef", *at = strchr(digits, tolower((unsigned char)c));
    return at && c ? (int)(at - digits) : -1;
}

/* The UTF-16 unit of "_xHHHH_" at s, -1 where there is none. */
static int escaped(const char *s, size_t n)
{
    int unit = 0;
    if (n < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        int d = hex_digit(s[i]);
        if (d < 0)
            return -1;
        unit = unit * 16 + d;
    }
    return unit;
}

/* Halves of surrogate pairs and NUL stay as they are written. */
void tl_xlsx_unescape(tl_buf *out, const char *s, size_t n)
{
    while (n) {
        int unit = escaped(s, n);
        size_t take = 7;
        if (unit > 0 && unit < 0x80)
            tl_buf_char(out, (char)unit);
        else if (unit > 0 && unit < 0x800)
            tl_buf_printf(out, "%c%c", 0xC0 | unit >> 6, 0x80 | (unit & 0x3F));
        else if (unit > 0 && (unit < 0xD800 || unit > 0xDFFF))
            tl_buf_printf(out, "%c%c%c", 0xE0 | unit >> 12, 0x80 | (unit >> 6 & 0x3F),
                          0x80 | (unit & 0x3F));
        else {
            const char *next = n > 1 ? memchr(s + 1, '_', n - 1) : NULL;
            take = next ? (size_t)(next - s) : n;
            tl_buf_add(out, s, take);
        }
        s += take;
        n -= take;
    }
}

static void on_start(void *ctx, const char *element, const char **attributes)
{
    struct strings *w = ctx;
    (void)attributes;
    if (strcmp(element, "si") == 0)
        tl_buf_reset(&w->text);
    else if (strcmp(element, "rPh") == 0)
        w->spoken = true;
    else if (strcmp(element, "t") == 0)
        w->in_t = !w->spoken;
}

/* The text so far as a shared string; more than there may be is told before memory is asked for. */
static tl_status add_string(struct strings *w, const tl_buf *text, tl_error *err)
{
    tl_xlsx_book *b = w->book;
    if (b->n_strings == TL_XLSX_STRINGS_MAX)
        return tl_fail(err, TL_EINPUT, "more than %d different texts", (int)TL_XLSX_STRINGS_MAX);
    if (b->string_bytes + text->len > TL_XLSX_STRINGS_BYTES)
        return tl_fail(err, TL_EINPUT, "its texts take more than %zu bytes", TL_XLSX_STRINGS_BYTES);
    tl_status st = tl_buf_status(text, err);
    if (st == TL_OK)
        st = tl_grow(&b->strings, &b->string_cap, b->n_strings + 1, sizeof *b->strings, err);
    if (st != TL_OK)
        return st;
    const char *kept = tl_arena_copy(b->text, tl_buf_text(text), text->len);
    if (!kept)
        return tl_fail_nomem(err);
    b->strings[b->n_strings++] = (tl_span){ kept, text->len };
    b->string_bytes += text->len;
    return TL_OK;
}

static void keep(struct strings *w)
{
    tl_error err = { 0 };
    tl_buf plain;
    bool escapes = w->text.len && memmem(w->text.data, w->text.len, "_x", 2);
    tl_buf_init(&plain, 0);
    if (escapes)
        tl_xlsx_unescape(&plain, w->text.data, w->text.len);
    plain.failed = plain.failed || w->text.failed;
    tl_status st = add_string(w, escapes ? &plain : &w->text, &err);
    tl_buf_clear(&plain);
    if (st != TL_OK)
        tl_xlsx_part_fail(w->part, st, "%s", err.text);
}

static void on_end(void *ctx, const char *element)
{
    struct strings *w = ctx;
    if (strcmp(element, "t") == 0)
        w->in_t = false;
    else if (strcmp(element, "rPh") == 0)
        w->spoken = false;
    else if (strcmp(element, "si") == 0)
        keep(w);
}

static void on_text(void *ctx, const char *s, size_t n)
{
    struct strings *w = ctx;
    if (!w->in_t)
        return;
    tl_buf_add(&w->text, s, n);
    if (w->text.len > TL_XLSX_ROW_BYTES)
        tl_xlsx_part_fail(w->part, TL_EINPUT, "a text of more than %zu bytes", TL_XLSX_ROW_BYTES);
}

tl_status tl_xlsx_strings_read(tl_xlsx_book *b, tl_error *err)
{
    struct strings w = { .book = b };
    const tl_xlsx_handlers handlers = { on_start, on_end, on_text, &w };
    if (b->strings_read)
        return TL_OK;
    if (!*b->strings_part || !tl_xlsx_part_exists(b, b->strings_part))
        return TL_OK;
    tl_buf_init(&w.text, 0);
    b->n_strings = b->string_bytes = 0;
    tl_arena_free(b->text); /* what a reading left that failed */
    tl_status st = tl_arena_new(&b->text, 0, err);
    if (st == TL_OK)
        st = tl_xlsx_part_read(b, b->strings_part, &handlers, &w.part, err);
    tl_buf_clear(&w.text);
    b->strings_read = st == TL_OK;
    return st;
}
