/* detail.c - what few factors state: uncertainty, stage and gases; written and read. */
#include <math.h>
#include <string.h>

#include "factor/factor_priv.h"

/* In the order of the enums; the gases are named as the columns of a set. */
static const char *const stages[] = { "", "upstream", "downstream", "whole" };
static const char *const gases[TL_FACTOR_GASES] = { "fossil_co2", "biogenic_co2", "ch4",
                                                    "n2o",        "hfc",          "other_gas" };

const char *tl_factor_stage_name(tl_factor_stage stage)
{
    return stages[stage];
}

const char *tl_factor_gas_name(tl_factor_gas gas)
{
    return gases[gas];
}

bool tl_factor_stage_find(tl_span name, tl_factor_stage *out)
{
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        if (tl_span_is(name, stages[i])) {
            *out = (tl_factor_stage)i;
            return true;
        }
    return false;
}

bool tl_factor_detail_empty(const tl_factor_detail *d)
{
    bool stated = d->stage != TL_STAGE_NOT_STATED || !isnan(d->gsd) || !isnan(d->percent95);
    for (int i = 0; i < TL_FACTOR_GASES; i++)
        stated = stated || !isnan(d->share[i]);
    return !stated;
}

static void bind(tl_query *q, int parameter, double v)
{
    if (isnan(v))
        tl_query_null(q, parameter);
    else
        tl_query_number(q, parameter, v);
}

tl_status tl_factor_detail_write(tl_store *s, int64_t factor, const tl_factor_detail *d,
                                 tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "factor_detail.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, factor);
    bind(q, 2, d->gsd);
    bind(q, 3, d->percent95);
    tl_query_text(q, 4, stages[d->stage]);
    for (int i = 0; i < TL_FACTOR_GASES; i++)
        bind(q, 5 + i, d->share[i]);
    return tl_query_run(q, err);
}

static double number_or_nan(tl_query *q, int column)
{
    return tl_query_is_null(q, column) ? NAN : tl_query_get_number(q, column);
}

tl_status tl_factor_detail_read(tl_query *q, int column, tl_arena *arena,
                                const tl_factor_detail **out, tl_error *err)
{
    *out = NULL;
    if (tl_query_is_null(q, column))
        return TL_OK;
    tl_factor_detail *d = tl_arena_alloc(arena, 1, sizeof *d);
    const char *stage = tl_query_get_text(q, column + 3);
    if (!d || !stage)
        return tl_fail_nomem(err);
    *d = (tl_factor_detail){ .gsd = number_or_nan(q, column + 1),
                             .percent95 = number_or_nan(q, column + 2) };
    if (!tl_factor_stage_find(tl_span_of(stage), &d->stage))
        return tl_fail(err, TL_EIO, "'%s' is no stage of a factor", stage);
    for (int i = 0; i < TL_FACTOR_GASES; i++)
        d->share[i] = number_or_nan(q, column + 4 + i);
    *out = d;
    return TL_OK;
}
