/* test_password.c - which passwords are taken, and that a kept one is recognised. */
#include "account/password.h"
#include "store/tests/scratch.h"

#include <time.h>

#include "account/common_password_priv.h"
#include "format/fold.h"

#define TEN "abcdefghi "
#define A128 TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN "12345678"
#define HAN12 "钢铁水泥电解铝碳足迹表" /* 11 characters */

static const struct check_case {
    const char *label, *password, *words; /* words NULL: taken */
} check_cases[] = {
    { "three words", "three lonely herons", NULL },
    { "twelve", "nkq vwx pqrt", NULL },
    { "eleven", "nkq vwx pqr", "11 characters" },
    { "none", NULL, "0 characters" },
    { "128", A128, NULL },
    { "129", A128 "9", "129 characters" },
    { "twelve Chinese characters", HAN12 "好", NULL },
    { "eleven Chinese characters, 33 bytes", HAN12, "11 characters" },
    { "no UTF-8", "three lonely \xff herons", "UTF-8" },
    { "only letters of one kind: no rules of composition", "pppppppqqqqqqqzzzz", NULL },
    { "common", "123456789012", "common" },
    { "common in capitals", "PasswordPassword", "common" },
    { "common in full width", "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ", "common" },
    { "common with a year", "Password2026!", "common" },
    { "common with signs", "qwertyuiop!!!", "common" },
    { "Chinese common", "woaini1314520", "common" },
    { "common behind a year", "2026Password", "common" },
    { "common between signs", "!!Password2026!!", "common" },
    { "common behind 64 digits",
      "3141592653589793238462643383279502884197169399375105820974944592"
      "password",
      "common" },
    { "its first letter is a sign", "2026!qaz@wsx", "common" },
    { "a word that many choose, with digits", "california1031", "common" },
    { "of those of 12 characters", "finalfantasy", "common" },
    { "digits that were drawn", "60847193275180462937", NULL },
    { "letters that were drawn", "wqjvhtkzmxgp", NULL },
    { "four words that were drawn", "plinth otter gravel nimbus", NULL },
    { "the same with hyphens and a digit", "plinth-otter-gravel-nimbus-7", NULL },
    { "the same run together", "plinthottergravelnimbus", NULL },
    { "a common one among others", "otter password gravel", NULL },
    { "one digit, many times", "111111111111", "common" },
    { "begins as a common one, and goes on", "password of the herons", NULL },
    { "own e-mail", "zhang.wei@steel.example", "own e-mail" },
    { "before the @, and a year", "Zhang.Wei2026", "own e-mail" },
    { "own name twice", "Zhang WeidongZhang Weidong", "own e-mail" },
    { "own name in a long one", "Zhang Weidong likes herons", NULL },
    { "the organisation", "River Iron Works", "name of your organisation" },
    { "its words, in another order, with a year", "IronRiver2026!", "name of your organisation" },
    { "its id and the product", "river-iron-tanlian", "name of your organisation" },
    { "its Chinese name, twice and more", "河川铸铁河川铸铁河川铸铁123",
      "name of your organisation" },
    { "the product", "Tanlian, Tanlian", "of this product" },
    { "the product in Chinese", "碳链碳链碳链碳链碳链碳链", "of this product" },
    { "the person and the organisation", "zhang.wei.river.iron", "name of your organisation" },
    { "the organisation in a long one", "herons at the River Iron", NULL },
};

static void test_check(void **state)
{
    (void)state;
    static const char *const organisations[] = { "river-iron", "River Iron Works", "河川铸铁", "",
                                                 NULL };
    static const tl_password_owner owner = { "zhang.wei@steel.example", "Zhang Weidong",
                                             organisations };
    for (size_t i = 0; i < TEST_COUNT(check_cases); i++) {
        const struct check_case *c = &check_cases[i];
        tl_error err = { 0 };
        tl_status got = tl_password_check(c->password, &owner, NULL, &err);
        expect(c->label, got, c->words ? TL_EINPUT : TL_OK, &err, c->words);
        if (c->words && c->password && strstr(err.text, c->password))
            fail_msg("%s: the message shows the password", c->label);
    }
    assert_int_equal(tl_password_check("three lonely herons", NULL, NULL, NULL), TL_OK);
}

/* A password that a person could type instead of the word: the word itself where it is long enough,
 * else with digits and a sign around it. */
static void as_chosen(char *out, size_t cap, const char *word)
{
    snprintf(out, cap, strlen(word) >= TL_PASSWORD_LEAST ? "%s" : "20%s26!", word);
    for (size_t n = strlen(out); n < TL_PASSWORD_LEAST; n++)
        snprintf(out + n, cap - n, "!");
}

/* Every entry of the list is in the form in which it is looked up, so none is there in vain; sorted
 * by byte; and refused. ASVS 6.2.4: at least 3,000 of those that are long enough to be chosen. */
static void test_common(void **state)
{
    (void)state;
    tl_arena *arena;
    size_t whole = 0;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (size_t i = 0; i < tl_common_count; i++) {
        const char *folded, *word = tl_common_text + tl_common_starts[i];
        char chosen[TL_PASSWORD_MOST];
        tl_error err = { 0 };
        if (i > 0 && strcmp(tl_common_text + tl_common_starts[i - 1], word) >= 0)
            fail_msg("'%s' is not sorted", word);
        assert_int_equal(tl_fold(word, arena, &folded, NULL), TL_OK);
        assert_string_equal(folded, word);
        assert_in_range(strlen(word), 6, tl_common_longest);
        whole += strlen(word) >= TL_PASSWORD_LEAST;
        as_chosen(chosen, sizeof chosen, word);
        expect(chosen, tl_password_check(chosen, NULL, NULL, &err), TL_EINPUT, &err, "common");
        tl_arena_reset(arena);
    }
    print_message("%zu words, %zu of 12 characters and more\n", tl_common_count, whole);
    assert_true(whole >= 3000);
    assert_false(tl_password_common(""));
    assert_false(tl_password_common("!"));
    tl_arena_free(arena);
}

static const tl_password_limits quick = { 1, 8192, NULL };

static void test_keep(void **state)
{
    (void)state;
    char a[TL_PASSWORD_HASH], b[TL_PASSWORD_HASH];
    tl_error err = { 0 };
    bool right;
    assert_int_equal(tl_password_hash("three lonely herons", &quick, a, &err), TL_OK);
    assert_int_equal(tl_password_hash("three lonely herons", &quick, b, &err), TL_OK);
    assert_string_not_equal(a, b); /* a salt of its own */
    assert_memory_equal(a, "$argon2id$v=19$m=8,t=1,p=1$", 27);
    assert_int_equal(tl_password_verify(a, "three lonely herons", &quick, &right, &err), TL_OK);
    assert_true(right);
    assert_int_equal(tl_password_verify(a, "three lonely heron", &quick, &right, &err), TL_OK);
    assert_false(right);
    assert_int_equal(tl_password_verify(a, "", &quick, &right, &err), TL_OK);
    assert_false(right);
    assert_int_equal(tl_password_verify(NULL, "three lonely herons", &quick, &right, &err), TL_OK);
    assert_false(right);
    assert_int_equal(tl_password_verify("nonsense", "x", &quick, &right, &err), TL_OK);
    assert_false(right);
    const tl_password_limits none = { 1, 100, NULL };
    expect("too low", tl_password_hash("x", &none, a, &err), TL_EINPUT, &err, "limits");
}

static const struct outdated_case {
    const char *label, *hash;
    tl_password_limits limits;
    bool want;
} outdated_cases[] = {
    { "as it is", "$argon2id$v=19$m=8,t=1,p=1$x$y", { 1, 8192, NULL }, false },
    { "more memory", "$argon2id$v=19$m=8,t=1,p=1$x$y", { 1, 16384, NULL }, true },
    { "more passes", "$argon2id$v=19$m=8,t=1,p=1$x$y", { 2, 8192, NULL }, true },
    { "less is no reason", "$argon2id$v=19$m=65536,t=3,p=1$x$y", { 1, 8192, NULL }, false },
    { "the default", "$argon2id$v=19$m=65536,t=2,p=1$x$y", { 0, 0, NULL }, false },
    { "below the default", "$argon2id$v=19$m=65535,t=2,p=1$x$y", { 0, 0, NULL }, true },
    { "not readable", "$argon2id$v=19$", { 1, 8192, NULL }, true },
};

static void test_outdated(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(outdated_cases); i++) {
        const struct outdated_case *c = &outdated_cases[i];
        if (tl_password_outdated(c->hash, &c->limits) != c->want)
            fail_msg("%s: want %d", c->label, c->want);
    }
}

static double cpu_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* A name that is not there takes about as long as a wrong password: the least of five runs each, in
 * processor time, so that other work on the machine counts little. Within a factor of two; without
 * the dummy it would be a thousand. */
static void test_same_time(void **state)
{
    const tl_password_limits limits = { 2, 4 << 20, NULL };
    char hash[TL_PASSWORD_HASH];
    double least[2] = { 1e9, 1e9 };
    bool right;
    (void)state;
    assert_int_equal(tl_password_hash("three lonely herons", &limits, hash, NULL), TL_OK);
    for (int i = 0; i < 10; i++) {
        double at = cpu_s();
        const char *kept = i % 2 ? hash : NULL;
        assert_int_equal(tl_password_verify(kept, "wrong", &limits, &right, NULL), TL_OK);
        double took = cpu_s() - at;
        least[i % 2] = took < least[i % 2] ? took : least[i % 2];
    }
    print_message("nobody %.2f ms, wrong password %.2f ms\n", least[0] * 1e3, least[1] * 1e3);
    assert_true(least[0] < 2 * least[1] && least[1] < 2 * least[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check),     cmocka_unit_test(test_common),
        cmocka_unit_test(test_keep),      cmocka_unit_test(test_outdated),
        cmocka_unit_test(test_same_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
