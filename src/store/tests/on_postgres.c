/* on_postgres.c - the tests of all folders once more, on PostgreSQL.
 *
 * Every test program is linked with --wrap=tl_store_open, so a database that a test opens comes by
 * here. Without TANLIAN_TEST_DB it is opened as the test says. With it (tools/with-postgres sets it
 * to a server that begins empty) a database of its own on that server stands for the file or for
 * ":memory:". A file of the same name is left beside it, so that a test which removes the file, or
 * asks whether it is there, finds what it expects. */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/text.h"
#include "store/store_priv.h"

tl_status __real_tl_store_open(tl_store **out, const char *address, const tl_store_opts *opts,
                               tl_error *err);
void __real_tl_store_close(tl_store *s);
tl_status __wrap_tl_store_open(tl_store **out, const char *address, const tl_store_opts *opts,
                               tl_error *err);
void __wrap_tl_store_close(tl_store *s);
tl_status __real_tl_store_exec(tl_store *s, const char *sql, tl_error *err);
tl_status __wrap_tl_store_exec(tl_store *s, const char *sql, tl_error *err);

enum { NAMES = 4000 };

static struct {
    char names[NAMES][40]; /* databases this process has made */
    size_t n;
    pid_t owner;
} made;

static void die(const char *what, const char *words)
{
    fprintf(stderr, "on_postgres: %s: %s\n", what, words);
    abort();
}

static PGconn *server(void)
{
    PGconn *c = PQconnectdb(getenv("TANLIAN_TEST_DB"));
    if (PQstatus(c) != CONNECTION_OK)
        die("server", PQerrorMessage(c));
    PQclear(PQexec(c, "SET client_min_messages = warning"));
    return c;
}

static int ask(PGconn *c, const char *sql)
{
    PGresult *r = PQexec(c, sql);
    if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
        die(sql, PQerrorMessage(c));
    int rows = PQntuples(r);
    PQclear(r);
    return rows;
}

static bool there(PGconn *c, const char *name)
{
    char sql[120];
    snprintf(sql, sizeof sql, "SELECT 1 FROM pg_database WHERE datname = '%s'", name);
    return ask(c, sql) > 0;
}

/* The address of the server with the database's name: postgresql://user@/NAME?host=... */
static void address_of(const char *name, char out[static 600])
{
    const char *server_at = getenv("TANLIAN_TEST_DB"); /* who calls has looked */
    if (!server_at)
        abort();
    const char *rest = strchr(server_at, '?'), *path = strrchr(server_at, '/');
    while (rest && path > rest)
        path = memrchr(server_at, '/', (size_t)(path - server_at));
    snprintf(out, 600, "%.*s/%s%s", (int)(path - server_at), server_at, name, rest ? rest : "");
}

static void drop(PGconn *c, const char *name)
{
    char sql[120];
    snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS %s WITH (FORCE)", name);
    ask(c, sql);
}

static void drop_all(void)
{
    if (getpid() != made.owner)
        return;
    PGconn *c = server();
    for (size_t i = 0; i < made.n; i++)
        drop(c, made.names[i]);
    PQfinish(c);
}

/* What SQL of the tests calls and PostgreSQL does not have. */
static const char functions[] =
    "CREATE FUNCTION zeroblob(n BIGINT) RETURNS BYTEA IMMUTABLE LANGUAGE sql"
    " AS $$ SELECT decode(repeat('00', n::int), 'hex') $$;"
    "CREATE FUNCTION hex(b BYTEA) RETURNS TEXT IMMUTABLE LANGUAGE sql"
    " AS $$ SELECT upper(encode(b, 'hex')) $$;"
    "CREATE FUNCTION printf(format TEXT, n INT) RETURNS TEXT IMMUTABLE LANGUAGE sql"
    " AS $$ SELECT lpad(n::text, 64, '0') $$;";

/* A database with all migrations, to be copied: made by whoever comes first. */
static void make_template(PGconn *c)
{
    char address[600];
    tl_error err = { 0 };
    tl_store *s;
    ask(c, "SELECT pg_advisory_lock(1)");
    if (!there(c, "tanlian_whole")) {
        ask(c, "CREATE DATABASE tanlian_begun");
        address_of("tanlian_begun", address);
        if (__real_tl_store_open(&s, address, NULL, &err) != TL_OK)
            die("template", err.text);
        if (__real_tl_store_exec(s, functions, &err) != TL_OK)
            die("functions", err.text);
        __real_tl_store_close(s);
        ask(c, "ALTER DATABASE tanlian_begun RENAME TO tanlian_whole");
    }
    ask(c, "SELECT pg_advisory_unlock(1)");
}

static void create(PGconn *c, const char *name)
{
    char sql[120];
    make_template(c);
    drop(c, name);
    snprintf(sql, sizeof sql, "CREATE DATABASE %s TEMPLATE tanlian_whole", name);
    ask(c, sql);
    if (made.n == 0) {
        made.owner = getpid();
        atexit(drop_all);
    }
    for (size_t i = 0; i < made.n; i++)
        if (strcmp(made.names[i], name) == 0)
            return;
    if (made.n == NAMES)
        die(name, "too many databases");
    snprintf(made.names[made.n++], sizeof *made.names, "%s", name);
}

/* One name for a file, from wherever it is seen. */
static void name_of(const char *path, char out[static 40])
{
    static unsigned in_memory;
    char whole[PATH_MAX * 2] = "", hex[TL_SHA256_HEX];
    if (strcmp(path, ":memory:") == 0) {
        snprintf(out, 40, "m_%d_%u", (int)getpid(), in_memory++);
        return;
    }
    if (*path != '/' && !getcwd(whole, PATH_MAX))
        die(path, "no folder");
    size_t n = strlen(whole);
    snprintf(whole + n, sizeof whole - n, "/%s", path);
    if (tl_sha256_of(whole, strlen(whole), hex, NULL) != TL_OK)
        die(path, "no hash");
    snprintf(out, 40, "f_%.24s", hex);
}

tl_status __wrap_tl_store_open(tl_store **out, const char *address, const tl_store_opts *opts,
                               tl_error *err)
{
    char name[40], url[600];
    struct stat st;
    bool memory = strcmp(address, ":memory:") == 0;
    bool file = !memory && stat(address, &st) == 0;
    if (!getenv("TANLIAN_TEST_DB") || tl_text_starts(address, "postgresql:") ||
        tl_text_starts(address, "sqlite:") || (file && (st.st_size > 0 || !S_ISREG(st.st_mode))) ||
        (!file && opts && (opts->read_only || opts->must_exist)))
        return __real_tl_store_open(out, address, opts, err);
    int made_file = memory || file ? -1 : open(address, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    if (!memory && !file && made_file < 0)
        return __real_tl_store_open(out, address, opts, err); /* says why there can be none */
    if (made_file >= 0)
        close(made_file);
    name_of(address, name);
    PGconn *c = server();
    if (!file || !there(c, name))
        create(c, name);
    PQfinish(c);
    address_of(name, url);
    return __real_tl_store_open(out, url, opts, err);
}

/* A database for ":memory:" goes at once: a test may make hundreds. */
void __wrap_tl_store_close(tl_store *s)
{
    char name[40] = "";
    const char *at = s ? strstr(tl_store_address(s), "/m_") : NULL;
    if (at)
        snprintf(name, sizeof name, "%s", at + 1);
    __real_tl_store_close(s);
    if (!*name || getpid() != made.owner)
        return;
    PGconn *c = server();
    drop(c, name);
    PQfinish(c);
    for (size_t i = 0; i < made.n; i++)
        if (strcmp(made.names[i], name) == 0)
            memcpy(made.names[i], made.names[--made.n], sizeof name);
}

/* A migration of PostgreSQL names the table. */
static bool drops_trigger(const char *sql)
{
    const size_t word = strlen("DROP TRIGGER ");
    return tl_text_starts(sql, "DROP TRIGGER ") &&
           !tl_text_starts(sql + word + strcspn(sql + word, " ;"), " ON ");
}

/* The words of SQLite for which there are others: x'00', INSERT OR REPLACE (which the triggers
 * refuse as the insert it is here), DROP TRIGGER without its table. */
static void translate(tl_buf *out, const char *sql)
{
    for (char before = ' '; *sql; before = sql[-1]) {
        size_t name = tl_text_starts(sql, "x'") ? strspn(sql + 2, "0123456789abcdef") : 0;
        if (strchr(" ,(", before) && tl_text_starts(sql, "x'") && sql[2 + name] == '\'') {
            tl_buf_str(out, "'\\x");
            sql += strlen("x'");
        } else if (tl_text_starts(sql, "INSERT OR REPLACE")) {
            tl_buf_str(out, "INSERT");
            sql += strlen("INSERT OR REPLACE");
        } else if (drops_trigger(sql)) {
            sql += strlen("DROP TRIGGER ");
            name = strcspn(sql, " ;");
            tl_buf_printf(out,
                          "DO $$ BEGIN EXECUTE (SELECT 'DROP TRIGGER %.*s ON ' || tgrelid::regclass"
                          " FROM pg_trigger WHERE tgname = '%.*s'); END $$",
                          (int)name, sql, (int)name, sql);
            sql += name;
        } else {
            tl_buf_char(out, *sql++);
        }
    }
}

tl_status __wrap_tl_store_exec(tl_store *s, const char *sql, tl_error *err)
{
    if (!s->pg)
        return __real_tl_store_exec(s, sql, err);
    tl_buf b;
    tl_buf_init(&b, 0);
    translate(&b, sql);
    tl_status st = __real_tl_store_exec(s, tl_buf_text(&b), err);
    tl_buf_clear(&b);
    return st;
}
