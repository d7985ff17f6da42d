/* loan_test.c - `tanlian loan test|stress|pack`: a signed facility looked at again. */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "cli/loan.h"
#include "report/registry_loan_test.h"

/* The facility with its cars computed, as of `day` ("" = now); cars are needed. */
static tl_status read_sheet(tl_loan_call *c, const char *day, tl_facility *f, tl_loan_result *r,
                            tl_loan_sheet *out, tl_error *err)
{
    tl_loan_car *cars = NULL;
    size_t n = 0;
    tl_status st = tl_loan_open(c, false, err);
    if (st == TL_OK)
        st = tl_facility_at(c->store, c->argv[0], day, c->cli->arena, f, &cars, &n, err);
    if (st == TL_OK)
        st = tl_loan_compute(f, cars, n, r, err);
    *out = (tl_loan_sheet){ f, cars, n, r, c->cli->arena };
    return st;
}

tl_status tl_loan_test(tl_loan_call *c, tl_error *err)
{
    tl_facility f;
    tl_loan_result r;
    tl_loan_sheet sheet;
    char now[TL_TIME_ISO];
    tl_time_now(now);
    const char *day = c->day ? c->day : tl_arena_copy(c->cli->arena, now, 10);
    if (!day)
        return tl_fail_nomem(err);
    tl_status st = read_sheet(c, day, &f, &r, &sheet, err);
    if (st == TL_OK && !*f.signed_on)
        st = tl_fail(err, TL_EINPUT, "facility '%s' is a draft: a test follows the signing", f.id);
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_loan_test(&sheet, day), c->out, err) : st;
}

/* "small-ev=2" where the grid goes by class, "small-ev=150.5" where by g/km, "small-ev=none". */
static tl_status read_setting(const char *text, tl_loan_basis basis, tl_arena *arena,
                              struct tl_loan_setting *out, tl_error *err)
{
    const char *equals = strchr(text, '=');
    int64_t number = 0;
    tl_status st = TL_OK;
    if (!equals)
        return tl_fail(err, TL_EINPUT,
                       "--set is '%s', expected RECORD=CLASS, RECORD=G/KM or "
                       "RECORD=none",
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
    return st == TL_OK ? st : tl_context(err, st, "--set %s", text);
}

tl_status tl_loan_stress_view(tl_loan_call *c, tl_error *err)
{
    tl_facility f;
    tl_loan_result r;
    tl_loan_sheet sheet;
    struct tl_loan_setting settings[sizeof c->sets.items / sizeof *c->sets.items];
    if (c->worse < 0 || c->worse > TL_LOAN_STEPS_MAX)
        return tl_fail(err, TL_EINPUT, "--worse is %lld, expected 0 to %d classes",
                       (long long)c->worse, (int)TL_LOAN_STEPS_MAX);
    tl_loan_what_if own = { .worse = (int)c->worse,
                            .more = c->more_percent / 100,
                            .settings = settings };
    tl_status st = read_sheet(c, "", &f, &r, &sheet, err);
    for (; st == TL_OK && own.n < c->sets.n; own.n++)
        st = read_setting(c->sets.items[own.n], f.basis, c->cli->arena, &settings[own.n], err);
    if (st == TL_OK && own.worse && f.basis != TL_LOAN_BY_CLASS)
        st = tl_fail(err, TL_EINPUT, "--worse: the grid of '%s' goes by g/km, use --more", f.id);
    if (st == TL_OK && own.more != 0 && f.basis == TL_LOAN_BY_CLASS)
        st = tl_fail(err, TL_EINPUT, "--more: the grid of '%s' goes by class, use --worse", f.id);
    if (st != TL_OK)
        return st;
    const bool asked = own.worse || own.more != 0 || own.n;
    tl_error why = { 0 };
    const tl_report *view = tl_report_loan_stress(&sheet, asked ? &own : NULL, &why);
    if (!view && why.status != TL_OK)
        return tl_fail(err, why.status, "%s", why.text);
    return tl_cli_show(c->cli, view, c->out, err);
}

tl_status tl_loan_pack_out(tl_loan_call *c, tl_error *err)
{
    tl_facility f;
    tl_loan_result r;
    tl_loan_sheet sheet;
    tl_buf b;
    const size_t n = c->out ? strlen(c->out) : 0;
    if (n < 5 || strcmp(c->out + n - 4, ".zip") != 0)
        return tl_fail(err, TL_EINPUT, "--out FILE.zip is needed: where the evidence goes");
    tl_status st = read_sheet(c, "", &f, &r, &sheet, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    return tl_cli_save(c->out, &b, tl_loan_pack(c->store, &sheet, &b, err), err);
}
