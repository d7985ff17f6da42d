/* loan_stress.c - the margin of a facility under stress: what if footprints were others. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "operation/loan.h"
#include "operation/loan_sheet.h"
#include "report/registry_loan_test.h"

/* "small-ev=2" where the grid goes by class, "small-ev=150.5" where by g/km, "small-ev=none". */
static tl_status read_setting(const char *text, tl_loan_basis basis, tl_arena *arena,
                              struct tl_loan_setting *out, tl_error *err)
{
    const char *equals = strchr(text, '=');
    int64_t number = 0;
    tl_status st = TL_OK;
    if (!equals)
        return tl_fail(err, TL_EINPUT, "is '%s', expected RECORD=CLASS, RECORD=G/KM or RECORD=none",
                       text);
    *out = (struct tl_loan_setting){ .record = tl_arena_copy(arena, text, (size_t)(equals - text)),
                                     .g_km = NAN };
    if (!out->record)
        return tl_fail_nomem(err);
    if (strcmp(equals + 1, "none") == 0)
        return TL_OK;
    if (basis == TL_LOAN_BY_CLASS)
        st = tl_int_parse(equals + 1, 1, TL_LOAN_STEPS_MAX, &number, err);
    else
        st = tl_number_parse(equals + 1, &out->g_km, err);
    out->class_number = (int)number;
    return st == TL_OK ? st : tl_context(err, st, "%s", text);
}

/* What is asked for beyond the scenarios that are always shown. */
static tl_status read_what_if(const tl_call *c, const tl_facility *f, tl_loan_what_if *own,
                              tl_error *err)
{
    int64_t worse = 0;
    double percent = 0;
    const size_t n = tl_call_list(c, "set", NULL, 0);
    const char *dash = c->dash ? c->dash : "";
    const char **texts = tl_arena_alloc(c->arena, n + 1, sizeof *texts);
    struct tl_loan_setting *settings = tl_arena_alloc(c->arena, n + 1, sizeof *settings);
    if (!texts || !settings)
        return tl_fail_nomem(err);
    tl_call_list(c, "set", texts, n);
    tl_call_int(c, "worse", &worse);
    tl_call_number(c, "more", &percent);
    *own = (tl_loan_what_if){ .worse = (int)worse, .more = percent / 100, .settings = settings };
    for (; own->n < n; own->n++) {
        tl_status st = read_setting(texts[own->n], f->basis, c->arena, &settings[own->n], err);
        if (st != TL_OK)
            return tl_call_context(c, "set", st, err);
    }
    if (own->worse && f->basis != TL_LOAN_BY_CLASS)
        return tl_fail(err, TL_EINPUT, "%sworse: the grid of '%s' goes by g/km, use %smore", dash,
                       f->id, dash);
    if (own->more != 0 && f->basis == TL_LOAN_BY_CLASS)
        return tl_fail(err, TL_EINPUT, "%smore: the grid of '%s' goes by class, use %sworse", dash,
                       f->id, dash);
    return TL_OK;
}

tl_status tl_run_loan_stress(tl_call *c, tl_error *err)
{
    tl_loan_read l;
    tl_loan_what_if own;
    tl_status st = tl_loan_read_at(c, "", &l, err);
    if (st == TL_OK)
        st = read_what_if(c, &l.facility, &own, err);
    if (st != TL_OK)
        return st;
    const bool asked = own.worse || own.more != 0 || own.n;
    tl_error why = { 0 };
    tl_report *view = tl_report_loan_stress(&l.sheet, asked ? &own : NULL, &why);
    if (!view && why.status != TL_OK)
        return tl_fail(err, why.status, "%s", why.text);
    return tl_call_report(c, view, err);
}
