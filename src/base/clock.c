/* clock.c - monotonic seconds, UTC stamps, calendar dates. */
#include "base/clock.h"

#include <stddef.h>
#include <time.h>

double tl_clock_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int64_t tl_time_unix(void)
{
    return (int64_t)time(NULL);
}

void tl_time_format(int64_t unix_s, char out[TL_TIME_ISO])
{
    const int64_t year_10000 = INT64_C(253402300800);
    time_t t = (time_t)unix_s;
    struct tm tm;
    out[0] = '\0';
    if (unix_s >= 0 && unix_s < year_10000 && gmtime_r(&t, &tm))
        strftime(out, TL_TIME_ISO, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

void tl_time_now(char out[TL_TIME_ISO])
{
    tl_time_format(tl_time_unix(), out);
}

bool tl_date_valid(const char *s)
{
    static const char shape[] = "dddd-dd-dd";
    static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int v[3] = { 0, 0, 0 }, part = 0;
    for (size_t i = 0; shape[i]; i++) {
        bool digit = s[i] >= '0' && s[i] <= '9';
        if (shape[i] == 'd' ? !digit : s[i] != '-')
            return false;
        if (digit)
            v[part] = v[part] * 10 + (s[i] - '0');
        else
            part++;
    }
    if (s[10] || v[1] < 1 || v[1] > 12 || v[2] < 1 || v[2] > days[v[1] - 1])
        return false;
    bool leap = v[0] % 4 == 0 && (v[0] % 100 != 0 || v[0] % 400 == 0);
    return v[1] != 2 || v[2] < 29 || leap;
}
