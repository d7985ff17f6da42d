/* epd_register.c - the verifier's verdict: the number, the validity, the publication. */
#include <string.h>

#include "base/clock.h"
#include "registry/epd_priv.h"

/* Five years unless said otherwise: One Click LCA help centre, article 4455910474652. */
enum { YEARS = 5, YEARS_MAX = 10 };

/* The same day `years` later; 29 February becomes the 28th where there is none. */
static tl_status years_later(const char *day, int years, char out[TL_DAY_TEXT], tl_error *err)
{
    int year = years;
    for (int i = 0, weight = 1000; i < 4; i++, weight /= 10)
        year += (day[i] - '0') * weight;
    if (year > 9999)
        return tl_fail(err, TL_EINPUT, "%s is too late a day", day);
    memcpy(out, day, TL_DAY_TEXT);
    for (int i = 3; i >= 0; i--, year /= 10)
        out[i] = (char)('0' + year % 10);
    if (!tl_date_valid(out))
        memcpy(out + 8, "28", 2);
    return TL_OK;
}

/* A number stands for one declaration; with a new version it may stay or change. */
static tl_status number_is_free(tl_store *s, const char *registration, const char *record,
                                tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(s, "epd.registered_as", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, registration);
    tl_query_text(q, 2, record);
    st = tl_query_step(q, &row, err);
    if (st == TL_OK && row)
        st = tl_fail(err, TL_ECONFLICT, "%s is the number of %s", registration,
                     tl_query_get_text(q, 0));
    tl_query_reset(q);
    return st;
}

static tl_status may_register(tl_store *s, const tl_epd_row *row, const tl_record *r,
                              const char *registration, const char *who, tl_arena *scratch,
                              tl_error *err)
{
    if (r->state != TL_RECORD_REVIEW && r->state != TL_RECORD_RECALCULATED)
        return tl_fail(err, TL_ECONFLICT, "%s is %s, not with its verifier", r->id,
                       tl_record_state_name(r->state));
    tl_status st = tl_epd_verifier_only(&row->epd, who, "register it", scratch, err);
    if (st == TL_OK && row->epd.open_questions > 0)
        st = tl_fail(err, TL_ECONFLICT, "%s: open questions: %zu", r->id, row->epd.open_questions);
    /* companies may have been bought since the verifier was named */
    if (st == TL_OK)
        st = tl_epd_apart(s, row->epd.owner, row->epd.verifier_company, err);
    return st == TL_OK ? number_is_free(s, registration, r->id, err) : st;
}

static tl_status write_number(tl_store *s, const char *record, const char *registration,
                              const char *until, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "epd.register", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, record);
    tl_query_text(q, 2, registration);
    tl_query_text(q, 3, until);
    return tl_query_run(q, err);
}

/* Verifier and validity become part of what is sealed. The author stays who wrote the figures; who
 * registers stands in the audit entry of the registration. */
static tl_status write_validity(tl_store *s, tl_record *r, const char *verifier, const char *from,
                                const char *until, tl_error *err)
{
    tl_record_writer w;
    tl_record_put_done done;
    r->verifier = verifier;
    r->valid_from = from;
    r->valid_until = until;
    if (!*r->reason)
        r->reason = "verified and registered";
    tl_status st = tl_record_writer_init(&w, s, r->author, err);
    if (st == TL_OK)
        st = tl_record_write(&w, r, &done, err);
    tl_record_writer_clear(&w);
    return st;
}

/* What the verifier decided, in the order in which the tables allow it: a changed version passes
 * through `recalculated`. */
static tl_status publish(tl_store *s, const tl_epd_row *row, tl_record *r, const char *registration,
                         const char *on, const char *until, const char *who, tl_error *err)
{
    tl_record_state was = r->state;
    tl_status st = write_number(s, r->id, registration, until, err);
    if (st == TL_OK)
        st = write_validity(s, r, row->epd.verifier, on, until, err);
    if (st == TL_OK && was == TL_RECORD_REVIEW)
        st = tl_record_take(s, r->id, TL_RECORD_RECALCULATE, on, "", who, err);
    return st == TL_OK ? tl_record_take(s, r->id, TL_RECORD_PUBLISH, on, "", who, err) : st;
}

tl_status tl_epd_register(tl_store *s, const char *record, const char *registration, int years,
                          const char *day, const char *who, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_epd_row row = { 0 };
    tl_record r;
    char on[TL_DAY_TEXT], until[TL_DAY_TEXT];
    if (years < 0 || years > YEARS_MAX)
        return tl_fail(err, TL_EINPUT, "years: %d, expected 1 to %d, or 0 for %d", years, YEARS_MAX,
                       YEARS);
    tl_status st = tl_arena_new(&scratch, 0, err);
    if (st == TL_OK)
        st = tl_record_text_check("registration", registration, TL_EPD_NAME_MAX, false, true, err);
    if (st == TL_OK)
        st = tl_record_day(day, on, err);
    if (st == TL_OK)
        st = years_later(on, years ? years : YEARS, until, err);
    if (st == TL_OK)
        st = tl_epd_row_get(s, record, scratch, &row, err);
    if (st == TL_OK)
        st = tl_record_get(s, record, -1, scratch, &r, err);
    if (st == TL_OK)
        st = may_register(s, &row, &r, registration, who, scratch, err);
    if (st == TL_OK)
        st = publish(s, &row, &r, registration, on, until, who, err);
    const tl_epd_said said[] = { { "registration", registration },
                                 { "day", on },
                                 { "valid_until", until },
                                 { "verifier", row.epd.verifier } };
    if (st == TL_OK)
        st = tl_epd_audit(s, who, "epd.register", record, said, 4, err);
    tl_arena_free(scratch);
    return st;
}
