/* call.c - arguments held against the row of the operation, and read by it. */
#include <assert.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "format/message.h"
#include "operation/operation.h"

static const tl_argument *find_row(const tl_operation *o, const char *name)
{
    for (size_t i = 0; i < o->n; i++)
        if (strcmp(o->arguments[i].name, name) == 0)
            return &o->arguments[i];
    return NULL;
}

/* "--by", "by", or the bare name of a word. */
#define NAMED(c, a) (a)->word || !(c)->dash ? "" : (c)->dash, (a)->name

static bool one_of(const char *value, const char *choices)
{
    tl_span rest = tl_span_of(choices), choice;
    while (tl_span_split(&rest, '|', &choice))
        if (tl_span_is(choice, value))
            return true;
    return false;
}

/* "a|b|c" as "a, b or c". */
static const char *said(const tl_call *c, const char *choices)
{
    tl_span rest = tl_span_of(choices), choice;
    tl_buf b;
    tl_buf_init(&b, 0);
    for (bool first = true; tl_span_split(&rest, '|', &choice); first = false) {
        tl_buf_str(&b, first ? "" : rest.p ? ", " : " or ");
        tl_buf_add(&b, choice.p, choice.n);
    }
    const char *text = tl_arena_str(c->arena, tl_buf_text(&b));
    tl_buf_clear(&b);
    return text ? text : choices;
}

static tl_status check_value(const tl_call *c, const tl_argument *a, const char *v, tl_error *err)
{
    int64_t whole;
    double number;
    tl_status st = TL_OK;
    switch (a->kind) {
    case TL_ARGUMENT_TEXT:
    case TL_ARGUMENT_FILE:
        return TL_OK;
    case TL_ARGUMENT_CHOICE:
        return one_of(v, a->choices) ? TL_OK
                                     : tl_fail(err, TL_EINPUT, "%s%s is '%s', expected %s",
                                               NAMED(c, a), v, said(c, a->choices));
    case TL_ARGUMENT_INT:
        st = tl_int_parse(v, INT64_MIN / 2, INT64_MAX / 2, &whole, err);
        if (st == TL_OK && (whole < a->least || whole > a->most))
            return tl_fail(err, TL_EINPUT, "%s%s is %s, expected %lld to %lld", NAMED(c, a), v,
                           (long long)a->least, (long long)a->most);
        break;
    case TL_ARGUMENT_NUMBER:
        st = tl_number_parse(v, &number, err);
        break;
    case TL_ARGUMENT_FLAG:
        return one_of(v, "true|false")
                   ? TL_OK
                   : tl_fail(err, TL_EINPUT, "%s%s is '%s', expected true or false", NAMED(c, a),
                             v);
    case TL_ARGUMENT_DAY:
        return tl_date_valid(v)
                   ? TL_OK
                   : tl_fail(err, TL_EINPUT, "%s%s is '%s', expected a calendar date YYYY-MM-DD",
                             NAMED(c, a), v);
    }
    return st == TL_OK ? st : tl_context(err, st, "%s%s", NAMED(c, a));
}

static size_t times(const tl_call *c, const char *name)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_given; i++)
        n += strcmp(c->given[i].name, name) == 0;
    return n;
}

static tl_status check_count(const tl_call *c, const tl_argument *a, tl_error *err)
{
    size_t n = times(c, a->name);
    if (n > 1 && !a->many)
        return tl_fail(err, TL_EINPUT, "%s%s is given %zu times", NAMED(c, a), n);
    bool needed = (a->required || a->word) && !a->optional;
    if (n == 0 && needed)
        return tl_fail(err, TL_EINPUT, "%s%s is missing%s%s", NAMED(c, a), a->help.en ? ": " : "",
                       a->help.en ? a->help.en : "");
    return TL_OK;
}

tl_status tl_call_check(const tl_call *c, tl_error *err)
{
    const tl_operation *o = c->operation;
    for (size_t i = 0; i < c->n_given; i++) {
        const tl_argument *a = find_row(o, c->given[i].name);
        if (!a)
            return tl_fail(err, TL_EINPUT, "'%s' takes no %s%s", o->name, c->dash ? c->dash : "",
                           c->given[i].name);
        tl_status st = check_value(c, a, c->given[i].value, err);
        if (st != TL_OK)
            return st;
    }
    for (size_t i = 0; i < o->n; i++) {
        tl_status st = check_count(c, &o->arguments[i], err);
        if (st != TL_OK)
            return st;
    }
    return TL_OK;
}

tl_status tl_call_run(tl_call *c, tl_error *err)
{
    tl_status st = tl_call_check(c, err);
    if (st == TL_OK)
        st = tl_viewer_require(c->viewer, c->operation->right, err);
    return st == TL_OK ? c->operation->run(c, err) : st;
}

tl_status tl_call_upkeep(const tl_operation *o, tl_store *writing, tl_error *err)
{
    tl_status st = tl_store_begin(writing, err);
    if (st != TL_OK)
        return st;
    if ((st = o->upkeep->run(writing, err)) == TL_OK)
        st = tl_store_commit(writing, err);
    else
        tl_store_rollback(writing);
    return st;
}

const char *tl_call_text(const tl_call *c, const char *name)
{
    assert(find_row(c->operation, name));
    for (size_t i = 0; i < c->n_given; i++)
        if (strcmp(c->given[i].name, name) == 0)
            return c->given[i].value;
    return NULL;
}

bool tl_call_flag(const tl_call *c, const char *name)
{
    const char *v = tl_call_text(c, name);
    return v && strcmp(v, "true") == 0;
}

void tl_call_int(const tl_call *c, const char *name, int64_t *out)
{
    const char *v = tl_call_text(c, name);
    int64_t read;
    if (v && tl_int_parse(v, INT64_MIN / 2, INT64_MAX / 2, &read, NULL) == TL_OK)
        *out = read; /* checked before the run */
}

void tl_call_number(const tl_call *c, const char *name, double *out)
{
    const char *v = tl_call_text(c, name);
    double read;
    if (v && tl_number_parse(v, &read, NULL) == TL_OK)
        *out = read;
}

size_t tl_call_list(const tl_call *c, const char *name, const char **out, size_t most)
{
    assert(find_row(c->operation, name));
    size_t n = 0;
    for (size_t i = 0; i < c->n_given; i++)
        if (strcmp(c->given[i].name, name) == 0) {
            if (n < most)
                out[n] = c->given[i].value;
            n++;
        }
    return n;
}

const char *tl_call_day(const tl_call *c)
{
    const char *day = tl_call_text(c, "day");
    return day ? day : c->today;
}

tl_status tl_call_context(const tl_call *c, const char *name, tl_status st, tl_error *err)
{
    return st == TL_OK ? st : tl_context(err, st, "%s%s", c->dash ? c->dash : "", name);
}

static void put_argument(tl_buf *out, const tl_argument *a, const char *value)
{
    const bool quoted = strpbrk(value, " \t\"'") != NULL;
    if (a->kind == TL_ARGUMENT_FLAG) {
        tl_buf_printf(out, " --%s", a->name);
        return;
    }
    if (!a->word)
        tl_buf_printf(out, " --%s", a->name);
    tl_buf_printf(out, quoted ? " \"%s\"" : " %s", value);
}

/* The question in words of the command line, in the order of the row whatever order it came in;
 * files are left out. NULL where memory is out. */
static const char *asked(const tl_call *c)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_buf_str(&b, c->operation->name);
    for (size_t i = 0; i < c->operation->n; i++) {
        const tl_argument *a = &c->operation->arguments[i];
        for (size_t k = 0; a->kind != TL_ARGUMENT_FILE && k < c->n_given; k++)
            if (strcmp(c->given[k].name, a->name) == 0 && c->given[k].value)
                put_argument(&b, a, c->given[k].value);
    }
    const char *text = b.failed ? NULL : tl_arena_str(c->arena, tl_buf_text(&b));
    tl_buf_clear(&b);
    return text;
}

tl_status tl_call_report(tl_call *c, tl_report *r, tl_error *err)
{
    if (r)
        tl_report_asked(r, asked(c));
    if (r && c->next)
        tl_report_next(r, c->next);
    c->report = r;
    return r ? TL_OK : tl_fail_nomem(err);
}

static const tl_column refusal_columns[] = {
    { .key = "row", .name = { "row", "行" }, .kind = TL_COLUMN_INT, .files_only = true },
    { .key = "reason",
      .name = { "reason", "英文原因" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
    { .key = "reason_zh",
      .name = { "reason in Chinese", "原因" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
};

tl_status tl_call_verdict(tl_call *c, tl_report *r, const tl_refused_source *source,
                          const tl_row_refusal *refusals, size_t n, tl_error *err)
{
    tl_report_table(r, "refusals", (tl_label){ "Rows refused", "被拒绝的行" }, refusal_columns,
                    sizeof refusal_columns / sizeof *refusal_columns);
    for (size_t i = 0; i < n; i++) {
        tl_report_int(r, (int64_t)refusals[i].row);
        tl_report_text(r, refusals[i].reason);
        tl_report_text(r, tl_message_said(c->arena, refusals[i].reason, true));
    }
    c->refused_from = *source;
    c->refusals = refusals;
    c->n_refusals = n;
    return tl_call_report(c, r, err);
}

const char *tl_call_who(const tl_call *c)
{
    return tl_viewer_name(c->viewer);
}
