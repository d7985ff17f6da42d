/* local_factors.c - accepted proposals written as a set in a temporary folder, and installed from
 * there like any other. */
#include "intake/local_factors.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "factor/proposal.h"
#include "format/csv_write.h"
#include "intake/set_pack.h"

#define SET "local-factors"

/* All accepted proposals as a factor file; *rows counts them. */
static void put_rows(tl_buf *b, const tl_factor_proposal *all, size_t n, tl_arena *arena,
                     int64_t *rows)
{
    tl_csv_writer w = tl_csv_write_start(b, NULL);
    tl_buf_str(b, "key,name_en,name_zh,category,value,unit,region,data_year,boundary,source,note,"
                  "verified\n");
    for (size_t i = 0; i < n; i++) {
        const tl_factor_proposal *p = &all[i];
        if (strcmp(p->state, "accepted") != 0)
            continue;
        tl_csv_write_text(&w, tl_arena_printf(arena, "p-%lld", (long long)p->id));
        tl_csv_write_text(&w, p->name_en);
        tl_csv_write_text(&w, p->name_zh);
        tl_csv_write_text(&w, p->category);
        tl_csv_write_number(&w, p->value);
        tl_csv_write_text(&w, p->unit);
        tl_csv_write_text(&w, p->region);
        tl_csv_write_text(&w, p->year ? tl_arena_printf(arena, "%lld", (long long)p->year) : "");
        tl_csv_write_text(&w, p->boundary);
        tl_csv_write_text(&w, p->source);
        tl_csv_write_text(&w, tl_arena_printf(arena, "proposed by %s, accepted by %s: %s",
                                              p->proposed_by, p->decided_by, p->reason));
        tl_csv_write_text(&w, "yes");
        tl_csv_write_end(&w);
        ++*rows;
    }
}

static tl_status write_folder(const char *folder, const tl_buf *csv, int64_t rows, const char *day,
                              tl_arena *arena, tl_error *err)
{
    char sha[TL_SHA256_HEX];
    const char *data = tl_path_join(arena, folder, "factors.csv");
    const char *manifest = tl_path_join(arena, folder, "manifest.yaml");
    tl_buf b;
    tl_status st =
        data && manifest ? tl_sha256_of(csv->data, csv->len, sha, err) : tl_fail_nomem(err);
    if (st != TL_OK || (st = tl_file_write(data, csv->data, csv->len, err)) != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    tl_buf_printf(&b,
                  "id: \"" SET "\"\nversion: \"%lld\"\ndate: \"%s\"\nkind: \"factors\"\n"
                  "title_en: \"Factors proposed and accepted here\"\n"
                  "title_zh: \"本库提议并采纳的排放因子\"\nlicence: \"Of each source\"\n"
                  "attribution: \"Users of this database\"\nsource: \"Each row names its source\"\n"
                  "files:\n  - path: \"factors.csv\"\n    sha256: \"%s\"\n    rows: %lld\n",
                  (long long)rows, day, sha, (long long)rows);
    st = tl_buf_status(&b, err);
    if (st == TL_OK)
        st = tl_file_write(manifest, b.data, b.len, err);
    tl_buf_clear(&b);
    return st;
}

tl_status tl_local_factors_install(tl_store *s, const char *day, const char *who, tl_arena *arena,
                                   tl_set_installed *set, tl_error *err)
{
    const tl_factor_proposal *all;
    size_t n;
    int64_t rows = 0;
    tl_buf csv;
    const char *tmp = getenv("TMPDIR");
    char *folder = tl_arena_printf(arena, "%s/tanlian-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    tl_status st = tl_factor_proposals(s, arena, &all, &n, err);
    if (st != TL_OK || !folder)
        return st == TL_OK ? tl_fail_nomem(err) : st;
    tl_buf_init(&csv, 0);
    put_rows(&csv, all, n, arena, &rows);
    if ((st = tl_buf_status(&csv, err)) == TL_OK && !mkdtemp(folder))
        st = tl_fail(err, TL_EIO, "%s: cannot be made", folder);
    else if (st == TL_OK) {
        if ((st = write_folder(folder, &csv, rows, day, arena, err)) == TL_OK)
            st = tl_set_install(s, folder, who, arena, set, err);
        tl_set_unpacked_remove(folder);
    }
    tl_buf_clear(&csv);
    return st;
}
