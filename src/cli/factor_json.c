/* factor_json.c - factors as JSON; the members and their order are described in docs/factors.md. */
#include "cli/factor_print.h"

#include <math.h>

#include "format/json.h"

static void put_number(tl_json *j, const char *name, double v)
{
    if (isnan(v))
        tl_json_null(j, name);
    else
        tl_json_number(j, name, v);
}

static void put_uncertainty(tl_json *j, const tl_factor_detail *d)
{
    if (!d || (isnan(d->gsd) && isnan(d->percent95))) {
        tl_json_null(j, "uncertainty");
        return;
    }
    tl_json_object(j, "uncertainty");
    put_number(j, "gsd", d->gsd);
    put_number(j, "percent95", d->percent95);
    tl_json_end(j);
}

/* null is not stated: no share of 0 comes from silence. */
static void put_detail(tl_json *j, const tl_factor_detail *d)
{
    bool shares = false;
    for (int i = 0; d && i < TL_FACTOR_GASES; i++)
        shares = shares || !isnan(d->share[i]);
    tl_json_text(j, "stage", d && d->stage ? tl_factor_stage_name(d->stage) : NULL);
    put_uncertainty(j, d);
    if (!shares) {
        tl_json_null(j, "gas_shares");
        return;
    }
    tl_json_object(j, "gas_shares");
    for (int i = 0; i < TL_FACTOR_GASES; i++)
        put_number(j, tl_factor_gas_name((tl_factor_gas)i), d->share[i]);
    tl_json_end(j);
}

static void put_per(tl_json *j, const tl_cli_factor *f)
{
    if (!f->per)
        return;
    tl_json_object(j, "per");
    tl_json_number(j, "value", f->answer.value);
    tl_json_text(j, "unit", f->answer.unit);
    tl_json_text(j, "density", f->answer.used_density ? f->per->density : NULL);
    tl_json_text(j, "heating_value", f->answer.used_heating_value ? f->per->heating_value : NULL);
    tl_json_end(j);
}

/* The members of a factor, into an open object. */
static void put_members(tl_json *j, const tl_factor *f, tl_buf *reference)
{
    tl_buf_reset(reference);
    tl_buf_printf(reference, "%s/%s@%s", f->set, f->key, f->set_version);
    tl_json_text(j, "reference", tl_buf_text(reference));
    tl_json_text(j, "set", f->set);
    tl_json_text(j, "version", f->set_version);
    tl_json_text(j, "key", f->key);
    tl_json_text(j, "name_en", f->name_en);
    tl_json_text(j, "name_zh", f->name_zh);
    tl_json_text(j, "category", f->category);
    tl_json_number(j, "value", f->value);
    tl_json_text(j, "unit", f->unit);
    tl_json_text(j, "region", f->region);
    if (f->year)
        tl_json_int(j, "year", f->year);
    else
        tl_json_null(j, "year");
    tl_json_text(j, "boundary", f->boundary);
    tl_json_text(j, "technology", f->technology);
    tl_json_text(j, "quality", *f->quality ? f->quality : NULL);
    tl_json_bool(j, "verified", f->verified);
    tl_json_text(j, "source", f->source);
    tl_json_text(j, "note", f->note);
    put_detail(j, f->detail);
}

static void finish(tl_json *j, tl_buf *reference)
{
    tl_json_end(j);
    tl_buf_char(j->out, '\n');
    tl_buf_clear(reference);
}

void tl_cli_json_factors(const tl_factor *factors, size_t n, bool more, tl_buf *out)
{
    tl_buf reference;
    tl_buf_init(&reference, 0);
    tl_json j = tl_json_start(out, true);
    tl_json_object(&j, NULL);
    tl_json_array(&j, "factors");
    for (size_t i = 0; i < n; i++) {
        tl_json_object(&j, NULL);
        put_members(&j, &factors[i], &reference);
        tl_json_end(&j);
    }
    tl_json_end(&j);
    tl_json_bool(&j, "more", more);
    finish(&j, &reference);
}

void tl_cli_json_whole_factors(const tl_cli_factor *factors, size_t n, tl_buf *out)
{
    tl_buf reference;
    tl_buf_init(&reference, 0);
    tl_json j = tl_json_start(out, true);
    tl_json_object(&j, NULL);
    tl_json_array(&j, "factors");
    for (size_t i = 0; i < n; i++) {
        const tl_dataset *set = &factors[i].set;
        tl_json_object(&j, NULL);
        put_members(&j, &factors[i].factor, &reference);
        tl_json_object(&j, "dataset");
        tl_json_text(&j, "title_en", set->title_en);
        tl_json_text(&j, "title_zh", set->title_zh);
        tl_json_text(&j, "date", set->date);
        tl_json_text(&j, "checksum", set->checksum);
        tl_json_text(&j, "licence", set->licence);
        tl_json_text(&j, "attribution", set->attribution);
        if (!factors[i].pinned)
            tl_json_text(&j, "superseded_by", set->superseded_by);
        tl_json_end(&j);
        put_per(&j, &factors[i]);
        tl_json_end(&j);
    }
    tl_json_end(&j);
    finish(&j, &reference);
}

static void put_group(tl_json *j, const tl_factor_comparison *c, size_t g, tl_buf *reference)
{
    const tl_factor_group *group = &c->groups[g];
    tl_json_object(j, NULL);
    tl_json_text(j, "unit", group->unit);
    tl_json_text(j, "basis", group->basis);
    tl_json_int(j, "count", (int64_t)group->count);
    tl_json_int(j, "verified", (int64_t)group->verified);
    if (group->verified) {
        tl_json_number(j, "min", group->min);
        tl_json_number(j, "median", group->median);
        tl_json_number(j, "max", group->max);
    } else {
        tl_json_null(j, "min");
        tl_json_null(j, "median");
        tl_json_null(j, "max");
    }
    tl_json_array(j, "factors");
    for (size_t i = 0; i < c->row_count; i++)
        if (c->rows[i].group == g) {
            tl_json_object(j, NULL);
            tl_json_number(j, "compared_value", c->rows[i].value);
            put_members(j, c->rows[i].factor, reference);
            tl_json_end(j);
        }
    tl_json_end(j);
    tl_json_end(j);
}

void tl_cli_json_comparison(const tl_factor_comparison *c, bool more, tl_buf *out)
{
    tl_buf reference;
    tl_buf_init(&reference, 0);
    tl_json j = tl_json_start(out, true);
    tl_json_object(&j, NULL);
    tl_json_array(&j, "groups");
    for (size_t g = 0; g < c->group_count; g++)
        put_group(&j, c, g, &reference);
    tl_json_end(&j);
    tl_json_bool(&j, "more", more);
    finish(&j, &reference);
}
