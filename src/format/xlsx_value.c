/* xlsx_value.c - the number of a cell as text: digits as Excel keeps them, days and times.
 *
 * A day is counted from 1899-12-31 (1 = 1900-01-01) or from 1904-01-01 (0). Excel counts a
 * 29 February 1900 that never was, day 60, as Lotus 1-2-3 did, so that from day 61 on the count
 * begins at 1899-12-30 (ECMA-376 part 1, 18.17.4.1). */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "format/xlsx_read_priv.h"

enum { DAY_S = 86400, LAST_DAY = 2958465 /* 9999-12-31 */, LAST_1904 = 2957003, FALSE_DAY = 60 };

/* v in 15 significant digits, shortest form; whole numbers that a double holds exactly stay. */
static void put_number(double v, tl_buf *out)
{
    char text[TL_NUMBER_MAX];
    double kept = v;
    if (fabs(v) >= 0x1p53 || v != trunc(v)) {
        /* the mark of another locale is put right before the text is read again */
        snprintf(text, sizeof text, "%.15g", v);
        char *comma = strchr(text, ',');
        if (comma)
            *comma = '.';
        if (!strchr(text, 'e')) { /* as tl_number_format would write it */
            tl_buf_str(out, text);
            return;
        }
        if (tl_number_scan(text, strlen(text), '.', &kept) != TL_NUMBER_OK)
            kept = v;
    }
    tl_buf_number(out, kept);
}

/* Days since 1970-01-01 as a date (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms",
 * civil_from_days; public domain). */
static void put_day(long days, tl_buf *out)
{
    days += 719468;
    long era = days / 146097, of_era = days - era * 146097;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100);
    long month = (5 * of_year + 2) / 153, day = of_year - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    year += era * 400 + (month <= 2);
    tl_buf_printf(out, "%04ld-%02ld-%02ld", year, month, day);
}

static void put_time(long s, tl_buf *out)
{
    tl_buf_printf(out, "%02ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
}

const char *tl_xlsx_number_text(double v, tl_xlsx_shown shown, bool since_1904, tl_buf *out)
{
    if (shown == TL_XLSX_AS_NUMBER || (shown == TL_XLSX_AS_TIME && !(v >= 0 && v < 1))) {
        put_number(v, out);
        return NULL;
    }
    if (!(v >= 0 && v < LAST_DAY + 1.0))
        return "is shown as a date, and is none";
    double whole = floor(v), seconds = round((v - whole) * DAY_S);
    if (seconds >= DAY_S) {
        whole += 1;
        seconds = 0;
    }
    long day = (long)whole;
    if (shown == TL_XLSX_AS_DATE) {
        if (!since_1904 && day == FALSE_DAY)
            return "is 29 February 1900, a day that Excel knows and the calendar does not";
        if ((!since_1904 && day == 0) || day > (since_1904 ? LAST_1904 : LAST_DAY))
            return "is shown as a date, and is none";
        /* 1899-12-30 and 1904-01-01 are days -25569 and -24107 since 1970-01-01 */
        put_day(since_1904 ? day - 24107 : day - 25569 + (day < FALSE_DAY), out);
        if (seconds > 0)
            tl_buf_char(out, ' ');
    }
    if (shown == TL_XLSX_AS_TIME || seconds > 0)
        put_time((long)seconds, out);
    return NULL;
}
