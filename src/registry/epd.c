/* epd.c - rules, opening a declaration, handing it to its verifier. */
#include <string.h>

#include "base/clock.h"
#include "company/company.h"
#include "format/fold.h"
#include "format/json.h"
#include "registry/epd_priv.h"

enum { GENERATIONS = 64 }; /* of parents; the register allows no circle, a broken one must end */

tl_status tl_epd_audit(tl_store *s, const char *who, const char *action, const char *id,
                       const tl_epd_said *said, size_t n, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    for (size_t i = 0; i < n; i++)
        tl_json_text(&j, said[i].name, said[i].text);
    tl_json_end(&j);
    return tl_record_audit(s, who, action, "epd", id, &b, err);
}

tl_status tl_epd_same_person(const char *a, const char *b, tl_arena *scratch, bool *same,
                             tl_error *err)
{
    const char *x = NULL, *y = NULL;
    tl_status st = tl_fold(a, scratch, &x, err);
    if (st == TL_OK)
        st = tl_fold(b, scratch, &y, err);
    *same = st == TL_OK && strcmp(x, y) == 0;
    return st;
}

/* The topmost parent of a company, itself where it has none. */
static tl_status head_of(tl_store *s, const char *id, tl_arena *arena, const char **out,
                         tl_error *err)
{
    tl_company c;
    *out = id;
    for (int i = 0; i < GENERATIONS; i++) {
        tl_status st = tl_company_get(s, *out, arena, &c, err);
        if (st != TL_OK)
            return st;
        if (!*c.parent)
            return TL_OK;
        *out = c.parent;
    }
    return tl_fail(err, TL_ECONFLICT, "%s: more than %d generations of parents", id, GENERATIONS);
}

/* Companies with one topmost parent are one group: parent, subsidiary, sibling, cousin. */
tl_status tl_epd_apart(tl_store *s, const char *owner, const char *verifier_company, tl_error *err)
{
    const char *a = NULL, *b = NULL;
    tl_arena *scratch = NULL;
    tl_status st = tl_arena_new(&scratch, 0, err);
    if (st == TL_OK)
        st = head_of(s, owner, scratch, &a, err);
    if (st == TL_OK)
        st = head_of(s, verifier_company, scratch, &b, err);
    if (st == TL_OK && strcmp(owner, verifier_company) == 0)
        st = tl_fail(err, TL_EFORBIDDEN, "the verifier belongs to %s, which owns the declaration",
                     owner);
    else if (st == TL_OK && strcmp(a, b) == 0)
        st = tl_fail(err, TL_EFORBIDDEN,
                     "the verifier belongs to %s, which is related to the owner %s by %s",
                     verifier_company, owner, a);
    tl_arena_free(scratch);
    return st;
}

static tl_status check_pcr(const tl_pcr *p, tl_error *err)
{
    const struct {
        const char *field, *text;
        bool needed;
    } texts[] = { { "title_en", p->title_en, false },
                  { "title_zh", p->title_zh, false },
                  { "version", p->version, true },
                  { "source", p->source, true } };
    tl_status st = tl_record_id_check("id", p->id, TL_PCR_ID_MAX, err);
    for (size_t i = 0; st == TL_OK && i < sizeof texts / sizeof *texts; i++)
        st = tl_record_text_check(texts[i].field, texts[i].text, TL_EPD_NAME_MAX, false,
                                  texts[i].needed, err);
    if (st == TL_OK && !*p->title_en && !*p->title_zh)
        st = tl_fail(err, TL_EINPUT, "title_en, title_zh: both empty, expected at least one");
    if (st == TL_OK && *p->valid_until && !tl_date_valid(p->valid_until))
        st = tl_fail(err, TL_EINPUT, "valid_until: '%.40s' is no day, expected YYYY-MM-DD",
                     p->valid_until);
    return st;
}

tl_status tl_pcr_put(tl_store *s, const tl_pcr *p, const char *who, tl_error *err)
{
    tl_query *q;
    tl_status st = check_pcr(p, err);
    if (st == TL_OK)
        st = tl_store_query(s, "pcr.put", &q, err);
    if (st != TL_OK)
        return st == TL_EINPUT ? tl_context(err, st, "product category rules") : st;
    const tl_epd_said said[] = { { "title_en", p->title_en },
                                 { "title_zh", p->title_zh },
                                 { "version", p->version },
                                 { "valid_until", p->valid_until },
                                 { "source", p->source } };
    tl_query_text(q, 1, p->id);
    for (int i = 0; i < 5; i++)
        tl_query_text(q, i + 2, said[i].text);
    st = tl_query_run(q, err);
    return st == TL_OK ? tl_epd_audit(s, who, "pcr.put", p->id, said, 5, err) : st;
}

/* Where the rules exist: the last day on which they may be followed, "" for no end. */
static tl_status pcr_end(tl_store *s, const char *id, tl_arena *arena, const char **until,
                         tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(s, "pcr.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    if ((st = tl_query_step(q, &row, err)) != TL_OK)
        return st;
    if (!row)
        return tl_fail(err, TL_ENOTFOUND, "no product category rules '%.80s'", id);
    *until = tl_arena_str(arena, tl_query_get_text(q, 0));
    tl_query_reset(q);
    return *until ? TL_OK : tl_fail_nomem(err);
}

static tl_status may_open(tl_store *s, const tl_epd *e, tl_arena *arena, tl_error *err)
{
    tl_record r;
    tl_company owner;
    tl_epd_row there;
    tl_error why = { 0 };
    const char *until;
    tl_status st =
        tl_record_text_check("programme", e->programme, TL_EPD_NAME_MAX, false, true, err);
    if (st == TL_OK)
        st = tl_record_get(s, e->record, -1, arena, &r, err);
    if (st == TL_OK && r.kind != TL_RECORD_EPD)
        return tl_fail(err, TL_EINPUT, "%s is a record of kind %s, expected epd", e->record,
                       tl_record_kind_name(r.kind));
    if (st == TL_OK && r.state != TL_RECORD_PRELIMINARY)
        return tl_fail(err, TL_ECONFLICT,
                       "%s is %s, a declaration is opened over a preliminary one", e->record,
                       tl_record_state_name(r.state));
    if (st == TL_OK)
        st = pcr_end(s, e->pcr, arena, &until, err);
    if (st == TL_OK)
        st = tl_company_get(s, e->owner, arena, &owner, err);
    if (st != TL_OK)
        return st;
    st = tl_epd_row_get(s, e->record, arena, &there, &why);
    if (st == TL_OK)
        return tl_fail(err, TL_ECONFLICT, "%s is a declaration already", e->record);
    return st == TL_ENOTFOUND ? TL_OK : tl_fail(err, st, "%s", why.text);
}

tl_status tl_epd_open(tl_store *s, const tl_epd *e, const char *who, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_query *q;
    tl_status st = tl_arena_new(&scratch, 0, err);
    if (st == TL_OK)
        st = may_open(s, e, scratch, err);
    if (st == TL_OK)
        st = tl_store_query(s, "epd.insert", &q, err);
    if (st == TL_OK) {
        tl_query_text(q, 1, e->record);
        tl_query_text(q, 2, e->pcr);
        tl_query_text(q, 3, e->programme);
        tl_query_text(q, 4, e->owner);
        st = tl_query_run(q, err);
    }
    const tl_epd_said said[] = { { "pcr", e->pcr },
                                 { "programme", e->programme },
                                 { "owner", e->owner } };
    if (st == TL_OK)
        st = tl_epd_audit(s, who, "epd.open", e->record, said, 3, err);
    tl_arena_free(scratch);
    return st;
}

/* One hand-over. */
struct submission {
    const char *verifier, *company, *who;
    char day[TL_DAY_TEXT];
};

static tl_status may_submit(tl_store *s, const tl_epd_row *row, const tl_record *r,
                            const struct submission *b, tl_arena *arena, tl_error *err)
{
    const char *until = "";
    bool author = false, giver = false;
    tl_status st = tl_epd_apart(s, row->epd.owner, b->company, err);
    if (st == TL_OK)
        st = tl_epd_same_person(b->verifier, r->author, arena, &author, err);
    if (st == TL_OK)
        st = tl_epd_same_person(b->verifier, b->who, arena, &giver, err);
    if (st == TL_OK && (author || giver))
        st = tl_fail(err, TL_EFORBIDDEN,
                     author ? "%s wrote the record and may not verify it"
                            : "%s hands the declaration over and may not verify it",
                     b->verifier);
    if (st == TL_OK)
        st = pcr_end(s, row->epd.pcr, arena, &until, err);
    if (st == TL_OK && *until && strcmp(b->day, until) > 0)
        st = tl_fail(err, TL_ECONFLICT, "the product category rules %s were valid until %s",
                     row->epd.pcr, until);
    return st;
}

tl_status tl_epd_submit(tl_store *s, const char *record, const char *verifier,
                        const char *verifier_company, const char *day, const char *who,
                        tl_error *err)
{
    struct submission b = { .verifier = verifier, .company = verifier_company, .who = who };
    tl_arena *scratch = NULL;
    tl_epd_row row;
    tl_record r;
    tl_query *q;
    tl_status st = tl_arena_new(&scratch, 0, err);
    if (st == TL_OK)
        st = tl_record_day(day, b.day, err);
    if (st == TL_OK)
        st = tl_record_text_check("verifier", verifier, TL_EPD_NAME_MAX, false, true, err);
    if (st == TL_OK)
        st = tl_epd_row_get(s, record, scratch, &row, err);
    if (st == TL_OK)
        st = tl_record_get(s, record, -1, scratch, &r, err);
    if (st == TL_OK)
        st = may_submit(s, &row, &r, &b, scratch, err);
    if (st == TL_OK)
        st = tl_record_take(s, record, TL_RECORD_ASK, b.day, "", who, err);
    if (st == TL_OK)
        st = tl_store_query(s, "epd.submit", &q, err);
    if (st == TL_OK) {
        tl_query_text(q, 1, record);
        tl_query_text(q, 2, verifier);
        tl_query_text(q, 3, verifier_company);
        tl_query_int(q, 4, r.version);
        st = tl_query_run(q, err);
    }
    const tl_epd_said said[] = { { "verifier", verifier },
                                 { "verifier_company", verifier_company },
                                 { "day", b.day } };
    if (st == TL_OK)
        st = tl_epd_audit(s, who, "epd.submit", record, said, 3, err);
    tl_arena_free(scratch);
    return st;
}
