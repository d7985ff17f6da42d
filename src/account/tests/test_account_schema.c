/* test_account_schema.c - each constraint of 0017_account.sql, 0024_session_proof.sql and
 * 0025_second_factor.sql broken through the back door. The words are those that stand in the
 * messages of every database. */
#include "account/tests/account_test.h"
#include "store/store_priv.h"

#define HEX24 "'0123456789abcdef01234567'"
#define HEX64 "'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'"
#define SALT "'0123456789abcdef0123456789abcdef0123456789a'"
#define ANN "(SELECT id FROM account WHERE email_fold = 'ann@example.com')"
#define SESSION(hash, roles, seen, ends, idle)                                                     \
    "INSERT INTO account_session VALUES (" hash ", " HEX24 ", " ANN ", 'mill', " roles             \
    ", 10, " seen ", " ends ", " idle ", '', '', 0, 0)"
#define SECRET "'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'"
#define FACTOR(secret, made, confirmed, step)                                                      \
    "INSERT INTO account_factor VALUES (" ANN ", " secret ", " made ", " confirmed ", " step ")"
#define KEY(id, name, rights, read_only, ends)                                                     \
    "INSERT INTO account_key VALUES (" id ", " HEX64 ", " ANN ", 'mill', " name ", " rights        \
    ", " read_only ", 10, " ends ", NULL, NULL)"
#define INVITATION(email, tenant, roles, ends, used)                                               \
    "INSERT INTO invitation VALUES (" HEX64 ", " email ", " email ", 'N', 'zh', " tenant           \
    ", " roles ", 'm', 10, " ends ", " used ")"

static const struct schema_case {
    const char *label, *sql, *words; /* words NULL: allowed */
} schema_cases[] = {
    { "tenant", "INSERT INTO tenant VALUES ('a-1', 'bank', 'A', '', NULL, 0)", NULL },
    { "tenant id", "INSERT INTO tenant VALUES ('A', 'bank', 'A', '', NULL, 0)", "id" },
    { "tenant kind", "INSERT INTO tenant VALUES ('a', 'shop', 'A', '', NULL, 0)", "kind" },
    { "tenant without name", "INSERT INTO tenant VALUES ('a', 'bank', '', '', NULL, 0)", "CHECK" },
    { "tenant of no company", "INSERT INTO tenant VALUES ('a', 'bank', 'A', '', 'x', 0)",
      "FOREIGN KEY" },
    { "second operator", "INSERT INTO tenant VALUES ('a', 'operator', 'A', '', NULL, 0)",
      "UNIQUE" },
    { "tenant before all time", "INSERT INTO tenant VALUES ('a', 'bank', 'A', '', NULL, -1)",
      "made_at" },
    { "tenant renamed", "UPDATE tenant SET id = 'x' WHERE id = 'mill'", "keeps its id" },
    { "tenant deleted", "DELETE FROM tenant WHERE id = 'check'", "never deleted" },
    { "account id", "UPDATE account SET id = 'x'", "keeps its id" },
    { "account deleted", "DELETE FROM account", "never deleted" },
    { "account state", "UPDATE account SET state = 'gone'", "state" },
    { "account language", "UPDATE account SET language = 'fr'", "language" },
    { "account without name", "UPDATE account SET name = ''", "name" },
    { "e-mail twice", "UPDATE account SET email_fold = 'bob@example.com'", "UNIQUE" },
    { "no e-mail", "UPDATE account SET email_fold = 'bob'", "email_fold" },
    { "password in the clear", "UPDATE account SET password = 'secret', password_at = 1",
      "password" },
    { "password without its day",
      "UPDATE account SET password_at = NULL WHERE password IS NOT NULL", "CHECK" },
    { "no roles", "UPDATE account_role SET roles = 0", "roles" },
    { "roles beyond", "UPDATE account_role SET roles = 1024", "roles" },
    { "place nowhere", "UPDATE account_role SET tenant = 'x'", "FOREIGN KEY" },
    { "session", SESSION(HEX64, "1", "10", "20", "5"), NULL },
    { "session token in the clear", SESSION("'abc'", "1", "10", "20", "5"), "hash" },
    { "session without roles", SESSION(HEX64, "0", "10", "20", "5"), "roles" },
    { "session seen before it began", SESSION(HEX64, "1", "9", "20", "5"), "CHECK" },
    { "session without time", SESSION(HEX64, "1", "10", "10", "5"), "CHECK" },
    { "session without idle time", SESSION(HEX64, "1", "10", "20", "0"), "idle_s" },
    { "session elsewhere",
      "INSERT INTO account_session VALUES (" HEX64 ", " HEX24 ", " ANN
      ", 'check', 1, 10, 10, 20, 5, '', '', 0, 0)",
      "FOREIGN KEY" },
    { "session proved before all time",
      "INSERT INTO account_session VALUES (" HEX64 ", " HEX24 ", " ANN
      ", 'mill', 1, 10, 10, 20, 5, '', '', -1, 0)",
      "proved_at" },
    { "session by half a provider",
      "INSERT INTO account_session VALUES (" HEX64 ", " HEX24 ", " ANN
      ", 'mill', 1, 10, 10, 20, 5, '', '', 0, 2)",
      "by_provider" },
    { "second factor", FACTOR(SECRET, "10", "10", "0"), NULL },
    { "second factor not on yet", FACTOR(SECRET, "10", "NULL", "0"), NULL },
    { "second factor in small letters", FACTOR("lower(" SECRET ")", "10", "10", "0"), "secret" },
    { "second factor cut", FACTOR("'GEZDGNBV'", "10", "10", "0"), "secret" },
    { "second factor before all time", FACTOR(SECRET, "-1", "NULL", "0"), "made_at" },
    { "second factor on before it began", FACTOR(SECRET, "10", "9", "0"), "CHECK" },
    { "second factor with no step", FACTOR(SECRET, "10", "10", "-1"), "last_step" },
    { "second factor of nobody", "INSERT INTO account_factor VALUES ('x', " SECRET ", 10, NULL, 0)",
      "FOREIGN KEY" },
    { "recovery code without a factor", "INSERT INTO account_recovery VALUES (" ANN ", " HEX64 ")",
      "FOREIGN KEY" },
    { "key", KEY("'0123456789abcdef'", "'n'", "1", "0", "20"), NULL },
    { "key id", KEY("'0123456789ABCDEF'", "'n'", "1", "0", "20"), "id" },
    { "key without name", KEY("'0123456789abcdef'", "''", "1", "0", "20"), "name" },
    { "key without rights", KEY("'0123456789abcdef'", "'n'", "0", "0", "20"), "rights" },
    { "key half read only", KEY("'0123456789abcdef'", "'n'", "1", "2", "20"), "read_only" },
    { "key without end", KEY("'0123456789abcdef'", "'n'", "1", "0", "10"), "CHECK" },
    { "attempt", "INSERT INTO login_attempt VALUES ('source/a', 0, 0, 0)", NULL },
    { "attempt of what", "INSERT INTO login_attempt VALUES ('a', 0, 0, 0)", "subject" },
    { "attempt below none", "INSERT INTO login_attempt VALUES ('source/a', -1, 0, 0)", "failures" },
    { "invitation", INVITATION("'a@b'", "'mill'", "1", "20", "NULL, NULL"), NULL },
    { "invitation of no address", INVITATION("'abc'", "'mill'", "1", "20", "NULL, NULL"),
      "email_fold" },
    { "invitation to nowhere", INVITATION("'a@b'", "'x'", "1", "20", "NULL, NULL"), "FOREIGN KEY" },
    { "invitation without roles", INVITATION("'a@b'", "'mill'", "0", "20", "NULL, NULL"), "roles" },
    { "invitation without time", INVITATION("'a@b'", "'mill'", "1", "10", "NULL, NULL"), "CHECK" },
    { "invitation used by nobody", INVITATION("'a@b'", "'mill'", "1", "20", "15, NULL"), "CHECK" },
    { "reset", "INSERT INTO password_reset VALUES (" HEX64 ", " ANN ", 10, 20)", NULL },
    { "reset of nobody", "INSERT INTO password_reset VALUES (" HEX64 ", 'x', 10, 20)",
      "FOREIGN KEY" },
    { "reset without time", "INSERT INTO password_reset VALUES (" HEX64 ", " ANN ", 10, 10)",
      "CHECK" },
    { "identity", "INSERT INTO oidc_identity VALUES ('https://i', 's', " ANN ", 0)", NULL },
    { "identity in the clear", "INSERT INTO oidc_identity VALUES ('http://i', 's', " ANN ", 0)",
      "issuer" },
    { "identity of nobody", "INSERT INTO oidc_identity VALUES ('https://i', '', " ANN ", 0)",
      "subject" },
    { "login under way", "INSERT INTO oidc_pending VALUES (" HEX64 ", " SALT ", 'https://i', 1, 2)",
      NULL },
    { "login without salt", "INSERT INTO oidc_pending VALUES (" HEX64 ", '', 'https://i', 1, 2)",
      "salt" },
};

static void test_constraints(void **state)
{
    account_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(schema_cases); i++) {
        const struct schema_case *c = &schema_cases[i];
        account_begin(f);
        tl_status got = tl_store_exec(f->s, c->sql, &f->err);
        expect(c->label, got, c->words ? TL_ECONFLICT : TL_OK, &f->err, c->words);
        tl_store_rollback(f->s);
    }
}

/* Rules between two states of a row. */
static const struct change_case {
    const char *label, *before, *sql, *words;
} change_cases[] = {
    { "a key's rights grow", KEY("'0123456789abcdef'", "'n'", "1", "0", "20"),
      "UPDATE account_key SET rights = 3", "only use and revocation" },
    { "a key's life grows", KEY("'0123456789abcdef'", "'n'", "1", "0", "20"),
      "UPDATE account_key SET ends_at = 30", "only use and revocation" },
    { "a second factor twice", FACTOR(SECRET, "10", "10", "0"), FACTOR(SECRET, "10", "NULL", "0"),
      "UNIQUE" },
    { "a recovery code", FACTOR(SECRET, "10", "10", "0"),
      "INSERT INTO account_recovery VALUES (" ANN ", " HEX64 ")", NULL },
    { "a recovery code in the clear", FACTOR(SECRET, "10", "10", "0"),
      "INSERT INTO account_recovery VALUES (" ANN ", 'abcd-efgh-ijkl-mnop')", "code_hash" },
    { "a recovery code twice",
      FACTOR(SECRET, "10", "10", "0") "; INSERT INTO account_recovery VALUES (" ANN ", " HEX64 ")",
      "INSERT INTO account_recovery VALUES (" ANN ", " HEX64 ")", "UNIQUE" },
    { "a key comes back",
      KEY("'0123456789abcdef'", "'n'", "1", "0", "20") "; UPDATE account_key SET revoked_at = 15",
      "UPDATE account_key SET revoked_at = NULL", "only use and revocation" },
    { "an invitation opens again",
      INVITATION("'a@b'", "'mill'", "1", "20", "15, (SELECT min(id) FROM account)"),
      "UPDATE invitation SET used_at = NULL, account = NULL", "taken once" },
    { "two open invitations", INVITATION("'a@b'", "'mill'", "1", "20", "NULL, NULL"),
      "INSERT INTO invitation SELECT replace(hash, '0', 'f'), email, email_fold, name, language, "
      "tenant, roles, maker, made_at, ends_at, NULL, NULL FROM invitation",
      "UNIQUE" },
    { "a used one and an open one",
      INVITATION("'a@b'", "'mill'", "1", "20", "15, (SELECT min(id) FROM account)"),
      "INSERT INTO invitation SELECT replace(hash, '0', 'f'), email, email_fold, name, language, "
      "tenant, roles, maker, made_at, ends_at, NULL, NULL FROM invitation",
      NULL },
};

static void test_changes(void **state)
{
    account_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(change_cases); i++) {
        const struct change_case *c = &change_cases[i];
        account_begin(f);
        expect(c->label, tl_store_exec(f->s, c->before, &f->err), TL_OK, &f->err, NULL);
        expect(c->label, tl_store_exec(f->s, c->sql, &f->err), c->words ? TL_ECONFLICT : TL_OK,
               &f->err, c->words);
        tl_store_rollback(f->s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ACCOUNT_TEST(test_constraints),
        ACCOUNT_TEST(test_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
