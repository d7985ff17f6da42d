/* record_step.c - the steps of a version. */
#include <assert.h>
#include <string.h>

#include "format/json.h"
#include "registry/record_chain.h"
#include "registry/record_priv.h"

/* What a step asks for; the order is that of tl_record_step. */
static const struct step {
    const char *name, *query, *action;
    unsigned from; /* bit set of states */
    tl_record_state to;
} steps[] = {
    [TL_RECORD_ASK] = { "ask", "record_version.review", "record.ask", 1U << TL_RECORD_PRELIMINARY,
                        TL_RECORD_REVIEW },
    [TL_RECORD_RECALCULATE] = { "recalculate", "record_version.recalculate", "record.recalculate",
                                1U << TL_RECORD_REVIEW, TL_RECORD_RECALCULATED },
    [TL_RECORD_PUBLISH] = { "publish", "record_version.publish", "record.publish",
                            1U << TL_RECORD_REVIEW | 1U << TL_RECORD_RECALCULATED,
                            TL_RECORD_PUBLISHED },
    [TL_RECORD_EXPIRE] = { "expire", "record_version.end", "record.expire",
                           1U << TL_RECORD_PUBLISHED, TL_RECORD_EXPIRED },
    [TL_RECORD_WITHDRAW] = { "withdraw", "record_version.end", "record.withdraw",
                             1U << TL_RECORD_PUBLISHED, TL_RECORD_WITHDRAWN },
};

const char *tl_record_step_name(tl_record_step step)
{
    return (size_t)step < sizeof steps / sizeof *steps ? steps[step].name : "";
}

static tl_status wrong_state(const tl_record_row *row, tl_record_step step, tl_error *err)
{
    const char *wanted = step == TL_RECORD_PUBLISH       ? "one in review or recalculated"
                         : step == TL_RECORD_ASK         ? "one that is preliminary"
                         : step == TL_RECORD_RECALCULATE ? "one in review"
                                                         : "one that is published";
    return tl_fail(err, TL_ECONFLICT, "version %lld is %s, %s needs %s", (long long)row->r.version,
                   tl_record_state_name(row->r.state), steps[step].name, wanted);
}

/* The state a step begins with, and whether the review brought a correction. */
static tl_status may_take(const tl_record_row *row, tl_record_step step, const char *reason,
                          tl_error *err)
{
    bool corrected = strcmp(row->content, row->reviewed) != 0;
    if (!(steps[step].from & 1U << row->r.state))
        return wrong_state(row, step, err);
    if (step == TL_RECORD_RECALCULATE && !corrected)
        return tl_fail(err, TL_ECONFLICT,
                       "version %lld says what it said when the review was asked for, there is "
                       "nothing to recalculate",
                       (long long)row->r.version);
    if (step == TL_RECORD_PUBLISH && row->r.state == TL_RECORD_REVIEW && corrected)
        return tl_fail(err, TL_ECONFLICT,
                       "version %lld was changed in review, it is recalculated before it is "
                       "published",
                       (long long)row->r.version);
    return tl_record_text_check("reason", reason, TL_RECORD_TEXT_MAX, true,
                                step == TL_RECORD_WITHDRAW, err);
}

static tl_status supersede(tl_record_writer *w, const tl_record_row *row, const char *day,
                           tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(w->s, "record_version.supersede", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, row->r.id);
    tl_query_text(q, 2, day);
    return tl_query_run(q, err);
}

/* The seal of version n, "" where it has none; 64 zeros for n = 0. */
static tl_status seal_of(tl_store *s, const char *id, int64_t n, char out[TL_SHA256_HEX],
                         tl_error *err)
{
    tl_query *q;
    bool row;
    memcpy(out, tl_record_first_link, TL_SHA256_HEX);
    tl_status st = n > 0 ? tl_store_query(s, "record_version.seal", &q, err) : TL_OK;
    if (n == 0 || st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_int(q, 2, n);
    st = tl_query_step(q, &row, err);
    if (st == TL_OK && row && strlen(tl_query_get_text(q, 0)) == TL_SHA256_HEX - 1)
        memcpy(out, tl_query_get_text(q, 0), TL_SHA256_HEX);
    else if (st == TL_OK)
        st = tl_fail(err, TL_ECONFLICT, "version %lld has no seal", (long long)n);
    tl_query_reset(q);
    return st;
}

/* Works the seal out over what is stored, not over what somebody holds in memory. */
static tl_status seal(tl_record_writer *w, tl_record_row *row, const char *day, tl_error *err)
{
    char before[TL_SHA256_HEX], *hash = tl_arena_alloc(w->scratch, 1, TL_SHA256_HEX);
    if (!hash)
        return tl_fail_nomem(err);
    tl_status st = tl_record_row_parts(w->s, row, w->scratch, err);
    if (st == TL_OK)
        st = seal_of(w->s, row->r.id, row->r.version - 1, before, err);
    if (st != TL_OK)
        return st;
    row->r.published_on = day;
    row->r.hash = hash;
    tl_buf_reset(&w->text);
    tl_record_canonical_put(&row->r, row->r.pins, true, &w->text);
    return tl_record_seal_text(&w->text, before, hash, err);
}

static tl_status write_step(tl_record_writer *w, const tl_record_row *row, tl_record_step step,
                            const char *day, const char *reason, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(w->s, steps[step].query, &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, row->number);
    if (step == TL_RECORD_PUBLISH) {
        tl_query_text(q, 2, day);
        tl_query_text(q, 3, row->r.hash);
    } else if (step == TL_RECORD_EXPIRE || step == TL_RECORD_WITHDRAW) {
        tl_query_text(q, 2, tl_record_state_name(steps[step].to));
        tl_query_text(q, 3, day);
        tl_query_text(q, 4, reason ? reason : "");
    }
    return tl_query_run(q, err);
}

tl_status tl_record_step_one(tl_record_writer *w, const char *id, tl_record_step step,
                             const char *day, const char *reason, tl_record_row *row, tl_error *err)
{
    bool found;
    bool ends = step == TL_RECORD_EXPIRE || step == TL_RECORD_WITHDRAW;
    tl_arena_reset(w->scratch);
    tl_status st = tl_record_find(w->s, id, ends ? 0 : -1, w->scratch, row, &found, err);
    if (st == TL_OK && !found && ends)
        st = tl_record_find(w->s, id, -1, w->scratch, row, &found, err);
    if (st == TL_OK && !found)
        st = tl_fail(err, TL_ENOTFOUND, "no such record");
    if (st == TL_OK)
        st = may_take(row, step, reason, err);
    if (st == TL_OK && step == TL_RECORD_PUBLISH && (st = supersede(w, row, day, err)) == TL_OK)
        st = seal(w, row, day, err);
    if (st == TL_OK)
        st = write_step(w, row, step, day, reason, err);
    return st == TL_OK ? st : tl_context(err, st, "record '%.100s'", id ? id : "");
}

static tl_status audit_step(const tl_record_writer *w, const tl_record_row *row,
                            tl_record_step step, const char *day, const char *reason, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_int(&j, "version", row->r.version);
    tl_json_text(&j, "from", tl_record_state_name(row->r.state));
    tl_json_text(&j, "to", tl_record_state_name(steps[step].to));
    tl_json_text(&j, "day", day);
    tl_json_number(&j, "value", row->r.value);
    tl_json_text(&j, "unit", row->r.unit);
    if (reason && *reason)
        tl_json_text(&j, "reason", reason);
    if (step == TL_RECORD_PUBLISH)
        tl_json_text(&j, "seal", row->r.hash);
    tl_json_end(&j);
    return tl_record_audit(w->s, w->who, steps[step].action, "record", row->r.id, &b, err);
}

tl_status tl_record_take(tl_store *s, const char *id, tl_record_step step, const char *day,
                         const char *reason, const char *who, tl_error *err)
{
    tl_record_writer w;
    tl_record_row row;
    char on[TL_DAY_TEXT];
    assert(tl_store_in_transaction(s));
    assert((size_t)step < sizeof steps / sizeof *steps);
    tl_status st = tl_record_day(day, on, err);
    if (st != TL_OK)
        return st;
    st = tl_record_writer_init(&w, s, who, err);
    if (st == TL_OK && (st = tl_record_step_one(&w, id, step, on, reason, &row, err)) == TL_OK)
        st = audit_step(&w, &row, step, on, reason, err);
    tl_record_writer_clear(&w);
    return st;
}
