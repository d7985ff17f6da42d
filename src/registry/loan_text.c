/* loan_text.c - amounts, margins and terms of a loan as text, every digit kept. */
#include <stdio.h>

#include "registry/loan.h"

const char *tl_loan_basis_name(tl_loan_basis basis)
{
    return basis == TL_LOAN_BY_G_KM ? "g-km" : "class";
}

const char *tl_loan_weight_name(tl_loan_weight weight)
{
    return weight == TL_LOAN_BY_PRICE ? "price" : "count";
}

/* Appends a digit; false beyond 64 bits. */
static bool push(tl_money *v, int digit)
{
    return !__builtin_mul_overflow(*v, (tl_money)10, v) &&
           !__builtin_add_overflow(*v, (tl_money)digit, v);
}

tl_status tl_money_parse(tl_span text, tl_money *out, tl_error *err)
{
    tl_money v = 0;
    size_t digits = 0, behind = 0, i = 0;
    bool fits = true;
    for (; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++, digits++)
        fits = fits && push(&v, text.p[i] - '0');
    if (digits && i < text.n && text.p[i] == '.')
        for (i++; i < text.n && behind < 2 && text.p[i] >= '0' && text.p[i] <= '9'; i++, behind++)
            fits = fits && push(&v, text.p[i] - '0');
    if (!digits || i != text.n || (text.p[i - 1] == '.'))
        return tl_fail(err, TL_EINPUT, "'" TL_SPAN_FMT "', expected an amount such as 150000.00",
                       TL_SPAN_ARG(text));
    for (; behind < 2; behind++)
        fits = fits && push(&v, 0);
    if (!fits)
        return tl_fail(err, TL_EINPUT, "'" TL_SPAN_FMT "' is too large for an amount",
                       TL_SPAN_ARG(text));
    *out = v;
    return TL_OK;
}

static void format_fixed(int64_t v, unsigned scale, int decimals, char out[TL_LOAN_TEXT])
{
    uint64_t size = v < 0 ? UINT64_C(0) - (uint64_t)v : (uint64_t)v;
    snprintf(out, TL_LOAN_TEXT, "%s%llu.%0*llu", v < 0 ? "-" : "",
             (unsigned long long)(size / scale), decimals, (unsigned long long)(size % scale));
}

void tl_money_format(tl_money v, char out[TL_LOAN_TEXT])
{
    format_fixed(v, 100, 2, out);
}

void tl_margin_format(int64_t e4, char out[TL_LOAN_TEXT])
{
    format_fixed(e4, 10000, 4, out);
}
