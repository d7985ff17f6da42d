/* test_oidc.c - to a provider and back, and who comes in that way. */
#include "account/tests/account_test.h"

#include "account/oidc.h"
#include "store/audit.h"
#include "store/store_priv.h"

#define ISSUER "https://id.example"
#define ENDPOINTS                                                                                  \
    "\"authorization_endpoint\":\"https://id.example/auth\",\"token_endpoint\":\"https://"         \
    "id.example/token\",\"jwks_uri\":\"https://id.example/keys\","
#define TYPES "\"response_types_supported\":[\"code\",\"id_token\"],"
#define ALGS "\"id_token_signing_alg_values_supported\":[\"HS256\",\"RS256\"]"
#define DOCUMENT "{\"issuer\":\"" ISSUER "\"," ENDPOINTS TYPES ALGS "}"

static const struct discover_case {
    const char *label, *json, *words; /* words NULL: taken */
} discover_cases[] = {
    { "good", DOCUMENT, NULL },
    { "with PKCE",
      "{\"issuer\":\"" ISSUER "\"," ENDPOINTS TYPES ALGS
      ",\"code_challenge_methods_supported\":[\"plain\",\"S256\"]}",
      NULL },
    { "with plain PKCE only",
      "{\"issuer\":\"" ISSUER "\"," ENDPOINTS TYPES ALGS
      ",\"code_challenge_methods_supported\":[\"plain\"]}",
      "PKCE" },
    { "another issuer", "{\"issuer\":\"https://id.evil\"," ENDPOINTS TYPES ALGS "}", "issuer" },
    { "issuer with a slash", "{\"issuer\":\"" ISSUER "/\"," ENDPOINTS TYPES ALGS "}", "issuer" },
    { "no issuer", "{" ENDPOINTS TYPES ALGS "}", "issuer" },
    { "no endpoints", "{\"issuer\":\"" ISSUER "\"," TYPES ALGS "}", "authorization_endpoint" },
    { "keys in the clear",
      "{\"issuer\":\"" ISSUER
      "\",\"authorization_endpoint\":\"https://id.example/auth\",\"token_endpoint\":\"https://"
      "id.example/token\",\"jwks_uri\":\"http://id.example/keys\"," TYPES ALGS "}",
      "jwks_uri" },
    { "no code", "{\"issuer\":\"" ISSUER "\"," ENDPOINTS ALGS "}", "'code'" },
    { "only shared secrets",
      "{\"issuer\":\"" ISSUER "\"," ENDPOINTS TYPES
      "\"id_token_signing_alg_values_supported\":[\"HS256\",\"none\"]}",
      "RS256" },
    { "a list", "[]", "object" },
    { "no JSON", "<html>", "discovery" },
};

static void test_discover(void **state)
{
    account_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(discover_cases); i++) {
        const struct discover_case *c = &discover_cases[i];
        tl_oidc_provider p;
        expect(c->label, tl_oidc_discover(ISSUER, c->json, strlen(c->json), f->arena, &p, &f->err),
               c->words ? TL_EINPUT : TL_OK, &f->err, c->words);
        assert_true(!p.issuer == !!c->words);
    }
}

static const tl_oidc_provider provider = { ISSUER, "https://id.example/auth?tenant=a",
                                           "https://id.example/token", "https://id.example/keys" };
static const tl_oidc_client client = { .id = "tanlian test",
                                       .redirect_uri = "https://tl.example/back?a=1&b=碳" };

/* The value of a parameter of an address, still encoded. */
static void parameter(const char *url, const char *name, char out[256])
{
    const char *at = strstr(url, name);
    out[0] = '\0';
    assert_non_null(at);
    at += strlen(name);
    size_t n = strcspn(at, "&");
    assert_true(n < 256);
    memcpy(out, at, n);
    out[n] = '\0';
}

static void test_begin(void **state)
{
    account_fixture *f = *state;
    char stated[TL_SECRET_TEXT], got[256], challenge[TL_SECRET_TEXT];
    const char *url;
    tl_oidc_returned back;
    expect("begin",
           tl_oidc_begin(f->s, &provider, &client, false, NOW, f->arena, &url, stated, &f->err),
           TL_OK, &f->err, NULL);
    assert_memory_equal(url, "https://id.example/auth?tenant=a&response_type=code&", 52);
    parameter(url, "&client_id=", got);
    assert_string_equal(got, "tanlian%20test");
    parameter(url, "&redirect_uri=", got);
    assert_string_equal(got, "https%3A%2F%2Ftl.example%2Fback%3Fa%3D1%26b%3D%E7%A2%B3");
    parameter(url, "&state=", got);
    assert_string_equal(got, stated);
    parameter(url, "&code_challenge_method=", got);
    assert_string_equal(got, "S256");
    expect("take", tl_oidc_take(f->s, stated, stated, NOW + 599, f->arena, &back, &f->err), TL_OK,
           &f->err, NULL);
    assert_string_equal(back.issuer, ISSUER);
    parameter(url, "&nonce=", got);
    assert_string_equal(got, back.nonce);
    parameter(url, "&code_challenge=", got);
    tl_secret_s256(back.verifier, challenge);
    assert_string_equal(got, challenge);
    assert_null(strstr(url, back.verifier));
    assert_string_not_equal(back.nonce, back.verifier);
    expect("once", tl_oidc_take(f->s, stated, stated, NOW, f->arena, &back, &f->err), TL_EFORBIDDEN,
           &f->err, NULL);
    /* RFC 7636, appendix B */
    tl_secret_s256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", challenge);
    assert_string_equal(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

static const struct asked_case {
    const char *label, *acr_values;
    bool again;
    const char *behind; /* the end of the address, after code_challenge_method */
} asked_cases[] = {
    { "nothing", NULL, false, "" },
    { "a strength", "phr urn:x:碳", false, "&acr_values=phr%20urn%3Ax%3A%E7%A2%B3" },
    { "once more", NULL, true, "&prompt=login&max_age=0" },
    { "both", "phr", true, "&acr_values=phr&prompt=login&max_age=0" },
};

/* OpenID Connect Core 1.0, section 3.1.2.1 */
static void test_asked(void **state)
{
    account_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(asked_cases); i++) {
        const struct asked_case *c = &asked_cases[i];
        char stated[TL_SECRET_TEXT];
        const char *url;
        tl_oidc_client asks = client;
        asks.acr_values = c->acr_values;
        expect(
            c->label,
            tl_oidc_begin(f->s, &provider, &asks, c->again, NOW, f->arena, &url, stated, &f->err),
            TL_OK, &f->err, NULL);
        const char *at = strstr(url, "&code_challenge_method=S256");
        assert_non_null(at);
        if (strcmp(at + strlen("&code_challenge_method=S256"), c->behind) != 0)
            fail_msg("%s: %s", c->label, at);
    }
}

static void test_take(void **state)
{
    account_fixture *f = *state;
    char a[TL_SECRET_TEXT], b[TL_SECRET_TEXT];
    const char *url;
    tl_oidc_returned back;
    assert_int_equal(
        tl_oidc_begin(f->s, &provider, &client, false, NOW, f->arena, &url, a, &f->err), TL_OK);
    assert_int_equal(
        tl_oidc_begin(f->s, &provider, &client, false, NOW, f->arena, &url, b, &f->err), TL_OK);
    const struct {
        const char *label, *state, *cookie;
        int64_t now;
        tl_status want;
    } cases[] = {
        { "another browser", a, b, NOW, TL_EFORBIDDEN },
        { "no cookie", a, NULL, NOW, TL_EFORBIDDEN },
        { "empty both", "", "", NOW, TL_EFORBIDDEN },
        { "too late", a, a, NOW + 600, TL_EFORBIDDEN },
        { "unknown", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
          "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", NOW, TL_EFORBIDDEN },
        { "in time", b, b, NOW, TL_OK },
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        expect(cases[i].label,
               tl_oidc_take(f->s, cases[i].state, cases[i].cookie, cases[i].now, f->arena, &back,
                            &f->err),
               cases[i].want, &f->err, NULL);
        assert_int_equal(strlen(back.verifier), cases[i].want == TL_OK ? 43 : 0);
    }
}

static tl_id_claims who(const char *subject, const char *email, bool verified)
{
    return (tl_id_claims){ .issuer = ISSUER,
                           .subject = subject,
                           .email = email,
                           .name = "Mei",
                           .language = "zh",
                           .email_verified = verified };
}

static void invite(account_fixture *f, const char *email, const char *tenant, tl_role role)
{
    const tl_invitation i = { email, "Mei Lin", "zh", tenant, TL_ROLE_BIT(role), 0, 0 };
    const char *link;
    account_begin(f);
    expect(
        email,
        account_end(f, tl_invitation_link(f->s, &f->root, &i, "", NOW, f->arena, &link, &f->err)),
        TL_OK, &f->err, NULL);
}

static tl_status login(account_fixture *f, const tl_id_claims *c, const char *tenant, int64_t now)
{
    char token[TL_SECRET_TEXT];
    const tl_session_opts opts = { .source = "192.0.2.9" };
    tl_status st = tl_oidc_login(f->s, c, tenant, &opts, now, token, &f->err);
    assert_int_equal(strlen(token), st == TL_OK ? 43 : 0);
    return st;
}

static const struct come_case {
    const char *label, *subject, *email;
    bool verified;
    int64_t after_s;
    tl_status want;
} come_cases[] = {
    { "not invited", "s1", "no@example.com", true, 0, TL_EFORBIDDEN },
    { "invited, not verified", "s2", "mei@example.com", false, 0, TL_EFORBIDDEN },
    { "no address", "s2", "", true, 0, TL_EFORBIDDEN },
    { "no real address", "s2", "mei", true, 0, TL_EFORBIDDEN },
    { "invitation too old", "s2", "mei@example.com", true, 7 * DAY, TL_EFORBIDDEN },
    { "invited and verified", "s2", "Mei@Example.com", true, 0, TL_OK },
    { "again, as linked, with another address", "s2", "other@example.com", false, 0, TL_OK },
    { "another subject with that address", "s3", "mei@example.com", true, 0, TL_EFORBIDDEN },
    { "invited, but the address has an account", "s4", "ann@example.com", true, 0, TL_EFORBIDDEN },
};

static void test_come(void **state)
{
    account_fixture *f = *state;
    int64_t entries;
    tl_user u;
    const tl_member *places;
    size_t n;
    invite(f, "mei@example.com", "mill", TL_ROLE_COMPANY_EDITOR);
    invite(f, "mei@example.com", "check", TL_ROLE_VERIFIER);
    invite(f, "ann@example.com", "check", TL_ROLE_VERIFIER);
    for (size_t i = 0; i < TEST_COUNT(come_cases); i++) {
        const struct come_case *c = &come_cases[i];
        const tl_id_claims claims = who(c->subject, c->email, c->verified);
        expect(c->label, login(f, &claims, NULL, NOW + c->after_s), c->want, &f->err, NULL);
    }
    assert_int_equal(tl_user_find(f->s, "mei@example.com", f->arena, &u, &f->err), TL_OK);
    assert_false(u.has_password);
    assert_string_equal(u.name, "Mei");
    assert_int_equal(tl_user_places(f->s, u.id, f->arena, &places, &n, &f->err), TL_OK);
    assert_int_equal(n, 2);
    const tl_id_claims mei = who("s2", "", false);
    expect("into the other", login(f, &mei, "check", NOW), TL_OK, &f->err, NULL);
    expect("not hers", login(f, &mei, "house", NOW), TL_EFORBIDDEN, &f->err, NULL);
    account_begin(f);
    assert_int_equal(account_end(f, tl_user_set_disabled(f->s, &f->root, u.id, true, &f->err)),
                     TL_OK);
    expect("disabled", login(f, &mei, NULL, NOW), TL_EFORBIDDEN, &f->err, NULL);
    expect("chain", tl_audit_verify(f->s, &entries, &f->err), TL_OK, &f->err, NULL);
}

static void test_link(void **state)
{
    account_fixture *f = *state;
    const tl_id_claims ann = who("a", "", false), other = who("b", "", false);
    const struct {
        const char *label, *user;
        const tl_id_claims *claims;
        tl_status want;
    } cases[] = {
        { "hers", f->ann, &ann, TL_OK },
        { "again", f->ann, &ann, TL_OK },
        { "bob takes hers", f->bob, &ann, TL_ECONFLICT },
        { "a second one", f->ann, &other, TL_OK },
    };
    expect("before", login(f, &ann, NULL, NOW), TL_EFORBIDDEN, &f->err, NULL);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        account_begin(f);
        expect(cases[i].label,
               account_end(f, tl_oidc_link(f->s, cases[i].user, cases[i].claims, NOW, &f->err)),
               cases[i].want, &f->err, NULL);
    }
    expect("after", login(f, &ann, NULL, NOW), TL_OK, &f->err, NULL);
    expect("by the second", login(f, &other, NULL, NOW), TL_OK, &f->err, NULL);
    tl_id_claims elsewhere = ann;
    elsewhere.issuer = "https://id.other";
    expect("the same subject of another issuer", login(f, &elsewhere, NULL, NOW), TL_EFORBIDDEN,
           &f->err, NULL);
}

/* Only who is linked, and only where the provider says it asked just now. */
static void test_prove(void **state)
{
    account_fixture *f = *state;
    char token[TL_SECRET_TEXT], renewed[TL_SECRET_TEXT];
    tl_session x;
    const struct {
        const char *label, *subject;
        int64_t signed_in_at;
        tl_status want;
    } cases[] = {
        { "not said", "a", 0, TL_EFORBIDDEN },
        { "long ago", "a", NOW + 100 - TL_SESSION_PROVED_S, TL_EFORBIDDEN },
        { "somebody else", "b", NOW + 90, TL_EFORBIDDEN },
        { "just now", "a", NOW + 90, TL_OK },
        { "by a clock that is before ours", "a", NOW + 130, TL_OK },
    };
    tl_id_claims ann = who("a", "", false);
    account_begin(f);
    assert_int_equal(account_end(f, tl_oidc_link(f->s, f->ann, &ann, NOW, &f->err)), TL_OK);
    assert_int_equal(tl_oidc_login(f->s, &ann, NULL, NULL, NOW, token, &f->err), TL_OK);
    assert_int_equal(tl_session_use(f->s, token, NOW, f->arena, &x, &f->err), TL_OK);
    assert_int_equal(x.proved_at, 0);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        tl_id_claims claims = who(cases[i].subject, "", false);
        claims.signed_in_at = cases[i].signed_in_at;
        expect(cases[i].label,
               tl_oidc_prove(f->s, &claims, f->ann, token, NOW + 100, renewed, &f->err),
               cases[i].want, &f->err, NULL);
        if (cases[i].want != TL_OK)
            continue;
        memcpy(token, renewed, sizeof token);
        assert_int_equal(tl_session_use(f->s, token, NOW + 100, f->arena, &x, &f->err), TL_OK);
        assert_true(x.proved_at >= NOW + 90 && x.proved_at <= NOW + 100);
    }
}

/* Failed logins of an actor in the audit chain, upon objects that begin so and with this detail. */
static int64_t failures(account_fixture *f, const char *actor, const char *object,
                        const char *detail)
{
    char sql[400];
    int64_t n = -1;
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM audit WHERE action = 'login.failure' AND actor = '%s' AND "
             "object LIKE '%s/%%' AND detail LIKE '%%\"source\":\"192.0.2.9\"%%\"weak\":\"%s\"%%'",
             actor, object, detail);
    assert_int_equal(tl_store_scalar(f->s, sql, &n, &f->err), TL_OK);
    return n;
}

/* A login that was not as strong as asked for opens nothing, and stands in the chain under whoever
 * it is. */
static void test_strong(void **state)
{
    account_fixture *f = *state;
    char token[TL_SECRET_TEXT], renewed[TL_SECRET_TEXT];
    int64_t entries;
    tl_id_claims ann = who("a", "", false), nobody = who("z", "mei@example.com", true);
    const struct {
        const char *label, *weak, *user;
        const tl_id_claims *claims;
        const char *actor, *kind; /* under whom it is audited; NULL: not */
    } cases[] = {
        { "strong", NULL, NULL, &ann, NULL, NULL },
        { "a stranger, strong", NULL, NULL, &nobody, NULL, NULL },
        { "weak", "acr", NULL, &ann, f->ann, "user" },
        { "by no such method", "amr", NULL, &ann, f->ann, "user" },
        { "of who is signed in", "amr", f->bob, &nobody, f->bob, "user" },
        { "of a stranger", "acr", NULL, &nobody, "unknown", "login" },
    };
    account_begin(f);
    assert_int_equal(account_end(f, tl_oidc_link(f->s, f->ann, &ann, NOW, &f->err)), TL_OK);
    assert_int_equal(tl_oidc_login(f->s, &ann, NULL, NULL, NOW, token, &f->err), TL_OK);
    invite(f, "mei@example.com", "mill", TL_ROLE_COMPANY_EDITOR);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        tl_id_claims claims = *cases[i].claims;
        const char *actor = cases[i].actor;
        int64_t before = actor ? failures(f, actor, cases[i].kind, cases[i].weak) : 0;
        claims.weak = cases[i].weak;
        claims.acr = "0";
        claims.signed_in_at = NOW;
        expect(cases[i].label, tl_oidc_strong(f->s, &claims, cases[i].user, "192.0.2.9", &f->err),
               actor ? TL_EFORBIDDEN : TL_OK, &f->err, actor ? "acr is '0'" : NULL);
        if (!actor)
            continue;
        assert_int_equal(failures(f, actor, cases[i].kind, cases[i].weak), before + 1);
        expect("no login", login(f, &claims, NULL, NOW), TL_EFORBIDDEN, &f->err, cases[i].weak);
        expect("no proof", tl_oidc_prove(f->s, &claims, f->ann, token, NOW, renewed, &f->err),
               TL_EFORBIDDEN, &f->err, cases[i].weak);
        account_begin(f);
        expect("no link", account_end(f, tl_oidc_link(f->s, f->bob, &claims, NOW, &f->err)),
               TL_EFORBIDDEN, &f->err, cases[i].weak);
    }
    expect("chain", tl_audit_verify(f->s, &entries, &f->err), TL_OK, &f->err, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ACCOUNT_TEST(test_discover), ACCOUNT_TEST(test_begin),  ACCOUNT_TEST(test_take),
        ACCOUNT_TEST(test_come),     ACCOUNT_TEST(test_link),   ACCOUNT_TEST(test_prove),
        ACCOUNT_TEST(test_asked),    ACCOUNT_TEST(test_strong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
