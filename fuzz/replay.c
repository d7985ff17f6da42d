/* replay.c - feeds every file of a corpus folder to one fuzz target, in the order of their names.
 *
 * Stands in for libFuzzer's main, so that the corpora are tests with any compiler. An empty folder
 * fails: a target without inputs would pass without having tried anything. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static tl_status replay(const char *folder, const char *name, tl_arena *arena, tl_error *err)
{
    tl_file_view view;
    const char *path = tl_path_join(arena, folder, name);
    if (!path)
        return tl_fail_nomem(err);
    tl_status st = tl_file_open(&view, path, 0, err);
    if (st != TL_OK)
        return st;
    /* a copy of the exact size, so that reading one byte too far is seen by the sanitizer */
    uint8_t *copy = malloc(view.size ? view.size : 1);
    if (!copy) {
        st = tl_fail_nomem(err);
    } else {
        if (view.size)
            memcpy(copy, view.data, view.size);
        LLVMFuzzerTestOneInput(copy, view.size);
    }
    free(copy);
    tl_file_close(&view);
    return st;
}

int main(int argc, char **argv)
{
    struct dirent **entries = NULL;
    tl_arena *arena = NULL;
    tl_error err = { 0 };
    const char *folder = argc == 2 ? argv[1] : "";

    int n = scandir(folder, &entries, visible, alphasort);
    if (n <= 0) {
        fprintf(stderr, "'%s': no corpus there\n", folder);
        free(entries);
        return 1;
    }
    tl_status st = tl_arena_new(&arena, 0, &err);
    for (int i = 0; i < n; i++) {
        if (st == TL_OK)
            st = replay(folder, entries[i]->d_name, arena, &err);
        free(entries[i]);
    }
    free(entries);
    tl_arena_free(arena);
    if (st != TL_OK)
        fprintf(stderr, "%s\n", err.text);
    else
        printf("%d inputs replayed\n", n);
    return st == TL_OK ? 0 : 1;
}
