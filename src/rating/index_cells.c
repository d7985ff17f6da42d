/* index_cells.c - files and cells of a definition, each fault with its place.
 *
 * The texts may come from anybody: rows and bytes are limited before anything is kept. */
#include "rating/index_priv.h"

#include <stdio.h>
#include <string.h>

static const tl_index_text *find_text(const tl_index_loader *l, const char *name)
{
    for (size_t i = 0; i < l->n_texts; i++)
        if (strcmp(l->texts[i].name, name) == 0)
            return &l->texts[i];
    return NULL;
}

tl_status tl_index_rows_read(tl_index_rows *out, const tl_index_loader *l,
                             const tl_index_file *file, bool needed, tl_error *err)
{
    const tl_index_text *text = find_text(l, file->name);
    size_t n = 0;
    *out = (tl_index_rows){ 0 };
    if (!text)
        return needed ? tl_fail(err, TL_EINPUT, "%s is missing", file->name) : TL_OK;
    if (text->n > TL_INDEX_FILE_MAX)
        return tl_fail(err, TL_EINPUT, "%s: %zu bytes, expected at most %d", file->name, text->n,
                       TL_INDEX_FILE_MAX);
    while (n < TL_INDEX_COLUMNS && file->columns[n])
        n++;
    tl_status st = tl_sheet_read_rows(&out->sheet, file->name, text->data, text->n, file->max_rows,
                                      l->arena, err);
    if (st == TL_OK)
        st = tl_sheet_columns(&out->sheet, file->columns, n, out->at, err);
    if (st == TL_OK && needed && out->sheet.rows == 0)
        st = tl_fail(err, TL_EINPUT, "%s: no row", file->name);
    return st;
}

/* Codes stand in paths, addresses and lists of codes, hence the narrow alphabet. */
static bool is_code(const char *s)
{
    size_t n = 0;
    for (; s[n]; n++) {
        char c = s[n], small = (char)(c | 0x20);
        if (n == TL_INDEX_CODE_MAX ||
            !((small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'))
            return false;
    }
    return n > 0;
}

tl_status tl_index_cell_code(const tl_index_rows *t, size_t row, size_t i, const char **out,
                             tl_error *err)
{
    *out = tl_index_cell(t, row, i);
    if (is_code(*out))
        return TL_OK;
    return tl_index_fail(t, row, i, err,
                         "'%.60s', expected a code of 1 to %d letters, digits, '.' and '-'", *out,
                         TL_INDEX_CODE_MAX);
}

/* A name is one line. */
static tl_status check_name(const tl_index_rows *t, size_t row, size_t i, tl_error *err)
{
    const char *s = tl_index_cell(t, row, i);
    size_t n = strlen(s);
    if (n > TL_INDEX_NAME_MAX)
        return tl_index_fail(t, row, i, err, "%zu bytes, expected at most %d", n,
                             TL_INDEX_NAME_MAX);
    for (size_t k = 0; k < n; k++)
        if ((unsigned char)s[k] < 0x20 || s[k] == 0x7F)
            return tl_index_fail(t, row, i, err, "a control character or a line break in a name");
    return TL_OK;
}

tl_status tl_index_cell_names(const tl_index_rows *t, size_t row, size_t i,
                              const char *const *fallback, const char *out[2], tl_error *err)
{
    const char *en = tl_index_cell(t, row, i), *zh = tl_index_cell(t, row, i + 1);
    tl_status st = check_name(t, row, i, err);
    if (st == TL_OK)
        st = check_name(t, row, i + 1, err);
    if (st != TL_OK)
        return st;
    if (!*en && !*zh) {
        if (!fallback)
            return tl_index_fail(t, row, i, err, "no name in either language");
        en = fallback[0];
        zh = fallback[1];
    }
    out[0] = *en ? en : zh;
    out[1] = *zh ? zh : en;
    return TL_OK;
}

tl_status tl_index_cell_long(const tl_index_rows *t, size_t row, size_t i, const char **out,
                             tl_error *err)
{
    *out = tl_index_cell(t, row, i);
    size_t n = strlen(*out);
    return n <= TL_INDEX_TEXT_MAX ? TL_OK
                                  : tl_index_fail(t, row, i, err, "%zu bytes, expected at most %d",
                                                  n, TL_INDEX_TEXT_MAX);
}

tl_status tl_index_cell_word(const tl_index_rows *t, size_t row, size_t i, const char *const *words,
                             size_t n, int *out, tl_error *err)
{
    const char *s = tl_index_cell(t, row, i);
    char known[200] = "";
    size_t len = 0;
    for (size_t k = 0; k < n; k++) {
        if (strcmp(s, words[k]) == 0) {
            *out = (int)k;
            return TL_OK;
        }
        if (len < sizeof known)
            len += (size_t)snprintf(known + len, sizeof known - len, "%s%s",
                                    k == 0      ? ""
                                    : k + 1 < n ? ", "
                                                : " or ",
                                    *words[k] ? words[k] : "nothing");
    }
    return tl_index_fail(t, row, i, err, "'%.60s', expected %s", s, known);
}

tl_status tl_index_cell_flag(const tl_index_rows *t, size_t row, size_t i, bool *out, tl_error *err)
{
    static const char *const words[] = { "no", "yes" };
    int k = 0;
    tl_status st = tl_index_cell_word(t, row, i, words, 2, &k, err);
    *out = k == 1;
    return st;
}

/* Puts the place before the message of a parser. */
static tl_status at_cell(const tl_index_rows *t, size_t row, size_t i, tl_status st, tl_error *err)
{
    return st == TL_OK ? TL_OK
                       : tl_context(err, st, "%s:%zu: column '%s'", t->sheet.name,
                                    t->sheet.lines[row], t->sheet.names[t->at[i]]);
}

tl_status tl_index_cell_points(const tl_index_rows *t, size_t row, size_t i, tl_points *out,
                               tl_error *err)
{
    return at_cell(t, row, i, tl_points_parse(tl_index_cell(t, row, i), out, err), err);
}

tl_status tl_index_cell_percent(const tl_index_rows *t, size_t row, size_t i, tl_weight *out,
                                tl_error *err)
{
    char text[64];
    int n = snprintf(text, sizeof text, "%s%%", tl_index_cell(t, row, i));
    if (n >= (int)sizeof text)
        return tl_index_fail(t, row, i, err, "too long for a percentage");
    return at_cell(t, row, i, tl_weight_parse(text, out, err), err);
}

tl_status tl_index_rows_map(const tl_index_rows *t, size_t i, tl_map **out, tl_error *err)
{
    tl_map *map = NULL;
    *out = NULL;
    tl_status st = tl_map_new(&map, err);
    for (size_t row = 0; st == TL_OK && row < t->sheet.rows; row++) {
        const char *s = tl_index_cell(t, row, i);
        bool again;
        uint64_t first = 0;
        st = tl_map_add(map, tl_span_of(s), row, NULL, &again, err);
        if (st == TL_OK && again && tl_map_find(map, tl_span_of(s), &first))
            st = tl_index_fail(t, row, i, err, "'%s' stands in line %zu already", s,
                               t->sheet.lines[first]);
    }
    if (st == TL_OK)
        *out = map;
    else
        tl_map_free(map);
    return st;
}

tl_status tl_index_rows_unique(const tl_index_rows *t, size_t i, tl_error *err)
{
    tl_map *map;
    tl_status st = tl_index_rows_map(t, i, &map, err);
    tl_map_free(map);
    return st;
}
