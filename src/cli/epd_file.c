/* epd_file.c - a declaration on paper and as ILCD+EPD: the registered version, or the draft where
 * none is registered yet. */
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/epd.h"
#include "report/epd_ilcd.h"
#include "report/epd_sheet.h"

/* What a sheet borrows from. */
struct parts {
    tl_record record;
    tl_epd epd;
    tl_company owner, verifier_company;
};

static tl_status read_names(tl_epd_call *c, struct parts *p, tl_epd_sheet *e, tl_error *err)
{
    const tl_pcr *rules;
    size_t n = 0;
    tl_arena *arena = c->cli->arena;
    tl_status st = tl_pcr_list(c->store, arena, &rules, &n, err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        if (strcmp(rules[i].id, p->epd.pcr) == 0)
            e->pcr = &rules[i];
    if (st == TL_OK)
        st = tl_company_get(c->store, p->epd.owner, arena, &p->owner, err);
    e->owner = &p->owner;
    if (st != TL_OK || !*p->epd.verifier_company)
        return st;
    e->verifier_company = &p->verifier_company;
    return tl_company_get(c->store, p->epd.verifier_company, arena, &p->verifier_company, err);
}

static tl_status read_sheet(tl_epd_call *c, struct parts *p, tl_epd_sheet *e, tl_error *err)
{
    char now[TL_TIME_ISO];
    tl_error why = { 0 };
    const tl_epd_question *questions;
    size_t n;
    tl_arena *arena = c->cli->arena;
    *e = (tl_epd_sheet){ .record = &p->record, .epd = &p->epd };
    tl_status st = tl_epd_get(c->store, c->argv[0], arena, &p->epd, &questions, &n, err);
    if (st != TL_OK)
        return st;
    st = tl_record_get(c->store, c->argv[0], 0, arena, &p->record, &why);
    if (st == TL_ENOTFOUND)
        st = tl_record_get(c->store, c->argv[0], -1, arena, &p->record, err);
    else if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    if (st != TL_OK)
        return st;
    tl_time_now(now);
    e->day = *c->day ? c->day : tl_arena_copy(arena, now, 10);
    e->link = c->link ? c->link
                      : tl_arena_printf(arena, "tanlian:%s@%lld", p->record.id,
                                        (long long)p->record.version);
    return e->day && e->link ? read_names(c, p, e, err) : tl_fail_nomem(err);
}

static bool ends_with(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    return n >= m && strcmp(path + n - m, ending) == 0;
}

tl_status tl_epd_form_print(tl_epd_call *c, tl_error *err)
{
    struct parts p;
    tl_epd_sheet e;
    tl_buf b;
    if (!c->out || !ends_with(c->out, ".pdf"))
        return tl_fail(err, TL_EINPUT, "--out FILE.pdf is needed: where the declaration goes");
    tl_status st = read_sheet(c, &p, &e, err);
    tl_buf_init(&b, 0);
    if (st == TL_OK)
        st = tl_epd_sheet_pdf(&e, c->cli->zh, &b, err);
    return tl_cli_save(c->out, &b, st, err);
}

tl_status tl_epd_form_export(tl_epd_call *c, tl_error *err)
{
    struct parts p;
    tl_epd_sheet e;
    tl_buf b;
    tl_status st = read_sheet(c, &p, &e, err);
    tl_buf_init(&b, 0);
    if (st == TL_OK)
        st = tl_epd_ilcd(&e, &b, err);
    if (st == TL_OK)
        st = c->out ? tl_file_write(c->out, tl_buf_text(&b), b.len, err) : tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}
