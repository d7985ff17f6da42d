/* operate.c - words and options into the arguments of an operation, its result onto the terminal
 * and into files. */
#include "cli/operate.h"

#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/actor.h"
#include "cli/show.h"
#include "cli/verdict.h"

enum { GIVEN_MAX = 256 };

/* One call and where its results go. */
struct operated {
    tl_call call;
    tl_given given[GIVEN_MAX];
    const char *out, *chart, *refused;
    tl_viewer viewer;
    char now[TL_TIME_ISO];
};

const tl_operations *tl_cli_find_operations(const char *name)
{
    size_t n;
    const tl_operations *const *lists = tl_operations_all(&n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(lists[i]->name, name) == 0)
            return lists[i];
    return NULL;
}

/* The operation whose name the first n words are. */
static const tl_operation *find_named(char **argv, int n)
{
    char name[128];
    size_t used = 0;
    for (int i = 0; i < n; i++) {
        int more = snprintf(name + used, sizeof name - used, "%s%s", i ? " " : "", argv[i]);
        if (more < 0 || (used += (size_t)more) >= sizeof name)
            return NULL;
    }
    return tl_operation_find(name);
}

/* "registry batch autumn add" is "registry batch add autumn": people name the thing first. */
static const tl_operation *find_thing_first(int argc, char **argv)
{
    if (argc < 4 || argv[2][0] == '-')
        return NULL;
    char *words[] = { argv[0], argv[1], argv[3] };
    const tl_operation *o = find_named(words, 3);
    if (o) {
        argv[3] = argv[2];
        argv[2] = words[2];
    }
    return o;
}

const tl_operation *tl_cli_find_operation(int argc, char **argv, int *words)
{
    for (*words = argc < 3 ? argc : 3; *words > 0; --*words) {
        const tl_operation *o = find_named(argv, *words);
        if (!o && *words == 3)
            o = find_thing_first(argc, argv);
        if (o)
            return o;
    }
    return NULL;
}

static tl_status give(struct operated *x, const char *name, const char *value, tl_error *err)
{
    if (x->call.n_given == GIVEN_MAX)
        return tl_fail(err, TL_EINPUT, "more than %d arguments", (int)GIVEN_MAX);
    x->given[x->call.n_given++] = (tl_given){ name, value };
    return TL_OK;
}

/* The argument the next word stands for: the first without a value, else the last that takes
 * many. */
static const tl_argument *word_argument(const tl_operation *o, size_t nth)
{
    const tl_argument *last = NULL;
    for (size_t i = 0; i < o->n; i++) {
        if (!o->arguments[i].word)
            continue;
        last = &o->arguments[i];
        if (nth-- == 0)
            return last;
    }
    return last && last->many ? last : NULL;
}

static const tl_argument *option_argument(const tl_operation *o, tl_span name)
{
    for (size_t i = 0; i < o->n; i++)
        if (tl_span_is(name, o->arguments[i].name))
            return &o->arguments[i];
    return NULL;
}

/* Where an option of the command line itself is kept, NULL for one of the operation. */
static const char **own_option(struct operated *x, tl_span name)
{
    if (tl_span_is(name, "out"))
        return &x->out;
    if (tl_span_is(name, "chart") && (x->call.operation->flags & TL_OPERATION_DRAWS))
        return &x->chart;
    return tl_span_is(name, "refused") && (x->call.operation->flags & TL_OPERATION_WRITES)
               ? &x->refused
               : NULL;
}

static tl_status take_option(struct operated *x, int argc, char **argv, int *i, tl_error *err)
{
    const char *equals = strchr(argv[*i], '=');
    tl_span name = { argv[*i] + 2,
                     equals ? (size_t)(equals - argv[*i]) - 2 : strlen(argv[*i]) - 2 };
    const char **own = own_option(x, name);
    const tl_argument *a = own ? NULL : option_argument(x->call.operation, name);
    if (!own && !a)
        return tl_fail(err, TL_EINPUT, "no option '--" TL_SPAN_FMT "' here", TL_SPAN_ARG(name));
    if (a && a->kind == TL_ARGUMENT_FLAG && !equals)
        return give(x, a->name, "true", err);
    if (!equals && *i + 1 >= argc)
        return tl_fail(err, TL_EINPUT, "--" TL_SPAN_FMT " needs a value", TL_SPAN_ARG(name));
    const char *value = equals ? equals + 1 : argv[++*i];
    if (a)
        return give(x, a->name, value, err);
    *own = value;
    return TL_OK;
}

static tl_status read_arguments(struct operated *x, int argc, char **argv, tl_error *err)
{
    tl_status st = TL_OK;
    size_t words = 0;
    bool only_words = false;
    for (int i = 0; i < argc && st == TL_OK; i++) {
        if (!only_words && strcmp(argv[i], "--") == 0) {
            only_words = true;
        } else if (!only_words && tl_text_starts(argv[i], "--") && argv[i][2]) {
            st = take_option(x, argc, argv, &i, err);
        } else {
            const tl_argument *a = word_argument(x->call.operation, words++);
            st = a ? give(x, a->name, argv[i], err)
                   : tl_fail(err, TL_EINPUT, "'%s' is a word too many; --help shows the usage",
                             argv[i]);
        }
    }
    return st;
}

/* The ending of --out where it is a format of the operation's document. */
static const char *format_of(const tl_operation *o, const char *path)
{
    const char *dot = path ? strrchr(path, '.') : NULL;
    tl_span rest = tl_span_of(o->formats), format;
    while (dot && o->formats && tl_span_split(&rest, '|', &format))
        if (tl_span_is(format, dot + 1))
            return dot + 1;
    return NULL;
}

static tl_status save(const char *path, const tl_buf *b, tl_error *err)
{
    tl_status st = tl_buf_status(b, err);
    return st == TL_OK ? tl_file_write(path, tl_buf_text(b), b->len, err) : st;
}

static bool ends_in_json(const char *path)
{
    const char *dot = path ? strrchr(path, '.') : NULL;
    return dot && strcmp(dot, ".json") == 0;
}

/* A document of JSON stands wherever the JSON of the report would. */
static tl_status show_own_json(const tl_cli *cli, const struct operated *x, tl_error *err)
{
    const tl_call *c = &x->call;
    tl_status st = x->chart ? save(x->chart, &c->drawing, err) : TL_OK;
    if (st == TL_OK && x->out)
        st = ends_in_json(x->out) ? save(x->out, &c->document, err)
                                  : tl_report_save(c->report, x->out, err);
    if (st != TL_OK)
        return st;
    return cli->json ? tl_cli_print(&c->document, err) : tl_cli_show(cli, c->report, NULL, err);
}

static tl_status show(const tl_cli *cli, const struct operated *x, tl_error *err)
{
    if (x->call.document_type && x->call.report &&
        (x->call.operation->flags & TL_OPERATION_OWN_JSON))
        return show_own_json(cli, x, err);
    const tl_call *c = &x->call;
    tl_status st = x->chart ? save(x->chart, &c->drawing, err) : TL_OK;
    if (st == TL_OK && c->document_type)
        st = x->out ? save(x->out, &c->document, err) : tl_cli_print(&c->document, err);
    if (st == TL_OK && c->report && !c->document_type && x->out &&
        (c->operation->flags & TL_OPERATION_SHEET))
        return tl_report_save(c->report, x->out, err);
    if (st == TL_OK && c->report)
        st = tl_cli_show(cli, c->report, c->document_type ? NULL : x->out, err);
    return st;
}

/* Brings up to date what the operation relies on; where the file may only be read it goes on
 * without. */
static tl_status keep_up(tl_cli *cli, tl_call *c, tl_error *err)
{
    const tl_store_opts reading = { .read_only = true, .must_exist = true },
                        writing = { .must_exist = true };
    bool due;
    tl_store *s = NULL;
    tl_status st = c->operation->upkeep->is_due(c->store, &due, err);
    if (st != TL_OK || !due)
        return st;
    tl_store_close(c->store);
    c->store = NULL;
    if (tl_cli_store(cli, &writing, &s, NULL) == TL_OK)
        (void)!tl_call_upkeep(c->operation, s, NULL);
    tl_store_close(s);
    return tl_cli_store(cli, &reading, &c->store, err);
}

static tl_status prepare(tl_cli *cli, struct operated *x, tl_error *err)
{
    tl_call *c = &x->call;
    const char *actor = tl_cli_actor(cli->arena);
    if (!actor)
        return tl_fail_nomem(err);
    tl_time_now(x->now);
    x->now[10] = 0;
    x->viewer = tl_viewer_operator(actor);
    c->given = x->given;
    c->viewer = &x->viewer;
    c->today = x->now;
    c->now = tl_time_unix();
    c->data_dir = cli->data_dir;
    c->threads = cli->threads;
    c->log = &cli->log;
    c->zh = cli->zh;
    c->draw = x->chart != NULL;
    c->format = format_of(c->operation, x->out);
    c->json = cli->json || ends_in_json(x->out);
    c->dash = "--";
    c->own_files = true;
    c->arena = cli->arena;
    tl_status st = tl_call_check(c, err); /* before the database is looked for */
    const tl_store_opts opts = { .read_only = !(c->operation->flags & TL_OPERATION_WRITES),
                                 .must_exist = true };
    if (st == TL_OK)
        st = tl_cli_store(cli, &opts, &c->store, err);
    return st == TL_OK && c->operation->upkeep ? keep_up(cli, c, err) : st;
}

int tl_cli_operate(tl_cli *cli, const tl_operation *o, int argc, char **argv)
{
    tl_error err = { 0 };
    struct operated *x = tl_arena_alloc(cli->arena, 1, sizeof *x);
    if (!x) {
        tl_fail_nomem(&err);
        return tl_cli_fail(cli, &err);
    }
    x->call.operation = o;
    tl_buf_init(&x->call.drawing, 0);
    tl_buf_init(&x->call.document, 0);
    tl_status st = read_arguments(x, argc, argv, &err);
    if (st == TL_OK)
        st = prepare(cli, x, &err);
    if (st == TL_OK)
        st = tl_call_run(&x->call, &err);
    if (st == TL_OK)
        st = show(cli, x, &err);
    int code = st == TL_OK ? tl_cli_end_verdict(cli, x->refused, &x->call.refused_from,
                                                x->call.refusals, x->call.n_refusals)
                           : tl_cli_fail(cli, &err);
    if (code == TL_EXIT_OK)
        code = tl_cli_exit_code(x->call.finding);
    if (code == TL_EXIT_OK && x->call.partial)
        code = TL_EXIT_PARTIAL;
    tl_store_close(x->call.store);
    tl_buf_clear(&x->call.drawing);
    tl_buf_clear(&x->call.document);
    return code;
}

/* What stands for the value of an argument. */
static void put_value(FILE *out, const tl_argument *a)
{
    if (a->choices || a->shown) {
        fputs(a->choices ? a->choices : a->shown, out);
        return;
    }
    for (const char *p = a->name; *p; p++)
        fputc(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p, out);
}

static void put_argument(FILE *out, const tl_argument *a)
{
    bool may_miss = a->optional || (!a->required && !a->word);
    fputs(may_miss ? " [" : " ", out);
    if (!a->word)
        fprintf(out, "--%s%s", a->name, a->kind == TL_ARGUMENT_FLAG ? "" : " ");
    if (a->kind != TL_ARGUMENT_FLAG)
        put_value(out, a);
    fputs(a->many ? " ..." : "", out);
    fputs(may_miss ? "]" : "", out);
}

/* "[--out FILE.csv|.xlsx|.json|.zip]", or the formats of its document. */
static void put_out(FILE *out, const tl_operation *o)
{
    if (o->flags & TL_OPERATION_WRITES)
        return;
    tl_span rest = tl_span_of(o->formats ? o->formats : "csv|xlsx|json|zip"), format;
    fputs(" [--out FILE", out);
    for (bool first = true; tl_span_split(&rest, '|', &format); first = false)
        fprintf(out, "%s." TL_SPAN_FMT, first ? "" : "|", TL_SPAN_ARG(format));
    fputc(']', out);
}

void tl_cli_operations_usage(FILE *out, const tl_cli *cli, const tl_operations *list)
{
    fprintf(out, "%s\n", cli->zh ? list->summary.zh : list->summary.en);
    for (size_t i = 0; i < list->n; i++) {
        const tl_operation *o = &list->items[i];
        fprintf(out, "\n  tanlian %s", o->name);
        for (size_t k = 0; k < o->n; k++)
            put_argument(out, &o->arguments[k]);
        fputs(o->flags & TL_OPERATION_DRAWS ? " [--chart FILE.svg]" : "", out);
        put_out(out, o);
        fprintf(out, "\n      %s\n", cli->zh ? o->summary.zh : o->summary.en);
    }
}
