/* second_factor_routes.c - the second factor of one's own account: begun, confirmed, new recovery
 * codes, turned off. All of it needs the password of the last minutes. */
#include "account/second_factor.h"
#include "base/clock.h"
#include "server/identity.h"
#include "server/person.h"
#include "server/settings.h"

/* The session that asks and its store. False where the answer is there already. */
static bool begin(tl_request *q, tl_store **s)
{
    tl_error err = { 0 };
    tl_status st = tl_person_session(q, s, true, &err);
    if (st != TL_OK)
        tl_person_end(q, st, &err);
    return st == TL_OK && tl_server_proved(q);
}

static void put_codes(tl_request *q, const tl_second_codes *codes)
{
    tl_json j = tl_json_start(&q->reply->body, false);
    tl_json_object(&j, NULL);
    tl_json_array(&j, "recovery");
    for (int i = 0; i < TL_SECOND_CODES; i++)
        tl_json_text(&j, NULL, codes->items[i]);
    tl_json_end(&j);
    tl_json_end(&j);
    q->reply->type = "application/json";
}

/* POST /api/v1/account/factor: a secret for the app, seen this once. */
static void make(tl_request *q)
{
    char secret[TL_TOTP_SECRET] = "";
    const char *uri = NULL;
    tl_error err = { 0 };
    tl_store *s;
    if (!begin(q, &s))
        return;
    tl_status st = tl_store_begin(s, &err);
    if (st == TL_OK)
        st = tl_person_commit(s, tl_second_begin(s, q->viewer.user, tl_time_unix(), secret, &err),
                              &err);
    if (st == TL_OK)
        st = tl_totp_uri(secret, q->session->email, q->http->arena, &uri, &err);
    if (st == TL_OK) {
        tl_json j = tl_json_start(&q->reply->body, false);
        tl_json_object(&j, NULL);
        tl_json_text(&j, "secret", secret);
        tl_json_text(&j, "uri", uri);
        tl_json_end(&j);
        q->reply->type = "application/json";
        q->reply->status = 201;
    }
    tl_secret_wipe(secret, sizeof secret);
    tl_person_end(q, st, &err);
}

/* POST /api/v1/account/factor/confirmation: the first code turns it on. */
static void confirm(tl_request *q)
{
    static const char *const names[] = { "code" };
    char renewed[TL_SECRET_TEXT] = "";
    const char *code;
    tl_second_codes codes;
    int64_t wait_s = 0;
    tl_error err = { 0 };
    tl_store *s;
    if (!begin(q, &s))
        return;
    tl_status st = tl_person_body(q, names, &code, 1, &err);
    if (st == TL_OK)
        st = tl_person_need(names, &code, 1, &err);
    if (st == TL_OK) {
        const tl_second_first first = { .user = q->viewer.user,
                                        .session = q->session->id,
                                        .token = tl_identity_token(q->http),
                                        .code = code,
                                        .source = q->http->address };
        st = tl_second_confirm(s, &first, tl_time_unix(), renewed, &codes, &wait_s, &err);
    }
    if (st == TL_OK) {
        tl_identity_cookie(q, tl_arena_str(q->http->arena, renewed));
        put_codes(q, &codes);
        tl_person_tell(q, s, q->viewer.user, TL_LETTER_FACTOR_ON);
        tl_secret_wipe(&codes, sizeof codes);
    }
    tl_secret_wipe(renewed, sizeof renewed);
    tl_person_end(q, st, &err);
    tl_person_wait(q, st, wait_s);
}

/* POST /api/v1/account/factor/recovery: new codes, the old ones are void. */
static void renew_codes(tl_request *q)
{
    tl_second_codes codes;
    tl_error err = { 0 };
    tl_store *s;
    if (!begin(q, &s))
        return;
    tl_status st = tl_second_renew_codes(s, q->viewer.user, &codes, &err);
    if (st == TL_OK) {
        put_codes(q, &codes);
        tl_secret_wipe(&codes, sizeof codes);
    }
    tl_person_end(q, st, &err);
}

/* DELETE /api/v1/account/factor */
static void turn_off(tl_request *q)
{
    bool was = false;
    tl_error err = { 0 };
    tl_store *s;
    if (!begin(q, &s))
        return;
    tl_status st = TL_OK;
    if (tl_settings_factor_required(&q->server->opts))
        st = tl_fail(&err, TL_ECONFLICT, "a second factor is required on this service");
    if (st == TL_OK && (st = tl_store_begin(s, &err)) == TL_OK)
        st =
            tl_person_commit(s, tl_second_off(s, q->viewer.user, q->viewer.user, &was, &err), &err);
    if (st == TL_OK && was)
        tl_person_tell(q, s, q->viewer.user, TL_LETTER_FACTOR_OFF);
    q->reply->status = 204;
    tl_person_end(q, st, &err);
}

static const tl_server_route rows[] = {
    { TL_HTTP_POST, "/api/v1/account/factor", make, false, false },
    { TL_HTTP_DELETE, "/api/v1/account/factor", turn_off, false, false },
    { TL_HTTP_POST, "/api/v1/account/factor/confirmation", confirm, false, false },
    { TL_HTTP_POST, "/api/v1/account/factor/recovery", renew_codes, false, false },
};
const tl_server_routes tl_server_second_factor = { rows, sizeof rows / sizeof *rows };
