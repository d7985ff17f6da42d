/* account.h - people, organisations and API keys as reports. */
#ifndef TL_REPORT_ACCOUNT_H
#define TL_REPORT_ACCOUNT_H

#include "account/api_key.h"
#include "account/tenant.h"
#include "account/token.h"
#include "account/user.h"
#include "job/outbox.h"
#include "report/report.h"

/* What the views of people need; all borrowed. */
typedef struct tl_people_view {
    const tl_member *members;
    size_t n;
    const tl_invitation *invitations; /* open ones; none: no second table */
    size_t n_invitations;
    tl_arena *arena;
} tl_people_view;

/* Each returns NULL when out of memory. Nothing in them opens a door. */
tl_report *tl_report_people(const tl_people_view *v);
tl_report *tl_report_tenants(const tl_tenant *list, size_t n, tl_arena *arena);

/* What each role may, in words, by kind of organisation; and a word for a right. */
tl_report *tl_report_roles(tl_arena *arena);
tl_label tl_word_right(tl_right right);

/* now: what is past is marked as of this moment. */
tl_report *tl_report_api_keys(const tl_api_key *list, size_t n, int64_t now, tl_arena *arena);
tl_report *tl_report_letters(const tl_outbox_letter *list, size_t n, tl_arena *arena);

#endif
