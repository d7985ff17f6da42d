/* post_notice.c - letters about what became of things people count on. */
#include <string.h>

#include "account/tenant.h"
#include "account/user.h"
#include "base/clock.h"
#include "base/number.h"
#include "format/json.h"
#include "registry/epd.h"
#include "registry/loan_notice.h"
#include "server/post_priv.h"

enum { DAY_S = 86400 };

/* What is told, to whom it may concern. */
struct notice {
    const char *kind, *about; /* about: the person's id is put behind it */
    const char *tenant;
    tl_right right; /* who has it there gets the letter */
    const char *fields;
};

static void day_of(int64_t unix_s, char out[TL_TIME_ISO])
{
    tl_time_format(unix_s, out);
    out[10] = '\0';
}

/* A letter to each person of the organisation with the right; who was told already is left out. */
static tl_status tell(tl_store *s, const struct notice *notice, tl_tenant_kind kind, int64_t now,
                      tl_arena *arena, tl_error *err)
{
    const tl_member *people;
    size_t n;
    int64_t number;
    tl_status st = tl_user_list(s, notice->tenant, arena, &people, &n, err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        const tl_member *m = &people[i];
        if (m->user.disabled || !(tl_role_rights(m->roles, kind) & TL_RIGHT_BIT(notice->right)))
            continue;
        const tl_outbox_letter l = { .kind = notice->kind,
                                     .about =
                                         tl_arena_printf(arena, "%s/%s", notice->about, m->user.id),
                                     .to = m->user.email,
                                     .name = m->user.name,
                                     .language = m->user.language,
                                     .tenant = notice->tenant,
                                     .fields = notice->fields };
        st = l.about ? tl_outbox_put(s, &l, now, &number, err) : tl_fail_nomem(err);
    }
    return st;
}

static const char *value_of(double g_km, tl_arena *arena)
{
    char text[TL_NUMBER_MAX + 320];
    tl_number_format_fixed(g_km, 1, text);
    return tl_arena_printf(arena, "%s g CO2e/km", text);
}

/* pairs of names and texts, ended by NULL, as a JSON object in the arena. */
static const char *object_of(const char *const pairs[][2], tl_arena *arena)
{
    const char *text = NULL;
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    for (size_t i = 0; pairs[i][0]; i++)
        tl_json_text(&j, pairs[i][0], pairs[i][1]);
    tl_json_end(&j);
    if (tl_buf_status(&b, NULL) == TL_OK)
        text = tl_arena_str(arena, tl_buf_text(&b));
    tl_buf_clear(&b);
    return text;
}

static tl_status tell_correction(tl_store *s, const tl_loan_notice *c, int64_t now, tl_arena *arena,
                                 tl_error *err)
{
    tl_tenant t;
    const char *before = value_of(c->before, arena), *after = value_of(c->after, arena);
    const char *const fields[][2] = { { "facility", c->facility },
                                      { "item", c->product },
                                      { "before", before },
                                      { "after", after },
                                      { "when", c->published_on },
                                      { "reason", c->reason },
                                      { NULL, NULL } };
    const struct notice notice = { .kind = "loan-notice",
                                   .about = tl_arena_printf(arena, "loan/%s/%s/%lld", c->facility,
                                                            c->record, (long long)c->version),
                                   .tenant = c->tenant,
                                   .right = TL_RIGHT_LOAN_READ,
                                   .fields = object_of(fields, arena) };
    if (!before || !after || !notice.about || !notice.fields)
        return tl_fail_nomem(err);
    tl_status st = tl_tenant_get(s, c->tenant, arena, &t, err);
    return st == TL_OK ? tell(s, &notice, t.kind, now, arena, err) : st;
}

tl_status tl_post_corrections(tl_store *s, int64_t now, tl_arena *arena, tl_error *err)
{
    char since[TL_TIME_ISO];
    const tl_loan_notice *list;
    size_t n = 0;
    day_of(now - (int64_t)TL_POST_NOTICE_DAYS * DAY_S, since);
    tl_status st = tl_loan_notices(s, since, arena, &list, &n, err);
    for (size_t i = 0; i < n && st == TL_OK; i++)
        st = tell_correction(s, &list[i], now, arena, err);
    return st;
}

static tl_status tell_ending(tl_store *s, const tl_epd_expiry *e, const tl_tenant *t, int64_t now,
                             tl_arena *arena, tl_error *err)
{
    tl_record r;
    tl_status st = tl_record_get(s, e->record, 0, arena, &r, err);
    if (st != TL_OK)
        return st;
    const char *item = tl_arena_printf(arena, "%s (%s)", r.product, e->record);
    const char *const fields[][2] = { { "item", item },
                                      { "until", e->valid_until },
                                      { NULL, NULL } };
    const struct notice notice = { .kind = "epd-expiring",
                                   .about = tl_arena_printf(arena, "epd/%s/%s", e->record,
                                                            e->valid_until),
                                   .tenant = t->id,
                                   .right = TL_RIGHT_EPD_EDIT,
                                   .fields = object_of(fields, arena) };
    if (!item || !notice.about || !notice.fields)
        return tl_fail_nomem(err);
    return tell(s, &notice, t->kind, now, arena, err);
}

tl_status tl_post_endings(tl_store *s, int64_t now, tl_arena *arena, tl_error *err)
{
    char today[TL_TIME_ISO], until[TL_TIME_ISO];
    const tl_epd_expiry *list;
    const tl_tenant *tenants;
    size_t n = 0, n_tenants = 0;
    day_of(now, today);
    day_of(now + (int64_t)TL_POST_EPD_DAYS * DAY_S, until);
    tl_status st = tl_epd_expiring(s, today, until, arena, &list, &n, err);
    if (st == TL_OK)
        st = tl_tenant_list(s, arena, &tenants, &n_tenants, err);
    for (size_t i = 0; i < n && st == TL_OK; i++)
        for (size_t k = 0; k < n_tenants && st == TL_OK && !list[i].over; k++)
            if (tenants[k].company && strcmp(tenants[k].company, list[i].owner) == 0)
                st = tell_ending(s, &list[i], &tenants[k], now, arena, err);
    return st;
}
