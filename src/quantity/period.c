/* period.c - periods as runs of days. */
#include "quantity/period.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { YEAR_LEAST = 1800, YEAR_MOST = 2200, MONTHS = 12, EPOCH_YEAR = 1970 };

static bool leap(int y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int month_days(int y, int m)
{
    static const int days[MONTHS] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return m == 2 && leap(y) ? 29 : days[m - 1];
}

/* Leap years before 1 January of y. */
static int32_t leaps_before(int y)
{
    y--;
    return y / 4 - y / 100 + y / 400;
}

static int32_t day_number(int y, int m, int d)
{
    int32_t n = (y - EPOCH_YEAR) * 365 + leaps_before(y) - leaps_before(EPOCH_YEAR) + d - 1;
    for (int i = 1; i < m; i++)
        n += month_days(y, i);
    return n;
}

typedef struct date {
    int y, m, d;
} date;

static date civil(int32_t n)
{
    /* a year at or before the right one, a few short of it */
    date t = { EPOCH_YEAR + (n < 0 ? n / 365 : n / 366) - 1, 1, 1 };
    while (n >= day_number(t.y + 1, 1, 1))
        t.y++;
    n -= day_number(t.y, 1, 1);
    while (n >= month_days(t.y, t.m))
        n -= month_days(t.y, t.m++);
    t.d = n + 1;
    return t;
}

static bool digits(const char *s, size_t n, int *out)
{
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        *out = *out * 10 + (s[i] - '0');
    }
    return true;
}

/* One of YYYY, YYYY-MM, YYYY-MM-DD. */
static bool parse_one(tl_span s, tl_period *out)
{
    int y, m = 1, d = 1;
    if ((s.n != 4 && s.n != 7 && s.n != 10) || !digits(s.p, 4, &y) || y < YEAR_LEAST ||
        y > YEAR_MOST)
        return false;
    if (s.n >= 7 && (s.p[4] != '-' || !digits(s.p + 5, 2, &m) || m < 1 || m > MONTHS))
        return false;
    if (s.n == 10 && (s.p[7] != '-' || !digits(s.p + 8, 2, &d) || d < 1 || d > month_days(y, m)))
        return false;
    out->begin = day_number(y, m, d);
    out->end = out->begin + (s.n == 10 ? 1 : s.n == 7 ? month_days(y, m) : 365 + leap(y));
    return true;
}

tl_status tl_period_parse(const char *text, tl_period *out, tl_error *err)
{
    tl_period first = { 0 }, last;
    tl_span rest = tl_span_of(text), part = { 0 };
    const char *slash = strchr(text, '/');
    bool good = tl_span_split(&rest, '/', &part) && parse_one(part, &first);
    last = first;
    if (good && slash)
        good = parse_one(tl_span_of(slash + 1), &last);
    if (!good)
        return tl_fail(err, TL_EINPUT,
                       "period '%s', expected 2023, 2023-04, 2023-04-15 or two of them with '/' "
                       "between (years %d to %d)",
                       text, YEAR_LEAST, YEAR_MOST);
    if (last.begin < first.begin || last.end < first.end)
        return tl_fail(err, TL_EINPUT, "period '%s' ends before it begins", text);
    *out = (tl_period){ first.begin, last.end };
    return TL_OK;
}

tl_period tl_period_year(int year)
{
    assert(year >= YEAR_LEAST && year <= YEAR_MOST);
    return (tl_period){ day_number(year, 1, 1), day_number(year + 1, 1, 1) };
}

void tl_period_format(tl_period p, char out[TL_PERIOD_TEXT])
{
    date a = civil(p.begin), b = civil(p.end - 1);
    int n = 0;
    bool months = a.d == 1 && b.d == month_days(b.y, b.m);
    bool years = months && a.m == 1 && b.m == MONTHS;
    if (years)
        n = a.y == b.y ? snprintf(out, TL_PERIOD_TEXT, "%04d", a.y)
                       : snprintf(out, TL_PERIOD_TEXT, "%04d/%04d", a.y, b.y);
    else if (months)
        n = a.y == b.y && a.m == b.m
                ? snprintf(out, TL_PERIOD_TEXT, "%04d-%02d", a.y, a.m)
                : snprintf(out, TL_PERIOD_TEXT, "%04d-%02d/%04d-%02d", a.y, a.m, b.y, b.m);
    else if (p.end - p.begin == 1)
        n = snprintf(out, TL_PERIOD_TEXT, "%04d-%02d-%02d", a.y, a.m, a.d);
    else
        n = snprintf(out, TL_PERIOD_TEXT, "%04d-%02d-%02d/%04d-%02d-%02d", a.y, a.m, a.d, b.y, b.m,
                     b.d);
    assert(n > 0 && n < TL_PERIOD_TEXT);
    (void)n;
}

int32_t tl_period_days(tl_period p)
{
    return p.end - p.begin;
}

bool tl_period_contains(tl_period outer, tl_period inner)
{
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

int32_t tl_period_overlap_days(tl_period a, tl_period b)
{
    int32_t begin = a.begin > b.begin ? a.begin : b.begin;
    int32_t end = a.end < b.end ? a.end : b.end;
    return end > begin ? end - begin : 0;
}
