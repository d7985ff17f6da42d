/* oidc_client.c - a login through a provider, step by step, for oidc_test.py.
 *
 * usage: oidc_client DATABASE ISSUER CLIENT SECRET-FILE CA-FILE [HOSTS]
 * Reads lines: "begin", "back STATE COOKIE CODE" (a '-' is missing, '%20' a blank), "later
 * SECONDS", and answers each with one line: "url ADDRESS", "claims SUBJECT EMAIL VERIFIED", or
 * "error STATUS: TEXT". */
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "exchange/oidc_fetch.h"

enum { LINE_MAX_BYTES = 4096 };

static void failed(tl_status st, const tl_error *err)
{
    printf("error %s: %s\n", tl_status_name(st), err->text);
}

static void begin(tl_oidc_remote *r, tl_store *s, int64_t now, tl_arena *arena)
{
    tl_error err = { 0 };
    const char *url;
    char state[TL_SECRET_TEXT];
    tl_status st = tl_oidc_remote_begin(r, s, false, now, arena, &url, state, &err);
    if (st != TL_OK)
        failed(st, &err);
    else
        printf("url %s\n", url);
}

/* The next word of a line, "%20" as a blank; NULL for "-". */
static const char *word(tl_span *rest, tl_arena *arena)
{
    tl_span w = { 0 };
    tl_span_split(rest, ' ', &w);
    char *text = tl_arena_copy(arena, w.p, w.n), *blank;
    while (text && (blank = strstr(text, "%20"))) {
        *blank = ' ';
        memmove(blank + 1, blank + 3, strlen(blank + 3) + 1);
    }
    return text && strcmp(text, "-") != 0 ? text : NULL;
}

static void come_back(tl_oidc_remote *r, tl_store *s, int64_t now, tl_arena *arena, tl_span rest)
{
    tl_error err = { 0 };
    tl_id_claims c;
    tl_oidc_back b = { 0 };
    b.state = word(&rest, arena);
    b.cookie = word(&rest, arena);
    b.code = word(&rest, arena);
    if (b.code && tl_text_starts(b.code, "error=")) {
        b.error = b.code + 6;
        b.code = NULL;
    }
    tl_status st = tl_oidc_remote_back(r, s, &b, now, arena, &c, &err);
    if (st != TL_OK)
        failed(st, &err);
    else
        printf("claims %s %s %d\n", c.subject, c.email, c.email_verified);
}

static void serve(tl_oidc_remote *r, tl_store *s, tl_arena *arena)
{
    char line[LINE_MAX_BYTES];
    int64_t later = 0;
    while (fgets(line, sizeof line, stdin)) {
        tl_span rest = { line, strcspn(line, "\n") }, verb;
        tl_span_split(&rest, ' ', &verb);
        if (tl_span_is(verb, "later")) {
            const char *seconds = word(&rest, arena);
            if (tl_int_parse(seconds ? seconds : "", 0, 1000000, &later, NULL) == TL_OK)
                puts("later");
        } else if (tl_span_is(verb, "begin")) {
            begin(r, s, tl_time_unix() + later, arena);
        } else {
            come_back(r, s, tl_time_unix() + later, arena, rest);
        }
        fflush(stdout);
    }
}

int main(int argc, char **argv)
{
    tl_error err = { 0 };
    tl_store *s = NULL;
    tl_arena *arena = NULL;
    tl_oidc_remote *r = NULL;
    if (argc < 6)
        return 2;
    const tl_oidc_opts o = { .issuer = argv[2],
                             .client_id = argv[3],
                             .redirect_uri = "https://tl.example/api/v1/login/back",
                             .secret_file = argv[4],
                             .ca_file = *argv[5] ? argv[5] : NULL,
                             .hosts = argc > 6 ? argv[6] : NULL,
                             .timeout_ms = 1500 };
    tl_status st = tl_store_open(&s, argv[1], NULL, &err);
    if (st == TL_OK)
        st = tl_arena_new(&arena, 0, &err);
    if (st == TL_OK)
        st = tl_oidc_remote_new(&r, &o, &err);
    if (st == TL_OK)
        serve(r, s, arena);
    else
        failed(st, &err);
    tl_oidc_remote_free(r);
    tl_arena_free(arena);
    tl_store_close(s);
    return st == TL_OK ? 0 : 1;
}
