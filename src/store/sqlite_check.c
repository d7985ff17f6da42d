/* sqlite_check.c - is the database file itself sound? */
#include <inttypes.h>
#include <string.h>

#include "store/sqlite_priv.h"

/* First row of a check's answer: SQLite's words where it found something, none where it did not. */
static tl_status first_finding(tl_store *s, const char *sql, bool references, tl_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);
    tl_status st = TL_OK;
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        st = tl_sqlite_fault(s, rc, err);
    } else if (rc == SQLITE_ROW && references) {
        st = tl_fail(err, TL_ECONFLICT, "%s: row %" PRId64 " of table %s refers to nothing in %s",
                     s->address, (int64_t)sqlite3_column_int64(stmt, 1),
                     (const char *)sqlite3_column_text(stmt, 0),
                     (const char *)sqlite3_column_text(stmt, 2));
    } else if (rc == SQLITE_ROW) {
        const char *words = (const char *)sqlite3_column_text(stmt, 0);
        if (!words || strcmp(words, "ok") != 0)
            st = tl_fail(err, TL_EIO, "%s: %s", s->address, words ? words : "out of memory");
    }
    sqlite3_finalize(stmt);
    return st;
}

tl_status tl_sqlite_check(tl_store *s, tl_error *err)
{
    tl_status st = first_finding(s, "PRAGMA integrity_check(1)", false, err);
    return st == TL_OK ? first_finding(s, "PRAGMA foreign_key_check", true, err) : st;
}
