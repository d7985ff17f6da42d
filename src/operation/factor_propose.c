/* factor_propose.c - proposing a value, and deciding about it. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "factor/proposal.h"
#include "intake/local_factors.h"
#include "operation/dataset.h"
#include "operation/factor.h"

static const char *text_or_none(const tl_call *c, const char *name)
{
    const char *text = tl_call_text(c, name);
    return text ? text : "";
}

static tl_status end(tl_call *c, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        return tl_store_commit(c->store, err);
    tl_store_rollback(c->store);
    return st;
}

tl_status tl_run_factor_propose(tl_call *c, tl_error *err)
{
    int64_t id = 0;
    tl_factor_proposal p = { .name_en = text_or_none(c, "name-en"),
                             .name_zh = text_or_none(c, "name-zh"),
                             .category = text_or_none(c, "category"),
                             .value = NAN,
                             .unit = text_or_none(c, "unit"),
                             .boundary = text_or_none(c, "boundary"),
                             .source = text_or_none(c, "source") };
    tl_call_number(c, "value", &p.value);
    tl_call_int(c, "year", &p.year);
    char *region = tl_arena_str(c->arena, text_or_none(c, "region"));
    if (!region)
        return tl_fail_nomem(err);
    for (char *r = region; *r; r++)
        if (*r >= 'a' && *r <= 'z')
            *r = (char)(*r - 'a' + 'A');
    p.region = region;
    tl_status st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    st = end(c, tl_factor_propose(c->store, &p, tl_call_who(c), &id, err), err);
    if (st != TL_OK)
        return st;
    tl_report *r =
        tl_report_new(c->arena, "factor-propose", (tl_label){ "Factor proposed", "已提议因子" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_fact_int(r, "proposal", (tl_label){ "proposal", "提议" }, id);
    tl_report_note(r, (tl_label){ "To be decided by another person.", "待他人复核。" });
    return tl_call_report(c, r, err);
}

static tl_label state_label(const char *state)
{
    if (strcmp(state, "open") == 0)
        return (tl_label){ "unverified", "未核实" };
    return strcmp(state, "accepted") == 0 ? (tl_label){ "accepted", "已采纳" }
                                          : (tl_label){ "rejected", "未采纳" };
}

static void put_proposal(tl_report *r, const tl_factor_proposal *p, tl_arena *arena)
{
    char value[TL_NUMBER_MAX];
    tl_number_format(p->value, value);
    tl_report_int(r, p->id);
    tl_report_word(r, p->state, state_label(p->state));
    tl_report_label(r, (tl_label){ p->name_en, p->name_zh });
    tl_report_text(r, tl_arena_str(arena, value));
    tl_report_text(r, p->unit);
    tl_report_text(r, p->region);
    if (p->year)
        tl_report_int(r, p->year);
    else
        tl_report_empty(r, (tl_label){ "not stated", "未注明" });
    tl_report_text(r, p->source);
    tl_report_text(r, p->proposed_by);
    tl_report_text(r, p->decided_by);
    tl_report_text(r, p->reason);
}

tl_status tl_run_factor_proposals(tl_call *c, tl_error *err)
{
    static const tl_column columns[] = {
        { .key = "id", .name = { "no.", "编号" }, .kind = TL_COLUMN_INT },
        { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
        { .key = "name", .name = { "name", "名称" }, .kind = TL_COLUMN_LABEL },
        { .key = "value", .name = { "value", "数值" }, .kind = TL_COLUMN_EXACT },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
        { .key = "region", .name = { "region", "地区" }, .kind = TL_COLUMN_TEXT },
        { .key = "year", .name = { "year", "年份" }, .kind = TL_COLUMN_INT },
        { .key = "source", .name = { "source", "来源" }, .kind = TL_COLUMN_TEXT },
        { .key = "proposed_by", .name = { "proposed by", "提议人" }, .kind = TL_COLUMN_TEXT },
        { .key = "decided_by", .name = { "decided by", "复核人" }, .kind = TL_COLUMN_TEXT },
        { .key = "reason", .name = { "reason", "理由" }, .kind = TL_COLUMN_TEXT },
    };
    const tl_factor_proposal *all;
    size_t n;
    tl_status st = tl_factor_proposals(c->store, c->arena, &all, &n, err);
    if (st != TL_OK)
        return st;
    tl_report *r = tl_report_new(c->arena, "factor-proposals",
                                 (tl_label){ "Proposed factors", "提议的排放因子" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_table(r, "proposals", (tl_label){ "Proposals", "提议" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++)
        put_proposal(r, &all[i], c->arena);
    return tl_call_report(c, r, err);
}

/* What is accepted is in a new edition of the local set at once. */
tl_status tl_run_factor_decide(tl_call *c, tl_error *err)
{
    const char *verdict = tl_call_text(c, "verdict");
    const bool accept = strcmp(verdict, "accept") == 0;
    int64_t number = 0;
    tl_set_installed *set = tl_arena_alloc(c->arena, 1, sizeof *set);
    tl_call_int(c, "proposal", &number);
    tl_status st = set ? tl_store_begin(c->store, err) : tl_fail_nomem(err);
    if (st != TL_OK)
        return st;
    st = tl_factor_decide(c->store, number, accept, text_or_none(c, "reason"), tl_call_who(c),
                          c->arena, err);
    if (st == TL_OK && accept)
        st = tl_local_factors_install(c->store, c->today, tl_call_who(c), c->arena, set, err);
    if ((st = end(c, st, err)) != TL_OK)
        return st;
    if (accept)
        return tl_call_report(c, tl_report_installed(set, 1, c->arena), err);
    tl_report *r =
        tl_report_new(c->arena, "factor-decide", (tl_label){ "Proposal decided", "提议已复核" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_fact_int(r, "proposal", (tl_label){ "proposal", "提议" }, number);
    tl_report_fact_word(r, "state", (tl_label){ "state", "状态" }, "rejected",
                        state_label("rejected"));
    return tl_call_report(c, r, err);
}
