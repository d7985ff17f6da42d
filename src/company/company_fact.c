/* company_fact.c - single things known about companies, with period and source. */
#include <assert.h>
#include <string.h>

#include "company/company_priv.h"
#include "format/json.h"
#include "quantity/empty.h"
#include "quantity/period.h"

enum { FACT_COLUMNS = 7 };

/* A number, one of the empties, or a word. What begins like a number and is none ("19%", "1,5") is
 * a slip, not a word. */
static tl_status check_value(const tl_company_fact *f, tl_error *err)
{
    tl_value value = { 0 };
    tl_status st = tl_company_check_text("value", f->value, true, err);
    if (st != TL_OK)
        return st;
    bool value_of_kind = tl_value_parse(f->value, &value, NULL) == TL_OK;
    if (!value_of_kind && strchr("0123456789+-.", f->value[0]))
        return tl_fail(err, TL_EINPUT, "value: '%.60s' is no number (its unit stands beside it)",
                       f->value);
    if (f->unit && *f->unit && !value_of_kind)
        return tl_fail(err, TL_EINPUT, "unit: '%.60s' beside the word '%.60s', expected a number",
                       f->unit, f->value);
    return TL_OK;
}

static tl_status check_fact(const tl_company_fact *f, tl_error *err)
{
    tl_period period;
    tl_status st = check_value(f, err);
    if (st != TL_OK || (st = tl_company_check_text("unit", f->unit, false, err)) != TL_OK ||
        (st = tl_company_check_text("source", f->source, true, err)) != TL_OK ||
        (st = tl_company_check_text("note", f->note, false, err)) != TL_OK)
        return st;
    if (!f->fact || !tl_company_code_valid(f->fact))
        return tl_fail(err, TL_EINPUT, "fact: '%.60s', expected a name such as nev-share",
                       f->fact ? f->fact : "");
    st = tl_period_parse(f->period ? f->period : "", &period, err);
    return st == TL_OK ? st : tl_context(err, st, "period");
}

static void fact_values(const tl_company_fact *f, const char *v[FACT_COLUMNS])
{
    const char *const all[FACT_COLUMNS] = { f->company, f->fact,   f->period, f->value,
                                            f->unit,    f->source, f->note };
    for (size_t i = 0; i < FACT_COLUMNS; i++)
        v[i] = all[i] ? all[i] : "";
}

/* The value there is now, "" if none; *same where the whole fact is the same. */
static tl_status fact_there(tl_store *s, const char *const v[FACT_COLUMNS], tl_arena *arena,
                            const char **old, bool *same, tl_error *err)
{
    tl_query *q;
    bool row = false, full = false;
    *old = "";
    *same = false;
    tl_status st = tl_store_query(s, "company_fact.get", &q, err);
    if (st != TL_OK)
        return st;
    for (int i = 0; i < 3; i++)
        tl_query_text(q, i + 1, v[i]);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        *same = true;
        for (int i = 0; i < 4; i++)
            *same = *same && strcmp(tl_query_get_text(q, i), v[i + 3]) == 0;
        *old = tl_company_column(q, 0, arena, &full);
    }
    tl_query_reset(q);
    return full ? tl_fail_nomem(err) : st;
}

static tl_status write_fact(tl_store *s, const char *const v[FACT_COLUMNS], const char *old,
                            const char *actor, tl_error *err)
{
    static const char *const names[] = { "fact", "period", "value", "unit", "source", "note" };
    tl_query *q;
    tl_buf b;
    tl_status st = tl_store_query(s, "company_fact.put", &q, err);
    if (st != TL_OK)
        return st;
    for (int i = 0; i < FACT_COLUMNS; i++)
        tl_query_text(q, i + 1, v[i]);
    if ((st = tl_query_run(q, err)) != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        tl_json_text(&j, names[i], v[i + 1]);
    tl_json_text(&j, "old_value", *old ? old : NULL);
    tl_json_end(&j);
    return tl_company_audit(s, actor, "company.fact", v[0], &b, err);
}

tl_status tl_company_put_fact(tl_store *s, const tl_company_fact *f, const char *actor,
                              tl_error *err)
{
    const char *values[FACT_COLUMNS], *old = "";
    tl_arena *scratch = NULL;
    tl_company c;
    bool same = false;
    assert(tl_store_in_transaction(s));
    tl_status st = check_fact(f, err);
    if (st != TL_OK || (st = tl_arena_new(&scratch, 0, err)) != TL_OK)
        return st;
    fact_values(f, values);
    if ((st = tl_company_get(s, values[0], scratch, &c, err)) == TL_OK &&
        (st = fact_there(s, values, scratch, &old, &same, err)) == TL_OK && !same)
        st = write_fact(s, values, old, actor, err);
    tl_arena_free(scratch);
    return st;
}

tl_status tl_company_facts(tl_store *s, const char *id, tl_arena *arena,
                           const tl_company_fact **out, size_t *n, tl_error *err)
{
    tl_company_fact *list = NULL;
    size_t cap = 0;
    tl_query *q;
    bool row = false, full = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "company_fact.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row && !full) {
        const char *v[FACT_COLUMNS];
        if ((st = tl_arena_grow(arena, &list, &cap, *n + 1, sizeof *list, err)) != TL_OK)
            break;
        for (int i = 0; i < FACT_COLUMNS && !full; i++)
            v[i] = tl_company_column(q, i, arena, &full);
        if (!full)
            list[(*n)++] = (tl_company_fact){ v[0], v[1], v[2], v[3], v[4], v[5], v[6] };
    }
    tl_query_reset(q);
    *out = list;
    return st == TL_OK && full ? tl_fail_nomem(err) : st;
}
