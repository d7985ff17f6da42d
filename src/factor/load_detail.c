/* load_detail.c - the optional columns of a factor file: uncertainty, stage, shares of gases. */
#include <math.h>
#include <stdio.h>

#include "factor/factor_priv.h"

/* Shares are printed rounded: six of them at one decimal are off by 0.3 at most, at none by 3, and
 * such a set has to mend its rounding. */
#define SHARES_MOST 100.6

static int share_column(const tl_csv *csv, tl_factor_gas gas)
{
    char name[40];
    snprintf(name, sizeof name, "share_%s", tl_factor_gas_name(gas));
    return tl_csv_column(csv, name);
}

void tl_factor_detail_find(const tl_csv *csv, tl_factor_detail_columns *out)
{
    *out = (tl_factor_detail_columns){ .gsd = tl_csv_column(csv, "gsd"),
                                       .percent95 = tl_csv_column(csv, "percent95"),
                                       .stage = tl_csv_column(csv, "stage") };
    for (int i = 0; i < TL_FACTOR_GASES; i++)
        out->share[i] = share_column(csv, (tl_factor_gas)i);
}

/* An empty cell is NAN: not stated. */
static tl_status number(const tl_csv *csv, int column, double lo, double hi, double *out,
                        tl_error *err)
{
    bool given = false;
    double v = NAN;
    *out = NAN;
    tl_status st = column < 0 ? TL_OK : tl_csv_number_opt(csv, column, &v, &given, err);
    if (st != TL_OK || !given)
        return st;
    if (!(v >= lo && v <= hi))
        return tl_csv_fail(csv, column, err, "%g, expected %g to %g, or nothing", v, lo, hi);
    *out = v;
    return TL_OK;
}

static tl_status shares(const tl_csv *csv, const tl_factor_detail_columns *at,
                        tl_factor_detail *out, tl_error *err)
{
    double sum = 0;
    for (int i = 0; i < TL_FACTOR_GASES; i++) {
        tl_status st = number(csv, at->share[i], 0, 100, &out->share[i], err);
        if (st != TL_OK)
            return st;
        sum += isnan(out->share[i]) ? 0 : out->share[i];
        if (sum > SHARES_MOST)
            return tl_csv_fail(csv, at->share[i], err,
                               "the shares of the gases add up to %g %%, expected at most 100",
                               sum);
    }
    return TL_OK;
}

tl_status tl_factor_detail_cells(const tl_csv *csv, const tl_factor_detail_columns *at,
                                 tl_factor_detail *out, tl_error *err)
{
    tl_span stage = tl_span_trim(at->stage < 0 ? tl_span_of("") : tl_csv_cell(csv, at->stage));
    *out = (tl_factor_detail){ 0 };
    tl_status st = number(csv, at->gsd, 1, 999, &out->gsd, err);
    if (st == TL_OK)
        st = number(csv, at->percent95, 1e-6, 9999, &out->percent95, err);
    if (st == TL_OK && !isnan(out->gsd) && !isnan(out->percent95))
        return tl_csv_fail(csv, at->percent95, err,
                           "gsd is given as well, expected one measure of uncertainty");
    if (st == TL_OK && !tl_factor_stage_find(stage, &out->stage))
        return tl_csv_fail(csv, at->stage, err,
                           "'" TL_SPAN_FMT "', expected upstream, downstream, whole or nothing",
                           TL_SPAN_ARG(stage));
    return st == TL_OK ? shares(csv, at, out, err) : st;
}
