/* unit_near.c - what to say about a unit that is not known: its neighbours by edit distance. */
#include <string.h>

#include "base/buf.h"
#include "quantity/unit_priv.h"

enum { WORD_MAX = 32, NEAR_MAX = 2, SHOWN_MAX = 6 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edits (insert, remove, replace one code point) between two words, letter case aside: Levenshtein
 * 1966, one row of the table at a time. Words beyond WORD_MAX code points are far from everything.
 */
static size_t decode(tl_span s, uint32_t out[WORD_MAX])
{
    size_t n = 0, step;
    for (size_t i = 0; i < s.n && n < WORD_MAX; i += step) {
        uint32_t c = tl_utf8_next(s.p + i, s.n - i, &step);
        out[n++] = c < 0x80 ? (uint32_t)(unsigned char)lower((char)c) : c;
    }
    return n;
}

static size_t distance(tl_span a, tl_span b)
{
    uint32_t x[WORD_MAX], y[WORD_MAX];
    size_t row[WORD_MAX + 1];
    size_t nx = decode(a, x), ny = decode(b, y);
    if (nx == WORD_MAX || ny == WORD_MAX)
        return WORD_MAX;
    for (size_t j = 0; j <= ny; j++)
        row[j] = j;
    for (size_t i = 1; i <= nx; i++) {
        size_t before = row[0];
        row[0] = i;
        for (size_t j = 1; j <= ny; j++) {
            size_t replaced = before + (x[i - 1] != y[j - 1]);
            before = row[j];
            row[j] = least(replaced, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[ny];
}

/* Neighbours in order of distance, then of the table. At most half of a word may be edits, or "xy"
 * would be near to every short symbol. */
static size_t add_near(const tl_units *u, tl_span word, tl_buf *b)
{
    size_t shown = 0;
    for (size_t d = 0; d <= NEAR_MAX && shown < SHOWN_MAX; d++)
        for (size_t i = 0; i < tl_map_size(u->names) && shown < SHOWN_MAX; i++) {
            tl_span name = tl_span_of(tl_map_key(u->names, i));
            if (distance(word, name) != d || 2 * d > least(name.n, word.n))
                continue;
            tl_buf_printf(b, "%s%s", shown ? ", " : "", name.p);
            shown++;
        }
    return shown;
}

tl_status tl_unit_unknown(const tl_units *u, tl_span word, const char *text, tl_error *err)
{
    size_t length;
    tl_buf b;
    tl_buf_init(&b, 800);
    for (size_t i = 0; i < tl_gas_table_size; i++) {
        tl_span names = tl_span_of(tl_gas_table[i].names), name;
        while (tl_span_split(&names, '|', &name))
            if (tl_span_equal(word, name)) {
                length = name.n;
                return tl_fail(err, TL_EINPUT,
                               "unit '%s': %.*s is a substance; write its mass, such as kg%.*s",
                               text, (int)length, name.p, (int)length, name.p);
            }
    }
    bool near = add_near(u, word, &b) > 0;
    for (size_t i = 0; !near && i < tl_unit_table_size; i++)
        tl_buf_printf(&b, "%s%s", i ? " " : "", tl_unit_table[i].symbol);
    tl_span all = tl_span_of(text);
    bool part = !tl_span_equal(all, word);
    tl_status st =
        tl_fail(err, TL_EINPUT, "unknown unit '" TL_SPAN_FMT "'%s%s%s; %s: %s", TL_SPAN_ARG(word),
                part ? " in '" : "", part ? text : "", part ? "'" : "",
                near ? "did you mean one of" : "known units", tl_buf_text(&b));
    tl_buf_clear(&b);
    return st;
}
