/* loan_footprint.c - the footprint of the register by which a car is priced.
 *
 * Only a version in force counts: an expired or withdrawn footprint is a missing one. A class
 * belongs to one version: that of the version before is no class of a corrected footprint. */
#include <math.h>
#include <string.h>

#include "registry/loan_priv.h"
#include "registry/peer.h"
#include "registry/record_priv.h"

static const tl_loan_footprint none = { 0, NAN, 0, "" };

static tl_status of_version(tl_store *s, const tl_record *r, const char *day,
                            tl_loan_footprint *out, tl_error *err)
{
    if (r->kind != TL_RECORD_VEHICLE)
        return TL_OK;
    out->version = r->version;
    out->product = r->product;
    out->g_km = strcmp(r->unit, "g CO2e/km") == 0 ? r->value : NAN;
    tl_kept_class kept;
    tl_status st = tl_class_on(s, r->id, day, &kept, err);
    if (st == TL_OK && kept.version == r->version)
        out->class_number = kept.class_number;
    return st;
}

tl_status tl_loan_footprint_now(tl_store *s, const char *record, tl_arena *scratch,
                                tl_loan_footprint *out, tl_error *err)
{
    tl_record r;
    tl_error why = { 0 };
    *out = none;
    tl_arena_reset(scratch);
    tl_status st = tl_record_get(s, record, 0, scratch, &r, &why);
    if (st == TL_ENOTFOUND)
        return TL_OK;
    if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    return r.state == TL_RECORD_PUBLISHED ? of_version(s, &r, "", out, err) : TL_OK;
}

/* The version in force on the day: the last one published until then, unless it had ended. */
static const tl_record *in_force(const tl_record *versions, size_t n, const char *day)
{
    const tl_record *last = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *on = versions[i].published_on;
        if (*on && strncmp(on, day, TL_DAY_TEXT - 1) <= 0)
            last = &versions[i];
    }
    bool ended = last && *last->ended_on && strncmp(last->ended_on, day, TL_DAY_TEXT - 1) <= 0;
    return ended ? NULL : last;
}

tl_status tl_loan_footprint_on(tl_store *s, const char *record, const char *day, tl_arena *scratch,
                               tl_loan_footprint *out, tl_error *err)
{
    const tl_record *versions;
    size_t n;
    tl_error why = { 0 };
    *out = none;
    tl_arena_reset(scratch);
    tl_status st = tl_record_versions(s, record, scratch, &versions, &n, &why);
    if (st == TL_ENOTFOUND)
        return TL_OK;
    if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    const tl_record *r = in_force(versions, n, day);
    return r ? of_version(s, r, day, out, err) : TL_OK;
}

tl_status tl_loan_check_record(tl_store *s, const char *record, tl_arena *scratch, tl_error *err)
{
    tl_record r;
    tl_error why = { 0 };
    tl_arena_reset(scratch);
    tl_status st = tl_record_get(s, record, -1, scratch, &r, &why);
    if (st == TL_ENOTFOUND)
        return TL_OK;
    if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    return r.kind == TL_RECORD_VEHICLE ? TL_OK
                                       : tl_fail(err, TL_EINPUT,
                                                 "record: '%s' is a record of another kind (%s), "
                                                 "expected a car",
                                                 record, tl_record_kind_name(r.kind));
}
