/* vehicle.c - rows of the vehicle tables to structs and back. */
#include "footprint/vehicle.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static void bind_number(tl_query *q, int parameter, double v)
{
    if (isnan(v))
        tl_query_null(q, parameter);
    else
        tl_query_number(q, parameter, v);
}

/* Whose cars, or whose bills, a query may give: the parameter of vehicle.sql. No organisation is
 * called "*". */
static const char *scope(const tl_viewer *who, bool may)
{
    if (!who || !may)
        return "";
    return who->all_tenants ? "*" : who->tenant ? who->tenant : "";
}

/* Who edits footprints by a key that cannot read them has to find the own car to change it. */
static const char *scope_of_cars(const tl_viewer *who)
{
    return scope(who, who && (tl_viewer_may(who, TL_RIGHT_RECORD_READ) ||
                              tl_viewer_may(who, TL_RIGHT_RECORD_EDIT)));
}

static const char *scope_of_bills(const tl_viewer *who)
{
    return scope(who, who && tl_viewer_may(who, TL_RIGHT_RECORD_READ));
}

/* A car's columns in the order of vehicle.insert and of every query that selects them. */
enum { TEXTS = 12, NUMBERS = 11 };

static void texts_of(const tl_vehicle *v, const char *out[TEXTS])
{
    const char *const texts[TEXTS] = { v->id,         v->map,         v->brand,      v->maker_group,
                                       v->model,      v->description, v->size_class, v->body,
                                       v->powertrain, v->fuel,        v->chemistry,  v->currency };
    memcpy(out, texts, sizeof texts);
}

static void numbers_of(const tl_vehicle *v, double out[NUMBERS])
{
    const double numbers[NUMBERS] = {
        v->kerb_mass_kg,           v->fuel_low,      v->fuel_high,     v->electricity_low_wh_km,
        v->electricity_high_wh_km, v->range_low_km,  v->range_high_km, v->battery_kwh,
        v->co2_low_g_km,           v->co2_high_g_km, v->price
    };
    memcpy(out, numbers, sizeof numbers);
}

/* True if the current row says the same of the car; where it stood in its file may differ. */
static bool same_as_row(tl_query *q, const tl_vehicle *v)
{
    const char *texts[TEXTS];
    double numbers[NUMBERS];
    texts_of(v, texts);
    numbers_of(v, numbers);
    for (int i = 0; i < TEXTS; i++)
        if (!tl_text_equal(tl_query_get_text(q, i), texts[i]))
            return false;
    for (int i = 0; i < NUMBERS; i++) {
        bool none = tl_query_is_null(q, TEXTS + i);
        if (none != isnan(numbers[i]) || (!none && tl_query_get_number(q, TEXTS + i) != numbers[i]))
            return false;
    }
    return tl_query_get_int(q, TEXTS + NUMBERS + 1) == v->electricity_at_mains &&
           tl_query_get_int(q, TEXTS + NUMBERS + 2) == v->year &&
           tl_text_equal(tl_query_get_text(q, TEXTS + NUMBERS + 3), v->tenant);
}

/* Whether a car of this id is stored; TL_ECONFLICT if it is another one. */
static tl_status find_same(tl_store *s, const tl_vehicle *v, bool *found, tl_error *err)
{
    tl_query *q;
    *found = false;
    tl_status st = tl_store_query(s, "vehicle.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, v->id);
    tl_query_text(q, 2, "*");
    st = tl_query_step(q, found, err);
    if (st == TL_OK && *found && !same_as_row(q, v))
        st = tl_fail(err, TL_ECONFLICT, "car %s is stored with other values", v->id);
    tl_query_reset(q);
    return st;
}

tl_status tl_vehicle_add(tl_store *s, int64_t import_id, const tl_vehicle *v, bool *already,
                         tl_error *err)
{
    tl_query *q;
    const char *texts[TEXTS];
    double numbers[NUMBERS];
    tl_status st = find_same(s, v, already, err);
    if (st != TL_OK || *already)
        return st;
    if ((st = tl_store_query(s, "vehicle.insert", &q, err)) != TL_OK)
        return st;
    int p = 1;
    texts_of(v, texts);
    numbers_of(v, numbers);
    for (int i = 0; i < TEXTS; i++)
        tl_query_text(q, p++, texts[i]);
    for (int i = 0; i < NUMBERS; i++)
        bind_number(q, p++, numbers[i]);
    tl_query_int(q, p++, import_id);
    tl_query_int(q, p++, v->source_row);
    tl_query_int(q, p++, v->electricity_at_mains);
    tl_query_int(q, p++, v->year);
    tl_query_text(q, p++, v->tenant);
    return tl_query_run(q, err);
}

static double column_number(tl_query *q, int column)
{
    return tl_query_is_null(q, column) ? (double)NAN : tl_query_get_number(q, column);
}

/* The current row of a query that selects the columns of vehicle.insert, in that order. */
static tl_status read_vehicle(tl_query *q, tl_arena *arena, tl_vehicle *v, tl_error *err)
{
    const char **const texts[] = { &v->id,         &v->map,         &v->brand,      &v->maker_group,
                                   &v->model,      &v->description, &v->size_class, &v->body,
                                   &v->powertrain, &v->fuel,        &v->chemistry,  &v->currency };
    double *const numbers[] = {
        &v->kerb_mass_kg,           &v->fuel_low,      &v->fuel_high,     &v->electricity_low_wh_km,
        &v->electricity_high_wh_km, &v->range_low_km,  &v->range_high_km, &v->battery_kwh,
        &v->co2_low_g_km,           &v->co2_high_g_km, &v->price
    };
    int c = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++, c++) {
        const char *text = tl_query_get_text(q, c);
        *texts[i] = tl_arena_str(arena, text);
        if (text && !*texts[i])
            return tl_fail_nomem(err);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *numbers[i] = column_number(q, c++);
    v->source_row = tl_query_get_int(q, c++);
    v->electricity_at_mains = tl_query_get_int(q, c++) != 0;
    v->year = tl_query_get_int(q, c++);
    const char *tenant = tl_query_get_text(q, c), *company = tl_query_get_text(q, c + 1);
    v->tenant = tl_arena_str(arena, tenant);
    v->company = tl_arena_str(arena, company);
    return (tenant && !v->tenant) || (company && !v->company) ? tl_fail_nomem(err) : TL_OK;
}

tl_status tl_vehicle_get(tl_store *s, const tl_viewer *who, const char *id, tl_arena *arena,
                         tl_vehicle *out, tl_error *err)
{
    tl_query *q;
    bool row = false;
    tl_status st = tl_store_query(s, "vehicle.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, scope_of_cars(who));
    if ((st = tl_query_step(q, &row, err)) != TL_OK)
        return st;
    if (!row)
        return tl_fail(err, TL_ENOTFOUND, "no car '%.80s'", id);
    st = read_vehicle(q, arena, out, err);
    tl_query_reset(q);
    return st;
}

tl_status tl_vehicle_own(tl_store *s, const tl_viewer *who, const char *id, tl_arena *arena,
                         tl_vehicle *out, tl_error *err)
{
    tl_status st = tl_vehicle_get(s, who, id, arena, out, err);
    if (st != TL_OK || tl_viewer_of_tenant(who, out->tenant))
        return st;
    return tl_fail(err, TL_EFORBIDDEN,
                   "car %s is of public data, which no company changes: import the car from a file "
                   "of your own, then it is yours",
                   id);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* ASCII case ignored; other letters as they are. */
static bool contains(const char *text, tl_span word)
{
    for (; text && *text; text++) {
        size_t i = 0;
        while (i < word.n && text[i] && lower(text[i]) == lower(word.p[i]))
            i++;
        if (i == word.n)
            return true;
    }
    return false;
}

/* Brand, model and description of the current row together hold every word. */
static bool row_matches(tl_query *q, const char *words)
{
    static const int columns[] = { 2, 4, 5 };
    tl_span rest = tl_span_of(words), word;
    while (tl_span_split(&rest, ' ', &word)) {
        bool found = word.n == 0;
        for (size_t i = 0; !found && i < sizeof columns / sizeof *columns; i++)
            found = contains(tl_query_get_text(q, columns[i]), word);
        if (!found)
            return false;
    }
    return true;
}

/* Collects the rows of q that match all words (NULL = any); at most limit (0 = all). */
static tl_status collect(tl_query *q, const char *words, size_t limit, tl_arena *arena,
                         tl_vehicle **out, size_t *n, tl_error *err)
{
    tl_vehicle *list = NULL;
    size_t len = 0, cap = 0;
    bool row = false;
    tl_status st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row && (!limit || len < limit)) {
        if (words && !row_matches(q, words))
            continue;
        if ((st = tl_grow(&list, &cap, len + 1, sizeof *list, err)) != TL_OK)
            break;
        list[len] = (tl_vehicle){ 0 };
        if ((st = read_vehicle(q, arena, &list[len], err)) != TL_OK)
            break;
        len++;
    }
    tl_query_reset(q);
    *n = len;
    *out = tl_arena_alloc(arena, len, sizeof **out);
    if (st == TL_OK && !*out)
        st = tl_fail_nomem(err);
    if (st == TL_OK && len)
        memcpy(*out, list, len * sizeof *list);
    free(list);
    return st;
}

tl_status tl_vehicle_list(tl_store *s, const tl_viewer *who, tl_arena *arena, tl_vehicle **out,
                          size_t *n, tl_error *err)
{
    return tl_vehicle_search(s, who, NULL, NULL, 0, arena, out, n, err);
}

tl_status tl_vehicle_search(tl_store *s, const tl_viewer *who, const char *text, const char *after,
                            size_t limit, tl_arena *arena, tl_vehicle **out, size_t *n,
                            tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, after ? "vehicle.list_after" : "vehicle.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, scope_of_cars(who));
    if (after)
        tl_query_text(q, 2, after);
    return collect(q, text, limit, arena, out, n, err);
}

tl_status tl_vehicle_set_parts(tl_store *s, const char *id, const tl_vehicle_part *parts, size_t n,
                               tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "vehicle.parts_delete", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    if ((st = tl_query_run(q, err)) != TL_OK)
        return st;
    for (size_t i = 0; i < n; i++) {
        if ((st = tl_store_query(s, "vehicle.part_insert", &q, err)) != TL_OK)
            return st;
        tl_query_text(q, 1, id);
        tl_query_int(q, 2, (int64_t)i + 1);
        tl_query_text(q, 3, parts[i].part);
        tl_query_text(q, 4, parts[i].material);
        tl_query_number(q, 5, parts[i].mass_kg);
        tl_query_text(q, 6, parts[i].supplier);
        tl_query_text(q, 7, parts[i].process);
        tl_query_number(q, 8, parts[i].recycled_share);
        if ((st = tl_query_run(q, err)) != TL_OK)
            return st;
    }
    return TL_OK;
}

static tl_status read_part(tl_query *q, tl_arena *arena, tl_vehicle_part *p, tl_error *err)
{
    p->part = tl_arena_str(arena, tl_query_get_text(q, 0));
    p->material = tl_arena_str(arena, tl_query_get_text(q, 1));
    p->mass_kg = tl_query_get_number(q, 2);
    p->supplier = tl_arena_str(arena, tl_query_get_text(q, 3));
    p->process = tl_arena_str(arena, tl_query_get_text(q, 4));
    p->recycled_share = tl_query_get_number(q, 5);
    return p->part && p->material && p->supplier && p->process ? TL_OK : tl_fail_nomem(err);
}

tl_status tl_vehicle_parts(tl_store *s, const tl_viewer *who, const char *id, tl_arena *arena,
                           tl_vehicle_part **out, size_t *n, tl_error *err)
{
    tl_query *q;
    bool row = false;
    tl_vehicle_part *list = NULL;
    size_t len = 0, cap = 0;
    tl_status st = tl_store_query(s, "vehicle.parts", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, scope_of_bills(who));
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_grow(&list, &cap, len + 1, sizeof *list, err)) != TL_OK ||
            (st = read_part(q, arena, &list[len], err)) != TL_OK)
            break;
        len++;
    }
    tl_query_reset(q);
    *n = len;
    *out = tl_arena_alloc(arena, len, sizeof **out);
    if (st == TL_OK && !*out)
        st = tl_fail_nomem(err);
    if (st == TL_OK && len)
        memcpy(*out, list, len * sizeof *list);
    free(list);
    return st;
}

tl_status tl_vehicle_parts_count(tl_store *s, const tl_viewer *who, int64_t *cars, tl_error *err)
{
    tl_query *q;
    bool row = false;
    tl_status st = tl_store_query(s, "vehicle.parts_count", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, scope_of_bills(who));
    if ((st = tl_query_step(q, &row, err)) == TL_OK) {
        *cars = row ? tl_query_get_int(q, 0) : 0;
        tl_query_reset(q);
    }
    return st;
}
