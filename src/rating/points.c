/* points.c - points, weights and totals to text and back, in whole numbers throughout.
 *
 * 0.1 has no double of its own, so text never becomes one here: 73.05 is exactly half-way and has
 * to be shown as 73.1 on every machine. */
#include "rating/points.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Reads digits[.digits] as a whole number of 10^-decimals. False for anything else, for more
 * decimals, and above limit (in the same unit; at most 10^15). */
static bool scan_fixed(const char *s, size_t n, int decimals, int64_t limit, int64_t *out)
{
    int64_t v = 0;
    int places = -1; /* digits behind the point, -1 before it */
    if (n == 0 || s[0] == '.' || s[n - 1] == '.')
        return false;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '.' && places < 0) {
            places = 0;
            continue;
        }
        if (s[i] < '0' || s[i] > '9' || places == decimals)
            return false;
        v = v * 10 + (s[i] - '0');
        places += places >= 0;
        if (v > limit)
            return false;
    }
    for (int i = places < 0 ? 0 : places; i < decimals; i++)
        if ((v *= 10) > limit)
            return false;
    *out = v;
    return true;
}

tl_status tl_points_parse(const char *text, tl_points *out, tl_error *err)
{
    int64_t v;
    if (!scan_fixed(text, strlen(text), 3, TL_POINTS_MAX, &v))
        return tl_fail(err, TL_EINPUT,
                       "'%.60s': expected points from 0 to %d with at most three decimals", text,
                       TL_POINTS_MAX / TL_POINT);
    *out = (tl_points)v;
    return TL_OK;
}

size_t tl_points_format(tl_points p, char out[TL_POINTS_TEXT])
{
    static const char *const empties[] = { "not_asked", "not_disclosed", "not_applicable" };
    if (p < 0)
        return (size_t)snprintf(out, TL_POINTS_TEXT, "%s",
                                p >= TL_SLOT_NOT_APPLICABLE ? empties[-p - 1] : "?");
    int n = snprintf(out, TL_POINTS_TEXT, "%" PRId32 ".%03" PRId32, p / TL_POINT, p % TL_POINT);
    while (out[n - 1] == '0')
        n--;
    n -= out[n - 1] == '.';
    out[n] = '\0';
    return (size_t)n;
}

tl_status tl_weight_parse(const char *text, tl_weight *out, tl_error *err)
{
    size_t n = strlen(text);
    bool percent = n > 0 && text[n - 1] == '%';
    int64_t v;
    if (!scan_fixed(text, n - percent, percent ? 2 : 4, TL_WEIGHT_ONE, &v))
        return tl_fail(err, TL_EINPUT,
                       "'%.60s': expected a share from 0 to 1 with at most four decimals, or a "
                       "percentage from 0%% to 100%% with at most two",
                       text);
    *out = (tl_weight)v;
    return TL_OK;
}

size_t tl_total_format(tl_total t, int decimals, char out[TL_POINTS_TEXT])
{
    static const uint64_t units[] = { 1, 10, 100, 1000, 10000 };
    int d = decimals < 0 ? 0 : decimals > 4 ? 4 : decimals;
    uint64_t unit = (uint64_t)TL_TOTAL_POINT / units[d];
    uint64_t size = t < 0 ? UINT64_C(0) - (uint64_t)t : (uint64_t)t;
    uint64_t shown = size / unit + (size % unit >= unit / 2);
    const char *sign = t < 0 && shown ? "-" : "";
    if (d == 0)
        return (size_t)snprintf(out, TL_POINTS_TEXT, "%s%" PRIu64, sign, shown);
    return (size_t)snprintf(out, TL_POINTS_TEXT, "%s%" PRIu64 ".%0*" PRIu64, sign, shown / units[d],
                            d, shown % units[d]);
}

size_t tl_rate_format(int64_t points, int64_t full, int decimals, char out[TL_POINTS_TEXT])
{
    const int64_t largest = INT64_MAX / 100; /* a remainder times ten and a count stay in range */
    int d = decimals < 0 ? 0 : decimals > 4 ? 4 : decimals;
    if (full <= 0 || full > largest || points < 0 || points / full > INT64_C(1000000000))
        return (size_t)snprintf(out, TL_POINTS_TEXT, "-");
    int64_t shown = points / full, rest = points % full, unit = 1;
    for (int i = 0; i < 2 + d; i++) { /* by hand, digit after digit: nothing can overflow */
        shown = shown * 10 + rest * 10 / full;
        rest = rest * 10 % full;
    }
    shown += rest >= full - rest;
    for (int i = 0; i < d; i++)
        unit *= 10;
    if (d == 0)
        return (size_t)snprintf(out, TL_POINTS_TEXT, "%" PRId64, shown);
    return (size_t)snprintf(out, TL_POINTS_TEXT, "%" PRId64 ".%0*" PRId64, shown / unit, d,
                            shown % unit);
}
