/* place.c - from the build folder the data is ../data, installed it is ../share/tanlian/data. */
#include "cli/place.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

const char *tl_data_folder(const char *given, tl_arena *arena)
{
    static const char *const beside[] = { "../data", "../share/tanlian/data" };
    char program[PATH_MAX];
    const char *env = getenv("TANLIAN_DATA");
    if (given)
        return given;
    if (env && *env)
        return tl_arena_str(arena, env);
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n <= 0)
        return NULL;
    program[n] = '\0';
    char *slash = strrchr(program, '/');
    if (!slash)
        return NULL;
    *slash = '\0';
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        char *folder = tl_path_join(arena, program, beside[i]);
        char *real = folder ? realpath(folder, NULL) : NULL;
        if (real) {
            const char *kept = tl_arena_str(arena, real);
            free(real);
            return kept;
        }
    }
    return NULL;
}
