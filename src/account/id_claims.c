/* id_claims.c - what an ID token says, held against what it must say (OpenID Connect Core 1.0,
 * section 3.1.3.7; RFC 7519, section 4.1). */
#include <string.h>

#include "account/id_token_priv.h"
#include "account/secret.h"
#include "format/json_read.h"

enum { SUBJECT_MAX = 255, TEXT_MAX = 500, METHODS_MAX = 32 };

static tl_status reject(tl_error *err, const char *why)
{
    return tl_fail(err, TL_EFORBIDDEN, "ID token: %s", why);
}

/* A member that must be a text; NULL otherwise. */
static const char *text_of(tl_json_value root, const char *name)
{
    const char *text = NULL;
    return tl_json_as_text(tl_json_get(root, name), &text, NULL) == TL_OK ? text : NULL;
}

static bool time_of(tl_json_value root, const char *name, int64_t *out)
{
    /* 9999-12-31: sums with a skew stay far from the end of the type */
    return tl_json_as_int(tl_json_get(root, name), 0, INT64_C(253402300799), out, NULL) == TL_OK;
}

/* For us, and where for others too, given to us (azp). */
static tl_status check_audience(tl_json_value root, const char *client_id, tl_error *err)
{
    tl_json_value aud = tl_json_get(root, "aud"), azp = tl_json_get(root, "azp");
    size_t n = tl_json_as_array(aud, NULL) == TL_OK ? tl_json_count(aud) : 0;
    bool ours = tl_text_equal(text_of(root, "aud"), client_id);
    for (size_t i = 0; i < n; i++) {
        const char *one = NULL;
        if (tl_json_as_text(tl_json_item(aud, i), &one, NULL) != TL_OK)
            return reject(err, "its audience is not a list of texts");
        ours = ours || strcmp(one, client_id) == 0;
    }
    if (!ours)
        return reject(err, "it is meant for another client (aud)");
    if (n > 1 && tl_json_missing(azp))
        return reject(err, "it has several audiences and does not say whom it was given to (azp)");
    if (!tl_json_missing(azp) && !tl_text_equal(text_of(root, "azp"), client_id))
        return reject(err, "it was given to another client (azp)");
    return TL_OK;
}

static tl_status check_times(tl_json_value root, const tl_id_expected *want, tl_id_claims *out,
                             tl_error *err)
{
    int64_t skew = want->skew_s ? want->skew_s : TL_ID_SKEW_S, not_before = 0;
    if (!time_of(root, "exp", &out->ends_at) || !time_of(root, "iat", &out->issued_at))
        return reject(err, "exp and iat must be there, as whole seconds");
    if (want->now >= out->ends_at + skew)
        return reject(err, "it has expired");
    if (out->issued_at > want->now + skew)
        return reject(err, "it was issued in the future");
    /* of the future, or no moment at all: not said */
    if (!time_of(root, "auth_time", &out->signed_in_at) || out->signed_in_at > want->now + skew)
        out->signed_in_at = 0;
    if (tl_json_missing(tl_json_get(root, "nbf")))
        return TL_OK;
    if (!time_of(root, "nbf", &not_before) || not_before > want->now + skew)
        return reject(err, "it does not hold yet (nbf)");
    return TL_OK;
}

static tl_status take_texts(tl_json_value root, const char *subject, tl_arena *arena,
                            tl_id_claims *out, tl_error *err)
{
    const char *email = text_of(root, "email"), *name = text_of(root, "name");
    const char *locale = text_of(root, "locale");
    bool verified = false;
    if (email && (strlen(email) > TEXT_MAX || !tl_text_plain(email, false)))
        email = NULL;
    if (name && (strlen(name) > TEXT_MAX || !tl_text_plain(name, false)))
        name = NULL;
    if (tl_json_as_bool(tl_json_get(root, "email_verified"), &verified, NULL) != TL_OK)
        verified = false; /* the text "true" is no promise */
    out->email_verified = verified && email;
    out->subject = tl_arena_str(arena, subject);
    out->email = tl_arena_str(arena, email ? email : "");
    out->name = tl_arena_str(arena, name ? name : "");
    out->language = locale && strncmp(locale, "zh", 2) == 0 ? "zh" : "en";
    return out->issuer && out->subject && out->email && out->name ? TL_OK : tl_fail_nomem(err);
}

static bool is_one_of(const char *acr, const char *values)
{
    tl_span rest = tl_span_of(values), one;
    while (tl_span_split(&rest, ' ', &one))
        if (one.n && tl_span_is(one, acr))
            return true;
    return false;
}

/* A list that is too long, or of anything but texts, says nothing. */
static bool holds(tl_json_value amr, const char *method)
{
    size_t n = tl_json_as_array(amr, NULL) == TL_OK ? tl_json_count(amr) : 0;
    bool found = false;
    if (n > METHODS_MAX)
        return false;
    for (size_t i = 0; i < n; i++) {
        const char *one = NULL;
        if (tl_json_as_text(tl_json_item(amr, i), &one, NULL) != TL_OK)
            return false;
        found = found || strcmp(one, method) == 0;
    }
    return found;
}

/* acr is a voluntary claim and amr an optional one (OpenID Connect Core 1.0, sections 2 and
 * 3.1.2.1), so a provider may leave both out: what it does not say is taken for the weakest. */
static tl_status take_strength(tl_json_value root, const tl_id_expected *want, tl_arena *arena,
                               tl_id_claims *out, tl_error *err)
{
    const char *acr = text_of(root, "acr");
    if (acr && (strlen(acr) > TEXT_MAX || !tl_text_plain(acr, false)))
        acr = NULL;
    if (want->acr_values && !(acr && is_one_of(acr, want->acr_values)))
        out->weak = "acr";
    else if (want->amr && !holds(tl_json_get(root, "amr"), want->amr))
        out->weak = "amr";
    out->acr = tl_arena_str(arena, acr ? acr : "");
    return out->acr ? TL_OK : tl_fail_nomem(err);
}

static tl_status check(tl_json_value root, const tl_id_expected *want, tl_arena *arena,
                       tl_id_claims *out, tl_error *err)
{
    const char *issuer = text_of(root, "iss"), *subject = text_of(root, "sub");
    const char *nonce = text_of(root, "nonce");
    if (!tl_text_equal(issuer, want->issuer))
        return reject(err, "it is of another issuer (iss)");
    tl_status st = check_audience(root, want->client_id, err);
    if (st == TL_OK)
        st = check_times(root, want, out, err);
    if (st != TL_OK)
        return st;
    if (!nonce || !tl_secret_equal(nonce, want->nonce))
        return reject(err, "it belongs to another login (nonce)");
    if (!subject || !*subject || strlen(subject) > SUBJECT_MAX || !tl_text_plain(subject, false))
        return reject(err, "it names nobody (sub)");
    out->issuer = tl_arena_str(arena, want->issuer);
    st = take_texts(root, subject, arena, out, err);
    return st == TL_OK ? take_strength(root, want, arena, out, err) : st;
}

tl_status tl_id_claims_read(const char *json, size_t n, const tl_id_expected *want, tl_arena *arena,
                            tl_id_claims *out, tl_error *err)
{
    const tl_json_limits limits = { .max_bytes = TL_ID_TOKEN_MAX, .depth = 16 };
    tl_json_doc *doc = NULL;
    tl_error why = { 0 };
    *out = (tl_id_claims){ 0 };
    tl_status st = tl_json_read(&doc, "claims", json, n, &limits, &why);
    if (st == TL_ENOMEM)
        return tl_fail_nomem(err);
    if (st != TL_OK || tl_json_as_object(tl_json_root(doc), NULL) != TL_OK)
        st = reject(err, "its claims are no JSON object");
    else
        st = check(tl_json_root(doc), want, arena, out, err);
    tl_json_doc_free(doc);
    if (st != TL_OK)
        *out = (tl_id_claims){ 0 };
    return st;
}
