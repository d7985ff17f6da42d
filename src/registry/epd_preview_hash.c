/* epd_preview_hash.c - one hash over a whole preview, so that what is saved is what was shown. */
#include "base/number.h"
#include "registry/epd_effect_priv.h"

static void add_number(tl_sha256 *h, double v)
{
    char text[TL_NUMBER_MAX];
    tl_number_format(v, text);
    tl_sha256_add_field(h, text);
}

static void add_int(tl_sha256 *h, int64_t v)
{
    char text[TL_LOAN_TEXT];
    tl_margin_format(v, text); /* all its digits */
    tl_sha256_add_field(h, text);
}

static void add_shift(tl_sha256 *h, const tl_epd_shift *c)
{
    const double numbers[] = { c->mass_kg,    c->computed_before, c->computed_after, c->g_km_before,
                               c->g_km_after, c->mean_before,     c->mean_after };
    const int64_t whole[] = { c->version, c->below_before, c->below_after, c->class_before,
                              c->class_after };
    tl_sha256_add_field(h, c->car);
    tl_sha256_add_field(h, c->maker);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        add_number(h, numbers[i]);
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        add_int(h, whole[i]);
}

static void add_loan(tl_sha256 *h, const tl_epd_loan *l)
{
    const int64_t whole[] = { (int64_t)l->weight,    (int64_t)l->cars,     l->charged_e4,
                              l->by_count_before_e4, l->by_count_after_e4, l->by_price_before_e4,
                              l->by_price_after_e4 };
    tl_sha256_add_field(h, l->id);
    tl_sha256_add_field(h, l->signed_on);
    tl_sha256_add_field(h, l->refused);
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        add_int(h, whole[i]);
}

tl_status tl_epd_preview_seal(tl_epd_preview *p, tl_error *err)
{
    tl_sha256 *h;
    tl_status st = tl_sha256_new(&h, err);
    if (st != TL_OK)
        return st;
    tl_sha256_add_field(h, p->declaration);
    for (size_t i = 0; i < p->n_factors; i++) {
        tl_sha256_add_field(h, p->factors[i].material);
        tl_sha256_add_field(h, p->factors[i].supplier);
        add_number(h, p->factors[i].kg_co2e_per_kg);
    }
    add_int(h, (int64_t)p->n_cars);
    for (size_t i = 0; i < p->n_cars; i++)
        add_shift(h, &p->cars[i]);
    for (size_t i = 0; i < p->n_makers; i++) {
        tl_sha256_add_field(h, p->makers[i].maker);
        add_int(h, (int64_t)p->makers[i].cars);
        add_int(h, (int64_t)p->makers[i].below_before);
        add_int(h, (int64_t)p->makers[i].below_after);
    }
    for (size_t i = 0; i < p->n_loans; i++)
        add_loan(h, &p->loans[i]);
    st = tl_sha256_final(h, p->hash, err);
    tl_sha256_free(h);
    return st;
}
