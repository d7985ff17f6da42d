/* workday.c - day numbers and their place in the week. */
#include "rating/workday.h"

#include <assert.h>
#include <string.h>

#include "base/clock.h"
#include "quantity/period.h"

/* Monday is 0. 1970-01-01, day 0, was a Thursday. */
static int weekday(int32_t day)
{
    return (int)(((day % 7) + 7 + 3) % 7);
}

tl_status tl_workday_after(const char *day, int n, char out[TL_DAY_TEXT], tl_error *err)
{
    tl_period p;
    char text[TL_PERIOD_TEXT];
    assert(n >= 1 && n <= 1000);
    if (!tl_date_valid(day) || tl_period_parse(day, &p, NULL) != TL_OK)
        return tl_fail(err, TL_EINPUT, "'%.40s' is no day, expected one such as 2024-03-31", day);
    int32_t at = p.begin;
    for (int left = n; left > 0; left -= weekday(at) < 5)
        at++;
    if (day[0] == '2' && strcmp(day, "2199") >= 0)
        return tl_fail(err, TL_EINPUT, "'%s' is too late a day", day);
    tl_period_format((tl_period){ at, at + 1 }, text);
    memcpy(out, text, TL_DAY_TEXT - 1);
    out[TL_DAY_TEXT - 1] = '\0';
    return TL_OK;
}
