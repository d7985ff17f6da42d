/* test_remote.c - which addresses are asked at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "exchange/oidc_fetch.h"
#include "exchange/remote.h"

static const struct url_case {
    const char *label, *url;
    const char *host; /* NULL: refused */
    uint32_t port;
    bool loopback;
} url_cases[] = {
    { "https", "https://id.example/x", "id.example", 443, false },
    { "capitals", "HTTPS://ID.Example/x", "id.example", 443, false },
    { "port", "https://id.example:8443", "id.example", 8443, false },
    { "localhost", "http://localhost:80/", "localhost", 80, true },
    { "127", "http://127.0.0.1:81", "127.0.0.1", 81, true },
    { "127.9", "http://127.9.9.9", "127.9.9.9", 80, true },
    { "::1", "http://[::1]:82/", "[::1]", 82, true },
    { "short form of 127.0.0.1", "http://127.1/", "127.0.0.1", 80, true },
    { "hexadecimal", "http://0x7f000001/", "127.0.0.1", 80, true },
    { "begins like it", "http://127.0.0.1.evil.example/", "127.0.0.1.evil.example", 80, false },
    { "ends like it", "http://localhost.evil.example/", "localhost.evil.example", 80, false },
    { "a private network", "http://10.0.0.1/", "10.0.0.1", 80, false },
    { "what clouds keep secrets at", "http://169.254.169.254/", "169.254.169.254", 80, false },
    { "any address", "http://0.0.0.0/", "0.0.0.0", 80, false },
    { "a user", "https://id.example@evil.example/", NULL, 0, false },
    { "a user and password", "https://a:b@evil.example/", NULL, 0, false },
    { "loopback as a user", "http://127.0.0.1:80@evil.example/", NULL, 0, false },
    { "a back slash", "https://evil.example\\@id.example/", NULL, 0, false },
    { "a fragment", "https://evil.example#@id.example/", NULL, 0, false },
    { "a file", "file:///etc/passwd", NULL, 0, false },
    { "gopher", "gopher://id.example/", NULL, 0, false },
    { "no scheme", "id.example/x", NULL, 0, false },
    { "no host", "https:///x", NULL, 0, false },
    { "one slash", "https:/id.example?://", NULL, 0, false },
    { "port zero", "https://id.example:0/", NULL, 0, false },
    { "port too large", "https://id.example:65536/", NULL, 0, false },
    { "a blank", "https://id.example/ x", NULL, 0, false },
    { "a new line", "https://id.example/\r\nX: y", NULL, 0, false },
    { "empty", "", NULL, 0, false },
    { "none", NULL, NULL, 0, false },
};

static void test_urls(void **state)
{
    (void)state;
    tl_arena *arena;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (size_t i = 0; i < sizeof url_cases / sizeof *url_cases; i++) {
        const struct url_case *k = &url_cases[i];
        tl_remote_url u;
        tl_error err = { 0 };
        tl_status st = tl_remote_url_read(k->url, "https http", arena, &u, &err);
        if ((st == TL_OK) != (k->host != NULL))
            fail_msg("%s: status %d (%s)", k->label, (int)st, err.text);
        if (k->host &&
            (strcmp(u.host, k->host) != 0 || u.port != k->port || u.loopback != k->loopback))
            fail_msg("%s: host %s port %u loopback %d", k->label, u.host, u.port, u.loopback);
    }
    tl_arena_free(arena);
}

/* Refused before anything is asked. */
static void test_fetch_refused(void **state)
{
    (void)state;
    static const char *const urls[] = { "http://id.example/", "http://127.0.0.1:1/",
                                        "http://10.0.0.1/", "file:///etc/passwd",
                                        "http://169.254.169.254/latest" };
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        const tl_remote_ask a = { .url = urls[i], .most_bytes = 100, .timeout_ms = 1000 };
        tl_buf b;
        long status = -1;
        tl_buf_init(&b, 0);
        tl_status st = tl_remote_fetch(&a, &b, &status, NULL);
        if (st != TL_EINPUT || status != 0 || b.len)
            fail_msg("%s: status %d", urls[i], (int)st);
        tl_buf_clear(&b);
    }
}

static const struct provider_case {
    const char *label, *issuer, *client, *redirect;
    tl_status want;
} provider_cases[] = {
    { "good", "https://id.example", "tl", "https://tl.example/back", TL_OK },
    { "this machine", "https://127.0.0.1:1", "tl", "https://tl.example/back", TL_OK },
    { "http to this machine", "http://127.0.0.1:1", "tl", "https://tl.example/back", TL_EINPUT },
    { "http", "http://id.example", "tl", "https://tl.example/back", TL_EINPUT },
    { "none", NULL, "tl", "https://tl.example/back", TL_EINPUT },
    { "no client", "https://id.example", "", "https://tl.example/back", TL_EINPUT },
    { "no way back", "https://id.example", "tl", NULL, TL_EINPUT },
};

static void test_providers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof provider_cases / sizeof *provider_cases; i++) {
        const struct provider_case *k = &provider_cases[i];
        const tl_oidc_opts o = { .issuer = k->issuer,
                                 .client_id = k->client,
                                 .redirect_uri = k->redirect };
        tl_oidc_remote *r;
        tl_error err = { 0 };
        tl_status st = tl_oidc_remote_new(&r, &o, &err);
        if (st != k->want || (r != NULL) != (st == TL_OK))
            fail_msg("%s: status %d (%s)", k->label, (int)st, err.text);
        tl_oidc_remote_free(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_urls),
                                        cmocka_unit_test(test_fetch_refused),
                                        cmocka_unit_test(test_providers) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
