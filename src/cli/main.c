/* main.c - reads the options common to all commands and hands over to the one asked for. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/operate.h"
#include "cli/place.h"

#ifndef TL_VERSION
#define TL_VERSION "unknown"
#endif

static const tl_command *const commands[] = {
    &tl_command_demo, &tl_command_init,     &tl_command_serve,   &tl_command_api,
    &tl_command_lca,  &tl_command_registry, &tl_command_migrate, &tl_command_mail,
};

static const tl_command *find(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int help(FILE *out, bool zh)
{
    fprintf(out, zh ? "用法：tanlian 命令 [选项]\n\n" : "usage: tanlian COMMAND [options]\n\n");
    size_t n;
    const tl_operations *const *lists = tl_operations_all(&n);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        fprintf(out, "  %-10s %s\n", commands[i]->name,
                zh ? commands[i]->summary_zh : commands[i]->summary_en);
    for (size_t i = 0; i < n; i++)
        if (!find(lists[i]->name))
            fprintf(out, "  %-10s %s\n", lists[i]->name,
                    zh ? lists[i]->summary.zh : lists[i]->summary.en);
    fprintf(out, "\n%s\n",
            zh ? "通用选项：--db 地址  --lang zh|en  --json  --quiet  --threads N  --data 文件夹"
               : "every command takes: --db ADDRESS  --lang zh|en  --json  --quiet  --threads N  "
                 "--data FOLDER");
    return out == stdout ? TL_EXIT_OK : TL_EXIT_INPUT;
}

/* The options every command takes, out of argv. */
static tl_status common_options(tl_cli *cli, int *argc, char **argv, bool *help_asked,
                                bool *version, tl_error *err)
{
    const char *lang = getenv("TANLIAN_LANG"), *db = getenv("TANLIAN_DB"), *data = NULL;
    int64_t threads = 0;
    const tl_option options[] = {
        { "db", TL_OPTION_TEXT, &db },
        { "lang", TL_OPTION_TEXT, &lang },
        { "data", TL_OPTION_TEXT, &data },
        { "json", TL_OPTION_FLAG, &cli->json },
        { "quiet", TL_OPTION_FLAG, &cli->quiet },
        { "threads", TL_OPTION_INT, &threads },
        { "help", TL_OPTION_FLAG, help_asked },
        { "version", TL_OPTION_FLAG, version },
    };
    tl_status st =
        tl_options_take_known(options, sizeof options / sizeof *options, argc, argv, err);
    cli->zh = lang && strcmp(lang, "zh") == 0; /* first: what is wrong is said in it */
    if (st != TL_OK)
        return st;
    if (lang && strcmp(lang, "zh") != 0 && strcmp(lang, "en") != 0)
        return tl_fail(err, TL_EINPUT, "--lang is '%s', expected zh or en", lang);
    if (threads < 0 || threads > 256)
        return tl_fail(err, TL_EINPUT, "--threads is %lld, expected 0 to 256", (long long)threads);
    cli->database = db && *db ? db : "tanlian.db";
    cli->threads = (unsigned)threads;
    cli->log = tl_log_stderr(cli->quiet);
    cli->data_dir = tl_data_folder(data, cli->arena);
    return TL_OK;
}

/* A command, or an operation. */
static int run(tl_cli *cli, int argc, char **argv, bool help_asked)
{
    int words;
    tl_error err = { 0 };
    const tl_operation *o = help_asked ? NULL : tl_cli_find_operation(argc, argv, &words);
    if (o)
        return tl_cli_operate(cli, o, argc - words, argv + words);
    const tl_operations *list = tl_cli_find_operations(argv[0]);
    const tl_command *c = find(argv[0]);
    if (!c && !list) {
        tl_fail(&err, TL_EINPUT, "no command '%s'; 'tanlian --help' lists them", argv[0]);
        return tl_cli_fail(cli, &err);
    }
    if (list && (help_asked || !c))
        tl_cli_operations_usage(help_asked ? stdout : stderr, cli, list);
    if (!c)
        return help_asked ? TL_EXIT_OK : TL_EXIT_INPUT;
    return help_asked ? tl_cli_help(cli, c) : c->run(cli, argc, argv);
}

int main(int argc, char **argv)
{
    tl_cli cli = { .program = argv[0], .version = TL_VERSION, .log = tl_log_stderr(false) };
    tl_error err = { 0 };
    bool help_asked = false, version = false;
    int code;

    if (tl_arena_new(&cli.arena, 0, &err) != TL_OK)
        return tl_cli_fail(&cli, &err);
    argc--;
    argv++;
    if (common_options(&cli, &argc, argv, &help_asked, &version, &err) != TL_OK) {
        code = tl_cli_fail(&cli, &err);
    } else if (version) {
        printf("tanlian %s\n", cli.version);
        code = TL_EXIT_OK;
    } else if (argc == 0) {
        code = help(help_asked ? stdout : stderr, cli.zh);
    } else {
        code = run(&cli, argc, argv, help_asked);
    }
    tl_arena_free(cli.arena);
    return code;
}
