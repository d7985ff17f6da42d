/* set_folder.h - writes the folder of a small data set for tests, sealed and right, with one line
 * of its manifest changed where asked. */
#ifndef TL_DATASET_TESTS_SET_FOLDER_H
#define TL_DATASET_TESTS_SET_FOLDER_H

#include <sys/stat.h>

#include "base/buf.h"
#include "base/hash.h"
#include "store/tests/scratch.h"

typedef struct set_folder {
    const char *id, *version;
    const char *csv;        /* content of metals.csv */
    const char *find, *put; /* replaces the first `find` in the manifest */
} set_folder;

static inline void set_folder_write(const char *folder, const set_folder *set)
{
    static const char note[] = "one line\n";
    char path[640], sha_csv[TL_SHA256_HEX], sha_note[TL_SHA256_HEX];
    int rows = -1;
    tl_buf b;
    mkdir(folder, 0755);
    snprintf(path, sizeof path, "%s/more", folder);
    mkdir(path, 0755);
    snprintf(path, sizeof path, "%s/more/note.txt", folder);
    assert_int_equal(tl_file_write(path, note, strlen(note), NULL), TL_OK);
    snprintf(path, sizeof path, "%s/metals.csv", folder);
    assert_int_equal(tl_file_write(path, set->csv, strlen(set->csv), NULL), TL_OK);
    assert_int_equal(tl_sha256_of(set->csv, strlen(set->csv), sha_csv, NULL), TL_OK);
    assert_int_equal(tl_sha256_of(note, strlen(note), sha_note, NULL), TL_OK);
    for (const char *p = set->csv; *p; p++)
        rows += *p == '\n';

    tl_buf_init(&b, 0);
    tl_buf_printf(&b, "# a comment\nid: %s\nversion: \"%s\"\ndate: 2025-10-01\nkind: text\n",
                  set->id, set->version);
    tl_buf_str(&b, "title_en: Metals\ntitle_zh: 金属\nlicence: CC-BY-4.0\nattribution: Nobody\n"
                   "source: a test\nnote: >\n  folded\n  note\nfiles:\n");
    tl_buf_printf(&b, "  - path: metals.csv\n    sha256: %s\n    rows: %d\n", sha_csv, rows);
    tl_buf_printf(&b, "  - { path: more/note.txt, sha256: %s }\n", sha_note);
    tl_buf text;
    tl_buf_init(&text, 0);
    const char *at = set->find ? strstr(b.data, set->find) : NULL;
    assert_true(!set->find || at);
    tl_buf_add(&text, b.data, at ? (size_t)(at - b.data) : b.len);
    if (at) {
        tl_buf_str(&text, set->put);
        tl_buf_str(&text, at + strlen(set->find));
    }
    snprintf(path, sizeof path, "%s/manifest.yaml", folder);
    assert_int_equal(tl_file_write(path, tl_buf_text(&text), text.len, NULL), TL_OK);
    tl_buf_clear(&text);
    tl_buf_clear(&b);
}

#endif
