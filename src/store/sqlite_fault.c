/* sqlite_fault.c - SQLite's result codes as our few, with words for a person. */
#include "store/sqlite_priv.h"

#include <string.h>

/* Primary result codes (https://www.sqlite.org/rescode.html); what is missing here is TL_EIO. */
static const struct {
    int rc;
    tl_status status;
    const char *words; /* NULL: SQLite's own */
} faults[] = {
    { SQLITE_CONSTRAINT, TL_ECONFLICT, NULL },
    { SQLITE_MISMATCH, TL_ECONFLICT, NULL },
    { SQLITE_NOMEM, TL_ENOMEM, "out of memory" },
    { SQLITE_NOTADB, TL_EINPUT, "is not a database of this program" },
    { SQLITE_TOOBIG, TL_EINPUT, "a value is too large for the database" },
    { SQLITE_READONLY, TL_EFORBIDDEN, "is open for reading only" },
    { SQLITE_PERM, TL_EFORBIDDEN, NULL },
    { SQLITE_AUTH, TL_EFORBIDDEN, NULL },
    { SQLITE_INTERRUPT, TL_ECANCELLED, "stopped" },
    { SQLITE_FULL, TL_EIO, "the disk is full" },
    { SQLITE_BUSY, TL_EIO, "another program is writing to it and did not finish in time" },
    { SQLITE_LOCKED, TL_EIO, "another query still reads what this one would change" },
    { SQLITE_CORRUPT, TL_EIO, "the database file is damaged" },
};

tl_status tl_sqlite_fault(tl_store *s, int rc, tl_error *err)
{
    int primary = rc & 0xff;
    tl_status st = TL_EIO;
    const char *words = NULL;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (faults[i].rc == primary) {
            st = faults[i].status;
            words = faults[i].words;
        }
    if (!words)
        words = s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(rc);
    if (st == TL_ECONFLICT) /* the constraint's words say where; the file does not matter */
        return tl_fail(err, st, "%s", words);
    int sys = s->db && st == TL_EIO ? sqlite3_system_errno(s->db) : 0;
    if (sys && (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN))
        return tl_fail(err, st, "%s: %s (%s)", s->address, words, strerror(sys));
    return tl_fail(err, st, "%s: %s", s->address, words);
}
