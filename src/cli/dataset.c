/* dataset.c - "tanlian dataset": which data sets are installed, what is in them, what a new edition
 * changes. */
#include <string.h>

#include "cli/actor.h"
#include "cli/cli.h"
#include "cli/dataset_kinds.h"
#include "cli/dataset_print.h"
#include "cli/pack.h"

enum { ROWS_SHOWN = 20 };

static const tl_store_opts reading = { .read_only = true };

static tl_status list(tl_cli *cli, tl_store *s, tl_buf *out, tl_error *err)
{
    const tl_dataset *sets;
    size_t n;
    tl_status st = tl_dataset_list(s, cli->arena, &sets, &n, err);
    if (st == TL_OK)
        tl_cli_put_sets(cli, sets, n, out);
    return st;
}

static tl_status find(tl_cli *cli, tl_store *s, const char *reference, tl_dataset *out,
                      tl_error *err)
{
    const char *id, *version;
    tl_status st = tl_dataset_reference(reference, cli->arena, &id, &version, err);
    return st == TL_OK ? tl_dataset_get(s, id, version, cli->arena, out, err) : st;
}

static tl_status show(tl_cli *cli, tl_store *s, const char *reference, tl_buf *out, tl_error *err)
{
    tl_dataset set;
    tl_status st = find(cli, s, reference, &set, err);
    if (st == TL_OK)
        tl_cli_put_set(cli, &set, out);
    return st;
}

/* A reference has no '/', so that ./gwp is the folder and gwp the installed set. */
static tl_status side(tl_cli *cli, tl_store *s, const char *text, tl_dataset *set,
                      tl_diff_side *out, tl_error *err)
{
    bool folder = strchr(text, '/') || strcmp(text, ".") == 0 || strcmp(text, "..") == 0;
    *out = (tl_diff_side){ set, folder ? NULL : s, folder ? text : NULL };
    return folder ? tl_dataset_load(set, text, cli->arena, err) : find(cli, s, text, set, err);
}

static tl_status diff(tl_cli *cli, tl_store *s, char **names, bool all, tl_buf *out, tl_error *err)
{
    tl_dataset a, b;
    tl_diff_side from, to;
    const tl_diff_file *files;
    size_t n;
    tl_status st;
    if ((st = side(cli, s, names[0], &a, &from, err)) != TL_OK ||
        (st = side(cli, s, names[1], &b, &to, err)) != TL_OK ||
        (st = tl_dataset_diff(&from, &to, cli->arena, &files, &n, err)) != TL_OK)
        return st;
    tl_cli_put_diff(cli, &a, &b, files, n, all ? 0 : ROWS_SHOWN, out);
    return TL_OK;
}

/* All folders or none. */
static tl_status install(tl_cli *cli, const char *const *folders, size_t n, tl_error *err)
{
    const char *actor = tl_cli_actor(cli->arena);
    tl_cli_installed *sets = tl_arena_alloc(cli->arena, n, sizeof *sets);
    tl_store *s = NULL;
    tl_status st;
    if (!actor || !sets)
        return tl_fail_nomem(err);
    const tl_store_opts opts = { .must_exist = true };
    if ((st = tl_cli_store(cli, &opts, &s, err)) != TL_OK || (st = tl_store_begin(s, err)) != TL_OK)
        goto done;
    for (size_t i = 0; i < n && st == TL_OK; i++)
        st = tl_cli_install(s, folders[i], actor, cli->arena, &sets[i], err);
    if (st == TL_OK && (st = tl_store_commit(s, err)) == TL_OK)
        st = tl_cli_print_installed(cli, sets, n, err);
done:
    tl_store_close(s); /* rolls back what was not committed */
    return st;
}

static bool is_zip(const char *path)
{
    size_t n = strlen(path);
    return n > 4 && strcmp(path + n - 4, ".zip") == 0;
}

/* The sets of a pack, or those of folders. */
static tl_status install_from(tl_cli *cli, char **paths, size_t n, tl_error *err)
{
    const char *root = NULL, **folders = NULL;
    size_t count = 0;
    for (size_t i = 0; i < n && n > 1; i++)
        if (is_zip(paths[i]))
            return tl_fail(err, TL_EINPUT, "%s: a pack is installed by itself", paths[i]);
    if (!is_zip(paths[0]))
        return install(cli, (const char *const *)paths, n, err);
    tl_status st = tl_cli_unpack(cli, paths[0], &root, &folders, &count, err);
    if (st == TL_OK)
        st = install(cli, folders, count, err);
    tl_cli_unpacked_remove(root);
    return st;
}

/* The forms that only read: list, show REFERENCE, diff A B. */
static tl_status answer(tl_cli *cli, char **argv, bool all, tl_error *err)
{
    tl_store *s = NULL;
    tl_buf out;
    tl_status st = tl_cli_store(cli, &reading, &s, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&out, 0);
    if (strcmp(argv[0], "list") == 0)
        st = list(cli, s, &out, err);
    else if (strcmp(argv[0], "show") == 0)
        st = show(cli, s, argv[1], &out, err);
    else
        st = diff(cli, s, argv + 1, all, &out, err);
    if (st == TL_OK)
        st = tl_cli_print(&out, err);
    tl_buf_clear(&out);
    tl_store_close(s);
    return st;
}

static const struct {
    const char *name;
    int least, most; /* arguments after the name */
} forms[] = {
    { "list", 0, 0 },
    { "show", 1, 1 },
    { "install", 1, 1000 },
    { "diff", 2, 2 },
};

static bool known(int argc, char **argv)
{
    for (size_t i = 0; argc > 0 && i < sizeof forms / sizeof *forms; i++)
        if (strcmp(argv[0], forms[i].name) == 0)
            return argc - 1 >= forms[i].least && argc - 1 <= forms[i].most;
    return false;
}

static int run(tl_cli *cli, int argc, char **argv)
{
    bool all = false;
    tl_error err = { 0 };
    const tl_option options[] = { { "all", TL_OPTION_FLAG, &all } };
    if (tl_options_take(options, 1, &argc, argv, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    argc--;
    argv++;
    if (!known(argc, argv))
        return tl_cli_usage(cli, &tl_command_dataset);
    tl_status st = strcmp(argv[0], "install") == 0
                       ? install_from(cli, argv + 1, (size_t)(argc - 1), &err)
                       : answer(cli, argv, all, &err);
    return st == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}

const tl_command tl_command_dataset = {
    .name = "dataset",
    .usage = "list\n"
             "show ID[@VERSION]\n"
             "install FOLDER...|FILE.zip\n"
             "diff ID[@VERSION]|FOLDER/ ID[@VERSION]|FOLDER/ [--all]",
    .summary_en = "installed data sets: list, show, install, compare editions",
    .summary_zh = "数据集：列出、查看、安装、比较版本",
    .run = run,
};
