/* bundled.c - finds the folders with a manifest and installs them in one go. */
#include "cli/bundled.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/actor.h"

struct folders {
    const char **paths; /* owned array, text in the arena; sorted */
    size_t n, cap;
};

static int by_path(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static tl_status add_folder(struct folders *f, const char *dir, const char *name, tl_arena *arena,
                            tl_error *err)
{
    const char *path = tl_path_join(arena, dir, name);
    const char *manifest = path ? tl_path_join(arena, path, "manifest.yaml") : NULL;
    if (!manifest)
        return tl_fail_nomem(err);
    if (!tl_file_exists(manifest))
        return TL_OK;
    tl_status st = tl_grow(&f->paths, &f->cap, f->n + 1, sizeof *f->paths, err);
    if (st == TL_OK)
        f->paths[f->n++] = path;
    return st;
}

/* The folders below dir that hold a manifest. */
static tl_status list_sets(const char *dir, tl_arena *arena, struct folders *out, tl_error *err)
{
    tl_status st = TL_OK;
    DIR *d = opendir(dir);
    if (!d)
        return tl_fail(err, errno == ENOENT ? TL_ENOTFOUND : TL_EIO, "%s: %s", dir,
                       strerror(errno));
    for (struct dirent *e; st == TL_OK && (e = readdir(d));)
        if (e->d_name[0] != '.')
            st = add_folder(out, dir, e->d_name, arena, err);
    closedir(d);
    if (out->n)
        qsort(out->paths, out->n, sizeof *out->paths, by_path);
    return st;
}

static tl_status install_all(tl_cli *cli, tl_store *s, const struct folders *folders,
                             tl_cli_installed *sets, tl_error *err)
{
    const char *actor = tl_cli_actor(cli->arena);
    tl_status st = actor ? tl_store_begin(s, err) : tl_fail_nomem(err);
    if (st != TL_OK)
        return st;
    tl_progress bar =
        tl_progress_start(&cli->log, cli->zh ? "安装数据集" : "installing data sets", folders->n);
    for (size_t i = 0; i < folders->n && st == TL_OK; i++) {
        tl_progress_at(&bar, i);
        st = tl_cli_install(s, folders->paths[i], actor, cli->arena, &sets[i], err);
    }
    tl_progress_end(&bar);
    if (st == TL_OK)
        return tl_store_commit(s, err);
    tl_store_rollback(s);
    return st;
}

tl_status tl_cli_install_bundled(tl_cli *cli, tl_store *s, tl_cli_installed **sets, size_t *n,
                                 tl_error *err)
{
    struct folders folders = { 0 };
    if (!cli->data_dir)
        return tl_fail(
            err, TL_ENOTFOUND,
            "the folder of bundled data was not found: give --data FOLDER, or --empty to "
            "do without");
    tl_status st = list_sets(cli->data_dir, cli->arena, &folders, err);
    *n = folders.n;
    *sets = tl_arena_alloc(cli->arena, folders.n + 1, sizeof **sets);
    if (st == TL_OK)
        st = *sets ? install_all(cli, s, &folders, *sets, err) : tl_fail_nomem(err);
    free(folders.paths);
    return st;
}
