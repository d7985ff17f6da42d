/* message.c - finding the row of a text, and filling its places in. A stack in place of recursion:
 * text comes from outside, and how deep it may lead is a number here. */
#include "format/message.h"

#include <string.h>

#include "format/message_priv.h"

enum {
    PARTS = 64,     /* most pieces waiting to be said */
    CUTS = 12,      /* most places looked at where a text may be cut */
    DEPTH = 6,      /* pieces within pieces that are still looked up */
    LONGEST = 4096, /* no message is longer; such a text stays as it is */
};

/* A piece of the text waiting: to be said (depth > 0), or standing as it is. */
struct part {
    tl_span text;
    int depth;
    bool colon; /* a ": " stood before it */
};

struct stack {
    struct part items[PARTS];
    size_t n;
};

/* How a row fits a text. */
struct fit {
    const tl_message_row *row;
    tl_span places[TL_MESSAGE_PLACES];
};

static bool is_place(char c)
{
    return c > 0 && c <= TL_MESSAGE_PLACES;
}

static size_t literal_length(const char *p)
{
    size_t n = 0;
    while (p[n] && !is_place(p[n]))
        n++;
    return n;
}

/* Whether text is the row with anything in its places; each literal is taken where it stands first,
 * the last one at the end. */
static bool fits(const tl_message_row *row, tl_span text, tl_span places[])
{
    const char *p = row->en;
    size_t n = literal_length(p), k = 0, from = n;
    if (text.n < row->literal || memcmp(text.p, p, n) != 0)
        return false;
    p += n;
    while (*p) {
        n = literal_length(++p);
        const char *found = text.p + text.n - n; /* of the last */
        if (p[n] && n > 0)
            found = memmem(text.p + from, text.n - from, p, n);
        else if (p[n])
            found = text.p + from; /* two places side by side: the second takes all */
        if (!found || found < text.p + from || memcmp(found, p, n) != 0)
            return false;
        places[k++] = (tl_span){ text.p + from, (size_t)(found - text.p) - from };
        from = (size_t)(found - text.p) + n;
        p += n;
    }
    return from == text.n;
}

/* The row that explains most of the text; false: there is none. */
static bool find_row(tl_span text, struct fit *best)
{
    tl_span places[TL_MESSAGE_PLACES] = { 0 };
    best->row = NULL;
    for (size_t i = 0; i < tl_message_row_count; i++) {
        const tl_message_row *row = &tl_message_rows[i];
        if ((best->row && row->literal <= best->row->literal) ||
            (!is_place(row->en[0]) && (text.n == 0 || row->en[0] != text.p[0])) ||
            !fits(row, text, places))
            continue;
        best->row = row;
        memcpy(best->places, places, sizeof places);
    }
    return best->row != NULL;
}

static void push(struct stack *s, tl_span text, int depth, bool colon)
{
    if (s->n < PARTS)
        s->items[s->n++] = (struct part){ text, depth, colon };
}

/* What stands in quotes is somebody's own word, in whatever language it is. */
static bool quoted(const char *zh, const char *place)
{
    static const char open[] = "“", book[] = "《";
    size_t n = sizeof open - 1;
    return (place > zh && (place[-1] == '\'' || place[-1] == '"')) ||
           ((size_t)(place - zh) >= n &&
            (memcmp(place - n, open, n) == 0 || memcmp(place - n, book, n) == 0));
}

/* The row's Chinese, its last piece first onto the stack. */
static void push_row(struct stack *s, const struct fit *fit, int depth)
{
    const char *zh = fit->row->zh, *p = zh + strlen(zh);
    while (p > zh) {
        const char *end = p;
        while (p > zh && !is_place(p[-1]))
            p--;
        if (end > p)
            push(s, (tl_span){ p, (size_t)(end - p) }, 0, false);
        if (p == zh)
            break;
        p--;
        tl_span place = fit->places[*p - 1];
        push(s, place, quoted(zh, p) ? 0 : depth - 1, false);
    }
}

/* How much of the text a row explains, with the row of what stands behind its last colon. */
static size_t explained(const struct fit *fit)
{
    const char *en = fit->row->en;
    size_t n = strlen(en), k = 0;
    struct fit rest;
    if (n < 3 || !is_place(en[n - 1]) || memcmp(en + n - 3, ": ", 2) != 0)
        return fit->row->literal;
    for (size_t i = 0; i + 1 < n; i++)
        k += is_place(en[i]);
    return fit->row->literal + (find_row(fit->places[k], &rest) ? rest.row->literal : 0);
}

/* The cut whose rest says most, and more than the whole does; 0: none. Of two that say the same the
 * later, where the row of the earlier only has the rest of the text in the place it begins with. */
static size_t find_cut(tl_span text, const struct fit *whole)
{
    struct fit rest;
    size_t best = whole->row ? explained(whole) : 0, cut = 0, from = 0;
    bool open = whole->row && is_place(whole->row->en[0]);
    for (int i = 0; i < CUTS; i++) {
        const char *colon = memmem(text.p + from, text.n - from, ": ", 2);
        if (!colon)
            break;
        from = (size_t)(colon - text.p) + 2;
        tl_span behind = { text.p + from, text.n - from };
        size_t n = colon > text.p && find_row(behind, &rest) ? explained(&rest) : 0;
        if (n > best || (n > 0 && n == best && open)) {
            open = is_place(rest.row->en[0]);
            best = n;
            cut = from;
        }
    }
    return cut;
}

static void say(struct stack *s, tl_buf *out, const struct part *part)
{
    struct fit fit;
    if (part->colon) /* after Chinese the wide one */
        tl_buf_str(out, out->len && (unsigned char)out->data[out->len - 1] >= 0x80 ? "：" : ": ");
    if (part->depth <= 0 || part->text.n == 0 || s->n + (size_t)2 * TL_MESSAGE_PLACES + 2 > PARTS) {
        tl_buf_add(out, part->text.p, part->text.n);
        return;
    }
    bool whole = find_row(part->text, &fit);
    size_t cut = find_cut(part->text, &fit);
    const char *colon = cut || whole ? NULL : memmem(part->text.p, part->text.n, ": ", 2);
    if (cut || (colon && colon > part->text.p)) {
        cut = cut ? cut : (size_t)(colon - part->text.p) + 2;
        push(s, (tl_span){ part->text.p + cut, part->text.n - cut }, part->depth - 1, true);
        push(s, (tl_span){ part->text.p, cut - 2 }, part->depth - 1, false);
    } else if (whole) {
        push_row(s, &fit, part->depth);
    } else {
        tl_buf_add(out, part->text.p, part->text.n);
    }
}

void tl_message_zh(tl_buf *out, tl_span en)
{
    struct stack s = { .n = 0 };
    push(&s, en, en.n <= LONGEST ? DEPTH : 0, false);
    while (s.n > 0) {
        struct part part = s.items[--s.n];
        say(&s, out, &part);
    }
}

const char *tl_message_said(tl_arena *arena, const char *en, bool zh)
{
    tl_buf b;
    if (!en || !zh)
        return en;
    tl_buf_init(&b, 0);
    tl_message_zh(&b, tl_span_of(en));
    const char *said = b.failed ? NULL : tl_arena_str(arena, tl_buf_text(&b));
    tl_buf_clear(&b);
    return said ? said : en;
}
