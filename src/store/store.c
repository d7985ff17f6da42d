/* store.c - from an address to a database, and transactions. What is the same on every database;
 * the rest is the backend's.
 *
 * Nothing is written to a database before it was recognised as ours or empty. */
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "store/store_priv.h"

enum { WAIT_MS = 10000 };

tl_status tl_store_exec(tl_store *s, const char *sql, tl_error *err)
{
    return s->backend->exec(s, sql, err);
}

tl_status tl_store_scalar(tl_store *s, const char *sql, int64_t *out, tl_error *err)
{
    return s->backend->scalar(s, sql, out, err);
}

static bool is_postgres(const char *address)
{
    return tl_text_starts(address, "postgresql:") || tl_text_starts(address, "postgres:");
}

tl_status tl_store_open_schema(tl_store **out, const char *address, const tl_store_opts *opts,
                               const tl_sql_schema *schema, tl_error *err)
{
    static const tl_store_opts none = { 0 };
    int64_t version;
    tl_status st = TL_OK;
    *out = NULL;
    opts = opts ? opts : &none;
    tl_store *s = calloc(1, sizeof *s);
    if (!s)
        return tl_fail_nomem(err);
    bool postgres = is_postgres(address);
    if (!postgres && tl_text_starts(address, "sqlite:"))
        address += strlen("sqlite:");
    s->backend = postgres ? &tl_backend_postgres : &tl_backend_sqlite;
    s->schema = schema;
    s->read_only = opts->read_only;
    s->wait_ms = opts->wait_ms ? opts->wait_ms : WAIT_MS;
    s->address = tl_store_masked(address);
    s->queries = tl_new_array(schema->query_count, sizeof *s->queries);
    if (!s->address || !s->queries)
        st = tl_fail_nomem(err);
    if (st == TL_OK && (st = s->backend->open(s, address, opts, err)) == TL_OK &&
        (st = tl_store_recognise(s, &version, err)) == TL_OK && !opts->read_only &&
        (!s->backend->settle || (st = s->backend->settle(s, err)) == TL_OK))
        st = tl_store_migrate(s, err);
    if (st != TL_OK) {
        tl_store_close(s);
        return st;
    }
    *out = s;
    return TL_OK;
}

tl_status tl_store_open(tl_store **out, const char *address, const tl_store_opts *opts,
                        tl_error *err)
{
    return tl_store_open_schema(
        out, address, opts, is_postgres(address) ? &tl_sql_schema_postgres : &tl_sql_schema_sqlite,
        err);
}

void tl_store_close(tl_store *s)
{
    if (!s)
        return;
    if (s->queries)
        tl_store_forget_queries(s);
    s->backend->close(s);
    free(s->queries);
    free(s->address);
    free(s);
}

const char *tl_store_address(const tl_store *s)
{
    return s->address;
}

/* How much of "user:password" or "host:port" may be shown: a port is digits, and what else stands
 * behind a ':' is a password. */
static size_t shown(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] == ':' && *p != '[') {
            size_t digits = strspn(p + i + 1, "0123456789");
            if (i + 1 + digits < n && p[i + 1 + digits] != ',')
                return i;
        }
    return n;
}

/* What stands between "//" and the last '@' is user:password, whatever it is made of; a '?' begins
 * settings, and a password may be one of them. */
char *tl_store_masked(const char *address)
{
    if (!is_postgres(address))
        return strdup(address);
    const char *user = strstr(address, "//");
    if (!user) /* no address at all, and what it holds is not known */
        return strdup("postgresql:");
    user += 2;
    const char *host = strrchr(user, '@');
    size_t n = strlen(address) + sizeof ":***", name, rest;
    char *out = malloc(n);
    if (!host) { /* a password and no host, or a host */
        rest = strcspn(user, "/?");
        name = shown(user, rest);
        host = user + rest;
    } else {
        rest = (size_t)(host - user);
        name = strcspn(user, ":@");
    }
    if (out)
        snprintf(out, n, "%.*s%s%.*s", (int)((size_t)(user - address) + name), address,
                 name < rest ? ":***" : "", (int)strcspn(host, "?"), host);
    return out;
}

tl_status tl_store_begin(tl_store *s, tl_error *err)
{
    if (s->in_transaction)
        return tl_fail(err, TL_ECONFLICT, "a transaction is open already");
    tl_status st = s->backend->begin(s, err);
    s->in_transaction = st == TL_OK;
    return st;
}

tl_status tl_store_commit(tl_store *s, tl_error *err)
{
    if (!s->in_transaction)
        return tl_fail(err, TL_ECONFLICT, "no transaction is open");
    tl_status st = tl_store_undone(s) ? tl_fail(err, TL_EIO,
                                                "%s: the transaction was undone by an earlier "
                                                "failure",
                                                s->address)
                                      : s->backend->commit(s, err);
    if (st != TL_OK)
        tl_store_rollback(s);
    s->in_transaction = false;
    return st;
}

void tl_store_rollback(tl_store *s)
{
    if (!s->in_transaction)
        return;
    s->backend->rollback(s);
    s->in_transaction = false;
}

bool tl_store_undone(const tl_store *s)
{
    return s->in_transaction && s->backend->undone(s);
}

bool tl_store_in_transaction(const tl_store *s)
{
    return s->in_transaction;
}

tl_status tl_store_check(tl_store *s, tl_error *err)
{
    return s->backend->check(s, err);
}

tl_status tl_store_changes(tl_store *s, int64_t *out, tl_error *err)
{
    return s->backend->changes(s, out, err);
}
