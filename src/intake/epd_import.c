/* epd_import.c - what a row of declarations says beside its record, and the opening of new ones. */
#include "intake/epd_import.h"

#include <string.h>

#include "registry/epd.h"

const char *const tl_epd_columns[TL_EPD_COLUMNS] = { "product", "value", "unit" };

static const char *const other_names[][2] = { { "record", "id" }, { "mill", "maker" } };
static const char *const beside[] = { "registration", "owner",          "pcr",     "programme",
                                      "valid_until",  "open_questions", "verifier" };
static const tl_record_names names = { other_names, sizeof other_names / sizeof *other_names,
                                       beside, sizeof beside / sizeof *beside };

/* A column that says something of the declaration and not of its record. */
struct said {
    const char *name;
    int column; /* -1 = none */
};

struct declarations {
    tl_store *store;
    const tl_epd_import *how;
    const tl_csv *csv;
    struct said record, owner, pcr, programme;
    const tl_pcr *rules; /* in the arena of the call */
    size_t n_rules;
    tl_arena *arena;
    bool there; /* the declaration of the row at hand is open already */
    tl_epd fresh;
};

static tl_status start(void *ctx, const tl_csv *csv, tl_error *err)
{
    struct declarations *d = ctx;
    struct said *const all[] = { &d->record, &d->owner, &d->pcr, &d->programme };
    static const char *const called[] = { "record", "owner", "pcr", "programme" };
    d->csv = csv;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        *all[i] = (struct said){ called[i], tl_csv_column(csv, called[i]) };
    if (d->record.column < 0)
        d->record.column = tl_csv_column(csv, "id");
    return tl_pcr_list(d->store, d->arena, &d->rules, &d->n_rules, err);
}

/* The cell, "" where there is none. */
static tl_status read(const struct declarations *d, const struct said *of, tl_arena *arena,
                      const char **out, tl_error *err)
{
    tl_span cell =
        of->column >= 0 ? tl_span_trim(tl_csv_cell(d->csv, of->column)) : (tl_span){ "", 0 };
    *out = tl_arena_copy(arena, cell.p, cell.n);
    return *out ? TL_OK : tl_fail_nomem(err);
}

/* Whose the declaration of the row is to be. */
static tl_status read_owner(struct declarations *d, tl_arena *arena, tl_error *err)
{
    const char *given = "";
    tl_status st = read(d, &d->owner, arena, &given, err);
    if (st != TL_OK)
        return st;
    d->fresh.owner = d->how->owner ? d->how->owner : given;
    if (!*d->fresh.owner)
        return tl_csv_fail(d->csv, d->record.column, err, "the row names no owner");
    return !*given || strcmp(given, d->fresh.owner) == 0
               ? TL_OK
               : tl_csv_fail(d->csv, d->owner.column, err, "'%.100s' is another company", given);
}

/* What an open declaration says stays as it is: an empty cell says nothing. */
static tl_status check_said(const struct declarations *d, const struct said *of, const char *given,
                            const char *stands, tl_error *err)
{
    return !*given || strcmp(given, stands) == 0
               ? TL_OK
               : tl_csv_fail(d->csv, of->column, err,
                             "'%.100s', the declaration was opened with '%.100s'", given, stands);
}

static tl_status check_open(const struct declarations *d, const tl_epd *e, const tl_record *old,
                            tl_record *r, bool *put, tl_error *err)
{
    if (d->how->owner && strcmp(e->owner, d->how->owner) != 0)
        return tl_csv_fail(d->csv, d->record.column, err, "'%.100s' is of another company", r->id);
    tl_status st = check_said(d, &d->pcr, d->fresh.pcr, e->pcr, err);
    if (st == TL_OK)
        st = check_said(d, &d->programme, d->fresh.programme, e->programme, err);
    if (st != TL_OK)
        return st;
    if (!(*put = !tl_record_row_same(r, old)))
        return TL_OK;
    if (*e->registration || old->version > 1 || old->state != TL_RECORD_PRELIMINARY)
        return tl_csv_fail(d->csv, d->record.column, err,
                           "'%.100s' is no draft any more: a table changes drafts only, new "
                           "figures of what is registered are an update of it",
                           r->id);
    return d->how->owner && strcmp(old->company, d->how->owner) != 0
               ? tl_csv_fail(d->csv, d->record.column, err,
                             "'%.100s' stands on a record of another company", r->id)
               : TL_OK;
}

static tl_status check_rules(const struct declarations *d, tl_error *err)
{
    for (size_t i = 0; i < d->n_rules; i++) {
        const tl_pcr *p = &d->rules[i];
        if (strcmp(p->id, d->fresh.pcr) == 0 && *p->valid_until &&
            strcmp(d->how->day, p->valid_until) > 0)
            return tl_csv_fail(d->csv, d->pcr.column, err,
                               "'%.100s' was valid until %s: open it under rules that are in force",
                               p->id, p->valid_until);
    }
    return TL_OK;
}

/* Everything that would refuse the opening, before the record is written. */
static tl_status check_new(struct declarations *d, const tl_record *old, tl_record *r,
                           tl_error *err)
{
    tl_error why = { 0 };
    if (old && strcmp(old->company, d->fresh.owner) != 0)
        return tl_csv_fail(d->csv, d->record.column, err, "'%.100s' is of another company", r->id);
    if (old && old->state != TL_RECORD_PRELIMINARY)
        return tl_csv_fail(d->csv, d->record.column, err,
                           "'%.100s' is %s, a declaration is opened over a preliminary one", r->id,
                           tl_record_state_name(old->state));
    if (!*r->company)
        r->company = d->fresh.owner;
    if (strcmp(r->company, d->fresh.owner) != 0)
        return tl_csv_fail(d->csv, tl_csv_column(d->csv, "company"), err,
                           "'%.100s' is another company", r->company);
    const struct said *needed[] = { &d->pcr, &d->programme };
    const char *const given[] = { d->fresh.pcr, d->fresh.programme };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!*given[i])
            return tl_csv_fail(d->csv,
                               needed[i]->column >= 0 ? needed[i]->column : d->record.column, err,
                               "a new declaration needs its %s", needed[i]->name);
    tl_status st = tl_epd_opening_check(d->store, &d->fresh, d->arena, &why);
    if (st == TL_OK)
        return check_rules(d, err);
    const bool of_programme = tl_text_starts(why.text, "programme");
    return st == TL_EINPUT || st == TL_ENOTFOUND
               ? tl_csv_fail(d->csv, of_programme ? d->programme.column : d->pcr.column, err, "%s",
                             why.text)
               : tl_fail(err, st, "%s", why.text);
}

static tl_status check(void *ctx, const tl_record *old, tl_record *r, tl_arena *arena, bool *put,
                       tl_error *err)
{
    struct declarations *d = ctx;
    tl_epd e = { 0 };
    const tl_epd_question *questions;
    size_t n;
    tl_error why = { 0 };
    tl_status st = TL_ENOTFOUND;
    d->fresh = (tl_epd){ .record = r->id };
    if (old)
        st = tl_epd_get(d->store, r->id, arena, &e, &questions, &n, &why);
    if (st != TL_OK && st != TL_ENOTFOUND)
        return tl_fail(err, st, "%s", why.text);
    d->there = st == TL_OK;
    if ((st = read(d, &d->pcr, arena, &d->fresh.pcr, err)) != TL_OK ||
        (st = read(d, &d->programme, arena, &d->fresh.programme, err)) != TL_OK)
        return st;
    if (d->there)
        return check_open(d, &e, old, r, put, err);
    st = read_owner(d, arena, err);
    return st == TL_OK ? check_new(d, old, r, err) : st;
}

static tl_status done(void *ctx, const tl_record *r, tl_record_change *change, tl_error *err)
{
    struct declarations *d = ctx;
    if (d->there)
        return TL_OK;
    *change = TL_RECORD_NEW; /* also over a record that was there and says the same */
    d->fresh.record = r->id;
    return tl_epd_open(d->store, &d->fresh, d->how->actor, err);
}

static tl_record_form form_of(struct declarations *d)
{
    return (tl_record_form){ .action = "epd.import",
                             .wanted = tl_epd_columns,
                             .n_wanted = TL_EPD_COLUMNS,
                             .names = &names,
                             .ctx = d,
                             .start = start,
                             .check = check,
                             .done = done };
}

static tl_record_import import_of(const tl_epd_import *how, const tl_record_form *form)
{
    return (tl_record_import){ .path = how->path,
                               .kind = TL_RECORD_EPD,
                               .reason = "",
                               .actor = how->actor,
                               .progress = how->progress,
                               .form = form };
}

tl_status tl_epd_import_file(tl_store *s, const tl_epd_import *how, tl_arena *arena,
                             tl_record_verdict *out, tl_error *err)
{
    struct declarations d = { .store = s, .how = how, .arena = arena };
    const tl_record_form form = form_of(&d);
    const tl_record_import as = import_of(how, &form);
    return tl_record_import_file(s, &as, arena, out, err);
}

tl_status tl_epd_import_memory(tl_store *s, const tl_epd_import *how, const char *data, size_t n,
                               tl_arena *arena, tl_record_verdict *out, tl_error *err)
{
    struct declarations d = { .store = s, .how = how, .arena = arena };
    const tl_record_form form = form_of(&d);
    const tl_record_import as = import_of(how, &form);
    return tl_record_import_memory(s, &as, data, n, arena, out, err);
}
