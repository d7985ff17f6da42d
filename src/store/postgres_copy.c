/* postgres_copy.c - a database that takes rows as they are: triggers and references wait.
 *
 * Only our own triggers are switched off; those with which the server keeps references stay and
 * speak at the end. All of it is undone with the transaction. */
#include "store/postgres_priv.h"

#define OURS " = to_regnamespace(quote_ident(current_schema()::text))"
#define EACH_TABLE                                                                                 \
    " FOR r IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace" OURS " LOOP"

tl_status tl_pg_before_copy(tl_store *s, tl_error *err)
{
    tl_status st = tl_pg_exec(
        s,
        "CREATE TEMP TABLE copy_reference ON COMMIT DROP AS"
        " SELECT conrelid::regclass::text AS place, conname FROM pg_constraint"
        " WHERE contype = 'f' AND NOT condeferrable AND connamespace" OURS ";"
        "DO $$ DECLARE r record; BEGIN" EACH_TABLE
        " EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', r.relname); END LOOP;"
        " FOR r IN SELECT place, conname FROM copy_reference LOOP EXECUTE"
        " format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY DEFERRED', r.place, "
        "r.conname);"
        " END LOOP; END $$",
        err);
    s->pg->copying = st == TL_OK;
    return st;
}

tl_status tl_pg_after_copy(tl_store *s, tl_error *err)
{
    s->pg->copying = false;
    return tl_pg_exec(s,
                      "SET CONSTRAINTS ALL IMMEDIATE;"
                      "DO $$ DECLARE r record; BEGIN"
                      " FOR r IN SELECT place, conname FROM copy_reference LOOP EXECUTE"
                      " format('ALTER TABLE %s ALTER CONSTRAINT %I NOT DEFERRABLE', r.place, "
                      "r.conname);"
                      " END LOOP;"
                      /* the numbers that the server gives go on behind those that came */
                      " FOR r IN SELECT quote_ident(c.relname) AS place, attname FROM pg_attribute"
                      " JOIN pg_class c ON c.oid = attrelid"
                      " WHERE attidentity <> '' AND relnamespace" OURS " LOOP EXECUTE"
                      " format('SELECT setval(pg_get_serial_sequence(%L, %L),"
                      " (SELECT coalesce(max(%I), 0) + 1 FROM %s), false)',"
                      " r.place, r.attname, r.attname, r.place); END LOOP;" EACH_TABLE
                      " EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', r.relname); END LOOP;"
                      " END $$",
                      err);
}
