/* epd_view.c - who is inside a declaration, and what the others see of it. */
#include "registry/epd_view.h"

#include "base/text.h"
#include "registry/epd_priv.h"

static bool of_company(const tl_viewer *v, const char *company)
{
    return v->all_tenants || (*company && tl_viewer_of_company(v, company));
}

bool tl_epd_inside(const tl_viewer *v, const tl_epd *e)
{
    if (tl_viewer_may(v, TL_RIGHT_EPD_REGISTER))
        return true;
    if (of_company(v, e->owner) &&
        (tl_viewer_may(v, TL_RIGHT_EPD_EDIT) || tl_viewer_may(v, TL_RIGHT_RECORD_READ)))
        return true;
    return of_company(v, e->verifier_company) && tl_viewer_may(v, TL_RIGHT_EPD_VERIFY);
}

tl_epd_side tl_epd_side_of(const tl_viewer *v, const tl_epd *e)
{
    const bool edits = tl_viewer_may(v, TL_RIGHT_EPD_EDIT),
               verifies = tl_viewer_may(v, TL_RIGHT_EPD_VERIFY);
    if (!tl_epd_inside(v, e) || (v->all_tenants && (edits || verifies)))
        return TL_EPD_SIDE_NONE;
    if (!v->all_tenants && *e->owner && tl_viewer_of_company(v, e->owner))
        return TL_EPD_SIDE_OWNER;
    if (!v->all_tenants && *e->verifier_company && tl_viewer_of_company(v, e->verifier_company))
        return TL_EPD_SIDE_VERIFIER;
    return tl_viewer_may(v, TL_RIGHT_EPD_REGISTER) ? TL_EPD_SIDE_PROGRAMME : TL_EPD_SIDE_NONE;
}

const char *tl_epd_side_name(tl_epd_side side)
{
    static const char *const names[] = { NULL, "owner", "verifier", "programme" };
    return names[side];
}

void tl_epd_as_registered(tl_epd *e, const tl_record *registered)
{
    if (!tl_text_equal(e->verifier, registered->verifier))
        e->verifier_company = ""; /* of the update; the one before is not kept */
    e->verifier = registered->verifier;
    e->open_questions = 0; /* it could not be registered with any */
}

static tl_status not_there(const char *record, tl_error *err)
{
    return tl_fail(err, TL_ENOTFOUND, "'%.100s' is no declaration", record);
}

tl_status tl_epd_see(tl_store *s, const tl_viewer *v, const char *record, tl_epd_which which,
                     tl_arena *arena, tl_epd_view *out, tl_error *err)
{
    tl_record_row row;
    bool found = false;
    *out = (tl_epd_view){ 0 };
    tl_status st = tl_epd_get(s, record, arena, &out->epd, &out->questions, &out->n, err);
    if (st != TL_OK)
        return st;
    out->inside = tl_epd_inside(v, &out->epd);
    if (!out->inside || which == TL_EPD_REGISTERED)
        st = tl_record_find(s, record, 0, arena, &row, &found, err);
    if (st != TL_OK)
        return st;
    if (!out->inside && !found)
        return not_there(record, err);
    if (!out->inside) {
        out->n = 0;
        tl_epd_as_registered(&out->epd, &row.r);
    }
    return tl_record_get(s, record, found ? 0 : -1, arena, &out->record, err);
}

static tl_status belongs(const tl_viewer *v, const tl_epd_view *e, const char *company,
                         const char *why, tl_error *err)
{
    if (of_company(v, company))
        return TL_OK;
    return tl_fail(err, TL_EFORBIDDEN, "%s may not do this: %s %s", tl_viewer_name(v),
                   e->epd.record, why);
}

tl_status tl_epd_of_owner(tl_store *s, const tl_viewer *v, const char *record, tl_arena *arena,
                          tl_epd_view *out, tl_error *err)
{
    tl_status st = tl_epd_see(s, v, record, TL_EPD_NEWEST, arena, out, err);
    return st == TL_OK ? belongs(v, out, out->epd.owner, "belongs to another company", err) : st;
}

tl_status tl_epd_of_verifier(tl_store *s, const tl_viewer *v, const char *record, tl_arena *arena,
                             tl_epd_view *out, tl_error *err)
{
    tl_status st = tl_epd_see(s, v, record, TL_EPD_NEWEST, arena, out, err);
    return st == TL_OK
               ? belongs(v, out, out->epd.verifier_company, "is verified by another company", err)
               : st;
}
