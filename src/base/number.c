/* number.c - strict reading, shortest writing.
 *
 * Reading takes the exact fast path of Clinger (1990, "How to read floating point numbers
 * accurately"): a significand below 2^53 and a power of ten up to 10^22 are both exact doubles, so
 * one IEEE operation rounds correctly. Up to 19 digits and a power of ten up to 27 (what programs
 * print) are scaled with 128-bit integers and rounded once. All else goes to the C library in the C
 * locale. */
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

__extension__ typedef unsigned __int128 wide_uint;

enum { MOST_FIVES = 27 }; /* 5^27 is the last that fits 64 bits */
static const uint64_t power5[] = {
    1U,
    5U,
    25U,
    125U,
    625U,
    3125U,
    15625U,
    78125U,
    390625U,
    1953125U,
    9765625U,
    48828125U,
    244140625U,
    1220703125U,
    UINT64_C(6103515625),
    UINT64_C(30517578125),
    UINT64_C(152587890625),
    UINT64_C(762939453125),
    UINT64_C(3814697265625),
    UINT64_C(19073486328125),
    UINT64_C(95367431640625),
    UINT64_C(476837158203125),
    UINT64_C(2384185791015625),
    UINT64_C(11920928955078125),
    UINT64_C(59604644775390625),
    UINT64_C(298023223876953125),
    UINT64_C(1490116119384765625),
    UINT64_C(7450580596923828125),
};

/* q x 2^e2 as a double, to nearest, ties to even; `more` tells that a little was cut off below q.
 * The result must be a normal number. */
static double round_once(uint64_t q, int e2, bool more)
{
    int drop = 64 - __builtin_clzll(q) - 53;
    if (drop > 0) {
        uint64_t rest = q & ((UINT64_C(1) << drop) - 1), half = UINT64_C(1) << (drop - 1);
        q >>= drop;
        e2 += drop;
        q += rest > half || (rest == half && (more || (q & 1)));
    }
    uint64_t bits = (uint64_t)(e2 + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return (double)q * power;
}

/* digits x 10^e for |e| <= MOST_FIVES and digits > 0, correctly rounded. 10^e is 5^e 2^e, and only
 * the five needs arithmetic. */
static double scale(uint64_t digits, int e)
{
    if (e < 0) {
        int up = __builtin_clzll(digits), up5 = __builtin_clzll(power5[-e]);
        uint64_t divisor = power5[-e] << up5;
        wide_uint n = (wide_uint)(digits << up) << 63; /* the quotient has 62 to 64 bits */
        uint64_t q = (uint64_t)(n / divisor);
        return round_once(q, up5 - up + e - 63, (wide_uint)q * divisor != n);
    }
    wide_uint n = (wide_uint)digits * power5[e];
    uint64_t high = (uint64_t)(n >> 64);
    if (high == 0)
        return round_once((uint64_t)n, e, false);
    int down = 64 - __builtin_clzll(high);
    uint64_t q = (uint64_t)(n >> down);
    return round_once(q, down + e, (wide_uint)q << down != n);
}

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

/* True if the eight bytes of w are all digits. */
static bool eight_digits(uint64_t w)
{
    const uint64_t high = UINT64_C(0xF0F0F0F0F0F0F0F0), six = UINT64_C(0x0606060606060606);
    return ((w & high) | ((w + six) & high) >> 4) == UINT64_C(0x3333333333333333);
}

/* Their value, the first digit in the lowest byte: pairs, then fours, then all, by three
 * multiplications (Lemire 2021, "Number parsing at a gigabyte per second", section 5). */
static uint64_t eight_value(uint64_t w)
{
    w -= UINT64_C(0x3030303030303030);
    w = w * 10 + (w >> 8);
    const uint64_t pairs = UINT64_C(0x000000FF000000FF);
    return ((w & pairs) * UINT64_C(0x000F424000000064) +
            (w >> 16 & pairs) * UINT64_C(0x0000271000000001)) >>
               32 &
           UINT32_MAX;
}

/* Takes eight digits at s into p if there are eight and p has room for them. */
static bool take_eight(const char *s, struct parts *p, bool point)
{
    uint64_t w;
    memcpy(&w, s, sizeof w);
    if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__ || !eight_digits(w))
        return false;
    p->digits = p->digits * 100000000 + eight_value(w);
    p->count += 8;
    p->exponent -= point ? 8 : 0;
    return true;
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
            if (p->digits && p->count <= 11 && n - i >= 8 && take_eight(s + i, p, point)) {
                i += 7;
            } else if (p->count < 19) {
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
    if (p.count > 19 || p.exponent < -MOST_FIVES || p.exponent > MOST_FIVES)
        return read_slow(s, n, decimal, out);
    bool exact = p.digits <= UINT64_C(1) << 53 && p.exponent >= -22 && p.exponent <= 22;
    double v = (double)p.digits;
    if (!exact)
        v = scale(p.digits, (int)p.exponent);
    else
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
