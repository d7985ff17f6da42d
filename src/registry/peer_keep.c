/* peer_keep.c - classes and means in the database, a row for each change.
 *
 * The rows that are current and the cars, both by id, are gone through side by side. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "format/json.h"
#include "registry/car_order_priv.h"
#include "registry/peer_priv.h"
#include "store/audit.h"

/* One row of car_class; texts in the arena of the keeper. */
struct kept {
    int64_t id, record_version, peers, rank;
    const char *record, *rule_version, *class_rule_version, *day, *category;
    int class_number;
    double mean; /* NAN without category */
};

struct keeper {
    tl_store *s;
    tl_arena *arena; /* own, for the time of the call */
    const tl_cars *cars;
    const tl_benchmarks *b;
    const tl_peer_rule *rule;
    const char *day;
    const char *const *categories; /* as texts */
    struct kept *before;           /* owned; by record */
    size_t n_before, cap;
    int64_t written, changed;
};

static const char *word(const tl_car_words *words, uint8_t place)
{
    return words->items[place];
}

static tl_status name_categories(struct keeper *k, tl_error *err)
{
    const char **names = tl_arena_alloc(k->arena, k->b->n_categories + 1, sizeof *names);
    if (!names)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < k->b->n_categories; i++) {
        const tl_peer_category *c = &k->b->categories[i];
        names[i] = tl_arena_printf(k->arena, "%s/%s/%s", word(&k->cars->sizes, c->size),
                                   word(&k->cars->bodies, c->body),
                                   word(&k->cars->powertrains, c->powertrain));
        if (!names[i])
            return tl_fail_nomem(err);
    }
    k->categories = names;
    return TL_OK;
}

static tl_status read_row(struct keeper *k, tl_query *q, tl_error *err)
{
    tl_status st = tl_grow(&k->before, &k->cap, k->n_before + 1, sizeof *k->before, err);
    if (st != TL_OK)
        return st;
    struct kept *row = &k->before[k->n_before++];
    *row = (struct kept){
        .id = tl_query_get_int(q, 0),
        .record = tl_arena_str(k->arena, tl_query_get_text(q, 1)),
        .record_version = tl_query_get_int(q, 2),
        .rule_version = tl_arena_str(k->arena, tl_query_get_text(q, 3)),
        .class_rule_version = tl_arena_str(k->arena, tl_query_get_text(q, 4)),
        .day = tl_arena_str(k->arena, tl_query_get_text(q, 5)),
        .class_number = (int)tl_query_get_int(q, 6),
        .category = tl_arena_str(k->arena, tl_query_get_text(q, 7)),
        .mean = tl_query_is_null(q, 8) ? (double)NAN : tl_query_get_number(q, 8),
        .peers = tl_query_get_int(q, 9),
        .rank = tl_query_get_int(q, 10),
    };
    if (!row->record || !row->rule_version || !row->class_rule_version || !row->day ||
        !row->category)
        return tl_fail_nomem(err);
    if (strcmp(row->day, k->day) > 0)
        return tl_fail(err, TL_ECONFLICT, "the class of %s is kept up to %s, which is after %s",
                       row->record, row->day, k->day);
    return TL_OK;
}

/* All of it before the first change: the rows are read from the table that changes. */
static tl_status read_before(struct keeper *k, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(k->s, "car_class.current", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        if ((st = read_row(k, q, err)) != TL_OK)
            break;
    tl_query_reset(q);
    return st;
}

static bool same(const struct kept *a, const struct kept *b)
{
    return a->record_version == b->record_version && a->class_number == b->class_number &&
           a->peers == b->peers && a->rank == b->rank &&
           (a->mean == b->mean || (isnan(a->mean) && isnan(b->mean))) &&
           strcmp(a->category, b->category) == 0 && strcmp(a->rule_version, b->rule_version) == 0 &&
           strcmp(a->class_rule_version, b->class_rule_version) == 0;
}

static tl_status insert(struct keeper *k, const struct kept *row, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(k->s, "car_class.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, row->record);
    tl_query_int(q, 2, row->record_version);
    tl_query_text(q, 3, row->rule_version);
    tl_query_text(q, 4, row->class_rule_version);
    tl_query_text(q, 5, k->day);
    tl_query_int(q, 6, row->class_number);
    tl_query_text(q, 7, row->category);
    if (isnan(row->mean))
        tl_query_null(q, 8);
    else
        tl_query_number(q, 8, row->mean);
    tl_query_int(q, 9, row->peers);
    tl_query_int(q, 10, row->rank);
    k->written++;
    return tl_query_run(q, err);
}

/* now takes the place of before, which may be NULL. */
static tl_status replace(struct keeper *k, const struct kept *before, const struct kept *now,
                         tl_error *err)
{
    tl_query *q;
    if (before) {
        if (same(before, now))
            return TL_OK;
        tl_status st = tl_store_query(k->s, "car_class.end", &q, err);
        if (st != TL_OK)
            return st;
        tl_query_int(q, 1, before->id);
        if ((st = tl_query_run(q, err)) != TL_OK)
            return st;
        k->changed += before->class_number != now->class_number;
    }
    return insert(k, now, err);
}

static struct kept present(const struct keeper *k, uint32_t car)
{
    const tl_published_car *c = &k->cars->cars[car];
    const tl_benchmark *b = &k->b->items[car];
    const bool placed = b->category != SIZE_MAX;
    return (struct kept){ .record = c->id,
                          .record_version = c->version,
                          .rule_version = k->rule->version,
                          .class_rule_version = k->rule->class_version,
                          .category = placed ? k->categories[b->category] : "",
                          .mean = placed ? b->mean_g_km : (double)NAN,
                          .peers = (int64_t)b->peers,
                          .rank = (int64_t)b->rank,
                          .class_number = b->class_number };
}

/* A record that is not published any more; its version stays the one last seen. */
static struct kept gone(const struct keeper *k, const struct kept *before)
{
    return (struct kept){ .record = before->record,
                          .record_version = before->record_version,
                          .rule_version = k->rule->version,
                          .class_rule_version = k->rule->class_version,
                          .category = "",
                          .mean = (double)NAN };
}

/* True where the row says no more than that its record is not published. */
static bool already_gone(const struct kept *before)
{
    return *before->category == '\0' && before->class_number == 0 && before->peers == 0;
}

static tl_status keep_all(struct keeper *k, const uint32_t *order, tl_error *err)
{
    size_t at = 0, i = 0;
    tl_status st = TL_OK;
    while (st == TL_OK && (at < k->n_before || i < k->cars->n)) {
        const struct kept *before = at < k->n_before ? &k->before[at] : NULL;
        const char *id = i < k->cars->n ? k->cars->cars[order[i]].id : NULL;
        const int c = !before ? 1 : !id ? -1 : strcmp(before->record, id);
        const struct kept now = c < 0 ? gone(k, before) : present(k, order[i]);
        if (c >= 0 || !already_gone(before))
            st = replace(k, c > 0 ? NULL : before, &now, err);
        at += c <= 0;
        i += c >= 0;
    }
    return st;
}

static tl_status audit(const struct keeper *k, const char *who, tl_error *err)
{
    tl_buf detail;
    tl_buf_init(&detail, 0);
    tl_json j = tl_json_start(&detail, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "day", k->day);
    tl_json_text(&j, "rule_checksum", k->rule->checksum);
    tl_json_text(&j, "class_rule", k->rule->class_version);
    tl_json_text(&j, "class_rule_checksum", k->rule->class_checksum);
    tl_json_int(&j, "cars", (int64_t)k->cars->n);
    tl_json_int(&j, "rows", k->written);
    tl_json_int(&j, "changed", k->changed);
    tl_json_end(&j);
    tl_status st = tl_buf_status(&detail, err);
    if (st == TL_OK)
        st = tl_audit_append(k->s, who, "car_class.keep", k->rule->version, tl_buf_text(&detail),
                             err);
    tl_buf_clear(&detail);
    return st;
}

tl_status tl_benchmarks_keep(tl_store *s, const tl_cars *cars, const tl_benchmarks *b,
                             const tl_peer_rule *rule, const char *day, const char *who,
                             int64_t *changed, tl_error *err)
{
    struct keeper k = { .s = s, .cars = cars, .b = b, .rule = rule, .day = day };
    uint32_t *order = NULL;
    *changed = 0;
    if (!tl_date_valid(day))
        return tl_fail(err, TL_EINPUT, "'%.40s' is no day, expected one such as 2024-09-30", day);
    tl_status st = tl_arena_new(&k.arena, 0, err);
    if (st == TL_OK)
        st = tl_cars_order(cars, &order, err);
    if (st == TL_OK)
        st = name_categories(&k, err);
    if (st == TL_OK)
        st = read_before(&k, err);
    if (st == TL_OK)
        st = keep_all(&k, order, err);
    if (st == TL_OK && k.written)
        st = audit(&k, who, err);
    if (st == TL_OK)
        *changed = k.changed;
    free(order);
    free(k.before);
    tl_arena_free(k.arena);
    return st;
}

tl_status tl_class_on(tl_store *s, const char *record, const char *day, tl_kept_class *out,
                      tl_error *err)
{
    tl_query *q;
    bool row;
    *out = (tl_kept_class){ 0 };
    if (*day && !tl_date_valid(day))
        return tl_fail(err, TL_EINPUT, "'%.40s' is no day, expected one such as 2024-09-30", day);
    tl_status st = tl_store_query(s, *day ? "car_class.on" : "car_class.last", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, record);
    if (*day)
        tl_query_text(q, 2, day);
    st = tl_query_step(q, &row, err);
    if (st == TL_OK && row)
        *out = (tl_kept_class){ (int)tl_query_get_int(q, 0), tl_query_get_int(q, 1) };
    tl_query_reset(q);
    return st;
}

tl_status tl_benchmark_kept(tl_store *s, const tl_peer_rule *rule, const tl_record *car,
                            tl_benchmark *out, bool *found, tl_error *err)
{
    tl_query *q;
    *out = (tl_benchmark){ .category = SIZE_MAX, .mean_g_km = NAN, .to_mean = NAN };
    *found = false;
    tl_status st = tl_store_query(s, "car_class.benchmark", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, car->id);
    tl_query_int(q, 2, car->version);
    tl_query_text(q, 3, rule->version);
    tl_query_text(q, 4, rule->class_version);
    if ((st = tl_query_step(q, found, err)) == TL_OK && *found) {
        out->class_number = (int)tl_query_get_int(q, 0);
        if (!tl_query_is_null(q, 1))
            tl_benchmark_to_mean(out, car->value, tl_query_get_number(q, 1));
        out->peers = (size_t)tl_query_get_int(q, 2);
        out->rank = (size_t)tl_query_get_int(q, 3);
    }
    tl_query_reset(q);
    return st;
}
