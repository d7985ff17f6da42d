/* award.c - a round of awards kept: the candidates first, then the round that closes them. */
#include "registry/award.h"

#include <assert.h>
#include <string.h>

#include "format/json.h"
#include "registry/award_priv.h"
#include "registry/record_priv.h"
#include "store/audit.h"

/* Of one round and its candidates. */
#define ARENA_BYTES ((size_t)512 << 20)

int tl_award_segment_order(const tl_award_row *a, const tl_award_row *b)
{
    int c = strcmp(a->size, b->size);
    if (c == 0)
        c = strcmp(a->body, b->body);
    return c ? c : strcmp(a->powertrain, b->powertrain);
}

size_t tl_award_segment_rows(const tl_award_row *rows, size_t n, size_t first)
{
    size_t end = first;
    while (end < n && tl_award_segment_order(&rows[first], &rows[end]) == 0)
        end++;
    return end - first;
}

void tl_award_rank(tl_award_row *rows, size_t n, const tl_award_rule *rule)
{
    for (size_t i = 0; i < n; i++) {
        const double steps = tl_award_steps(rows[i].g_km, rule->step_g_km);
        const bool tie = i > 0 && steps == tl_award_steps(rows[i - 1].g_km, rule->step_g_km);
        rows[i].rank = tie ? rows[i - 1].rank : (int64_t)i + 1;
        rows[i].wins = n >= rule->least && rows[i].rank == 1;
    }
}

/* The seal of the published version, and whether it was published by the day. */
static tl_status read_seal(tl_store *s, const char *day, tl_award_row *row, tl_arena *arena,
                           tl_error *err)
{
    tl_query *q;
    bool found = false;
    tl_status st = tl_store_query(s, "award_candidate.seal", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, row->record);
    tl_query_int(q, 2, row->version);
    st = tl_query_step(q, &found, err);
    if (st == TL_OK && !found)
        st = tl_fail(err, TL_ENOTFOUND, "record '%s' has no version %lld", row->record,
                     (long long)row->version);
    if (st == TL_OK && strcmp(tl_query_get_text(q, 1), day) > 0)
        st = tl_fail(err, TL_EINPUT, "day: %s is before candidate '%s' was published, on %s", day,
                     row->record, tl_query_get_text(q, 1));
    if (st == TL_OK && !(row->seal = tl_arena_str(arena, tl_query_get_text(q, 0))))
        st = tl_fail_nomem(err);
    tl_query_reset(q);
    return st;
}

static tl_award_row row_of(const tl_cars *cars, const tl_award *a, const tl_published_car *c)
{
    return (tl_award_row){ .size = cars->sizes.items[a->size],
                           .body = cars->bodies.items[a->body],
                           .powertrain = cars->powertrains.items[a->powertrain],
                           .record = c->id,
                           .version = c->version,
                           .product = c->product,
                           .maker = cars->makers.items[c->maker],
                           .launched = c->launched,
                           .g_km = c->g_km };
}

static tl_status make_rows(tl_store *s, const tl_award_decision *d, const char *day,
                           tl_arena *arena, tl_kept_award *out, tl_error *err)
{
    size_t n = 0, at = 0;
    tl_status st = TL_OK;
    for (size_t i = 0; i < d->n; i++)
        n += d->awards[i].n;
    if (n == 0)
        return tl_fail(err, TL_EINPUT, "award '%s': no published car launched from %s to %s", d->id,
                       d->rule.from, d->rule.until);
    tl_award_row *rows = tl_arena_alloc(arena, n, sizeof *rows);
    if (!rows)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < d->n; i++) {
        const tl_award *a = &d->awards[i];
        const size_t first = at;
        for (size_t k = 0; st == TL_OK && k < a->n; k++) {
            rows[at] = row_of(d->cars, a, a->candidates[k].car);
            st = read_seal(s, day, &rows[at++], arena, err);
        }
        tl_award_rank(&rows[first], at - first, &d->rule);
    }
    out->rows = rows;
    out->n = n;
    return st;
}

static tl_status write_rows(tl_store *s, const tl_kept_award *a, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "award_candidate.insert", &q, err);
    for (size_t i = 0; st == TL_OK && i < a->n; i++) {
        const tl_award_row *r = &a->rows[i];
        tl_query_text(q, 1, a->round.id);
        tl_query_int(q, 2, (int64_t)i + 1);
        tl_query_text(q, 3, r->size);
        tl_query_text(q, 4, r->body);
        tl_query_text(q, 5, r->powertrain);
        tl_query_text(q, 6, r->record);
        tl_query_int(q, 7, r->version);
        tl_query_text(q, 8, r->product);
        tl_query_text(q, 9, r->maker);
        tl_query_text(q, 10, r->launched);
        tl_query_number(q, 11, r->g_km);
        tl_query_text(q, 12, r->seal);
        tl_query_int(q, 13, r->rank);
        tl_query_int(q, 14, r->wins);
        st = tl_query_run(q, err);
    }
    return st;
}

static tl_status write_round(tl_store *s, const tl_award_round *r, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "award_round.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, r->id);
    tl_query_text(q, 2, r->day);
    tl_query_text(q, 3, r->rule.from);
    tl_query_text(q, 4, r->rule.until);
    tl_query_number(q, 5, r->rule.step_g_km);
    tl_query_int(q, 6, (int64_t)r->rule.least);
    tl_query_text(q, 7, r->rule_version);
    tl_query_text(q, 8, r->rule_checksum);
    tl_query_int(q, 9, r->as_declared);
    tl_query_int(q, 10, r->cars);
    tl_query_int(q, 11, r->left_out);
    tl_query_int(q, 12, r->candidates);
    tl_query_text(q, 13, r->author);
    tl_query_text(q, 14, r->checksum);
    return tl_query_run(q, err);
}

static tl_status audit(tl_store *s, const tl_kept_award *a, tl_error *err)
{
    int64_t winners = 0;
    tl_buf object, detail;
    for (size_t i = 0; i < a->n; i++)
        winners += a->rows[i].wins;
    tl_buf_init(&object, 0);
    tl_buf_init(&detail, 0);
    tl_buf_printf(&object, "award/%s", a->round.id);
    tl_json j = tl_json_start(&detail, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "day", a->round.day);
    tl_json_text(&j, "rule_version", a->round.rule_version);
    tl_json_int(&j, "candidates", a->round.candidates);
    tl_json_int(&j, "winners", winners);
    tl_json_text(&j, "checksum", a->round.checksum);
    tl_json_end(&j);
    tl_status st = tl_buf_status(&object, err);
    if (st == TL_OK && (st = tl_buf_status(&detail, err)) == TL_OK)
        st = tl_audit_append(s, a->round.author, "award.keep", tl_buf_text(&object),
                             tl_buf_text(&detail), err);
    tl_buf_clear(&object);
    tl_buf_clear(&detail);
    return st;
}

static tl_status check_new(tl_store *s, const char *id, tl_arena *arena, tl_error *err)
{
    tl_kept_award there;
    tl_error why = { 0 };
    tl_status st = tl_award_get(s, id, arena, &there, &why);
    if (st == TL_ENOTFOUND)
        return TL_OK;
    return st == TL_OK ? tl_fail(err, TL_ECONFLICT,
                                 "award '%s' was kept on %s and does not change; take another name",
                                 id, there.round.day)
                       : tl_fail(err, st, "%s", why.text);
}

static tl_status keep(tl_store *s, const tl_award_decision *d, const char *day, const char *who,
                      tl_arena *arena, tl_error *err)
{
    char checksum[TL_SHA256_HEX];
    tl_kept_award a = { .round = { .id = d->id,
                                   .day = day,
                                   .rule = d->rule,
                                   .rule_version = d->rule_version,
                                   .rule_checksum = d->rule_checksum,
                                   .as_declared = d->as_declared,
                                   .cars = (int64_t)d->cars->n,
                                   .left_out = (int64_t)d->left_out,
                                   .author = who,
                                   .checksum = checksum } };
    tl_status st = check_new(s, d->id, arena, err);
    if (st == TL_OK)
        st = make_rows(s, d, day, arena, &a, err);
    a.round.candidates = (int64_t)a.n;
    if (st == TL_OK)
        st = tl_award_checksum(&a, checksum, err);
    if (st == TL_OK)
        st = write_rows(s, &a, err);
    if (st == TL_OK)
        st = write_round(s, &a.round, err);
    return st == TL_OK ? audit(s, &a, err) : st;
}

tl_status tl_award_keep(tl_store *s, const tl_award_decision *d, const char *who, tl_error *err)
{
    tl_arena *arena = NULL;
    char today[TL_DAY_TEXT], day[TL_DAY_TEXT];
    assert(tl_store_in_transaction(s));
    tl_status st = tl_record_id_check("award", d->id, TL_AWARD_ID_MAX, err);
    if (st == TL_OK && (st = tl_record_day("", today, err)) == TL_OK)
        st = tl_record_day(d->day, day, err);
    if (st == TL_OK && strcmp(day, today) > 0)
        st = tl_fail(err, TL_EINPUT, "day: %s is still to come", day);
    if (st != TL_OK || (st = tl_arena_new(&arena, ARENA_BYTES, err)) != TL_OK)
        return st;
    st = keep(s, d, day, who, arena, err);
    tl_arena_free(arena);
    return st;
}
