/* xlsx_styles.c - which cell formats show a number as a date or a time.
 *
 * A cell names a format (cellXfs/xf) and that a number format: one built into Excel, known by its
 * number alone, or one the book brings as a code. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/number.h"
#include "format/xlsx_read_priv.h"

enum { FORMATS_MAX = 65536 };

struct styles {
    tl_xlsx_book *book;
    tl_xlsx_part *part;
    tl_map *codes; /* number of a format of the book -> what it shows */
    bool in_formats;
};

/* Built-in formats (ECMA-376 part 1, 18.8.30): 14-22 and 45-47 everywhere, 27-36 and 50-58 in
 * Chinese, Japanese and Korean versions (here as in zh-cn). 46 is [h]:mm:ss, a length of time. */
static tl_xlsx_shown built_in(int64_t id)
{
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 ||
        id == 56)
        return TL_XLSX_AS_TIME;
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
               ? TL_XLSX_AS_DATE
               : TL_XLSX_AS_NUMBER;
}

/* What lies behind a quoted text, an escaped or padding character, or brackets; p where none is. */
static const char *past_literal(const char *p)
{
    const char *end = NULL;
    if (*p == '"')
        end = strchr(p + 1, '"');
    else if (*p == '[')
        end = strchr(p, ']');
    else if ((*p == '\\' || *p == '_' || *p == '*') && p[1])
        end = p + 1;
    return end ? end + 1 : p;
}

/* Marks count up to the first ';': what follows is for other signs. "General" has an e and an l but
 * none of ours; m means minutes where hours or seconds are shown and no day or year. */
tl_xlsx_shown tl_xlsx_format_shown(const char *code)
{
    bool date = false, time = false, month = false, length = false;
    for (const char *p = code; *p && *p != ';';) {
        const char *next = past_literal(p);
        if (next != p) {
            length = length || (*p == '[' && p[1] && strchr("hHmMsS", p[1]) && p[2] &&
                                strchr("hHmMsS]", p[2]));
            p = next;
            continue;
        }
        date = date || strchr("yYdD", *p);
        time = time || strchr("hHsS", *p);
        month = month || strchr("mM", *p);
        p++;
    }
    if (length)
        return TL_XLSX_AS_NUMBER;
    if (date || (month && !time))
        return TL_XLSX_AS_DATE;
    return time ? TL_XLSX_AS_TIME : TL_XLSX_AS_NUMBER;
}

static void add_code(struct styles *w, const char **attributes)
{
    const char *id = tl_xlsx_attribute(attributes, "numFmtId");
    const char *code = tl_xlsx_attribute(attributes, "formatCode");
    tl_error err = { 0 };
    if (!id || !code)
        return;
    bool was;
    tl_status st =
        tl_map_size(w->codes) < FORMATS_MAX
            ? tl_map_add(w->codes, tl_span_of(id),
                         (uint64_t)(strcasecmp(code, "general") == 0 ? TL_XLSX_AS_NUMBER
                                                                     : tl_xlsx_format_shown(code)),
                         NULL, &was, &err)
            : tl_fail(&err, TL_EINPUT, "more than %d number formats", (int)FORMATS_MAX);
    if (st != TL_OK)
        tl_xlsx_part_fail(w->part, st, "%s", err.text);
}

static void add_format(struct styles *w, const char **attributes)
{
    tl_xlsx_book *b = w->book;
    const char *id = tl_xlsx_attribute(attributes, "numFmtId");
    int64_t number = 0;
    uint64_t shown;
    tl_error err = { 0 };
    tl_status st = b->n_shown < FORMATS_MAX
                       ? tl_grow(&b->shown, &b->shown_cap, b->n_shown + 1, 1, &err)
                       : tl_fail(&err, TL_EINPUT, "more than %d cell formats", (int)FORMATS_MAX);
    if (st != TL_OK) {
        tl_xlsx_part_fail(w->part, st, "%s", err.text);
        return;
    }
    if (!id || !tl_map_find(w->codes, tl_span_of(id), &shown))
        shown = id && tl_int_parse(id, 0, FORMATS_MAX, &number, NULL) == TL_OK
                    ? (uint64_t)built_in(number)
                    : TL_XLSX_AS_NUMBER;
    b->shown[b->n_shown++] = (unsigned char)shown;
}

static void on_start(void *ctx, const char *element, const char **attributes)
{
    struct styles *w = ctx;
    if (strcmp(element, "numFmt") == 0)
        add_code(w, attributes);
    else if (strcmp(element, "cellXfs") == 0)
        w->in_formats = true;
    else if (w->in_formats && strcmp(element, "xf") == 0)
        add_format(w, attributes);
}

static void on_end(void *ctx, const char *element)
{
    struct styles *w = ctx;
    if (strcmp(element, "cellXfs") == 0)
        w->in_formats = false;
}

tl_status tl_xlsx_styles_read(tl_xlsx_book *b, tl_error *err)
{
    struct styles w = { .book = b };
    const tl_xlsx_handlers handlers = { on_start, on_end, NULL, &w };
    if (!*b->styles_part || !tl_xlsx_part_exists(b, b->styles_part))
        return TL_OK;
    tl_status st = tl_map_new(&w.codes, err);
    if (st == TL_OK)
        st = tl_xlsx_part_read(b, b->styles_part, &handlers, &w.part, err);
    tl_map_free(w.codes);
    return st;
}
