/* scratch.h - a folder of a test's own, gone at the end, and small checks shared by the tests of
 * store. */
#ifndef TL_STORE_TESTS_SCRATCH_H
#define TL_STORE_TESTS_SCRATCH_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/file.h"

#define TEST_COUNT(a) (sizeof(a) / sizeof *(a))

typedef struct scratch {
    char folder[256];
    char path[512]; /* the last asked for */
} scratch;

static inline int scratch_setup(void **state)
{
    scratch *s = calloc(1, sizeof *s);
    const char *tmp = getenv("TMPDIR");
    if (!s)
        return -1;
    snprintf(s->folder, sizeof s->folder, "%s/tanlian-test-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    *state = s;
    return mkdtemp(s->folder) ? 0 : -1;
}

static inline int scratch_remove(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static inline int scratch_teardown(void **state)
{
    scratch *s = *state;
    if (!s)
        return -1;
    nftw(s->folder, scratch_remove, 8, FTW_DEPTH | FTW_PHYS);
    free(s);
    return 0;
}

static inline const char *scratch_path(scratch *s, const char *name)
{
    snprintf(s->path, sizeof s->path, "%s/%s", s->folder, name);
    return s->path;
}

/* Fails unless got == want and, where words is given, the error speaks of them. */
static inline void expect(const char *label, tl_status got, tl_status want, const tl_error *err,
                          const char *words)
{
    if (got != want)
        fail_msg("%s: got %s (%s), want %s", label, tl_status_name(got), err->text,
                 tl_status_name(want));
    if (words && !strstr(err->text, words))
        fail_msg("%s: error '%s' does not say '%s'", label, err->text, words);
}

#endif
