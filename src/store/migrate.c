/* migrate.c - which database is this, and bringing it to the present schema.
 *
 * SQLite keeps two numbers in the file header and changes them within a transaction:
 * application_id says whose file it is, user_version the number of the last migration applied. */
#include <inttypes.h>
#include <stdio.h>

#include "store/store_priv.h"

enum { APPLICATION_ID = 0x544C636E }; /* "TLcn" */

static int newest(const tl_sql_schema *schema)
{
    return schema->migration_count ? schema->migrations[schema->migration_count - 1].number : 0;
}

/* The three numbers as they stand at one moment: another process may be creating the database. */
static tl_status look(tl_store *s, int64_t *application, int64_t *version, int64_t *objects,
                      tl_error *err)
{
    tl_status st = tl_store_exec(s, "BEGIN", err);
    if (st != TL_OK)
        return st;
    if ((st = tl_store_scalar(s, "PRAGMA application_id", application, err)) == TL_OK &&
        (st = tl_store_scalar(s, "PRAGMA user_version", version, err)) == TL_OK)
        st = tl_store_scalar(s, "SELECT count(*) FROM sqlite_schema", objects, err);
    tl_status end = tl_store_exec(s, "ROLLBACK", st == TL_OK ? err : NULL);
    return st == TL_OK ? end : st;
}

tl_status tl_store_recognise(tl_store *s, int64_t *version, tl_error *err)
{
    int64_t application = 0, objects = 0;
    tl_status st = look(s, &application, version, &objects, err);
    if (st != TL_OK)
        return st;
    bool empty = application == 0 && *version == 0 && objects == 0;
    if (application != APPLICATION_ID && !empty)
        return tl_fail(err, TL_EINPUT, "%s: is a database of another program", s->address);
    if (*version > newest(s->schema))
        return tl_fail(err, TL_ECONFLICT,
                       "%s: has schema %" PRId64 " of a newer program, this one knows up to %d",
                       s->address, *version, newest(s->schema));
    if (s->read_only && *version < newest(s->schema))
        return tl_fail(err, TL_ECONFLICT,
                       "%s: has schema %" PRId64
                       ", this program needs %d; 'tanlian init' brings it "
                       "up to date",
                       s->address, *version, newest(s->schema));
    return TL_OK;
}

static tl_status apply(tl_store *s, const tl_sql_migration *m, tl_error *err)
{
    char header[96];
    int64_t version = 0;
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    /* another process may have been here since we looked */
    if ((st = tl_store_scalar(s, "PRAGMA user_version", &version, err)) != TL_OK ||
        version >= m->number)
        goto undo;
    snprintf(header, sizeof header, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             APPLICATION_ID, m->number);
    if ((st = tl_store_exec(s, m->text, err)) == TL_OK &&
        (st = tl_store_exec(s, header, err)) == TL_OK)
        return tl_store_commit(s, err);
    st = tl_context(err, st, "migration %s", m->name);
undo:
    tl_store_rollback(s);
    return st;
}

tl_status tl_store_migrate(tl_store *s, tl_error *err)
{
    int64_t version = 0;
    tl_status st = tl_store_scalar(s, "PRAGMA user_version", &version, err);
    for (size_t i = 0; i < s->schema->migration_count && st == TL_OK; i++)
        if (s->schema->migrations[i].number > version)
            st = apply(s, &s->schema->migrations[i], err);
    return st;
}
