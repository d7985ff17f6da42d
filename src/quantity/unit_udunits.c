/* unit_udunits.c - reads the definitions through UDUNITS-2 and takes the units apart.
 *
 * The only file that knows UDUNITS-2. Its parser, its status and its message handler are global, so
 * one reader at a time holds the lock. It also prints to stderr unless told not to. */
#include <udunits2.h>

#include <math.h>
#include <pthread.h>
#include <string.h>

#include "quantity/unit_priv.h"

typedef struct reading {
    ut_unit *base[TL_BASE_COUNT]; /* owned */
    tl_unit *unit;
} reading;

static bool put_power(reading *r, const ut_unit *basic, int power)
{
    for (size_t i = 0; i < TL_BASE_COUNT; i++)
        if (ut_compare(r->base[i], basic) == 0) {
            r->unit->power[i] = (int8_t)(r->unit->power[i] + power);
            return true;
        }
    return false; /* candela, radian: no unit of the table has them */
}

static ut_status visit_basic(const ut_unit *unit, void *ctx)
{
    return put_power(ctx, unit, 1) ? UT_SUCCESS : UT_VISIT_ERROR;
}

static ut_status visit_product(const ut_unit *unit, int count, const ut_unit *const *basic,
                               const int *powers, void *ctx)
{
    (void)unit;
    for (int i = 0; i < count; i++)
        if (!put_power(ctx, basic[i], powers[i]))
            return UT_VISIT_ERROR;
    return UT_SUCCESS;
}

static const ut_visitor visitor;

/* unit = scale * underlying, its zero at `offset` of the underlying's scaled values. One level is
 * all the table needs; UDUNITS-2 folds nested scales together itself. */
static ut_status visit_galilean(const ut_unit *unit, double scale, const ut_unit *underlying,
                                double offset, void *ctx)
{
    reading *r = ctx;
    (void)unit;
    r->unit->numerator *= scale;
    r->unit->offset = offset;
    return ut_accept_visitor(underlying, &visitor, ctx);
}

static ut_status visit_time(const ut_unit *unit, const ut_unit *time, double origin, void *ctx)
{
    (void)unit, (void)time, (void)origin, (void)ctx;
    return UT_VISIT_ERROR;
}

static ut_status visit_log(const ut_unit *unit, double base, const ut_unit *reference, void *ctx)
{
    (void)unit, (void)base, (void)reference, (void)ctx;
    return UT_VISIT_ERROR;
}

static const ut_visitor visitor = { visit_basic, visit_product, visit_galilean, visit_time,
                                    visit_log };

static tl_status open_bases(ut_system *system, reading *r, tl_error *err)
{
    for (size_t i = 0; i < TL_BASE_COUNT; i++) {
        const char *name = tl_base_table[i].udunits;
        if (i < TL_BASE_SI) {
            r->base[i] = ut_get_unit_by_symbol(system, name);
        } else {
            r->base[i] = ut_new_base_unit(system);
            if (r->base[i] && ut_map_name_to_unit(name, UT_ASCII, r->base[i]) != UT_SUCCESS)
                return tl_fail(err, TL_EIO, "unit database: base unit '%s' refused", name);
        }
        if (!r->base[i])
            return tl_fail(err, TL_EIO, "unit database: no base unit '%s'", name);
    }
    return TL_OK;
}

/* 0.001 has no exact double, 1/1000 has: written so where it is the same number. */
static void whole_quotient(tl_unit *unit)
{
    double inverse = round(1 / unit->numerator);
    if (unit->numerator < 1 && 1 / inverse == unit->numerator) {
        unit->numerator = 1;
        unit->denominator = inverse;
    }
}

static tl_status define(const ut_system *system, reading *r, const tl_unit_row *row, tl_unit *out,
                        tl_error *err)
{
    *out = (tl_unit){ .numerator = 1, .denominator = 1 };
    memcpy(out->text, row->symbol, strlen(row->symbol) + 1); /* a test holds them short */
    r->unit = out;
    ut_unit *unit = ut_parse(system, row->definition, UT_ASCII);
    bool good = unit && ut_accept_visitor(unit, &visitor, r) == UT_SUCCESS &&
                isfinite(out->numerator) && out->numerator > 0;
    ut_free(unit);
    whole_quotient(out);
    return good ? TL_OK
                : tl_fail(err, TL_EIO, "unit database: '%s' for %s has no meaning there",
                          row->definition, row->symbol);
}

/* Guards the library's own globals: two requests may read the units at once. */
static pthread_mutex_t library = PTHREAD_MUTEX_INITIALIZER;

static tl_status define_all(tl_unit *items, tl_error *err)
{
    tl_status st = TL_OK;
    reading r = { 0 };
    ut_status opened = UT_SUCCESS;

    ut_error_message_handler before = ut_set_error_message_handler(ut_ignore);
    const char *path = ut_get_path_xml(NULL, &opened);
    ut_system *system = ut_read_xml(NULL);
    if (!system) {
        st = tl_fail(err, TL_EIO, "unit database %s cannot be read (Debian: libudunits2-data)",
                     path ? path : "of UDUNITS-2");
        goto done;
    }
    if ((st = open_bases(system, &r, err)) != TL_OK)
        goto done;
    for (size_t i = 0; i < tl_unit_table_size && st == TL_OK; i++)
        st = define(system, &r, &tl_unit_table[i], &items[i], err);
done:
    for (size_t i = 0; i < TL_BASE_COUNT; i++)
        ut_free(r.base[i]);
    ut_free_system(system);
    ut_set_error_message_handler(before);
    return st;
}

tl_status tl_unit_define_all(tl_unit *items, tl_error *err)
{
    pthread_mutex_lock(&library);
    tl_status st = define_all(items, err);
    pthread_mutex_unlock(&library);
    return st;
}
