/* answer_rows.c - cells to answers and evidence, with the place of what is wrong. */
#include "intake/answer_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"

#define COPY_LIMIT ((size_t)256 << 20)
enum { CELL_MAX = 8000, TEXT_MAX = 4000, NEAR_SEARCHES = 50 };

enum column {
    COMPANY,
    SLOT,
    POINTS,
    DOCUMENT,
    PAGE,
    QUOTE,
    LANGUAGE,
    URL,
    DATED,
    RETRIEVED,
    SHA256,
    COPY,
    ASSESSOR,
    NOTE,
    MARK,
    COLUMNS
};

static const char *const columns[COLUMNS] = {
    "company", "slot",      "points", "document", "page",     "quote", "language", "url",
    "dated",   "retrieved", "sha256", "copy",     "assessor", "note",  "mark",
};

const char *const tl_answer_columns[TL_ANSWER_COLUMNS] = { "company", "slot", "points" };

/* Cells of one row, NUL-terminated. */
typedef struct cells {
    const char *text[COLUMNS];
} cells;

static tl_status find_columns(tl_answer_reader *r, tl_error *err)
{
    tl_status st = TL_OK;
    _Static_assert((size_t)COLUMNS <= sizeof r->at / sizeof *r->at, "columns of answers");
    for (int i = 0; i < COLUMNS && st == TL_OK; i++)
        if (i <= POINTS)
            st = tl_csv_require(r->csv, columns[i], &r->at[i], err);
        else
            r->at[i] = tl_csv_column(r->csv, columns[i]);
    return st;
}

static tl_status read_cells(tl_answer_reader *r, cells *out, tl_error *err)
{
    for (int i = 0; i < COLUMNS; i++) {
        tl_span cell = tl_span_trim(tl_csv_cell(r->csv, r->at[i]));
        if (cell.n > CELL_MAX)
            return tl_csv_fail(r->csv, r->at[i], err, "%zu bytes, at most %d are kept", cell.n,
                               (int)CELL_MAX);
        if (!(out->text[i] = cell.n ? tl_arena_copy(r->arena, cell.p, cell.n) : ""))
            return tl_fail_nomem(err);
    }
    return TL_OK;
}

/* The group of this id, made where it is new. */
static tl_status group_of(tl_answer_reader *r, const tl_answer_group *found, size_t *group,
                          tl_error *err)
{
    size_t at = 0;
    bool was = false;
    tl_status st = tl_grow(&r->groups, &r->group_cap, r->n_groups + 1, sizeof *r->groups, err);
    if (st == TL_OK && *found->company.id)
        st = tl_map_add(r->ids, tl_span_of(found->company.id), r->n_groups, &at, &was, err);
    if (st != TL_OK)
        return st;
    if (was)
        *group = (size_t)tl_map_value(r->ids, at);
    else
        r->groups[ *group = r->n_groups++] = *found;
    return TL_OK;
}

/* The company of a text, TL_ENOTFOUND with near ones. A file full of strange names is not searched
 * through the whole register for each of them. */
static tl_status look_up(tl_answer_reader *r, const char *text, tl_company *out, tl_error *err)
{
    bool found = true;
    tl_status st = r->unknown < NEAR_SEARCHES
                       ? tl_company_find(r->store, text, r->arena, out, err)
                       : tl_company_lookup(r->store, text, r->arena, out, &found, err);
    if (st == TL_OK && !found)
        st = tl_fail(err, TL_ENOTFOUND, "no company '%.80s'", text);
    r->unknown += st == TL_ENOTFOUND;
    return st;
}

/* Looks a company up once for each way it is written. */
static tl_status find_company(tl_answer_reader *r, const char *text, size_t *group, tl_error *err)
{
    uint64_t known;
    tl_error why = { 0 };
    tl_answer_group found = { .text = text, .company = { .id = "" } };
    if (!tl_map_find(r->names, tl_span_of(text), &known)) {
        tl_status st = look_up(r, text, &found.company, &why);
        if (st != TL_OK && st != TL_ENOTFOUND && st != TL_EINPUT)
            return tl_fail(err, st, "%s", why.text);
        if (st != TL_OK)
            found = (tl_answer_group){ .text = tl_arena_str(r->arena, why.text),
                                       .company = { .id = "" } };
        if (!found.text)
            return tl_fail_nomem(err);
        if ((st = group_of(r, &found, group, err)) != TL_OK)
            return st;
        known = *group;
        if ((st = tl_map_add(r->names, tl_span_of(text), known, NULL, &(bool){ false }, err)) !=
            TL_OK)
            return st;
    }
    *group = (size_t)known;
    return *r->groups[known].company.id
               ? TL_OK
               : tl_csv_fail(r->csv, r->at[COMPANY], err, "%s", r->groups[known].text);
}

/* A path below the folder of the file, without a way out of it. */
static bool inside(const char *path)
{
    tl_span rest = tl_span_of(path), part;
    if (*path == '/' || strchr(path, '\\'))
        return false;
    while (tl_span_split(&rest, '/', &part))
        if (tl_span_is(part, "..") || tl_span_is(part, ".") || part.n == 0)
            return false;
    return true;
}

static tl_status hash_copy(tl_answer_reader *r, const char *copy, const char **hash, tl_error *err)
{
    char hex[TL_SHA256_HEX];
    tl_file_view view;
    tl_error why = { 0 };
    const char *base = tl_path_base(r->how->path);
    const char *path =
        tl_arena_printf(r->arena, "%.*s%s", (int)(base - r->how->path), r->how->path, copy);
    if (!path)
        return tl_fail_nomem(err);
    if (!tl_file_is_plain(path))
        return tl_csv_fail(r->csv, r->at[COPY], err, "'%.200s' is no file beside this one", copy);
    if (tl_file_open(&view, path, COPY_LIMIT, &why) != TL_OK)
        return tl_csv_fail(r->csv, r->at[COPY], err, "%s", why.text);
    tl_status st = tl_sha256_of(view.data, view.size, hex, err);
    tl_file_close(&view);
    if (st == TL_OK && !(*hash = tl_arena_str(r->arena, hex)))
        st = tl_fail_nomem(err);
    return st;
}

/* The hash of the stored copy, worked out once a path; it must be the one given, if one is. */
static tl_status read_copy(tl_answer_reader *r, const char *copy, const char **sha256,
                           tl_error *err)
{
    const char *hash = NULL;
    uint64_t known;
    if (!*copy)
        return TL_OK;
    if (!inside(copy))
        return tl_csv_fail(r->csv, r->at[COPY], err,
                           "'%.200s', expected a path below the folder of this file", copy);
    if (tl_map_find(r->copies, tl_span_of(copy), &known)) {
        hash = r->hashes[known];
    } else {
        size_t n = tl_map_size(r->copies);
        tl_status st = hash_copy(r, copy, &hash, err);
        if (st == TL_OK)
            st = tl_grow(&r->hashes, &r->hash_cap, n + 1, sizeof(const char *), err);
        if (st == TL_OK)
            st = tl_map_add(r->copies, tl_span_of(copy), n, NULL, &(bool){ false }, err);
        if (st != TL_OK)
            return st;
        r->hashes[n] = hash;
    }
    if (**sha256 && strcmp(*sha256, hash) != 0)
        return tl_csv_fail(r->csv, r->at[COPY], err, "'%.200s' has the hash %s, not %s", copy, hash,
                           *sha256);
    *sha256 = hash;
    return TL_OK;
}

/* A message that begins with the name of a field, put to its column. */
static tl_status at_field(tl_answer_reader *r, const char *text, tl_error *err)
{
    const char *colon = strstr(text, ": ");
    for (int i = 0; colon && i < COLUMNS; i++)
        if (strlen(columns[i]) == (size_t)(colon - text) &&
            strncmp(text, columns[i], (size_t)(colon - text)) == 0)
            return tl_csv_fail(r->csv, r->at[i], err, "%s", colon + 2);
    return tl_csv_fail(r->csv, r->at[SLOT], err, "%s", text);
}

static tl_status read_evidence(tl_answer_reader *r, const cells *c, tl_answer_row *row,
                               tl_error *err)
{
    tl_error why = { 0 };
    tl_status st;
    for (int i = DOCUMENT; i <= COPY; i++)
        row->has_evidence = row->has_evidence || *c->text[i];
    if (!row->has_evidence)
        return TL_OK;
    row->evidence = (tl_evidence){ .document = c->text[DOCUMENT],
                                   .page = c->text[PAGE],
                                   .quote = c->text[QUOTE],
                                   .language = c->text[LANGUAGE],
                                   .url = c->text[URL],
                                   .dated = c->text[DATED],
                                   .retrieved = c->text[RETRIEVED],
                                   .sha256 = c->text[SHA256] };
    if (tl_evidence_check(&row->evidence, &why) != TL_OK)
        return at_field(r, why.text, err);
    st = read_copy(r, c->text[COPY], &row->evidence.sha256, err);
    return st;
}

/* Points against maximum and step: a sheet with this one slot filled. */
static tl_status read_points(tl_answer_reader *r, const cells *c, tl_answer_row *row, tl_error *err)
{
    tl_error why = { 0 };
    row->has_points = *c->text[POINTS] != '\0';
    if (!row->has_points)
        return TL_OK;
    tl_status st = tl_answer_points_parse(c->text[POINTS], &row->points, &why);
    if (st == TL_OK) {
        r->blank[row->slot] = row->points;
        st = tl_score_check(r->x, r->how->level, r->blank, &why);
        r->blank[row->slot] = TL_SLOT_NOT_ASKED;
    }
    return st == TL_OK ? st : tl_csv_fail(r->csv, r->at[POINTS], err, "%s", why.text);
}

static tl_status read_words(tl_answer_reader *r, const cells *c, tl_answer_row *row, tl_error *err)
{
    row->assessor = c->text[ASSESSOR];
    row->note = c->text[NOTE];
    row->inferred = strcmp(c->text[MARK], "inferred") == 0;
    if (*c->text[MARK] && !row->inferred)
        return tl_csv_fail(r->csv, r->at[MARK], err, "'%.40s', expected nothing or inferred",
                           c->text[MARK]);
    if (!row->has_points && (row->inferred || *row->note))
        return tl_csv_fail(r->csv, r->at[row->inferred ? MARK : NOTE], err,
                           "belongs in the row with the points");
    if (strlen(row->assessor) > 200 || !tl_text_plain(row->assessor, false))
        return tl_csv_fail(r->csv, r->at[ASSESSOR], err, "'%.60s' is no name", row->assessor);
    if (strlen(row->note) > TEXT_MAX || !tl_text_plain(row->note, true))
        return tl_csv_fail(r->csv, r->at[NOTE], err, "too long, or holds control characters");
    return TL_OK;
}

static tl_status read_row(tl_answer_reader *r, tl_answer_row *row, tl_error *err)
{
    cells c;
    tl_status st = read_cells(r, &c, err);
    if (st != TL_OK)
        return st;
    if (!*c.text[COMPANY])
        return tl_csv_fail(r->csv, r->at[COMPANY], err, "empty, expected a company");
    if ((st = find_company(r, c.text[COMPANY], &row->group, err)) != TL_OK)
        return st;
    row->slot = tl_slot_find(r->x, r->how->level, c.text[SLOT]);
    if (row->slot < 0)
        return tl_csv_fail(r->csv, r->at[SLOT], err, "'%.60s' is no %s of %s@%s", c.text[SLOT],
                           tl_level_name(r->how->level), r->x->id, r->x->version);
    if ((st = read_points(r, &c, row, err)) != TL_OK ||
        (st = read_evidence(r, &c, row, err)) != TL_OK)
        return st;
    if (!row->has_points && !row->has_evidence)
        return tl_csv_fail(r->csv, r->at[POINTS], err,
                           "empty, expected points (or evidence beside it)");
    return read_words(r, &c, row, err);
}

/* Keeps the row; a refused one only counts against its company. */
static tl_status keep_row(tl_answer_reader *r, tl_answer_row *row, const tl_error *why,
                          tl_error *err)
{
    tl_status st = tl_grow(&r->rows, &r->cap, r->n + 1, sizeof *r->rows, err);
    if (st == TL_OK && row->refused)
        st = tl_refusals_add(r->refusals, row->line, why->text, err);
    if (st != TL_OK)
        return st;
    if (row->group < r->n_groups) {
        tl_answer_group *g = &r->groups[row->group];
        g->rows++;
        if (row->refused && !g->bad_line)
            g->bad_line = row->line;
    }
    r->rows[r->n++] = *row;
    return TL_OK;
}

static tl_status read_all(tl_answer_reader *r, tl_error *err)
{
    tl_progress bar = tl_progress_start(r->how->progress, "rows", tl_csv_bytes(r->csv) / 150);
    bool more = true;
    tl_status st;
    while ((st = tl_csv_next(r->csv, &more, err)) == TL_OK && more) {
        tl_error why = { 0 };
        tl_answer_row row = { .line = tl_csv_row(r->csv), .group = SIZE_MAX, .slot = -1 };
        if (r->n == TL_ANSWER_ROWS_MAX) {
            st = tl_fail(err, TL_EINPUT, "%s: more than %d rows", r->how->path,
                         (int)TL_ANSWER_ROWS_MAX);
            break;
        }
        tl_status read = read_row(r, &row, &why);
        row.refused = read == TL_EINPUT;
        st = read == TL_OK || row.refused ? keep_row(r, &row, &why, err)
                                          : tl_fail(err, read, "%s", why.text);
        if (st != TL_OK || (st = tl_progress_at(&bar, r->n, err)) != TL_OK)
            break;
    }
    tl_progress_end(&bar);
    return st;
}

tl_status tl_answer_rows_read(tl_answer_reader *r, const char *data, size_t n, tl_error *err)
{
    size_t slots = tl_sheet_slots(r->x, r->how->level);
    const tl_csv_opts opts = { .workbook = true,
                               .wanted = tl_answer_columns,
                               .n_wanted = TL_ANSWER_COLUMNS };
    r->blank = tl_arena_alloc(r->arena, slots + 1, sizeof *r->blank);
    if (!r->blank)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < slots; i++)
        r->blank[i] = TL_SLOT_NOT_ASKED;
    tl_status st = tl_map_new(&r->names, err);
    if (st == TL_OK && (st = tl_map_new(&r->ids, err)) == TL_OK &&
        (st = tl_map_new(&r->copies, err)) == TL_OK &&
        (st = tl_csv_open_memory(&r->csv, r->how->path, data, n, &opts, err)) == TL_OK &&
        (st = find_columns(r, err)) == TL_OK)
        st = read_all(r, err);
    return st;
}

tl_status tl_answer_row_refuse(tl_answer_reader *r, tl_answer_row *row, const char *text,
                               tl_error *err)
{
    tl_error why = { 0 };
    tl_answer_group *g = &r->groups[row->group];
    tl_fail(&why, TL_EINPUT, "%s:%zu: column 'slot': %s", r->how->path, row->line, text);
    row->refused = true;
    if (!g->bad_line)
        g->bad_line = row->line;
    return tl_refusals_add(r->refusals, row->line, why.text, err);
}

void tl_answer_reader_clear(tl_answer_reader *r)
{
    tl_csv_close(r->csv);
    tl_map_free(r->names);
    tl_map_free(r->ids);
    tl_map_free(r->copies);
    free(r->rows);
    free(r->groups);
    free(r->hashes);
}
