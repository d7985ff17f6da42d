/* test_totp.c - one-time codes against the tables of their RFCs, base32, and which steps count. */
#include "account/totp.h"
#include "store/tests/scratch.h"

/* "12345678901234567890", the secret of RFC 4226, appendix D, and RFC 6238, appendix B */
#define RFC_SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

/* RFC 4226, appendix D. */
static const char *const hotp_codes[] = { "755224", "287082", "359152", "969429", "338314",
                                          "254676", "287922", "162583", "399871", "520489" };

/* RFC 6238, appendix B, rows of SHA1: the last six of eight digits. */
static const struct totp_case {
    int64_t moment;
    const char *code;
} totp_cases[] = {
    { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
    { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" },
};

static void test_tables(void **state)
{
    char code[TL_TOTP_DIGITS];
    (void)state;
    for (int64_t i = 0; i < (int64_t)TEST_COUNT(hotp_codes); i++) {
        assert_int_equal(tl_totp_code(RFC_SECRET, i, code, NULL), TL_OK);
        if (strcmp(code, hotp_codes[i]) != 0)
            fail_msg("counter %lld: %s, want %s", (long long)i, code, hotp_codes[i]);
    }
    for (size_t i = 0; i < TEST_COUNT(totp_cases); i++) {
        const struct totp_case *c = &totp_cases[i];
        int64_t step = 0;
        assert_int_equal(tl_totp_code(RFC_SECRET, c->moment / TL_TOTP_STEP_S, code, NULL), TL_OK);
        if (strcmp(code, c->code) != 0)
            fail_msg("moment %lld: %s, want %s", (long long)c->moment, code, c->code);
        assert_int_equal(tl_totp_match(RFC_SECRET, c->code, c->moment, 0, &step, NULL), TL_OK);
        assert_int_equal(step, c->moment / TL_TOTP_STEP_S);
    }
}

/* RFC 4648, section 10, without the padding. */
static const struct base32_case {
    const char *bytes, *want;
} base32_cases[] = {
    { "", "" },
    { "f", "MY" },
    { "fo", "MZXQ" },
    { "foo", "MZXW6" },
    { "foob", "MZXW6YQ" },
    { "fooba", "MZXW6YTB" },
    { "foobar", "MZXW6YTBOI" },
    { "12345678901234567890", RFC_SECRET },
    { "\xff\xff\xff\xff\xff", "77777777" },
};

static void test_base32(void **state)
{
    char out[40];
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(base32_cases); i++) {
        const struct base32_case *c = &base32_cases[i];
        tl_base32((const unsigned char *)c->bytes, strlen(c->bytes), out);
        if (strcmp(out, c->want) != 0)
            fail_msg("'%s': %s, want %s", c->bytes, out, c->want);
    }
}

/* A moment in the middle of step 100; the code of step 100 + `of` is given. */
static const struct step_case {
    const char *label;
    int64_t of, after, want;
} step_cases[] = {
    { "now", 0, 0, 100 },
    { "a clock that is behind", -1, 0, 99 },
    { "a clock that is before", 1, 0, 101 },
    { "too far behind", -2, 0, 0 },
    { "too far before", 2, 0, 0 },
    { "used already", 0, 100, 0 },
    { "one before it was used", 0, 99, 100 },
    { "before the one used", -1, 100, 0 },
    { "a later one was used", 0, 101, 0 },
    { "the next after it", 1, 100, 101 },
};

static void test_steps(void **state)
{
    char code[TL_TOTP_DIGITS];
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(step_cases); i++) {
        const struct step_case *c = &step_cases[i];
        int64_t step = -1;
        assert_int_equal(tl_totp_code(RFC_SECRET, 100 + c->of, code, NULL), TL_OK);
        assert_int_equal(tl_totp_match(RFC_SECRET, code, 100 * 30 + 15, c->after, &step, NULL),
                         TL_OK);
        if (step != c->want)
            fail_msg("%s: step %lld, want %lld", c->label, (long long)step, (long long)c->want);
    }
}

static const char *const no_secrets[] = {
    NULL,
    "",
    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ",   /* a letter too few */
    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQA", /* one too many */
    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1",  /* no letter of base32 */
    "gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
};

static void test_no_secrets(void **state)
{
    char code[TL_TOTP_DIGITS];
    int64_t step;
    tl_error err;
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(no_secrets); i++) {
        expect("code", tl_totp_code(no_secrets[i], 1, code, &err), TL_EINPUT, &err, "no secret");
        assert_string_equal(code, "");
        expect("match", tl_totp_match(no_secrets[i], "123456", 60, 0, &step, &err), TL_EINPUT, &err,
               "no secret");
        assert_int_equal(step, 0);
    }
}

static void test_new(void **state)
{
    char a[TL_TOTP_SECRET], b[TL_TOTP_SECRET], code[TL_TOTP_DIGITS];
    const char *uri = NULL;
    tl_arena *arena = NULL;
    (void)state;
    assert_int_equal(tl_totp_secret(a, NULL), TL_OK);
    assert_int_equal(tl_totp_secret(b, NULL), TL_OK);
    assert_string_not_equal(a, b);
    assert_int_equal(strlen(a), 32);
    assert_int_equal(tl_totp_code(a, 1, code, NULL), TL_OK);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    assert_int_equal(tl_totp_uri(RFC_SECRET, "a+b@钢.cn", arena, &uri, NULL), TL_OK);
    assert_string_equal(uri, "otpauth://totp/Tanlian:a%2Bb%40%E9%92%A2.cn?secret=" RFC_SECRET
                             "&issuer=Tanlian&algorithm=SHA1&digits=6&period=30");
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables), cmocka_unit_test(test_base32),
        cmocka_unit_test(test_steps),  cmocka_unit_test(test_no_secrets),
        cmocka_unit_test(test_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
