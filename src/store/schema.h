/* schema.h - the shape of a database as the build embeds it from sql/: migrations and queries.
 *
 * tl_store_open uses the one made by tools/embed-sql; tests of the store bring their own. */
#ifndef TL_STORE_SCHEMA_H
#define TL_STORE_SCHEMA_H

#include <stddef.h>

typedef struct tl_sql_migration {
    int number; /* from 1, rising */
    const char *name;
    const char *text; /* several statements */
} tl_sql_migration;

typedef struct tl_sql_query {
    const char *name;
    const char *text; /* one statement, without ';' */
} tl_sql_query;

typedef struct tl_sql_schema {
    const tl_sql_migration *migrations;
    size_t migration_count;
    const tl_sql_query *queries; /* sorted by name */
    size_t query_count;
} tl_sql_schema;

extern const tl_sql_schema tl_sql_schema_sqlite;
extern const tl_sql_schema tl_sql_schema_postgres; /* the same names and numbers */

#endif
