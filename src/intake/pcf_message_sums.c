/* pcf_message_sums.c - do the parts add up to the total they are printed with.
 *
 * A sum of n rounded parts is off by half a unit in the last place for each of them and the total.
 * As zeros at the end are often left out, the last place is that of the most exact number. Where a
 * standard lets small parts be left out (PACT: while they are below 3 % of the footprint), a total
 * that is that much above its parts is a remark, any other difference an error. */
#include <math.h>

#include "base/number.h"
#include "intake/pcf_message_priv.h"

#define SMALL_PARTS 0.03

struct sum {
    double parts;      /* of those that are there */
    size_t n, gaps;    /* parts that are there, and that are not */
    int decimals;      /* most of all, the total included */
    const char *terms; /* "1.85 + -1.5" */
};

/* Adds the parts at names, up to NULL or most. */
static void add(tl_pcf_check *c, const char *const *names, size_t most, struct sum *s)
{
    const char *where;
    for (size_t i = 0; i < most && names[i]; i++) {
        double v;
        int decimals;
        char number[TL_NUMBER_MAX];
        if (!tl_pcf_number(tl_pcf_at(c, names[i], &where), &v, &decimals)) {
            s->gaps++;
            continue;
        }
        s->parts += v;
        s->n++;
        s->decimals = decimals > s->decimals ? decimals : s->decimals;
        tl_number_format(v, number);
        if (s->terms)
            s->terms = *s->terms ? tl_arena_printf(c->arena, "%s + %s", s->terms, number)
                                 : tl_arena_str(c->arena, number);
    }
}

static bool agrees(const struct sum *s, double total)
{
    double off = ((double)s->n + 1) * 0.5 * pow(10, -s->decimals);
    return fabs(total - s->parts) <= off * (1 + 1e-9) + 1e-12 * fabs(total);
}

/* Numbers with the decimals of the sum, so that 0.35 is not 0.35000000000000009. */
static const char *written(tl_pcf_check *c, double v, int decimals)
{
    char text[TL_NUMBER_MAX + 320];
    tl_number_format_fixed(v, decimals < 12 ? decimals : 12, text);
    return tl_arena_str(c->arena, text);
}

static void tell(tl_pcf_check *c, const struct sum *s, double total, const char *where, bool error)
{
    const char *got = written(c, total, s->decimals), *right = written(c, s->parts, s->decimals);
    if (error)
        tl_pcf_find(
            c, true, where, "sum",
            tl_arena_printf(c->arena, "is %s, expected %s, the sum of its parts (%s)", got, right,
                            s->terms),
            tl_arena_printf(c->arena, "为 %s，应为各分项之和 %s（%s）", got, right, s->terms));
    else
        tl_pcf_find(c, false, where, "sum",
                    tl_arena_printf(c->arena,
                                    "is %s, the parts given make %s (%s): the rest is in parts "
                                    "left out, within the 3 %% that allows",
                                    got, right, s->terms),
                    tl_arena_printf(
                        c->arena, "为 %s，已列分项之和 %s（%s）：其余属未列分项，在允许的 3%% 以内",
                        got, right, s->terms));
}

static void check_sum(tl_pcf_check *c, const tl_pcf_sum *rule)
{
    struct sum s = { .terms = "" };
    const char *where;
    double total;
    if (!tl_pcf_number(tl_pcf_at(c, rule->total, &where), &total, &s.decimals))
        return;
    add(c, rule->parts, sizeof rule->parts / sizeof *rule->parts, &s);
    if (s.n == 0 || agrees(&s, total))
        return;
    struct sum wider = s;
    add(c, rule->more, sizeof rule->more / sizeof *rule->more, &wider);
    if (wider.n > s.n && agrees(&wider, total))
        return;
    double rest = total - s.parts;
    bool small = rule->fills && s.gaps > 0 && rest > 0 && rest <= SMALL_PARTS * fabs(total);
    tell(c, &s, total, where, !small);
}

void tl_pcf_check_sums(tl_pcf_check *c)
{
    for (size_t i = 0; i < c->form->sum_count && c->st == TL_OK; i++)
        check_sum(c, &c->form->sums[i]);
}
