/* migrate.c - which database is this, and bringing it to the present schema. */
#include <inttypes.h>

#include "store/store_priv.h"

static int newest(const tl_sql_schema *schema)
{
    return schema->migration_count ? schema->migrations[schema->migration_count - 1].number : 0;
}

tl_status tl_store_recognise(tl_store *s, int64_t *version, tl_error *err)
{
    bool ours = false, empty = false;
    *version = 0;
    tl_status st = s->backend->look(s, &ours, &empty, version, err);
    if (st != TL_OK)
        return st;
    if (!ours && !empty)
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
    int64_t version = 0;
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    /* another process may have been here since we looked */
    if ((st = s->backend->version(s, &version, err)) != TL_OK || version >= m->number)
        goto undo;
    if ((st = tl_store_exec(s, m->text, err)) == TL_OK &&
        (st = s->backend->stamp(s, m->number, err)) == TL_OK)
        return tl_store_commit(s, err);
    st = tl_context(err, st, "migration %s", m->name);
undo:
    tl_store_rollback(s);
    return st;
}

tl_status tl_store_migrate(tl_store *s, tl_error *err)
{
    int64_t version = 0;
    tl_status st = s->backend->version(s, &version, err);
    for (size_t i = 0; i < s->schema->migration_count && st == TL_OK; i++)
        if (s->schema->migrations[i].number > version)
            st = apply(s, &s->schema->migrations[i], err);
    return st;
}
