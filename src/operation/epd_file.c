/* epd_file.c - a declaration on paper and as ILCD+EPD: the registered version, or for those inside
 * it the draft where none is registered yet. */
#include <string.h>

#include "operation/epd.h"
#include "registry/epd_view.h"
#include "report/epd_ilcd.h"
#include "report/epd_sheet.h"

/* What a sheet borrows from. */
struct parts {
    tl_epd_view view;
    tl_company owner, verifier_company;
};

static tl_status read_names(tl_call *c, struct parts *p, tl_epd_sheet *e, tl_error *err)
{
    const tl_pcr *rules;
    size_t n = 0;
    const tl_epd *epd = &p->view.epd;
    tl_status st = tl_pcr_list(c->store, c->arena, &rules, &n, err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        if (strcmp(rules[i].id, epd->pcr) == 0)
            e->pcr = &rules[i];
    if (st == TL_OK)
        st = tl_company_get(c->store, epd->owner, c->arena, &p->owner, err);
    e->owner = &p->owner;
    if (st != TL_OK || !*epd->verifier_company)
        return st;
    e->verifier_company = &p->verifier_company;
    return tl_company_get(c->store, epd->verifier_company, c->arena, &p->verifier_company, err);
}

static tl_status read_sheet(tl_call *c, struct parts *p, tl_epd_sheet *e, tl_error *err)
{
    const tl_record *r = &p->view.record;
    *e = (tl_epd_sheet){ .record = r, .epd = &p->view.epd, .day = tl_call_day(c) };
    tl_status st = tl_epd_see(c->store, c->viewer, tl_call_text(c, "record"), TL_EPD_REGISTERED,
                              c->arena, &p->view, err);
    return st == TL_OK ? read_names(c, p, e, err) : st;
}

tl_status tl_run_epd_print(tl_call *c, tl_error *err)
{
    struct parts p;
    tl_epd_sheet e;
    if (!c->format)
        return tl_fail(err, TL_EINPUT, "--out FILE.pdf is needed: where the declaration goes");
    tl_status st = read_sheet(c, &p, &e, err);
    if (st != TL_OK)
        return st;
    const char *link = tl_call_text(c, "link");
    if (link && !p.view.inside) /* or anybody could have our paper lead anywhere */
        return tl_fail(err, TL_EFORBIDDEN, "%s may not choose the link of %s",
                       tl_viewer_name(c->viewer), e.record->id);
    e.link = link ? link
                  : tl_arena_printf(c->arena, "tanlian:%s@%lld", e.record->id,
                                    (long long)e.record->version);
    c->document_name = tl_arena_printf(c->arena, "%s.pdf", e.record->id);
    if (!e.link || !c->document_name)
        return tl_fail_nomem(err);
    c->document_type = "application/pdf";
    return tl_epd_sheet_pdf(&e, c->zh, &c->document, err);
}

tl_status tl_run_epd_export(tl_call *c, tl_error *err)
{
    struct parts p;
    tl_epd_sheet e;
    tl_status st = read_sheet(c, &p, &e, err);
    if (st != TL_OK)
        return st;
    if (!(c->document_name = tl_arena_printf(c->arena, "%s.xml", e.record->id)))
        return tl_fail_nomem(err);
    c->document_type = "application/xml";
    return tl_epd_ilcd(&e, &c->document, err);
}
