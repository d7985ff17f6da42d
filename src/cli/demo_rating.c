/* demo_rating.c - the rating half of the demo: who leads, who is last, what one company lacks. */
#include "cli/demo.h"
#include "report/rating.h"

enum { SHOWN = 5, GAPS_SHOWN = 6 };

#define COMPANY "byd"

static tl_status put(tl_demo *d, const tl_report *r, tl_error *err)
{
    if (!r)
        return tl_fail_nomem(err);
    tl_buf_char(&d->out, '\n');
    return tl_report_as_text(r, d->cli->zh, &d->out, err);
}

static tl_status put_gaps(tl_demo *d, const tl_rating_view *v, tl_error *err)
{
    const tl_gap_row *gaps;
    size_t n;
    const tl_league_row *row = tl_rating_view_find(v, COMPANY);
    if (!row)
        return tl_fail(err, TL_ENOTFOUND, COMPANY " is not in the league table");
    tl_status st =
        tl_gap_make(d->store, v->edition, v->league, v->n, COMPANY, v->arena, &gaps, &n, err);
    if (st != TL_OK)
        return st;
    return put(d, tl_report_gap(v, row, gaps, n < GAPS_SHOWN ? n : GAPS_SHOWN), err);
}

tl_status tl_demo_rating(tl_demo *d, tl_error *err)
{
    static const tl_league_filter everybody = { 0 };
    tl_arena *arena = d->cli->arena;
    tl_index x;
    tl_edition e;
    const tl_league_row *league;
    size_t n;
    tl_status st = tl_index_open(d->store, "cati-auto", arena, &x, err);
    if (st == TL_OK)
        st = tl_edition_read(d->store, &x, NULL, arena, &e, err);
    if (st == TL_OK)
        st = tl_league_make(&e, NULL, arena, &league, &n, err);
    if (st != TL_OK)
        return st;
    const tl_rating_view v = { .edition = &e, .league = league, .n = n, .arena = arena };
    if ((st = put(d, tl_report_league(&v, &everybody, SHOWN, SHOWN), err)) == TL_OK)
        st = put_gaps(d, &v, err);
    if (st == TL_OK)
        tl_demo_end_step(d, "league table and gaps", "排名与缺项");
    return st;
}
