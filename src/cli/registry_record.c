/* registry_record.c - the forms about one record: show, history, export, step. */
#include <string.h>

#include "base/file.h"
#include "cli/registry.h"
#include "registry/epd.h"
#include "registry/record_chain.h"
#include "registry/search.h"
#include "report/registry_record.h"

/* The benchmark of a published car, NULL where it is none. */
static tl_status find_benchmark(tl_registry_call *c, const tl_record *r, const tl_benchmark **out,
                                tl_error *err)
{
    *out = NULL;
    if (r->kind != TL_RECORD_VEHICLE || r->state != TL_RECORD_PUBLISHED)
        return TL_OK;
    tl_status st = tl_registry_cars(c, err);
    for (size_t i = 0; st == TL_OK && i < c->cars.n; i++)
        if (strcmp(c->cars.cars[i].id, r->id) == 0)
            *out = &c->benchmarks.items[i];
    return st;
}

tl_status tl_registry_show(tl_registry_call *c, tl_error *err)
{
    int64_t version = 0;
    const tl_option options[] = { { "result", TL_OPTION_INT, &version } };
    tl_record r;
    const char *today = "";
    tl_record_card card = { .record = &r, .rule = &c->rule };
    tl_arena *arena = c->cli->arena;
    tl_status st = tl_registry_options(c, options, 1, 1, 1, err);
    if (st == TL_OK && (st = tl_registry_open(c, false, err)) == TL_OK) {
        tl_error why = { 0 };
        st = tl_record_get(c->store, c->argv[0], version, arena, &r, &why);
        if (st == TL_ENOTFOUND && version == 0) /* nothing published yet: the newest */
            st = tl_record_get(c->store, c->argv[0], -1, arena, &r, err);
        else if (st != TL_OK)
            st = tl_fail(err, st, "%s", why.text);
    }
    if (st == TL_OK)
        st = tl_record_feedback_list(c->store, r.id, arena, &card.feedback, &card.n_feedback, err);
    if (st == TL_OK)
        st = find_benchmark(c, &r, &card.benchmark, err);
    if (st == TL_OK)
        st = tl_registry_day(c, &today, err);
    if (st == TL_OK)
        st = tl_epd_marks(c->store, r.pins, today, arena, &card.marks, &card.n_marks, err);
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_record(&card, arena), c->out, err) : st;
}

tl_status tl_registry_history(tl_registry_call *c, tl_error *err)
{
    const tl_record *versions;
    size_t n = 0;
    tl_status st = tl_registry_options(c, NULL, 0, 1, 1, err);
    if (st == TL_OK && (st = tl_registry_open(c, false, err)) == TL_OK)
        st = tl_record_versions(c->store, c->argv[0], c->cli->arena, &versions, &n, err);
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_record_versions(versions, n, c->cli->arena),
                                     c->out, err)
                       : st;
}

tl_status tl_registry_export(tl_registry_call *c, tl_error *err)
{
    tl_buf b;
    tl_status st = tl_registry_options(c, NULL, 0, 1, 1, err);
    if (st == TL_OK)
        st = tl_registry_open(c, false, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    st = tl_record_export(c->store, c->argv[0], &b, err);
    if (st == TL_OK)
        st = c->out ? tl_file_write(c->out, tl_buf_text(&b), b.len, err) : tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

static tl_status find_step(const char *word, tl_record_step *step, tl_error *err)
{
    static const struct {
        const char *name;
        tl_record_step step;
    } steps[] = {
        { "ask", TL_RECORD_ASK },           { "recalculate", TL_RECORD_RECALCULATE },
        { "publish", TL_RECORD_PUBLISH },   { "expire", TL_RECORD_EXPIRE },
        { "withdraw", TL_RECORD_WITHDRAW },
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (strcmp(word, steps[i].name) == 0) {
            *step = steps[i].step;
            return TL_OK;
        }
    return tl_fail(err, TL_EINPUT,
                   "'%s' is no step, expected ask, recalculate, publish, expire or withdraw", word);
}

tl_status tl_registry_step(tl_registry_call *c, tl_error *err)
{
    tl_record_step step = TL_RECORD_ASK;
    const tl_record *versions;
    size_t n;
    int64_t changes;
    tl_status st = tl_registry_options(c, NULL, 0, 2, 2, err);
    if (st == TL_OK && (st = find_step(c->argv[1], &step, err)) == TL_OK)
        st = tl_registry_open(c, true, err);
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_record_take(c->store, c->argv[0], step, c->day, c->reason, c->who, err);
    if (st == TL_OK && step != TL_RECORD_ASK && step != TL_RECORD_RECALCULATE)
        st = tl_registry_keep(c, err); /* one car more or less moves the means of its category */
    if (st == TL_OK)
        st = tl_search_refresh(c->store, &changes, err);
    if (st == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    if (st == TL_OK)
        st = tl_record_versions(c->store, c->argv[0], c->cli->arena, &versions, &n, err);
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_record_versions(versions, n, c->cli->arena),
                                     c->out, err)
                       : st;
}
