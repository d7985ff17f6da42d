/* registry_record.c - the operations about one record: show, history, export, put, step. */
#include "registry/record.h"

#include <string.h>

#include "intake/record_json.h"
#include "operation/registry.h"
#include "operation/registry_open.h"
#include "registry/record_chain.h"
#include "registry/search.h"
#include "report/registry_record.h"
#include "report/vehicle_parts.h"

/* What is not published is seen by who may, of their own company's records and of those they
 * verify. */
static tl_status may_see(const tl_call *c, const tl_record *r, bool *out, tl_error *err)
{
    *out = *r->published_on != 0;
    return *out || !tl_viewer_may(c->viewer, TL_RIGHT_RECORD_READ)
               ? TL_OK
               : tl_registry_inside(c, r, out, err);
}

/* The same words for what is not there and for what is not shown, so that nobody can probe. */
static tl_status nothing(const char *id, tl_error *err)
{
    return tl_fail(err, TL_ENOTFOUND, "record '%.100s': nothing published", id);
}

/* Version "result"; without one the published, or the newest where nothing is published yet. */
static tl_status find_version(const tl_call *c, tl_record *r, tl_error *err)
{
    const char *id = tl_call_text(c, "record");
    int64_t version = 0;
    tl_error why = { 0 };
    tl_call_int(c, "result", &version);
    tl_status st = tl_record_get(c->store, id, version, c->arena, r, &why);
    bool seen = false;
    if (st == TL_ENOTFOUND && version == 0) {
        st = tl_record_get(c->store, id, -1, c->arena, r, &why);
        if (st == TL_ENOTFOUND && !tl_registry_own(c, NULL))
            return nothing(id, err);
    }
    if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    st = may_see(c, r, &seen, err);
    if (st != TL_OK || seen)
        return st;
    return version > 0 ? tl_fail(err, TL_ENOTFOUND, "record '%.100s': no version %lld", id,
                                 (long long)version)
                       : nothing(id, err);
}

static tl_status find_benchmark(const tl_call *c, tl_record_card *card, tl_peer_rule *rule,
                                tl_benchmark *b, tl_error *err)
{
    const tl_record *r = card->record;
    if (r->kind != TL_RECORD_VEHICLE || r->state != TL_RECORD_PUBLISHED)
        return TL_OK;
    tl_status st = tl_peer_rule_load(rule, c->store, c->arena, err);
    if (st == TL_OK)
        st = tl_registry_benchmark(c->store, rule, r, c->arena, b, err);
    card->benchmark = b;
    card->rule = rule;
    return st;
}

/* Words for stages and materials of a car; a part the rule does not know keeps its key. */
static tl_status name_parts(const tl_call *c, tl_record_card *card, tl_error *err)
{
    const tl_record *r = card->record;
    tl_car_rule rule;
    tl_pins pins = { 0 };
    tl_error why = { 0 };
    if (r->kind != TL_RECORD_VEHICLE || r->n_parts == 0 ||
        tl_car_rule_load(&rule, c->store, NULL, 0, &pins, c->arena, &why) != TL_OK)
        return TL_OK; /* the set is not installed: keys say it */
    tl_label *names = tl_arena_alloc(c->arena, r->n_parts, sizeof *names);
    if (!names)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < r->n_parts; i++) {
        const tl_record_part *p = &r->parts[i];
        const size_t material = tl_car_rule_material(&rule, p->key);
        names[i] = (tl_label){ p->key, p->key };
        if (strcmp(p->kind, "material") == 0 && material < rule.material_count)
            names[i] = tl_word_material(&rule, material);
        for (int k = 0; strcmp(p->kind, "stage") == 0 && k < TL_STAGES; k++)
            if (strcmp(p->key, rule.stages[k].id) == 0)
                names[i] = tl_word_stage(&rule, (tl_stage)k);
    }
    card->part_names = names;
    return TL_OK;
}

tl_status tl_run_registry_show(tl_call *c, tl_error *err)
{
    tl_record r;
    tl_peer_rule rule;
    tl_benchmark b;
    tl_record_card card = { .record = &r };
    bool inside = false;
    tl_status st = find_version(c, &r, err);
    if (st == TL_OK && tl_viewer_may(c->viewer, TL_RIGHT_RECORD_READ))
        st = tl_registry_inside(c, &r, &inside, err);
    if (st != TL_OK)
        return st;
    if (inside) /* remarks were made in the review of what was not published yet */
        st = tl_record_feedback_list(c->store, r.id, c->arena, &card.feedback, &card.n_feedback,
                                     err);
    if (st == TL_OK)
        st = name_parts(c, &card, err);
    if (st == TL_OK)
        st = find_benchmark(c, &card, &rule, &b, err);
    if (st == TL_OK)
        st = tl_epd_marks(c->store, r.pins, tl_call_day(c), c->arena, &card.marks, &card.n_marks,
                          err);
    return st == TL_OK ? tl_call_report(c, tl_report_record(&card, c->arena), err) : st;
}

/* Versions of which nothing is to be seen are left out. */
tl_status tl_run_registry_history(tl_call *c, tl_error *err)
{
    const char *id = tl_call_text(c, "record");
    const tl_record *all;
    size_t n = 0, seen = 0;
    tl_error why = { 0 };
    tl_status st = tl_record_versions(c->store, id, c->arena, &all, &n, &why);
    if (st == TL_ENOTFOUND && !tl_registry_own(c, NULL))
        return nothing(id, err);
    if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    tl_record *shown = tl_arena_alloc(c->arena, n + 1, sizeof *shown);
    if (!shown)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        bool see = false;
        st = may_see(c, &all[i], &see, err);
        if (see)
            shown[seen++] = all[i];
    }
    if (st != TL_OK)
        return st;
    return seen ? tl_call_report(c, tl_report_record_versions(shown, seen, c->arena), err)
                : nothing(id, err);
}

tl_status tl_run_registry_export(tl_call *c, tl_error *err)
{
    c->document_type = "application/json";
    return tl_record_export(c->store, tl_call_text(c, "record"), &c->document, err);
}

/* Commits what was done to a record, or undoes it; then all its versions: who may change it knows
 * what is open of it. */
static tl_status end(tl_call *c, const char *id, tl_status st, tl_error *err)
{
    const tl_record *all;
    size_t n = 0;
    if (st == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    if (st == TL_OK)
        st = tl_record_versions(c->store, id, c->arena, &all, &n, err);
    return st == TL_OK ? tl_call_report(c, tl_report_record_versions(all, n, c->arena), err) : st;
}

/* TL_EFORBIDDEN unless the record may be changed by who asks. */
static tl_status require_own(const tl_call *c, const char *id, const char *company, tl_error *err)
{
    return tl_registry_own(c, company)
               ? TL_OK
               : tl_fail(err, TL_EFORBIDDEN, "record '%.100s' is of another company", id);
}

/* The record as it stands now may be worked on by who asks; what was never published is to others
 * not there. *there is false where there is none. */
static tl_status require_present(const tl_call *c, const char *id, bool as_verifier, bool *there,
                                 tl_error *err)
{
    tl_record now;
    bool inside = false;
    tl_error why = { 0 };
    tl_status st = tl_record_get(c->store, id, -1, c->arena, &now, &why);
    *there = st == TL_OK;
    if (st == TL_ENOTFOUND)
        return TL_OK;
    if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    if (as_verifier)
        st = tl_registry_inside(c, &now, &inside, err);
    else
        inside = tl_registry_own(c, now.company);
    if (st != TL_OK || inside)
        return st;
    return tl_record_get(c->store, id, 0, c->arena, &now, NULL) == TL_OK
               ? require_own(c, id, now.company, err)
               : nothing(id, err);
}

tl_status tl_run_registry_put(tl_call *c, tl_error *err)
{
    tl_record r;
    bool same, there;
    const char *reason = tl_registry_text(c, "reason");
    tl_status st = tl_record_json_read(tl_call_text(c, "file"), c->arena, &r, err);
    if (st == TL_OK)
        st = require_own(c, r.id, r.company, err);
    if (st == TL_OK && *reason)
        r.reason = reason;
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = require_present(c, r.id, false, &there, err);
    if (st == TL_OK)
        st = tl_record_put(c->store, &r, tl_call_who(c), &same, err);
    return end(c, r.id, st, err);
}

static tl_record_step step_of(const char *word)
{
    static const struct {
        const char *name;
        tl_record_step step;
    } steps[] = {
        { "ask", TL_RECORD_ASK },           { "recalculate", TL_RECORD_RECALCULATE },
        { "publish", TL_RECORD_PUBLISH },   { "expire", TL_RECORD_EXPIRE },
        { "withdraw", TL_RECORD_WITHDRAW },
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (strcmp(word, steps[i].name) == 0)
            return steps[i].step;
    return TL_RECORD_ASK; /* one of the choices of the row */
}

tl_status tl_run_registry_step(tl_call *c, tl_error *err)
{
    const char *id = tl_call_text(c, "record"), *day = tl_call_day(c);
    const tl_record_step step = step_of(tl_call_text(c, "step"));
    const bool published = step != TL_RECORD_ASK && step != TL_RECORD_RECALCULATE;
    int64_t changes;
    bool there;
    tl_registry_opened o;
    tl_status st = published ? tl_viewer_require(c->viewer, TL_RIGHT_RECORD_PUBLISH, err) : TL_OK;
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = require_present(c, id, true, &there, err);
    if (st == TL_OK && !there && !tl_registry_own(c, NULL))
        st = nothing(id, err);
    if (st == TL_OK)
        st = tl_record_take(c->store, id, step, day, tl_registry_text(c, "reason"), tl_call_who(c),
                            err);
    if (st == TL_OK && published) /* one car more or less moves the means of its category */
        st = tl_registry_keep(&o, c->store, day, tl_call_who(c), c->arena, err);
    if (st == TL_OK)
        st = tl_search_refresh(c->store, &changes, err);
    return end(c, id, st, err);
}
