/* sales.c - figures of sales kept with their versions, and summed over months. */
#include "registry/sales.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "quantity/region.h"
#include "registry/record_priv.h"

enum { MONTHS = 12 };

tl_status tl_month_check(const char *month, tl_error *err)
{
    char day[TL_MONTH_TEXT + 3];
    if (month && strlen(month) == TL_MONTH_TEXT - 1 && strcmp(month, "1900-01") >= 0) {
        snprintf(day, sizeof day, "%s-01", month);
        if (tl_date_valid(day))
            return TL_OK;
    }
    return tl_fail(err, TL_EINPUT, "'%.40s', expected a month such as 2024-09", month ? month : "");
}

tl_status tl_sale_check(const tl_sale *sale, tl_error *err)
{
    tl_status st = tl_month_check(sale->month, err);
    if (st != TL_OK)
        return tl_context(err, st, "month");
    if (!tl_region_find(sale->region))
        return tl_fail(err, TL_EINPUT, "region: '%.40s' is no code of a region, such as CN",
                       sale->region);
    if (sale->units < 0 || sale->units > TL_SALE_UNITS_MOST)
        return tl_fail(err, TL_EINPUT, "units: %lld, expected 0 to %d", (long long)sale->units,
                       TL_SALE_UNITS_MOST);
    return tl_record_text_check("source", sale->source, TL_SALE_SOURCE_MAX, false, true, err);
}

/* The version in force: its id (0 = none), number, and whether it says the same. */
static tl_status find_current(tl_store *s, const tl_sale *sale, int64_t *id, int64_t *version,
                              bool *same, tl_error *err)
{
    tl_query *q;
    bool row = false;
    *id = *version = 0;
    *same = false;
    tl_status st = tl_store_query(s, "car_sale.current", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, sale->region);
    tl_query_text(q, 2, sale->month);
    tl_query_text(q, 3, sale->record);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        *id = tl_query_get_int(q, 0);
        *version = tl_query_get_int(q, 1);
        *same = tl_query_get_int(q, 2) == sale->units &&
                strcmp(tl_query_get_text(q, 3), sale->source) == 0;
    }
    tl_query_reset(q);
    return st;
}

static tl_status insert(tl_store *s, const tl_sale *sale, int64_t version, const char *who,
                        const char *day, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "car_sale.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, sale->record);
    tl_query_text(q, 2, sale->month);
    tl_query_text(q, 3, sale->region);
    tl_query_int(q, 4, version);
    tl_query_int(q, 5, sale->units);
    tl_query_text(q, 6, sale->source);
    tl_query_text(q, 7, day);
    tl_query_text(q, 8, who);
    return tl_query_run(q, err);
}

static tl_status supersede(tl_store *s, int64_t id, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "car_sale.supersede", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, id);
    return tl_query_run(q, err);
}

/* The first record a bound query finds, and whether there is a second. */
static tl_status find_one(tl_query *q, tl_arena *arena, const char **record, bool *several,
                          tl_error *err)
{
    bool row = false;
    tl_status st = tl_query_step(q, &row, err);
    *record = NULL;
    *several = false;
    if (st == TL_OK && row) {
        *record = tl_arena_str(arena, tl_query_get_text(q, 0));
        st = *record ? tl_query_step(q, several, err) : tl_fail_nomem(err);
    }
    tl_query_reset(q);
    return st;
}

tl_status tl_sale_put(tl_store *s, const tl_sale *sale, const char *who, const char *day,
                      tl_sale_change *change, tl_error *err)
{
    int64_t id, version;
    bool same;
    tl_status st = tl_sale_check(sale, err);
    if (st == TL_OK)
        st = find_current(s, sale, &id, &version, &same, err);
    if (st != TL_OK)
        return st;
    *change = same ? TL_SALE_SAME : id ? TL_SALE_CORRECTED : TL_SALE_NEW;
    if (same)
        return TL_OK;
    if (id && (st = supersede(s, id, err)) != TL_OK)
        return st;
    return insert(s, sale, version + 1, who, day, err);
}

static bool given(const char *text)
{
    return text && *text;
}

tl_status tl_sale_find_car(tl_store *s, const tl_sale_car *car, tl_arena *arena,
                           const char **record, tl_error *err)
{
    const bool by_id = given(car->record), disclosed = !by_id && given(car->disclosure_id);
    const bool named = given(car->product) && given(car->maker);
    const char *first = by_id ? car->record : disclosed ? car->disclosure_id : car->product;
    tl_query *q;
    bool several;
    *record = NULL;
    if (!by_id && !disclosed && !named)
        return tl_fail(err, TL_EINPUT,
                       "no car: expected record, disclosure_id, or product and maker");
    tl_status st = tl_store_query(s,
                                  by_id       ? "car_sale.car"
                                  : disclosed ? "car_sale.disclosed"
                                              : "car_sale.named",
                                  &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, first);
    if (!by_id && !disclosed)
        tl_query_text(q, 2, car->maker);
    if ((st = find_one(q, arena, record, &several, err)) != TL_OK)
        return st;
    if (!*record)
        return by_id || disclosed
                   ? tl_fail(err, TL_ENOTFOUND, "no car '%.80s' in the register", first)
                   : tl_fail(err, TL_ENOTFOUND, "no car '%.80s' of %.80s in the register", first,
                             car->maker);
    return several ? tl_fail(err, TL_ECONFLICT,
                             "several cars are called '%.80s': name the record instead", first)
                   : TL_OK;
}

static const char *text(tl_query *q, int column, tl_arena *arena, bool *full)
{
    const char *kept = tl_arena_str(arena, tl_query_get_text(q, column));
    *full = *full || !kept;
    return kept;
}

tl_status tl_sale_history(tl_store *s, const char *record, tl_arena *arena, const tl_sale **out,
                          size_t *n, tl_error *err)
{
    tl_query *q;
    tl_sale *list = NULL;
    size_t cap = 0;
    bool row = false, full = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "car_sale.history", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, record);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &list, &cap, *n + 1, sizeof *list, err)) != TL_OK)
            break;
        list[(*n)++] = (tl_sale){ .record = record,
                                  .month = text(q, 0, arena, &full),
                                  .region = text(q, 1, arena, &full),
                                  .version = tl_query_get_int(q, 2),
                                  .units = tl_query_get_int(q, 3),
                                  .source = text(q, 4, arena, &full),
                                  .loaded_on = text(q, 5, arena, &full),
                                  .author = text(q, 6, arena, &full),
                                  .current = tl_query_get_int(q, 7) != 0 };
    }
    tl_query_reset(q);
    *out = list;
    return full ? tl_fail_nomem(err) : st;
}

tl_status tl_sales_months(tl_store *s, tl_arena *arena, const tl_sales_month **out, size_t *n,
                          tl_error *err)
{
    tl_query *q;
    tl_sales_month *list = NULL;
    size_t cap = 0;
    bool row = false, full = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "car_sale.months", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &list, &cap, *n + 1, sizeof *list, err)) != TL_OK)
            break;
        list[(*n)++] = (tl_sales_month){ text(q, 0, arena, &full), text(q, 1, arena, &full),
                                         tl_query_get_int(q, 2), tl_query_get_int(q, 3) };
    }
    tl_query_reset(q);
    *out = list;
    return full ? tl_fail_nomem(err) : st;
}

static size_t month_number(const char *month)
{
    size_t year = 0;
    for (size_t i = 0; i < 4; i++)
        year = year * 10 + (size_t)(month[i] - '0');
    return year * MONTHS + (size_t)(month[5] - '0') * 10 + (size_t)(month[6] - '0');
}

/* The months given, checked. */
static tl_status check_months(const char *from, const char *until, tl_error *err)
{
    tl_status st = from ? tl_month_check(from, err) : TL_OK;
    if (st == TL_OK && until)
        st = tl_month_check(until, err);
    if (st == TL_OK && until && !from)
        return tl_fail(err, TL_EINPUT, "an end, %s, without a beginning", until);
    if (st == TL_OK && from && until && strcmp(until, from) < 0)
        return tl_fail(err, TL_EINPUT, "the end, %s, is before the beginning, %s", until, from);
    return st;
}

/* The region asked for or the only one, and its first and last month. */
static tl_status find_region(const tl_sales_month *m, size_t n, const char *region,
                             tl_sales_period *out, tl_error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (region && strcmp(m[i].region, region) != 0)
            continue;
        if (out->region && strcmp(out->region, m[i].region) != 0)
            return tl_fail(err, TL_EINPUT,
                           "sales are loaded of several regions, %s and %s among them, which may "
                           "hold each other: name one",
                           out->region, m[i].region);
        if (!out->region)
            out->from = m[i].month;
        out->region = m[i].region;
        out->until = m[i].month;
    }
    if (out->region)
        return TL_OK;
    return region ? tl_fail(err, TL_ENOTFOUND,
                            "no sales of %.40s are loaded; 'tanlian registry sales import FILE' "
                            "loads them: columns record, month, units, region, source",
                            region)
                  : tl_fail(err, TL_ENOTFOUND,
                            "no sales are loaded; 'tanlian registry sales import FILE' loads them: "
                            "columns record, month, units, region, source");
}

tl_status tl_sales_choose(tl_store *s, const char *from, const char *until, const char *region,
                          tl_arena *arena, tl_sales_period *out, tl_error *err)
{
    const tl_sales_month *months;
    size_t n = 0, there = 0;
    *out = (tl_sales_period){ 0 };
    tl_status st = check_months(from, until, err);
    if (st == TL_OK)
        st = tl_sales_months(s, arena, &months, &n, err);
    if (st == TL_OK)
        st = find_region(months, n, region, out, err);
    if (st != TL_OK)
        return st;
    const char *first = out->from, *last = out->until;
    if (from) {
        out->from = from;
        out->until = until ? until : from;
    }
    for (size_t i = 0; i < n; i++)
        there += strcmp(months[i].region, out->region) == 0 &&
                 strcmp(months[i].month, out->from) >= 0 &&
                 strcmp(months[i].month, out->until) <= 0;
    out->months = month_number(out->until) - month_number(out->from) + 1;
    out->missing = out->months - there;
    return there ? TL_OK
                 : tl_fail(err, TL_ENOTFOUND,
                           "no sales of %s are loaded from %s to %s; there are some from %s to %s",
                           out->region, out->from, out->until, first, last);
}

tl_status tl_sales_read(tl_store *s, const tl_sales_period *p, tl_arena *arena,
                        const tl_car_sales **out, size_t *n, tl_error *err)
{
    tl_query *q;
    tl_car_sales *list = NULL;
    size_t cap = 0;
    bool row = false, full = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "car_sale.sum", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, p->region);
    tl_query_text(q, 2, p->from);
    tl_query_text(q, 3, p->until);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &list, &cap, *n + 1, sizeof *list, err)) != TL_OK)
            break;
        list[(*n)++] = (tl_car_sales){ text(q, 0, arena, &full), (double)tl_query_get_int(q, 1) };
    }
    tl_query_reset(q);
    *out = list;
    return full ? tl_fail_nomem(err) : st;
}
