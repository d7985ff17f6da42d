/* epd_work.c - the way of a declaration: rules, opening, handing over, questions, registration.
 *
 * Each asks first whether the declaration is the viewer's own to work on, acts in one transaction
 * and leaves the declaration as it is then. */
#include "account/user.h"
#include "company/company.h"
#include "format/json.h"
#include "operation/epd.h"
#include "registry/epd_view.h"
#include "registry/search.h"
#include "store/audit.h"

/* Commits or undoes what was done. */
static tl_status settle(tl_call *c, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        return tl_store_commit(c->store, err);
    tl_store_rollback(c->store);
    return st;
}

static tl_status end(tl_call *c, tl_status st, tl_error *err)
{
    st = settle(c, st, err);
    return st == TL_OK ? tl_run_epd_show(c, err) : st;
}

tl_status tl_run_epd_pcr(tl_call *c, tl_error *err)
{
    const tl_pcr p = { tl_call_text(c, "pcr"),      tl_call_text(c, "title-en"),
                       tl_call_text(c, "title-zh"), tl_call_text(c, "pcr-version"),
                       tl_call_text(c, "until"),    tl_call_text(c, "source") };
    tl_status st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    st = settle(c, tl_pcr_put(c->store, &p, tl_call_who(c), err), err);
    if (st != TL_OK)
        return st;
    tl_report *r = tl_report_new(c->arena, "epd-pcr", (tl_label){ p.title_en, p.title_zh });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_fact(r, "pcr", (tl_label){ "id", "编号" }, p.id);
    tl_report_fact(r, "version", (tl_label){ "version", "版本" }, p.version);
    tl_report_fact(r, "valid_until", (tl_label){ "valid until", "有效期至" }, p.valid_until);
    tl_report_fact(r, "source", (tl_label){ "source", "来源" }, p.source);
    return tl_call_report(c, r, err);
}

/* Opened by its owner, over a record that is the owner's or says no company. */
static tl_status may_open(tl_call *c, const char *record, const char *owner, tl_error *err)
{
    tl_company company;
    tl_record r;
    const tl_viewer *v = c->viewer;
    if (v->all_tenants)
        return TL_OK;
    tl_status st = tl_company_find(c->store, owner, c->arena, &company, err);
    if (st == TL_OK && !tl_viewer_of_company(v, company.id))
        return tl_fail(err, TL_EFORBIDDEN, "%s may not do this: %s is another company",
                       tl_viewer_name(v), company.id);
    if (st == TL_OK)
        st = tl_record_get(c->store, record, -1, c->arena, &r, err);
    if (st == TL_OK && *r.company && !tl_viewer_of_company(v, r.company))
        return tl_fail(err, TL_ENOTFOUND, "no record '%.100s' of %s", record, company.id);
    return st;
}

tl_status tl_run_epd_open(tl_call *c, tl_error *err)
{
    const tl_epd e = { .record = tl_call_text(c, "record"),
                       .pcr = tl_call_text(c, "pcr"),
                       .programme = tl_call_text(c, "programme"),
                       .owner = tl_call_text(c, "owner"),
                       .registration = "",
                       .verifier = "",
                       .verifier_company = "",
                       .valid_until = "" };
    tl_status st = may_open(c, e.record, e.owner, err);
    if (st == TL_OK)
        st = tl_store_begin(c->store, err);
    return st == TL_OK ? end(c, tl_epd_open(c->store, &e, tl_call_who(c), err), err) : st;
}

/* One act in the dialogue: the declaration of the call, and who acts, as a declaration names
 * people. */
struct act {
    tl_epd_view e;
    const char *who;
};

/* People with an account are known by its id, and a declaration names its verifier as a person is
 * called. An audit entry tells which account it was. */
static tl_status name_actor(tl_call *c, struct act *a, tl_error *err)
{
    tl_user u;
    tl_error why = { 0 };
    a->who = tl_call_who(c);
    tl_status st = tl_user_get(c->store, a->who, c->arena, &u, &why);
    if (st == TL_ENOTFOUND) /* the command line */
        return TL_OK;
    if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "name", u.name);
    tl_json_end(&j);
    const char *object = tl_arena_printf(c->arena, "epd/%s", a->e.epd.record);
    st = object ? tl_buf_status(&b, err) : tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_audit_append(c->store, a->who, "epd.person", object, tl_buf_text(&b), err);
    tl_buf_clear(&b);
    a->who = u.name;
    return st;
}

/* A transaction over the declaration, where it is the viewer's own to work on. */
static tl_status begin(tl_call *c, struct act *a, bool as_verifier, tl_error *err)
{
    const char *record = tl_call_text(c, "record");
    tl_status st = as_verifier
                       ? tl_epd_of_verifier(c->store, c->viewer, record, c->arena, &a->e, err)
                       : tl_epd_of_owner(c->store, c->viewer, record, c->arena, &a->e, err);
    if (st == TL_OK)
        st = tl_store_begin(c->store, err);
    if (st == TL_OK && (st = name_actor(c, a, err)) != TL_OK)
        tl_store_rollback(c->store);
    return st;
}

/* A question of another declaration is none of this one. */
static tl_status question_of(const tl_call *c, const tl_epd_view *e, int64_t *out, tl_error *err)
{
    tl_call_int(c, "question", out);
    for (size_t i = 0; i < e->n; i++)
        if (e->questions[i].id == *out)
            return TL_OK;
    return tl_fail(err, TL_ENOTFOUND, "no question %lld about %s", (long long)*out, e->epd.record);
}

tl_status tl_run_epd_submit(tl_call *c, tl_error *err)
{
    struct act a;
    tl_status st = begin(c, &a, false, err);
    if (st != TL_OK)
        return st;
    return end(c,
               tl_epd_submit(c->store, a.e.epd.record, tl_call_text(c, "verifier"),
                             tl_call_text(c, "verifier-company"), tl_call_day(c), a.who, err),
               err);
}

tl_status tl_run_epd_ask(tl_call *c, tl_error *err)
{
    struct act a;
    int64_t question;
    tl_status st = begin(c, &a, true, err);
    if (st != TL_OK)
        return st;
    return end(c,
               tl_epd_ask(c->store, a.e.epd.record, tl_call_text(c, "text"), tl_call_day(c), a.who,
                          &question, err),
               err);
}

tl_status tl_run_epd_answer(tl_call *c, tl_error *err)
{
    struct act a;
    int64_t question = 0;
    tl_status st = begin(c, &a, false, err);
    if (st != TL_OK)
        return st;
    if ((st = question_of(c, &a.e, &question, err)) == TL_OK)
        st = tl_epd_answer(c->store, question, tl_call_text(c, "text"), tl_call_day(c), a.who, err);
    return end(c, st, err);
}

tl_status tl_run_epd_close(tl_call *c, tl_error *err)
{
    struct act a;
    int64_t question = 0;
    tl_status st = begin(c, &a, true, err);
    if (st != TL_OK)
        return st;
    if ((st = question_of(c, &a.e, &question, err)) == TL_OK)
        st = tl_epd_close(c->store, question, tl_call_day(c), a.who, err);
    return end(c, st, err);
}

tl_status tl_run_epd_register(tl_call *c, tl_error *err)
{
    struct act a;
    int64_t years = 5, changes;
    tl_call_int(c, "years", &years);
    tl_status st = begin(c, &a, true, err);
    if (st != TL_OK)
        return st;
    st = tl_epd_register(c->store, a.e.epd.record, tl_call_text(c, "number"), (int)years,
                         tl_call_day(c), a.who, err);
    if (st == TL_OK)
        st = tl_search_refresh(c->store, &changes, err);
    return end(c, st, err);
}
