/* failing_memory.h - the n-th allocation fails. For one source file of a test program that is
 * linked with --wrap for malloc, calloc, realloc, reallocarray and strdup.
 *
 * The linker sends the allocations of our code here, SQLite's come through its own hooks
 * (hook_sqlite before the first store is opened). */
#ifndef TL_STORE_TESTS_FAILING_MEMORY_H
#define TL_STORE_TESTS_FAILING_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include <sqlite3.h>

/* Which allocation of those counted fails; 0 = none. Tests of one process are one thread. */
static struct failing {
    bool counting;
    size_t count, fail_at;
} failing;

static bool fails(void)
{
    return failing.counting && ++failing.count == failing.fail_at;
}

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__real_reallocarray(void *p, size_t n, size_t size);
char *__real_strdup(const char *s);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
void *__wrap_reallocarray(void *p, size_t n, size_t size);
char *__wrap_strdup(const char *s);

void *__wrap_malloc(size_t n)
{
    return fails() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
    return fails() ? NULL : __real_realloc(p, n);
}

void *__wrap_reallocarray(void *p, size_t n, size_t size)
{
    return fails() ? NULL : __real_reallocarray(p, n, size);
}

char *__wrap_strdup(const char *s)
{
    return fails() ? NULL : __real_strdup(s);
}

static sqlite3_mem_methods sqlite_memory; /* as SQLite had them */

static void *sqlite_malloc(int n)
{
    return fails() ? NULL : sqlite_memory.xMalloc(n);
}

static void *sqlite_realloc(void *p, int n)
{
    return fails() ? NULL : sqlite_memory.xRealloc(p, n);
}

static int hook_sqlite(void)
{
    int rc = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite_memory);
    sqlite3_mem_methods ours = sqlite_memory;
    ours.xMalloc = sqlite_malloc;
    ours.xRealloc = sqlite_realloc;
    return rc == SQLITE_OK ? sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) : rc;
}

#endif
