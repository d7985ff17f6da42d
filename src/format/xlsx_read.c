/* xlsx_read.c - opening a workbook: what it is, its sheets, and where its parts are.
 *
 * A part is found by its relation (ECMA-376 part 2, 9.3): _rels/.rels names the workbook, the
 * relations of that name the sheets, the shared strings and the styles. */
#include "format/xlsx_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/xlsx_read_priv.h"

enum { ENTRIES_MAX = 20000, RELATIONS_MAX = 20000, PATH_MAX_BYTES = 1000 };

static const char zip_mark[] = "PK\x03\x04", ole_mark[] = "\xD0\xCF\x11\xE0";

bool tl_xlsx_looks(const char *data, size_t n)
{
    return n >= 4 && (memcmp(data, zip_mark, 4) == 0 || memcmp(data, ole_mark, 4) == 0);
}

/* A name in the directory of an old compound file stands there in UTF-16. */
static bool holds_wide(const char *data, size_t n, const char *word)
{
    char wide[64];
    size_t length = strlen(word);
    for (size_t i = 0; i < length && i < sizeof wide / 2; i++) {
        wide[2 * i] = word[i];
        wide[2 * i + 1] = '\0';
    }
    return memmem(data, n, wide, 2 * length) != NULL;
}

static tl_status refuse_old(const char *name, const char *data, size_t n, tl_error *err)
{
    if (holds_wide(data, n, "EncryptedPackage"))
        return tl_fail(err, TL_EINPUT,
                       "%s: is a workbook with a password; open it in Excel, take the password "
                       "away and save it again",
                       name);
    return tl_fail(err, TL_EINPUT,
                   "%s: is an old Excel workbook (.xls); open it in Excel or LibreOffice and save "
                   "it as .xlsx",
                   name);
}

/* Reading of relations and of the workbook part. */
struct opening {
    tl_xlsx_book *book;
    tl_xlsx_part *part;
    const char *folder;   /* that targets are relative to */
    const char *workbook; /* its part */
    size_t relations;     /* read so far */
    bool of_package;      /* the relations read are those of the whole */
};

static bool ends(const char *s, const char *tail)
{
    size_t n = strlen(s), m = strlen(tail);
    return n >= m && strcmp(s + n - m, tail) == 0;
}

/* Place of a target in the archive: absolute, or relative to folder; "..", "." taken out. */
static const char *resolve(tl_arena *a, const char *folder, const char *target)
{
    char path[PATH_MAX_BYTES];
    size_t n = 0;
    tl_span rest = tl_span_of(*target == '/' ? target + 1 : target), part;
    if (strlen(folder) + rest.n + 1 >= sizeof path)
        return "";
    if (*target != '/') {
        n = strlen(folder);
        memcpy(path, folder, n);
    }
    while (tl_span_split(&rest, '/', &part)) {
        if (tl_span_is(part, "..")) {
            n -= n > 0;
            while (n > 0 && path[n - 1] != '/')
                n--;
        } else if (part.n && !tl_span_is(part, ".")) {
            if (n > 0 && path[n - 1] != '/')
                path[n++] = '/';
            memcpy(path + n, part.p, part.n);
            n += part.n;
        }
    }
    return tl_arena_copy(a, path, n);
}

static void on_relation(void *ctx, const char *element, const char **attributes)
{
    struct opening *w = ctx;
    tl_xlsx_book *b = w->book;
    const char *type = tl_xlsx_attribute(attributes, "Type");
    const char *target = tl_xlsx_attribute(attributes, "Target");
    const char *id = tl_xlsx_attribute(attributes, "Id");
    if (strcmp(element, "Relationship") != 0 || !type || !target)
        return;
    if (++w->relations > RELATIONS_MAX) {
        tl_xlsx_part_fail(w->part, TL_EINPUT, "more than %d relations", (int)RELATIONS_MAX);
        return;
    }
    const char *path = resolve(b->arena, w->folder, target);
    if (!path) {
        tl_xlsx_part_fail(w->part, TL_ENOMEM, "out of memory");
        return;
    }
    if (w->of_package) {
        if (ends(type, "/officeDocument"))
            w->workbook = path;
        return;
    }
    if (ends(type, "/sharedStrings"))
        b->strings_part = path;
    else if (ends(type, "/styles"))
        b->styles_part = path;
    else if (ends(type, "/worksheet"))
        for (size_t i = 0; id && i < b->n_sheets; i++)
            if (strcmp(b->sheets[i].relation, id) == 0)
                b->sheets[i].part = path;
}

static void add_sheet(struct opening *w, const char **attributes)
{
    tl_xlsx_book *b = w->book;
    const char *name = tl_xlsx_attribute(attributes, "name");
    const char *state = tl_xlsx_attribute(attributes, "state");
    const char *id = tl_xlsx_attribute(attributes, ":id");
    tl_error err = { 0 };
    tl_status st =
        b->n_sheets < TL_XLSX_SHEETS_MAX
            ? tl_grow(&b->sheets, &b->sheet_cap, b->n_sheets + 1, sizeof *b->sheets, &err)
            : tl_fail(&err, TL_EINPUT, "more than %d sheets", (int)TL_XLSX_SHEETS_MAX);
    struct tl_xlsx_sheet s = { .name = tl_arena_str(b->arena, name ? name : ""),
                               .relation = tl_arena_str(b->arena, id ? id : ""),
                               .part = "",
                               .hidden = state && strcmp(state, "visible") != 0 };
    if (st == TL_OK && (!s.name || !s.relation))
        st = tl_fail_nomem(&err);
    if (st == TL_OK)
        b->sheets[b->n_sheets++] = s;
    else
        tl_xlsx_part_fail(w->part, st, "%s", err.text);
}

static void on_workbook(void *ctx, const char *element, const char **attributes)
{
    struct opening *w = ctx;
    if (strcmp(element, "sheet") == 0) {
        add_sheet(w, attributes);
    } else if (strcmp(element, "workbookPr") == 0) {
        const char *since = tl_xlsx_attribute(attributes, "date1904");
        w->book->since_1904 = since && (strcmp(since, "1") == 0 || strcmp(since, "true") == 0);
    }
}

static void on_end(void *ctx, const char *element)
{
    (void)ctx, (void)element;
}

static tl_status read_relations(struct opening *w, const char *path, tl_error *err)
{
    const tl_xlsx_handlers handlers = { on_relation, on_end, NULL, w };
    return tl_xlsx_part_read(w->book, path, &handlers, &w->part, err);
}

/* "_rels/workbook.xml.rels" beside the workbook part. */
static tl_status workbook_relations(struct opening *w, tl_error *err)
{
    tl_xlsx_book *b = w->book;
    const char *slash = strrchr(w->workbook, '/');
    const char *base = slash ? slash + 1 : w->workbook;
    b->folder = w->folder = tl_arena_copy(b->arena, w->workbook, (size_t)(base - w->workbook));
    const char *path =
        w->folder ? tl_arena_printf(b->arena, "%s_rels/%s.rels", w->folder, base) : NULL;
    w->of_package = false;
    return path ? read_relations(w, path, err) : tl_fail_nomem(err);
}

/* Sheets that are charts or macros have no rows: they are left out. */
static void keep_worksheets(tl_xlsx_book *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n_sheets; i++)
        if (*b->sheets[i].part)
            b->sheets[n++] = b->sheets[i];
    b->n_sheets = n;
}

static tl_status refuse_other(const tl_xlsx_book *b, const char *workbook, tl_error *err)
{
    if (ends(workbook, ".bin"))
        return tl_fail(err, TL_EINPUT,
                       "%s: is a binary workbook (.xlsb); open it in Excel and save it as .xlsx",
                       b->name);
    if (tl_xlsx_part_exists(b, "content.xml"))
        return tl_fail(err, TL_EINPUT,
                       "%s: is an OpenDocument file (.ods); open it and save it as .xlsx", b->name);
    return tl_fail(err, TL_EINPUT,
                   "%s: is a zip archive and no workbook, expected an .xlsx or CSV file", b->name);
}

static tl_status read_parts(tl_xlsx_book *b, tl_error *err)
{
    struct opening w = { .book = b, .folder = "", .workbook = "", .of_package = true };
    const tl_xlsx_handlers handlers = { on_workbook, on_end, NULL, &w };
    tl_status st = TL_OK;
    b->strings_part = b->styles_part = b->folder = "";
    if (zip_get_num_entries(b->zip, 0) > ENTRIES_MAX)
        return tl_fail(err, TL_EINPUT, "%s: an archive of more than %d files", b->name,
                       (int)ENTRIES_MAX);
    if (tl_xlsx_part_exists(b, "_rels/.rels"))
        st = read_relations(&w, "_rels/.rels", err);
    if (st == TL_OK && !*w.workbook && tl_xlsx_part_exists(b, "xl/workbook.xml"))
        w.workbook = "xl/workbook.xml";
    if (st == TL_OK && (ends(w.workbook, ".bin") || !tl_xlsx_part_exists(b, w.workbook)))
        st = refuse_other(b, w.workbook, err);
    if (st != TL_OK || (st = tl_xlsx_part_read(b, w.workbook, &handlers, &w.part, err)) != TL_OK)
        return st;
    if (b->n_sheets == 0)
        return refuse_other(b, "", err);
    st = workbook_relations(&w, err);
    keep_worksheets(b);
    if (st == TL_OK && b->n_sheets == 0)
        return tl_fail(err, TL_EINPUT, "%s: the workbook has no sheet with rows", b->name);
    return st == TL_OK ? tl_xlsx_styles_read(b, err) : st;
}

static tl_status open_zip(tl_xlsx_book *b, const char *data, size_t n, tl_error *err)
{
    zip_error_t why;
    zip_error_init(&why);
    tl_status st = TL_OK;
    zip_source_t *source = zip_source_buffer_create(data, n, 0, &why);
    if (source && !(b->zip = zip_open_from_source(source, ZIP_RDONLY, &why)))
        zip_source_free(source);
    if (!b->zip)
        st = tl_fail(err, TL_EINPUT, "%s: the workbook is damaged: %s", b->name,
                     zip_error_strerror(&why));
    zip_error_fini(&why);
    return st;
}

tl_status tl_xlsx_book_open(tl_xlsx_book **out, const char *name, const char *data, size_t n,
                            tl_error *err)
{
    *out = NULL;
    if (n >= 4 && memcmp(data, ole_mark, 4) == 0)
        return refuse_old(name, data, n, err);
    if (!tl_xlsx_looks(data, n))
        return tl_fail(err, TL_EINPUT, "%s: is no workbook, expected an .xlsx file", name);
    tl_xlsx_book *b = tl_new_array(1, sizeof *b);
    if (!b)
        return tl_fail_nomem(err);
    b->packed = n;
    tl_status st = tl_arena_new(&b->arena, (size_t)64 << 20, err);
    if (st == TL_OK && !(b->name = strdup(name)))
        st = tl_fail_nomem(err);
    if (st == TL_OK && (st = open_zip(b, data, n, err)) == TL_OK)
        st = read_parts(b, err);
    if (st != TL_OK) {
        tl_xlsx_book_close(b);
        return st;
    }
    *out = b;
    return TL_OK;
}

void tl_xlsx_book_close(tl_xlsx_book *b)
{
    if (!b)
        return;
    if (b->zip)
        zip_discard(b->zip);
    tl_arena_free(b->arena);
    tl_arena_free(b->text);
    free(b->sheets);
    free(b->shown);
    free(b->strings);
    free(b->name);
    free(b);
}

size_t tl_xlsx_book_sheets(const tl_xlsx_book *b)
{
    return b->n_sheets;
}

tl_xlsx_sheet_info tl_xlsx_book_sheet(const tl_xlsx_book *b, size_t sheet)
{
    return (tl_xlsx_sheet_info){ b->sheets[sheet].name, b->sheets[sheet].hidden };
}

const char *tl_xlsx_book_name(const tl_xlsx_book *b)
{
    return b->name;
}
