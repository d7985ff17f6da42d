/* bundled.c - finds the folders with a manifest and installs them in one go. */
#include "cli/bundled.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cli/actor.h"

enum { SETS_MAX = 500 };

struct folders {
    const char *paths[SETS_MAX]; /* in the arena; sorted */
    size_t n;
};

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* By bytes: alphasort would follow the locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static tl_status add_folder(struct folders *f, const char *path, tl_error *err)
{
    if (f->n == SETS_MAX)
        return tl_fail(err, TL_EINPUT, "%s: more than %d data sets", path, SETS_MAX);
    f->paths[f->n++] = path;
    return TL_OK;
}

/* What lies in dir and could be a set, in the order of the names. */
static tl_status list_names(const char *dir, const char ***names, size_t *count, tl_arena *arena,
                            tl_error *err)
{
    struct dirent **entries = NULL;
    int n = scandir(dir, &entries, visible, by_name);
    tl_status st = TL_OK;
    if (n < 0)
        return tl_fail(err, errno == ENOENT ? TL_ENOTFOUND : TL_EIO, "%s: %s", dir,
                       strerror(errno));
    *count = (size_t)n;
    *names = tl_arena_alloc(arena, *count + 1, sizeof **names);
    for (size_t i = 0; i < *count; i++) {
        if (*names)
            (*names)[i] = tl_path_join(arena, dir, entries[i]->d_name);
        if (st == TL_OK && (!*names || !(*names)[i]))
            st = tl_fail_nomem(err);
        free(entries[i]);
    }
    free(entries);
    return st;
}

static tl_status is_set(const char *path, bool *set, tl_arena *arena, tl_error *err)
{
    const char *manifest = tl_path_join(arena, path, "manifest.yaml");
    *set = manifest && tl_file_exists(manifest);
    return manifest ? TL_OK : tl_fail_nomem(err);
}

static tl_status add_shelf(struct folders *f, const char *shelf, tl_arena *arena, tl_error *err)
{
    const char **names = NULL;
    size_t n = 0;
    bool set;
    tl_status st = list_names(shelf, &names, &n, arena, err);
    for (size_t i = 0; i < n && st == TL_OK; i++)
        if ((st = is_set(names[i], &set, arena, err)) == TL_OK && set)
            st = add_folder(f, names[i], err);
    return st;
}

/* The sets below dir in the order of their names. A folder without a manifest may be a shelf of
 * sets, such as data/indices; shelves are not nested. */
static tl_status list_sets(const char *dir, struct folders *f, tl_arena *arena, tl_error *err)
{
    const char **names = NULL;
    size_t n = 0;
    bool set;
    tl_status st = list_names(dir, &names, &n, arena, err);
    for (size_t i = 0; i < n && st == TL_OK; i++)
        if ((st = is_set(names[i], &set, arena, err)) == TL_OK && set)
            st = add_folder(f, names[i], err);
        else if (st == TL_OK && is_folder(names[i]))
            st = add_shelf(f, names[i], arena, err);
    return st;
}

static tl_status install_all(tl_cli *cli, tl_store *s, const struct folders *folders,
                             tl_set_installed *sets, tl_error *err)
{
    const char *actor = tl_cli_actor(cli->arena);
    tl_status st = actor ? tl_store_begin(s, err) : tl_fail_nomem(err);
    if (st != TL_OK)
        return st;
    tl_progress bar =
        tl_progress_start(&cli->log, cli->zh ? "安装数据集" : "installing data sets", folders->n);
    for (size_t i = 0; i < folders->n && st == TL_OK; i++) {
        if ((st = tl_progress_at(&bar, i, err)) == TL_OK)
            st = tl_set_install(s, folders->paths[i], actor, cli->arena, &sets[i], err);
    }
    tl_progress_end(&bar);
    if (st == TL_OK)
        return tl_store_commit(s, err);
    tl_store_rollback(s);
    return st;
}

tl_status tl_cli_install_bundled(tl_cli *cli, tl_store *s, tl_set_installed **sets, size_t *n,
                                 tl_error *err)
{
    struct folders folders = { 0 };
    if (!cli->data_dir)
        return tl_fail(
            err, TL_ENOTFOUND,
            "the folder of bundled data was not found: give --data FOLDER, or --empty to "
            "do without");
    tl_status st = list_sets(cli->data_dir, &folders, cli->arena, err);
    *n = folders.n;
    *sets = tl_arena_alloc(cli->arena, folders.n + 1, sizeof **sets);
    if (st == TL_OK)
        st = *sets ? install_all(cli, s, &folders, *sets, err) : tl_fail_nomem(err);
    return st;
}
