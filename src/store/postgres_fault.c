/* postgres_fault.c - PostgreSQL's error codes as our few, with words for a person.
 *
 * A broken constraint is said as SQLite says it, so that one text tells the user the same thing on
 * both. */
#include <string.h>

#include "base/text.h"
#include "store/postgres_priv.h"

/* Codes of appendix A of the manual, or the class they begin with; the first that fits counts, what
 * is missing here is TL_EIO. */
static const struct {
    const char *state;
    tl_status status;
    const char *words; /* NULL: the server's own */
} faults[] = {
    { "P0001", TL_ECONFLICT, NULL }, /* RAISE EXCEPTION of a trigger */
    { "22021", TL_EINPUT, NULL },    /* bytes that are no text */
    { "22", TL_ECONFLICT, NULL },    /* a value that does not fit its place */
    { "23", TL_ECONFLICT, NULL },    /* integrity constraints */
    { "25006", TL_EFORBIDDEN, "is open for reading only" },
    { "28", TL_EFORBIDDEN, NULL },
    { "42501", TL_EFORBIDDEN, NULL },
    { "53100", TL_EIO, "the disk is full" },
    { "53200", TL_EIO, "the server is out of memory" },
    { "54", TL_EINPUT, "a value is too large for the database" },
    { "55P03", TL_EIO, "another program is writing to it and did not finish in time" },
    { "57014", TL_ECANCELLED, "stopped" },
    { "XX001", TL_EIO, "the database is damaged" },
    { "XX002", TL_EIO, "the database is damaged" },
};

static const char *field(const PGresult *result, int which)
{
    const char *text = PQresultErrorField(result, which);
    return text ? text : "";
}

/* "Key (maker, name)=(1, x) already exists." gives "maker, name", in whatever language it is. */
static tl_status broken_unique(const PGresult *result, tl_error *err)
{
    const char *table = field(result, PG_DIAG_TABLE_NAME);
    const char *from = strchr(field(result, PG_DIAG_MESSAGE_DETAIL), '(');
    const char *to = from ? strstr(from, ")=(") : NULL;
    char columns[400] = "";
    size_t used = 0;
    while (from && to && from < to && used < sizeof columns - 1) {
        from += 1 + (from[1] == ' ');
        size_t n = strcspn(from, ",)");
        int wrote = snprintf(columns + used, sizeof columns - used, "%s%s.%.*s", used ? ", " : "",
                             table, (int)n, from);
        used += wrote > 0 ? (size_t)wrote : 0;
        from += n;
    }
    return tl_fail(err, TL_ECONFLICT, "UNIQUE constraint failed: %s",
                   *columns ? columns : field(result, PG_DIAG_CONSTRAINT_NAME));
}

static tl_status broken_constraint(const PGresult *result, const char *state, tl_error *err)
{
    if (strcmp(state, "23505") == 0)
        return broken_unique(result, err);
    if (strcmp(state, "23502") == 0)
        return tl_fail(err, TL_ECONFLICT, "NOT NULL constraint failed: %s.%s",
                       field(result, PG_DIAG_TABLE_NAME), field(result, PG_DIAG_COLUMN_NAME));
    if (strcmp(state, "23503") == 0)
        return tl_fail(err, TL_ECONFLICT, "FOREIGN KEY constraint failed: %s",
                       field(result, PG_DIAG_CONSTRAINT_NAME));
    if (strcmp(state, "23514") == 0)
        return tl_fail(err, TL_ECONFLICT, "CHECK constraint failed: %s",
                       field(result, PG_DIAG_CONSTRAINT_NAME));
    return tl_fail(err, TL_ECONFLICT, "%s", field(result, PG_DIAG_MESSAGE_PRIMARY));
}

/* The connection's own words: its last line says most. */
static tl_status no_connection(tl_store *s, const char *primary, tl_error *err)
{
    const char *words = *primary ? primary : PQerrorMessage(s->pg->conn);
    size_t n = strlen(words);
    while (n > 0 && words[n - 1] == '\n')
        n--;
    return tl_fail(err, TL_EIO, s->pg->session ? "%s: the connection was lost: %.*s" : "%s: %.*s",
                   s->address, (int)n, words);
}

tl_status tl_pg_fault(tl_store *s, const PGresult *result, tl_error *err)
{
    const char *state = result ? field(result, PG_DIAG_SQLSTATE) : "";
    const char *primary = result ? field(result, PG_DIAG_MESSAGE_PRIMARY) : "";
    if (PQstatus(s->pg->conn) != CONNECTION_OK || tl_text_starts(state, "57P0") ||
        tl_text_starts(state, "08")) /* the server says why before it goes */
        return no_connection(s, primary, err);
    if (tl_text_starts(state, "23"))
        return broken_constraint(result, state, err);
    if (!*primary) /* libpq itself failed, for memory mostly */
        return tl_fail(err, TL_EIO, "%s: %s", s->address, PQerrorMessage(s->pg->conn));
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        if (!tl_text_starts(state, faults[i].state))
            continue;
        const char *words = faults[i].words ? faults[i].words : primary;
        return faults[i].status == TL_ECONFLICT
                   ? tl_fail(err, TL_ECONFLICT, "%s", words)
                   : tl_fail(err, faults[i].status, "%s: %s", s->address, words);
    }
    return tl_fail(err, TL_EIO, "%s: %s", s->address, primary);
}
