/* rules.c - what a manifest may say: ids, versions, dates, kinds, paths; and the checksum of it
 * all. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/map.h"
#include "base/number.h"
#include "base/text.h"
#include "dataset/dataset_priv.h"

enum { PARTS_MAX = 8, PART_DIGITS = 9 };

static bool only(const char *s, size_t n, const char *allowed)
{
    for (size_t i = 0; i < n; i++)
        if (!strchr(allowed, s[i]))
            return false;
    return n > 0;
}

static bool id_valid(const char *id)
{
    return only(id, strlen(id), "abcdefghijklmnopqrstuvwxyz0123456789-") && strlen(id) <= 64 &&
           id[0] != '-';
}

/* Numbers with points between; no leading zeros, so that a version has one spelling. */
static bool version_valid(const char *version)
{
    tl_span rest = tl_span_of(version), part;
    int parts = 0;
    while (tl_span_split(&rest, '.', &part)) {
        if (++parts > PARTS_MAX || part.n > PART_DIGITS || !only(part.p, part.n, "0123456789") ||
            (part.n > 1 && part.p[0] == '0'))
            return false;
    }
    return parts > 0;
}

void tl_dataset_version_key(const char *version, char key[TL_DATASET_KEY])
{
    tl_span rest = tl_span_of(version), part;
    size_t at = 0;
    key[0] = '\0';
    while (tl_span_split(&rest, '.', &part) && at + PART_DIGITS + 2 < TL_DATASET_KEY) {
        int zeros = PART_DIGITS - (int)(part.n < PART_DIGITS ? part.n : PART_DIGITS);
        at += (size_t)snprintf(key + at, TL_DATASET_KEY - at, "%s%.*s%.*s", at ? "." : "", zeros,
                               "000000000", PART_DIGITS - zeros, part.p);
    }
}

int tl_dataset_version_compare(const char *a, const char *b)
{
    char ka[TL_DATASET_KEY], kb[TL_DATASET_KEY];
    tl_dataset_version_key(a, ka);
    tl_dataset_version_key(b, kb);
    return strcmp(ka, kb);
}

tl_status tl_dataset_reference(const char *reference, tl_arena *arena, const char **id,
                               const char **version, tl_error *err)
{
    const char *at = strchr(reference, '@');
    size_t n = at ? (size_t)(at - reference) : strlen(reference);
    *version = at ? tl_arena_str(arena, at + 1) : NULL;
    *id = tl_arena_copy(arena, reference, n);
    if (!*id || (at && !*version))
        return tl_fail_nomem(err);
    if (!id_valid(*id) || (at && !version_valid(*version)))
        return tl_fail(err, TL_EINPUT,
                       "'%s' names no data set, expected ID or ID@VERSION such as gwp@2025.1",
                       reference);
    return TL_OK;
}

/* One line of text: it goes to terminals, pages and tables. */
static bool line_valid(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            return false;
    return true;
}

static tl_status check_lines(const tl_dataset *set, tl_error *err)
{
    const struct {
        const char *name, *value;
    } lines[] = {
        { "title_en", set->title_en }, { "title_zh", set->title_zh },
        { "licence", set->licence },   { "attribution", set->attribution },
        { "source", set->source },     { "note", set->note ? set->note : "-" },
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (!*lines[i].value)
            return tl_fail(err, TL_EINPUT, "%s is empty", lines[i].name);
        if (!line_valid(lines[i].value))
            return tl_fail(err, TL_EINPUT,
                           "%s holds a line break or control character, expected "
                           "one line",
                           lines[i].name);
    }
    return TL_OK;
}

static bool kind_valid(const char *kind)
{
    static const char *const kinds[] = {
        "factors", "vehicles",  "rule",  "system",        "gwp",
        "text",    "companies", "index", "index-results", "published-statistics",
        "synonyms"
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], kind) == 0)
            return true;
    return false;
}

/* A path below the folder: no way up, no way out, no other spelling of the same file. */
static bool path_valid(const char *path)
{
    tl_span rest = tl_span_of(path), part;
    if (strlen(path) > 255 || !line_valid(path) || strchr(path, '\\') || strchr(path, ':'))
        return false;
    while (tl_span_split(&rest, '/', &part))
        if (part.n == 0 || part.p[0] == '.')
            return false;
    return strcmp(path, "manifest.yaml") != 0;
}

static tl_status check_files(const tl_dataset *set, tl_error *err)
{
    tl_map *seen = NULL;
    tl_status st = tl_map_new(&seen, err);
    for (size_t i = 0; i < set->file_count && st == TL_OK; i++) {
        const tl_dataset_file *f = &set->files[i];
        bool twice = false;
        if (!path_valid(f->path))
            st = tl_fail(err, TL_EINPUT, "path '%s', expected a file below the folder of the set",
                         f->path);
        else if (strlen(f->sha256) != 64 || !only(f->sha256, 64, "0123456789abcdef"))
            st = tl_fail(err, TL_EINPUT,
                         "sha256 of '%s' is '%s', expected 64 hex digits in lower case", f->path,
                         f->sha256);
        else if ((st = tl_map_add(seen, tl_span_of(f->path), 0, NULL, &twice, err)) == TL_OK &&
                 twice)
            st = tl_fail(err, TL_EINPUT, "path '%s' stands twice", f->path);
    }
    tl_map_free(seen);
    return st;
}

tl_status tl_dataset_check(const tl_dataset *set, tl_error *err)
{
    if (!id_valid(set->id))
        return tl_fail(err, TL_EINPUT,
                       "id is '%s', expected up to 64 of a-z, 0-9 and '-', such as gwp-100",
                       set->id);
    if (!version_valid(set->version))
        return tl_fail(err, TL_EINPUT,
                       "version is '%s', expected numbers with points between, such as 2025.1",
                       set->version);
    if (!tl_date_valid(set->date))
        return tl_fail(err, TL_EINPUT, "date is '%s', expected a calendar date YYYY-MM-DD",
                       set->date);
    if (!kind_valid(set->kind))
        return tl_fail(err, TL_EINPUT,
                       "kind is '%s', expected factors, vehicles, rule, system, gwp, companies, "
                       "index, index-results, published-statistics or text",
                       set->kind);
    tl_status st = check_lines(set, err);
    return st == TL_OK ? check_files(set, err) : st;
}

tl_status tl_dataset_checksum(const tl_dataset *set, char hex[TL_SHA256_HEX], tl_error *err)
{
    const char *const fields[] = { set->id,       set->version,  set->date,    set->kind,
                                   set->title_en, set->title_zh, set->licence, set->attribution,
                                   set->source,   set->note };
    tl_sha256 *h;
    tl_status st = tl_sha256_new(&h, err);
    if (st != TL_OK)
        return st;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        tl_sha256_add_field(h, fields[i]);
    for (size_t i = 0; i < set->file_count; i++) {
        char rows[24];
        snprintf(rows, sizeof rows, "%" PRId64, set->files[i].rows);
        tl_sha256_add_field(h, set->files[i].path);
        tl_sha256_add_field(h, set->files[i].sha256);
        tl_sha256_add_field(h, rows);
    }
    st = tl_sha256_final(h, hex, err);
    tl_sha256_free(h);
    return st;
}
