/* test_letter.c - every letter in both languages, with all fields and with each one missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "exchange/letter.h"

static const tl_letter whole = { .to = "ann@mill.example",
                                 .name = "F-name",
                                 .organisation = "F-organisation",
                                 .facility = "F-facility",
                                 .link = "https://tl.example/reset#F-link",
                                 .item = "F-item {name}",
                                 .before = "F-before",
                                 .after = "F-after",
                                 .when = "F-when",
                                 .until = "F-until",
                                 .reason = "F-reason" };

/* What must be read in each letter, whatever the language. */
static const struct letter_case {
    tl_letter_kind kind;
    const char *code;
    const char *has[7];
} cases[] = {
    { TL_LETTER_TRIAL, "trial", { NULL } },
    { TL_LETTER_INVITATION, "invitation", { "F-name", "F-organisation", "F-link", "F-until" } },
    { TL_LETTER_RESET, "reset", { "F-name", "F-link", "F-until" } },
    { TL_LETTER_PASSWORD_CHANGED, "password-changed", { "F-name", "F-when" } },
    { TL_LETTER_FACTOR_ON, "second-factor-on", { "F-name", "F-when" } },
    { TL_LETTER_FACTOR_OFF, "second-factor-off", { "F-name", "F-when" } },
    { TL_LETTER_LOAN_NOTICE,
      "loan-notice",
      { "F-name", "F-facility", "F-item", "F-before", "F-after", "F-when", "F-reason" } },
    { TL_LETTER_EPD_EXPIRING, "epd-expiring", { "F-name", "F-item", "F-until" } },
};

static void test_letters(void **state)
{
    (void)state;
    tl_arena *arena;
    tl_buf b;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    assert_int_equal(sizeof cases / sizeof *cases, TL_LETTERS);
    tl_buf_init(&b, 0);
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        const struct letter_case *k = &cases[i / 2];
        tl_letter l = whole;
        tl_error err = { 0 };
        tl_mail mail;
        l.kind = k->kind;
        l.language = i % 2 ? "zh" : "en";
        assert_string_equal(tl_letter_code(k->kind), k->code);
        if (tl_letter_write(&l, arena, &mail, &err) != TL_OK)
            fail_msg("%s %s: %s", k->code, l.language, err.text);
        for (size_t f = 0; f < 7 && k->has[f]; f++)
            if (!strstr(mail.body, k->has[f]))
                fail_msg("%s %s: no %s in %s", k->code, l.language, k->has[f], mail.body);
        assert_null(strchr(mail.subject, '{'));
        assert_string_equal(mail.language, l.language);
        if ((strstr(mail.subject, "碳链") != NULL) != (i % 2 == 1))
            fail_msg("%s: subject %s", k->code, mail.subject);
        /* what is put in is not read for fields again */
        if (strstr(mail.body, "F-item"))
            assert_non_null(strstr(mail.body, "F-item {name}"));
        const tl_mail_sender sender = { .from = "x@tl.example", .now = 1, .id = "0" };
        tl_buf_reset(&b);
        if (tl_mail_write(&mail, &sender, &b, &err) != TL_OK)
            fail_msg("%s %s: %s", k->code, l.language, err.text);
    }
    assert_null(tl_letter_code(TL_LETTERS));
    tl_buf_clear(&b);
    tl_arena_free(arena);
}

static void test_holes(void **state)
{
    (void)state;
    static const char *const bad[] = { NULL, "", "two\nlines", "\xff" };
    tl_arena *arena;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        tl_letter l = whole;
        tl_error err = { 0 };
        tl_mail mail;
        l.kind = TL_LETTER_INVITATION;
        l.organisation = bad[i];
        tl_status st = tl_letter_write(&l, arena, &mail, &err);
        if (st != TL_EINPUT || mail.body || !strstr(err.text, "organisation"))
            fail_msg("row %zu: status %d (%s)", i, (int)st, err.text);
    }
    tl_letter l = whole;
    tl_mail mail;
    l.kind = TL_LETTERS;
    assert_int_equal(tl_letter_write(&l, arena, &mail, NULL), TL_EINPUT);
    tl_arena_free(arena);
}

/* A long name of an organisation is cut in the subject at a whole character, and sent. */
static void test_long_subject(void **state)
{
    (void)state;
    char name[1801];
    tl_arena *arena;
    tl_mail mail;
    tl_letter l = whole;
    for (size_t i = 0; i < 600; i++)
        memcpy(name + 3 * i, "碳", 3);
    name[1800] = '\0';
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    l.kind = TL_LETTER_INVITATION;
    l.organisation = name;
    assert_int_equal(tl_letter_write(&l, arena, &mail, NULL), TL_OK);
    size_t n = strlen(mail.subject);
    assert_true(n <= TL_MAIL_SUBJECT_MAX && n > TL_MAIL_SUBJECT_MAX - 4);
    assert_memory_equal(mail.subject + n - 3, "碳", 3);
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_letters),
                                        cmocka_unit_test(test_holes),
                                        cmocka_unit_test(test_long_subject) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
