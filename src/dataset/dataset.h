/* dataset.h - installed data sets: dated, licensed, checksummed, never edited, only superseded.
 *
 * A set is a folder data/<id>/ with manifest.yaml, README.md and its files. Installing copies every
 * file into the database, so that a result can be recomputed from the database alone by the pins it
 * carries: set id, version and checksum. */
#ifndef TL_DATASET_DATASET_H
#define TL_DATASET_DATASET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "store/store.h"

typedef struct tl_dataset_file {
    const char *path;   /* relative to the folder of the set */
    const char *sha256; /* as the manifest says */
    int64_t rows;       /* data rows, 0 where it makes no sense */
} tl_dataset_file;

/* All text in the arena given to the function that filled it. */
typedef struct tl_dataset {
    const char *id;      /* "grid-electricity-cn" */
    const char *version; /* "2025.1"; versions of a set sort as (number, number, ...) */
    const char *date;    /* ISO date of this edition */
    const char *kind;    /* "factors", "vehicles", "rule", "system", "gwp", "companies", "index",
                            "index-results", "published-statistics", "synonyms", "text" */
    const char *title_en, *title_zh;
    const char *licence; /* SPDX id, or a name with a note */
    const char *attribution;
    const char *source; /* where it was taken from */
    const char *note;   /* may be NULL */
    const tl_dataset_file *files;
    size_t file_count;
    const char *checksum;      /* SHA-256 over all fields above and the files' paths, checksums and
                                  rows in manifest order: it pins the licence as well as the data */
    const char *installed_at;  /* NULL for a set not read from the database */
    const char *superseded_by; /* version that replaced this one, or NULL */
} tl_dataset;

/* Reads and checks folder/manifest.yaml, and the checksum and row count of every file it names.
 * TL_EINPUT names the manifest and the field, or the file with what was found and what expected. */
TL_MUST_CHECK tl_status tl_dataset_load(tl_dataset *out, const char *folder, tl_arena *arena,
                                        tl_error *err);

/* Puts the set of `folder` into the database, inside the caller's transaction. The same id and
 * version with the same checksum changes nothing and sets *already; with another checksum it is
 * TL_ECONFLICT. An older installed version becomes superseded by this one; a set older than the
 * installed one comes in as superseded. Writes the audit entry. After a failure the caller rolls
 * back. */
TL_MUST_CHECK tl_status tl_dataset_install(tl_store *s, const char *folder, const char *actor,
                                           tl_arena *arena, tl_dataset *out, bool *already,
                                           tl_error *err);

/* The current (not superseded) version of set id, or exactly `version` if given. TL_ENOTFOUND. */
TL_MUST_CHECK tl_status tl_dataset_get(tl_store *s, const char *id, const char *version,
                                       tl_arena *arena, tl_dataset *out, tl_error *err);

/* All installed sets, by id then version. */
TL_MUST_CHECK tl_status tl_dataset_list(tl_store *s, tl_arena *arena, const tl_dataset **out,
                                        size_t *n, tl_error *err);

/* Content of one file of an installed set, in the arena with a NUL behind; checked against its
 * hash. */
TL_MUST_CHECK tl_status tl_dataset_read(tl_store *s, const tl_dataset *set, const char *path,
                                        tl_arena *arena, const char **data, size_t *n,
                                        tl_error *err);

/* Recomputes the checksum of every installed file and set; TL_ECONFLICT names the first that
 * differs. *files counts the sound ones. */
TL_MUST_CHECK tl_status tl_dataset_verify(tl_store *s, int64_t *files, tl_error *err);

/* Below, at or above 0 as version a is older than, equal to or newer than b: part by part as
 * numbers, and a version before its own longer forms (2025 < 2025.1 < 2025.2 < 2025.10). */
int tl_dataset_version_compare(const char *a, const char *b);

/* The version as a text whose byte order is the order of versions. */
enum { TL_DATASET_KEY = 96 }; /* NUL included */
void tl_dataset_version_key(const char *version, char key[TL_DATASET_KEY]);

/* Splits "id" or "id@version"; *version is NULL where none is given. TL_EINPUT for other text. */
TL_MUST_CHECK tl_status tl_dataset_reference(const char *reference, tl_arena *arena,
                                             const char **id, const char **version, tl_error *err);

#endif
