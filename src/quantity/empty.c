/* empty.c - numbers and the three kinds of none. */
#include "quantity/empty.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *code, *en, *zh;
} kinds[TL_VALUE_KINDS] = {
    [TL_NOT_ASKED] = { "not_asked", "not asked", "未询问" },
    [TL_NOT_DISCLOSED] = { "not_disclosed", "not disclosed", "未披露" },
    [TL_NOT_APPLICABLE] = { "not_applicable", "not applicable", "不适用" },
    [TL_NUMBER] = { NULL, "number", "数值" },
};

tl_status tl_value_number(double v, tl_value *out, tl_error *err)
{
    if (!isfinite(v))
        return tl_fail(err, TL_ENUMERIC, "%g is not a value", v);
    *out = (tl_value){ TL_NUMBER, v };
    return TL_OK;
}

tl_status tl_value_parse(const char *text, tl_value *out, tl_error *err)
{
    double v;
    for (size_t i = 0; i < TL_VALUE_KINDS; i++)
        if (kinds[i].code && strcmp(text, kinds[i].code) == 0) {
            *out = (tl_value){ .kind = (tl_value_kind)i };
            return TL_OK;
        }
    if (tl_number_scan(text, strlen(text), '.', &v) != TL_NUMBER_OK)
        return tl_fail(err, TL_EINPUT,
                       "'%s': expected a number, not_disclosed, not_asked or not_applicable", text);
    return tl_value_number(v, out, err);
}

size_t tl_value_format(tl_value v, char out[TL_NUMBER_MAX])
{
    if (v.kind == TL_NUMBER || (unsigned)v.kind >= TL_VALUE_KINDS)
        return tl_number_format(v.kind == TL_NUMBER ? v.number : NAN, out);
    size_t n = strlen(kinds[v.kind].code);
    memcpy(out, kinds[v.kind].code, n + 1);
    return n;
}

const char *tl_value_kind_name(tl_value_kind kind, bool zh)
{
    if ((unsigned)kind >= TL_VALUE_KINDS)
        return "?";
    return zh ? kinds[kind].zh : kinds[kind].en;
}

tl_status tl_value_summarise(const tl_value *values, size_t n, tl_value_summary *out, tl_error *err)
{
    tl_value_summary s = { 0 };
    for (size_t i = 0; i < n; i++) {
        if ((unsigned)values[i].kind >= TL_VALUE_KINDS)
            return tl_fail(err, TL_EINPUT, "value %zu is of no known kind", i + 1);
        s.count[values[i].kind]++;
        if (values[i].kind != TL_NUMBER)
            continue;
        s.sum += values[i].number;
        s.zeros += values[i].number == 0;
    }
    if (!isfinite(s.sum))
        return tl_fail(err, TL_ENUMERIC, "the sum of %zu values is not finite", s.count[TL_NUMBER]);
    s.has_mean = s.count[TL_NUMBER] > 0;
    s.mean = s.has_mean ? s.sum / (double)s.count[TL_NUMBER] : 0;
    s.complete = s.count[TL_NOT_ASKED] == 0 && s.count[TL_NOT_DISCLOSED] == 0;
    *out = s;
    return TL_OK;
}
