/* mix.c - options by share. */
#include "footprint/mix.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

/* What is lost where shares are read as binary numbers. */
#define SUM_TOLERANCE 1e-9

double tl_mix_share(const tl_mix *m, const char *option)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->options[i], option) == 0)
            return m->shares[i];
    return 0;
}

static bool has(const tl_mix *m, const char *option)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->options[i], option) == 0)
            return true;
    return false;
}

/* "scrap-eaf:40" */
static tl_status parse_part(tl_mix *m, const char *parameter, tl_span part, tl_arena *arena,
                            tl_error *err)
{
    const char *colon = part.n ? memchr(part.p, ':', part.n) : NULL;
    double percent = 0;
    if (m->n == TL_MIX_MAX)
        return tl_fail(err, TL_EINPUT, "setting %s: more than %d options in one mix", parameter,
                       (int)TL_MIX_MAX);
    const size_t name = colon ? (size_t)(colon - part.p) : 0;
    if (name == 0 || tl_number_scan(colon + 1, part.n - name - 1, '.', &percent) != TL_NUMBER_OK ||
        percent < 0)
        return tl_fail(err, TL_EINPUT,
                       "setting %s: '%.*s', expected option:percent such as scrap-eaf:40",
                       parameter, (int)(part.n < 80 ? part.n : 80), part.p);
    const char *option = tl_arena_copy(arena, part.p, name);
    if (!option)
        return tl_fail_nomem(err);
    if (has(m, option))
        return tl_fail(err, TL_EINPUT, "setting %s: '%s' is in the mix twice", parameter, option);
    m->options[m->n] = option;
    m->shares[m->n++] = percent / 100;
    return TL_OK;
}

tl_status tl_mix_parse(tl_mix *out, const char *parameter, const char *text, tl_arena *arena,
                       tl_error *err)
{
    *out = (tl_mix){ .n = 0 };
    if (!strchr(text, ':')) {
        out->options[0] = text;
        out->shares[0] = 1;
        out->n = 1;
        return TL_OK;
    }
    tl_span rest = tl_span_of(text), part;
    double sum = 0;
    tl_status st = TL_OK;
    while (st == TL_OK && tl_span_split(&rest, '/', &part))
        st = parse_part(out, parameter, part, arena, err);
    for (size_t i = 0; i < out->n; i++)
        sum += out->shares[i];
    if (st == TL_OK && !(fabs(sum - 1) <= SUM_TOLERANCE))
        st = tl_fail(err, TL_EINPUT, "setting %s: shares come to %.10g%%, expected 100%%",
                     parameter, 100 * sum);
    return st;
}
