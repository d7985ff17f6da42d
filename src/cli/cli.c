/* cli.c - options, errors and output, the same for every command. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "format/json.h"
#include "format/message.h"

static const tl_option *find_option(const tl_option *options, size_t n, tl_span name)
{
    for (size_t i = 0; i < n; i++)
        if (tl_span_is(name, options[i].name))
            return &options[i];
    return NULL;
}

static tl_status put_value(const tl_option *o, const char *value, tl_error *err)
{
    tl_option_list *list = o->target;
    tl_status st = TL_OK;
    switch (o->kind) {
    case TL_OPTION_FLAG:
        return tl_fail(err, TL_EINPUT, "--%s takes no value", o->name);
    case TL_OPTION_TEXT:
        *(const char **)o->target = value;
        break;
    case TL_OPTION_INT:
        st = tl_int_parse(value, INT64_MIN / 2, INT64_MAX / 2, o->target, err);
        break;
    case TL_OPTION_NUMBER:
        st = tl_number_parse(value, o->target, err);
        break;
    case TL_OPTION_LIST:
        if (list->n == sizeof list->items / sizeof *list->items)
            return tl_fail(err, TL_EINPUT, "--%s given more than %zu times", o->name, list->n);
        list->items[list->n++] = value;
        break;
    }
    return st == TL_OK ? st : tl_context(err, st, "--%s", o->name);
}

static tl_status take(const tl_option *options, size_t n, bool all, int *argc, char **argv,
                      tl_error *err)
{
    int kept = 0, i = 0;
    for (; i < *argc; i++) {
        if (strcmp(argv[i], "--") == 0 && all) {
            i++;
            break;
        }
        bool dashed = tl_text_starts(argv[i], "--") && argv[i][2];
        tl_span rest = tl_span_of(dashed ? argv[i] + 2 : ""), name;
        const char *equals = dashed ? strchr(argv[i], '=') : NULL;
        if (dashed)
            tl_span_split(&rest, '=', &name);
        const tl_option *o = dashed ? find_option(options, n, name) : NULL;
        if (dashed && !o && all)
            return tl_fail(err, TL_EINPUT, "no option '%s' here", argv[i]);
        if (!o) {
            argv[kept++] = argv[i];
            continue;
        }
        if (o->kind == TL_OPTION_FLAG && !equals) {
            *(bool *)o->target = true;
            continue;
        }
        if (!equals && i + 1 >= *argc)
            return tl_fail(err, TL_EINPUT, "--%s needs a value", o->name);
        tl_status st = put_value(o, equals ? equals + 1 : argv[++i], err);
        if (st != TL_OK)
            return st;
    }
    while (i < *argc)
        argv[kept++] = argv[i++];
    *argc = kept;
    return TL_OK;
}

tl_status tl_options_take(const tl_option *options, size_t n, int *argc, char **argv, tl_error *err)
{
    return take(options, n, true, argc, argv, err);
}

tl_status tl_options_take_known(const tl_option *options, size_t n, int *argc, char **argv,
                                tl_error *err)
{
    return take(options, n, false, argc, argv, err);
}

int tl_cli_exit_code(tl_status st)
{
    static const int codes[] = { TL_EXIT_OK,     TL_EXIT_INPUT,     TL_EXIT_NOTFOUND,
                                 TL_EXIT_INPUT,  TL_EXIT_FORBIDDEN, TL_EXIT_SYSTEM,
                                 TL_EXIT_SYSTEM, TL_EXIT_INPUT,     TL_EXIT_SYSTEM };
    return (size_t)st < sizeof codes / sizeof *codes ? codes[st] : TL_EXIT_SYSTEM;
}

int tl_cli_fail(const tl_cli *cli, const tl_error *err)
{
    const char *text = tl_message_said(cli->arena, err->text, cli->zh);
    tl_log_write(&cli->log, TL_LOG_ERROR, "%s", text);
    if (cli->json) {
        tl_buf b;
        tl_buf_init(&b, 0);
        tl_json j = tl_json_start(&b, false);
        tl_json_object(&j, NULL);
        tl_json_object(&j, "error");
        tl_json_text(&j, "kind", tl_status_name(err->status));
        tl_json_text(&j, "text", text);
        tl_json_end(&j);
        tl_json_end(&j);
        tl_buf_char(&b, '\n');
        fwrite(b.data, 1, b.len, stdout);
        tl_buf_clear(&b);
    }
    return tl_cli_exit_code(err->status);
}

static void print_usage(FILE *out, const tl_cli *cli, const tl_command *c)
{
    fprintf(out, "%s\n", cli->zh ? c->summary_zh : c->summary_en);
    tl_span rest = tl_span_of(c->usage), line;
    for (const char *word = cli->zh ? "用法：" : "usage: "; tl_span_split(&rest, '\n', &line);
         word = "       ")
        fprintf(out, "%stanlian %s " TL_SPAN_FMT "\n", word, c->name, TL_SPAN_ARG(line));
}

int tl_cli_usage(const tl_cli *cli, const tl_command *command)
{
    print_usage(stderr, cli, command);
    return TL_EXIT_INPUT;
}

int tl_cli_help(const tl_cli *cli, const tl_command *command)
{
    print_usage(stdout, cli, command);
    return TL_EXIT_OK;
}

tl_status tl_cli_store(tl_cli *cli, const tl_store_opts *opts, tl_store **out, tl_error *err)
{
    return tl_store_open(out, cli->database, opts, err);
}

const char *tl_cli_database(const tl_cli *cli)
{
    char *masked = tl_store_masked(cli->database);
    char *kept = masked ? tl_arena_str(cli->arena, masked) : NULL;
    free(masked);
    return kept ? kept : "?";
}

tl_status tl_cli_print(const tl_buf *text, tl_error *err)
{
    tl_status st = tl_buf_status(text, err);
    if (st != TL_OK)
        return st;
    if (fwrite(tl_buf_text(text), 1, text->len, stdout) != text->len || fflush(stdout) != 0)
        return tl_fail(err, TL_EIO, "writing to standard output: %s", strerror(errno));
    return TL_OK;
}
