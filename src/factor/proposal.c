/* proposal.c - proposals into the database and out of it. */
#include "factor/proposal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "factor/unit.h"
#include "store/audit.h"

static tl_status check(const tl_factor_proposal *p, tl_error *err)
{
    tl_units *units = NULL;
    tl_factor_unit unit;
    const char *const texts[] = { p->name_en, p->name_zh, p->category, p->boundary, p->source };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!tl_text_plain(texts[i], false) || strlen(texts[i]) > 1000)
            return tl_fail(err, TL_EINPUT, "'%.40s' is no plain line of at most 1000 bytes",
                           texts[i]);
    if (!*p->name_en && !*p->name_zh)
        return tl_fail(err, TL_EINPUT, "a proposal needs a name");
    if (!*p->source)
        return tl_fail(err, TL_EINPUT, "a proposal needs a source");
    if (!isfinite(p->value))
        return tl_fail(err, TL_EINPUT, "a proposal needs a finite value");
    size_t n = strlen(p->region);
    if (n < 2 || n > 40 || strspn(p->region, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != n ||
        p->region[0] == '-' || p->region[n - 1] == '-' || strstr(p->region, "--"))
        return tl_fail(err, TL_EINPUT, "'%.40s' is no region, expected a code such as CN or GLO",
                       p->region);
    if (p->year && (p->year < 1900 || p->year > 2200))
        return tl_fail(err, TL_EINPUT, "%lld is no year", (long long)p->year);
    tl_status st = tl_units_new(&units, err);
    if (st == TL_OK)
        st = tl_factor_unit_parse(units, p->unit, &unit, err);
    tl_units_free(units);
    return st;
}

static tl_status audit(tl_store *s, const char *who, const char *action, int64_t id, tl_error *err)
{
    char object[40];
    snprintf(object, sizeof object, "proposal %lld", (long long)id);
    return tl_audit_append(s, who, action, object, NULL, err);
}

tl_status tl_factor_propose(tl_store *s, const tl_factor_proposal *p, const char *who, int64_t *id,
                            tl_error *err)
{
    char now[TL_TIME_ISO];
    tl_query *q;
    bool row;
    tl_status st = check(p, err);
    if (st != TL_OK || (st = tl_store_query(s, "factor_proposal.insert", &q, err)) != TL_OK)
        return st;
    tl_time_now(now);
    tl_query_text(q, 1, p->name_en);
    tl_query_text(q, 2, p->name_zh);
    tl_query_text(q, 3, p->category);
    tl_query_number(q, 4, p->value);
    tl_query_text(q, 5, p->unit);
    tl_query_text(q, 6, p->region);
    tl_query_int(q, 7, p->year);
    tl_query_text(q, 8, p->boundary);
    tl_query_text(q, 9, p->source);
    tl_query_text(q, 10, who);
    tl_query_span(q, 11, now, 10);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        *id = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return st == TL_OK ? audit(s, who, "factor.propose", *id, err) : st;
}

static const char *text(tl_query *q, int column, tl_arena *arena, bool *full)
{
    const char *t = tl_query_get_text(q, column);
    const char *kept = t ? tl_arena_str(arena, t) : "";
    *full = *full || !kept;
    return kept;
}

static tl_status read_row(tl_query *q, tl_arena *arena, tl_factor_proposal *p, tl_error *err)
{
    bool full = false;
    *p = (tl_factor_proposal){
        .id = tl_query_get_int(q, 0),
        .name_en = text(q, 1, arena, &full),
        .name_zh = text(q, 2, arena, &full),
        .category = text(q, 3, arena, &full),
        .value = tl_query_get_number(q, 4),
        .unit = text(q, 5, arena, &full),
        .region = text(q, 6, arena, &full),
        .year = tl_query_get_int(q, 7),
        .boundary = text(q, 8, arena, &full),
        .source = text(q, 9, arena, &full),
        .proposed_by = text(q, 10, arena, &full),
        .proposed_on = text(q, 11, arena, &full),
        .state = text(q, 12, arena, &full),
        .decided_by = text(q, 13, arena, &full),
        .reason = text(q, 14, arena, &full),
    };
    return full ? tl_fail_nomem(err) : TL_OK;
}

tl_status tl_factor_proposals(tl_store *s, tl_arena *arena, const tl_factor_proposal **out,
                              size_t *n, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_factor_proposal *rows = NULL, *kept = NULL;
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "factor_proposal.list", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        if ((st = tl_grow(&rows, &cap, *n + 1, sizeof *rows, err)) != TL_OK ||
            (st = read_row(q, arena, &rows[(*n)++], err)) != TL_OK)
            break;
    tl_query_reset(q);
    if (st == TL_OK && !(kept = tl_arena_alloc(arena, *n + 1, sizeof *kept)))
        st = tl_fail_nomem(err);
    if (st == TL_OK && *n)
        memcpy(kept, rows, *n * sizeof *kept);
    *out = kept;
    free(rows);
    return st;
}

static tl_status may_decide(tl_store *s, int64_t id, const char *who, tl_arena *arena,
                            tl_error *err)
{
    const tl_factor_proposal *all;
    size_t n;
    tl_status st = tl_factor_proposals(s, arena, &all, &n, err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        if (all[i].id != id)
            continue;
        if (strcmp(all[i].state, "open") != 0)
            return tl_fail(err, TL_ECONFLICT, "proposal %lld is %s already", (long long)id,
                           all[i].state);
        return strcmp(all[i].proposed_by, who) == 0
                   ? tl_fail(err, TL_EFORBIDDEN,
                             "proposal %lld is your own: another person decides", (long long)id)
                   : TL_OK;
    }
    return st == TL_OK ? tl_fail(err, TL_ENOTFOUND, "no proposal %lld", (long long)id) : st;
}

tl_status tl_factor_decide(tl_store *s, int64_t id, bool accept, const char *reason,
                           const char *who, tl_arena *arena, tl_error *err)
{
    tl_query *q;
    if (!*reason || !tl_text_plain(reason, false))
        return tl_fail(err, TL_EINPUT, "a decision needs a reason, one plain line");
    tl_status st = may_decide(s, id, who, arena, err);
    if (st != TL_OK || (st = tl_store_query(s, "factor_proposal.decide", &q, err)) != TL_OK)
        return st;
    tl_query_int(q, 1, id);
    tl_query_text(q, 2, accept ? "accepted" : "rejected");
    tl_query_text(q, 3, who);
    tl_query_text(q, 4, reason);
    if ((st = tl_query_run(q, err)) == TL_OK)
        st = audit(s, who, accept ? "factor.accept" : "factor.reject", id, err);
    return st;
}
