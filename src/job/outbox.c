/* outbox.c - letters that wait: kept, claimed, ended. */
#include "job/outbox.h"

#include <string.h>

static const char *const states[] = { "waiting", "sent", "failed" };

const char *tl_outbox_state_name(tl_outbox_state state)
{
    return states[state];
}

static const char *or_none(const char *text)
{
    return text ? text : "";
}

tl_status tl_outbox_put(tl_store *s, const tl_outbox_letter *l, int64_t now, int64_t *number,
                        tl_error *err)
{
    tl_query *q;
    bool row = false;
    *number = 0;
    tl_status st = tl_store_query(s, "outbox.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, l->kind);
    tl_query_text(q, 2, l->about);
    tl_query_text(q, 3, l->to);
    tl_query_text(q, 4, or_none(l->name));
    tl_query_text(q, 5, l->language);
    tl_query_text(q, 6, or_none(l->tenant));
    tl_query_text(q, 7, l->fields ? l->fields : "{}");
    tl_query_text(q, 8, or_none(l->holder));
    tl_query_int(q, 9, now);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        *number = tl_query_get_int(q, 0);
        st = tl_query_step(q, &row, err); /* to the end: only then it is done */
    }
    tl_query_reset(q);
    return st;
}

static tl_outbox_state state_of(const char *name)
{
    tl_outbox_state state = TL_OUTBOX_WAITING;
    while (state < TL_OUTBOX_FAILED && strcmp(states[state], name) != 0)
        state++;
    return state;
}

static tl_status read_row(tl_query *q, tl_arena *arena, tl_outbox_letter *out, tl_error *err)
{
    *out = (tl_outbox_letter){ .number = tl_query_get_int(q, 0),
                               .kind = tl_arena_str(arena, tl_query_get_text(q, 1)),
                               .to = tl_arena_str(arena, tl_query_get_text(q, 2)),
                               .name = tl_arena_str(arena, tl_query_get_text(q, 3)),
                               .language = tl_arena_str(arena, tl_query_get_text(q, 4)),
                               .tenant = tl_arena_str(arena, tl_query_get_text(q, 5)),
                               .fields = tl_arena_str(arena, tl_query_get_text(q, 6)),
                               .holder = tl_arena_str(arena, tl_query_get_text(q, 7)),
                               .state = state_of(tl_query_get_text(q, 8)),
                               .tries = tl_query_get_int(q, 9),
                               .made_at = tl_query_get_int(q, 10),
                               .due_at = tl_query_get_int(q, 11),
                               .ended_at = tl_query_get_int(q, 12),
                               .error = tl_arena_str(arena, tl_query_get_text(q, 13)) };
    bool whole = out->kind && out->to && out->name && out->language && out->tenant && out->fields &&
                 out->holder && out->error;
    return whole ? TL_OK : tl_fail_nomem(err);
}

static tl_status take(tl_store *s, tl_outbox_letter *l, int64_t now, bool *got, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "outbox.claim", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, l->number);
    tl_query_int(q, 2, l->tries);
    tl_query_int(q, 3, now + TL_OUTBOX_CLAIM_S);
    st = tl_query_run(q, err);
    *got = st == TL_OK && tl_query_changed(q) == 1;
    l->tries++;
    return st;
}

tl_status tl_outbox_claim(tl_store *s, const char *holder, int64_t now, tl_arena *arena,
                          tl_outbox_letter *out, bool *got, tl_error *err)
{
    tl_query *q;
    bool row = true;
    *got = false;
    for (int tries = 0; tries < 8 && row && !*got; tries++) { /* others may be faster */
        tl_status st = tl_store_query(s, "outbox.next", &q, err);
        if (st != TL_OK)
            return st;
        tl_query_int(q, 1, now);
        tl_query_text(q, 2, holder);
        if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
            st = read_row(q, arena, out, err);
        tl_query_reset(q);
        if (st == TL_OK && row)
            st = take(s, out, now, got, err);
        if (st != TL_OK)
            return st;
    }
    return TL_OK;
}

static tl_status end(tl_store *s, const tl_outbox_letter *l, tl_outbox_state state, const char *why,
                     int64_t now, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "outbox.end", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, l->number);
    tl_query_text(q, 2, states[state]);
    tl_query_int(q, 3, now);
    tl_query_text(q, 4, why);
    return tl_query_run(q, err);
}

tl_status tl_outbox_sent(tl_store *s, const tl_outbox_letter *l, int64_t now, tl_error *err)
{
    return end(s, l, TL_OUTBOX_SENT, "", now, err);
}

static int64_t wait_s(int64_t tries)
{
    int64_t s = TL_OUTBOX_FIRST_S;
    for (int64_t i = 1; i < tries && s < TL_OUTBOX_MOST_S; i++)
        s *= 2;
    return s < TL_OUTBOX_MOST_S ? s : TL_OUTBOX_MOST_S;
}

tl_status tl_outbox_failed(tl_store *s, const tl_outbox_letter *l, const char *why, bool for_good,
                           int64_t now, tl_error *err)
{
    tl_query *q;
    if (for_good || l->tries >= TL_OUTBOX_TRIES)
        return end(s, l, TL_OUTBOX_FAILED, why, now, err);
    tl_status st = tl_store_query(s, "outbox.again", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, l->number);
    tl_query_int(q, 2, now + wait_s(l->tries));
    tl_query_text(q, 3, why);
    return tl_query_run(q, err);
}

tl_status tl_outbox_drop(tl_store *s, const tl_outbox_letter *l, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "outbox.drop", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, l->number);
    return tl_query_run(q, err);
}

tl_status tl_outbox_sweep(tl_store *s, int64_t now, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "outbox.orphan", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, now - TL_OUTBOX_ORPHAN_S);
    tl_query_int(q, 2, now);
    if ((st = tl_query_run(q, err)) != TL_OK ||
        (st = tl_store_query(s, "outbox.forget", &q, err)) != TL_OK)
        return st;
    tl_query_int(q, 1, now - TL_OUTBOX_KEPT_S);
    return tl_query_run(q, err);
}

tl_status tl_outbox_list(tl_store *s, const char *tenant, size_t limit, tl_arena *arena,
                         const tl_outbox_letter **out, size_t *n, tl_error *err)
{
    tl_query *q;
    bool row = true;
    tl_outbox_letter *rows = tl_arena_alloc(arena, limit + 1, sizeof *rows);
    *n = 0;
    *out = rows;
    if (!rows)
        return tl_fail_nomem(err);
    tl_status st = tl_store_query(s, "outbox.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, tenant);
    tl_query_int(q, 2, (int64_t)limit);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row && *n < limit)
        if ((st = read_row(q, arena, &rows[(*n)++], err)) != TL_OK)
            break;
    tl_query_reset(q);
    return st;
}

tl_status tl_outbox_counts(tl_store *s, int64_t *waiting, int64_t *failed, tl_error *err)
{
    tl_query *q;
    bool row = false;
    *waiting = *failed = 0;
    tl_status st = tl_store_query(s, "outbox.counts", &q, err);
    if (st == TL_OK && (st = tl_query_step(q, &row, err)) == TL_OK && row) {
        *waiting = tl_query_get_int(q, 0);
        *failed = tl_query_get_int(q, 1);
        tl_query_reset(q);
    }
    return st;
}

tl_status tl_outbox_count_to(tl_store *s, const tl_outbox_letter *like, int64_t since, int64_t *n,
                             tl_error *err)
{
    tl_query *q;
    bool row = false;
    *n = 0;
    tl_status st = tl_store_query(s, "outbox.count_to", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, like->kind);
    tl_query_text(q, 2, like->to);
    tl_query_text(q, 3, or_none(like->tenant));
    tl_query_int(q, 4, since);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        *n = tl_query_get_int(q, 0);
        tl_query_reset(q);
    }
    return st;
}
