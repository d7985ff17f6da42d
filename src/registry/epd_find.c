/* epd_find.c - the public list of declarations, by owner, rules, state and end. */
#include <string.h>

#include "company/company.h"
#include "registry/epd_priv.h"
#include "registry/epd_view.h"

/* Words of the programme for states of a record; a version that is corrected is still with its
 * verifier. */
static const struct word {
    const char *name;
    tl_record_state first, second;
    bool registered; /* asked of the version registered last, not of the newest */
} words[] = {
    { "draft", TL_RECORD_PRELIMINARY, TL_RECORD_PRELIMINARY, false },
    { "with-verifier", TL_RECORD_REVIEW, TL_RECORD_RECALCULATED, false },
    { "registered", TL_RECORD_PUBLISHED, TL_RECORD_PUBLISHED, true },
    { "updated", TL_RECORD_SUPERSEDED, TL_RECORD_SUPERSEDED, true },
    { "expired", TL_RECORD_EXPIRED, TL_RECORD_EXPIRED, true },
    { "withdrawn", TL_RECORD_WITHDRAWN, TL_RECORD_WITHDRAWN, true },
};

/* A filter with its words looked up. */
struct question {
    const tl_epd_filter *f;
    const struct word *state; /* NULL: any */
    const char *owner;        /* id; NULL: any */
    char until[TL_DAY_TEXT];
};

static tl_status look_up(tl_store *s, const tl_epd_filter *f, tl_arena *arena, struct question *q,
                         tl_error *err)
{
    tl_company owner;
    tl_status st = TL_OK;
    *q = (struct question){ .f = f };
    for (size_t i = 0; f->state && i < sizeof words / sizeof *words; i++)
        if (strcmp(f->state, words[i].name) == 0)
            q->state = &words[i];
    if (f->state && !q->state)
        return tl_fail(err, TL_EINPUT,
                       "'%.40s' is no state of a declaration, expected draft, with-verifier, "
                       "registered, updated, expired or withdrawn",
                       f->state);
    if (f->until)
        st = tl_record_day(f->until, q->until, err);
    if (st == TL_OK && f->owner && (st = tl_company_find(s, f->owner, arena, &owner, err)) == TL_OK)
        q->owner = owner.id;
    return st;
}

/* The version that is asked about; a declaration without one, or in another state, is not meant. */
static tl_status read_version(tl_store *s, const struct question *q, tl_arena *arena,
                              tl_epd_found *found, bool *meant, tl_error *err)
{
    tl_record_row row;
    const bool outside = q->f->viewer && !tl_epd_inside(q->f->viewer, &found->epd);
    const bool registered = outside || (q->state && q->state->registered);
    tl_status st =
        tl_record_find(s, found->epd.record, registered ? 0 : -1, arena, &row, meant, err);
    if (st != TL_OK || !*meant)
        return st;
    if (q->state)
        *meant = row.r.state == q->state->first || row.r.state == q->state->second;
    found->number = row.number;
    found->record = row.r;
    if (outside)
        tl_epd_as_registered(&found->epd, &row.r);
    return TL_OK;
}

tl_status tl_epd_find(tl_store *s, const tl_epd_filter *f, tl_arena *arena, tl_epd_found **out,
                      size_t *n, tl_error *err)
{
    struct question q;
    const tl_epd *all = NULL;
    tl_epd_found *list = NULL;
    size_t n_all = 0;
    *n = 0;
    tl_status st = look_up(s, f, arena, &q, err);
    if (st == TL_OK)
        st = tl_epd_list(s, arena, &all, &n_all, err);
    if (st == TL_OK && !(list = tl_arena_alloc(arena, n_all, sizeof *list)))
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n_all; i++) {
        const tl_epd *e = &all[i];
        bool meant = false;
        if ((q.owner && strcmp(e->owner, q.owner) != 0) || (f->pcr && strcmp(e->pcr, f->pcr) != 0))
            continue;
        if (f->until && (!*e->valid_until || strcmp(e->valid_until, q.until) > 0))
            continue;
        list[*n].epd = *e;
        st = read_version(s, &q, arena, &list[*n], &meant, err);
        *n += st == TL_OK && meant;
    }
    *out = list;
    return st;
}

tl_status tl_epd_found_parts(tl_store *s, tl_epd_found *found, tl_arena *arena, tl_error *err)
{
    tl_record_row row = { .number = found->number, .r = found->record };
    tl_status st = tl_record_row_parts(s, &row, arena, err);
    found->record = row.r;
    return st;
}
