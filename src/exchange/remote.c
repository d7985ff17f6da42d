/* remote.c - addresses read and asked by libcurl. */
#include "exchange/remote.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

static tl_status odd(const char *url, const char *expected, tl_error *err)
{
    return tl_fail(err, TL_EINPUT, "'%.200s': expected %s", url, expected);
}

/* A part of an address in lower case. */
static tl_status part(CURLU *u, CURLUPart which, unsigned flags, tl_arena *arena, const char **out,
                      tl_error *err)
{
    char *text = NULL;
    *out = "";
    if (curl_url_get(u, which, &text, flags) != CURLUE_OK)
        return TL_OK;
    char *copy = tl_arena_str(arena, text);
    curl_free(text);
    for (char *p = copy; p && *p; p++)
        *p = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
    *out = copy ? copy : "";
    return copy ? TL_OK : tl_fail_nomem(err);
}

static bool is_loopback(const char *host)
{
    struct in_addr v4;
    if (strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
        return true;
    return inet_pton(AF_INET, host, &v4) == 1 && ntohl(v4.s_addr) >> 24 == 127;
}

static tl_status take(CURLU *u, const char *url, const char *schemes, tl_arena *arena,
                      tl_remote_url *out, tl_error *err)
{
    const char *port, *user, *password;
    int64_t number = 0;
    bool known = false;
    tl_span rest = tl_span_of(schemes), scheme;
    tl_status st = part(u, CURLUPART_SCHEME, 0, arena, &out->scheme, err);
    if (st == TL_OK)
        st = part(u, CURLUPART_HOST, 0, arena, &out->host, err);
    if (st == TL_OK)
        st = part(u, CURLUPART_PORT, CURLU_DEFAULT_PORT, arena, &port, err);
    if (st == TL_OK)
        st = part(u, CURLUPART_USER, 0, arena, &user, err);
    if (st == TL_OK)
        st = part(u, CURLUPART_PASSWORD, 0, arena, &password, err);
    if (st != TL_OK)
        return st;
    while (tl_span_split(&rest, ' ', &scheme))
        known = known || tl_span_is(scheme, out->scheme);
    if (!known)
        return odd(url, schemes, err);
    if (*user || *password)
        return odd(url, "an address without user and password", err);
    if (!*out->host || tl_int_parse(port, 1, 65535, &number, NULL) != TL_OK)
        return odd(url, "a host, and a port between 1 and 65535", err);
    out->port = (uint32_t)number;
    out->loopback = is_loopback(out->host);
    return TL_OK;
}

tl_status tl_remote_url_read(const char *url, const char *schemes, tl_arena *arena,
                             tl_remote_url *out, tl_error *err)
{
    *out = (tl_remote_url){ .scheme = "", .host = "" };
    const char *colon = url ? strchr(url, ':') : NULL;
    if (!colon || strlen(url) > TL_REMOTE_URL_MAX || !tl_text_plain(url, false) ||
        strpbrk(url, " \\\"<>#") || !tl_text_starts(colon, "://") || colon[3] == '/')
        return odd(url ? url : "", "an address such as https://host/path", err);
    CURLU *u = curl_url();
    if (!u)
        return tl_fail_nomem(err);
    tl_status st = curl_url_set(u, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK
                       ? take(u, url, schemes, arena, out, err)
                       : odd(url, "an address such as https://host/path", err);
    curl_url_cleanup(u);
    return st;
}

bool tl_remote_same(const tl_remote_url *a, const tl_remote_url *b)
{
    return a->port == b->port && strcmp(a->scheme, b->scheme) == 0 && strcmp(a->host, b->host) == 0;
}

struct taken {
    tl_buf *answer;
    bool full;
};

static size_t take_bytes(char *p, size_t size, size_t n, void *ctx)
{
    struct taken *t = ctx;
    tl_buf_add(t->answer, p, size * n);
    t->full = t->answer->failed;
    return t->full ? 0 : size * n;
}

static CURLcode set_up(CURL *h, const tl_remote_ask *a, struct taken *t)
{
    const long timeout = (long)(a->timeout_ms > 0 ? a->timeout_ms : TL_REMOTE_TIMEOUT_MS);
    CURLcode c = curl_easy_setopt(h, CURLOPT_URL, a->url);
#define SET(option, value)                                                                         \
    if (c == CURLE_OK)                                                                             \
    c = curl_easy_setopt(h, option, value)
    SET(CURLOPT_PROTOCOLS_STR, "https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_TIMEOUT_MS, timeout);
    SET(CURLOPT_CONNECTTIMEOUT_MS, timeout);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_USERAGENT, "tanlian");
    SET(CURLOPT_WRITEFUNCTION, take_bytes);
    SET(CURLOPT_WRITEDATA, t);
    if (a->ca_file)
        SET(CURLOPT_CAINFO, a->ca_file);
    if (a->form)
        SET(CURLOPT_POSTFIELDS, a->form);
    if (a->user) {
        SET(CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        SET(CURLOPT_USERNAME, a->user);
        SET(CURLOPT_PASSWORD, a->password ? a->password : "");
    }
#undef SET
    return c;
}

static tl_status ask(const tl_remote_ask *a, const tl_remote_url *u, tl_buf *answer, long *status,
                     tl_error *err)
{
    struct taken t = { .answer = answer };
    CURL *h = curl_easy_init();
    if (!h)
        return tl_fail_nomem(err);
    CURLcode c = set_up(h, a, &t);
    if (c == CURLE_OK)
        c = curl_easy_perform(h);
    if (c == CURLE_OK)
        curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, status);
    curl_easy_cleanup(h);
    if (t.full)
        return tl_fail(err, TL_EINPUT, "%s: the answer is larger than %zu bytes", u->host,
                       a->most_bytes);
    return c == CURLE_OK ? TL_OK : tl_fail(err, TL_EIO, "%s: %s", u->host, curl_easy_strerror(c));
}

tl_status tl_remote_fetch(const tl_remote_ask *a, tl_buf *answer, long *status, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_remote_url u;
    *status = 0;
    answer->limit = a->most_bytes;
    tl_status st = tl_arena_new(&scratch, 1 << 20, err);
    if (st == TL_OK)
        st = tl_remote_url_read(a->url, "https", scratch, &u, err);
    if (st == TL_OK)
        st = ask(a, &u, answer, status, err);
    tl_arena_free(scratch);
    return st;
}
