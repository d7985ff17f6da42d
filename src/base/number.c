/* number.c - strict reading, shortest writing.
 *
 * Reading takes the exact fast path of Clinger (1990, "How to read floating point numbers
 * accurately"): a significand below 2^53 and a power of ten up to 10^22 are both exact doubles, so
 * one IEEE operation rounds correctly. All else goes to the C library in the C locale. */
#include "base/number.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#undef strtod /* the one place that may call it */

static const double power10[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                  1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

/* What the grammar found: significand digits (first 19), the power of ten behind them. */
struct parts {
    uint64_t digits;
    long exponent;
    int count; /* significant digits seen */
    bool negative;
};

static tl_number_fault read_exponent(const char *s, size_t n, size_t i, struct parts *p)
{
    bool minus = false;
    long e = 0;
    if (i < n && (s[i] == '+' || s[i] == '-'))
        minus = s[i++] == '-';
    if (i == n)
        return TL_NUMBER_SYNTAX;
    for (; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return TL_NUMBER_SYNTAX;
        if (e < 100000)
            e = e * 10 + (s[i] - '0');
    }
    p->exponent += minus ? -e : e;
    return TL_NUMBER_OK;
}

static tl_number_fault read_parts(const char *s, size_t n, char decimal, struct parts *p)
{
    size_t i = 0;
    bool any = false, point = false;
    *p = (struct parts){ 0 };
    if (n == 0)
        return TL_NUMBER_EMPTY;
    if (s[0] == '+' || s[0] == '-')
        p->negative = s[i++] == '-';
    for (; i < n; i++) {
        char c = s[i];
        if (c >= '0' && c <= '9') {
            any = true;
            if (p->count < 19) {
                p->digits = p->digits * 10 + (uint64_t)(c - '0');
                p->count += p->digits ? 1 : 0;
                p->exponent -= point ? 1 : 0;
            } else {
                p->count++;
                p->exponent += point ? 0 : 1;
            }
        } else if (c == decimal && !point) {
            point = true;
        } else {
            break;
        }
    }
    if (!any)
        return TL_NUMBER_SYNTAX;
    if (i == n)
        return TL_NUMBER_OK;
    return s[i] == 'e' || s[i] == 'E' ? read_exponent(s, n, i + 1, p) : TL_NUMBER_SYNTAX;
}

/* strtod in the C locale whatever the caller's locale is; s is already known to be well-formed. */
static tl_number_fault read_slow(const char *s, size_t n, char decimal, double *out)
{
    char local[128];
    char *text = n < sizeof local ? local : malloc(n + 1);
    if (!text)
        return TL_NUMBER_SYNTAX;
    memcpy(text, s, n);
    text[n] = '\0';
    char *comma = decimal == '.' ? NULL : memchr(text, decimal, n);
    if (comma)
        *comma = '.';
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = c_locale ? uselocale(c_locale) : (locale_t)0;
    double v = strtod(text, NULL);
    if (c_locale) {
        uselocale(before);
        freelocale(c_locale);
    }
    if (text != local)
        free(text);
    if (!isfinite(v))
        return TL_NUMBER_RANGE;
    *out = v;
    return TL_NUMBER_OK;
}

tl_number_fault tl_number_scan(const char *s, size_t n, char decimal, double *out)
{
    struct parts p;
    tl_number_fault fault = read_parts(s, n, decimal, &p);
    if (fault)
        return fault;
    if (p.digits == 0) {
        *out = p.negative ? -0.0 : 0.0;
        return TL_NUMBER_OK;
    }
    bool exact = p.count <= 19 && p.digits <= (UINT64_C(1) << 53);
    if (!exact || p.exponent < -22 || p.exponent > 22)
        return read_slow(s, n, decimal, out);
    double v = (double)p.digits;
    v = p.exponent < 0 ? v / power10[-p.exponent] : v * power10[p.exponent];
    *out = p.negative ? -v : v;
    return TL_NUMBER_OK;
}

const char *tl_number_problem(tl_number_fault fault)
{
    switch (fault) {
    case TL_NUMBER_OK:
        return "a number";
    case TL_NUMBER_EMPTY:
        return "empty, expected a number";
    case TL_NUMBER_SYNTAX:
        return "not a number";
    case TL_NUMBER_RANGE:
        return "too large for a number";
    }
    return "not a number";
}

tl_status tl_number_parse(const char *s, double *out, tl_error *err)
{
    tl_number_fault fault = tl_number_scan(s, strlen(s), '.', out);
    if (fault)
        return tl_fail(err, TL_EINPUT, "'%.60s' is %s", s, tl_number_problem(fault));
    return TL_OK;
}

tl_status tl_int_parse(const char *s, int64_t lo, int64_t hi, int64_t *out, tl_error *err)
{
    struct parts p;
    size_t n = strlen(s);
    if (n > 18 || read_parts(s, n, '.', &p) || strpbrk(s, ".eE"))
        return tl_fail(err, TL_EINPUT, "'%.60s' is not a whole number", s);
    int64_t i = p.negative ? -(int64_t)p.digits : (int64_t)p.digits;
    if (i < lo || i > hi)
        return tl_fail(err, TL_EINPUT, "%s is outside %lld to %lld", s, (long long)lo,
                       (long long)hi);
    *out = i;
    return TL_OK;
}

/* "1.5e-07" -> "1.5e-7"; the C library pads exponents to two digits. Also fixes a foreign decimal
 * mark. */
static size_t tidy(char *s)
{
    char *w = s, *e = NULL;
    for (char *r = s; *r; r++) {
        if (*r == 'e')
            e = w;
        if (*r == ',')
            *r = '.';
        bool pad = e && (*r == '0' || *r == '+') && (w == e + 1 || (w == e + 2 && e[1] == '-'));
        if (!pad)
            *w++ = *r;
    }
    *w = '\0';
    return (size_t)(w - s);
}

size_t tl_number_format(double v, char out[TL_NUMBER_MAX])
{
    if (!isfinite(v))
        return (size_t)snprintf(out, TL_NUMBER_MAX, "null");
    if (v == 0)
        return (size_t)snprintf(out, TL_NUMBER_MAX, "0");
    if (fabs(v) < 1e15 && v == (double)(int64_t)v)
        return (size_t)snprintf(out, TL_NUMBER_MAX, "%lld", (long long)v);
    /* 15 digits always survive text -> double -> text, so a shorter exact form shows up here, its
     * trailing zeros dropped by %g. Subnormals carry fewer digits and start from one. */
    for (int digits = fabs(v) < DBL_MIN ? 1 : 15; digits <= 17; digits++) {
        double back = 0;
        snprintf(out, TL_NUMBER_MAX, "%.*g", digits, v);
        size_t n = tidy(out);
        if (tl_number_scan(out, n, '.', &back) == TL_NUMBER_OK && back == v)
            return n;
    }
    return strlen(out);
}

/* Digits of |v| without point in d (NUL-terminated); returns the place of the point. */
static int decimal_digits(double v, char d[24])
{
    char text[TL_NUMBER_MAX], plain[TL_NUMBER_MAX];
    size_t n = 0;
    int point = 0, seen = -1;
    tl_number_format(fabs(v), text);
    snprintf(plain, sizeof plain, "%s", text);
    char *e = strchr(plain, 'e');
    long exponent = e ? strtol(e + 1, NULL, 10) : 0;
    if (e)
        *e = '\0';
    for (const char *p = plain; *p; p++) {
        if (*p == '.')
            seen = (int)n;
        else if (n < 22)
            d[n++] = *p;
    }
    d[n] = '\0';
    point = (seen < 0 ? (int)n : seen) + (int)exponent;
    return point;
}

size_t tl_number_format_fixed(double v, int decimals, char out[TL_NUMBER_MAX + 320])
{
    const size_t cap = TL_NUMBER_MAX + 320;
    if (!isfinite(v))
        return (size_t)snprintf(out, cap, "null");
    char d[24] = { 0 };
    int point = decimal_digits(v, d), n = (int)strlen(d);
    int keep = point + decimals; /* digits that stay */
    bool up = keep >= 0 && keep < n && d[keep] >= '5';
    char r[400];
    size_t len = 0;
    r[len++] = '0'; /* room for a carry */
    for (int i = 0; i < keep && len < sizeof r - 2; i++)
        r[len++] = i < n ? d[i] : '0';
    for (size_t i = len; up && i-- > 0;) {
        up = r[i] == '9';
        r[i] = up ? '0' : (char)(r[i] + 1);
    }
    /* r holds round(|v| * 10^decimals) with leading zeros; cut it at the point */
    size_t start = 0, whole = len > (size_t)decimals ? len - (size_t)decimals : 0;
    char padded[420];
    if (whole == 0) {
        size_t zeros = (size_t)decimals + 1 - len;
        memset(padded, '0', zeros);
        memcpy(padded + zeros, r, len);
        len += zeros;
        whole = 1;
    } else {
        memcpy(padded, r, len);
    }
    while (start + 1 < whole && padded[start] == '0')
        start++;
    bool zero = true;
    for (size_t i = start; i < len; i++)
        zero = zero && padded[i] == '0';
    return (size_t)snprintf(out, cap, "%s%.*s%s%.*s", v < 0 && !zero ? "-" : "",
                            (int)(whole - start), padded + start, decimals ? "." : "",
                            (int)(len - whole), padded + whole);
}
