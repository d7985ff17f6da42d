/* shape.c - requests that a proxy before this server could cut otherwise than this server does.
 *
 * Who can make two programs disagree about where a request ends smuggles a second one past the
 * first of them (RFC 9112, 11.2). libmicrohttpd 0.9.75 takes the first of two lengths, prefers
 * Transfer-Encoding where both are given, keeps "Content-Length " with its blank as a header it
 * does not know, and puts a folded line behind the header's name ("Transfer-E: chunked", "
 * ncoding"). All of these are refused here, and the connection ends. */
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "http/http_priv.h"

struct shape {
    bool sound;
    bool folded;
    bool other_coding; /* Transfer-Encoding is not "chunked" */
    unsigned hosts, lengths, codings;
};

/* token of RFC 9110, 5.6.2: visible ASCII without delimiters. */
static bool is_token(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] <= ' ' || p[i] > '~' || strchr("\"(),/:;<=>?@[\\]{}", p[i]))
            return false;
    return n > 0;
}

/* A header has no control character but the tab: a bare CR ends a line for some programs. */
static bool is_field_value(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (((unsigned char)p[i] < ' ' && p[i] != '\t') || p[i] == 0x7f)
            return false;
    return true;
}

static bool sound_text(const char *p, size_t n)
{
    return !p || (!memchr(p, 0, n) && tl_utf8_valid(p, n) == n);
}

/* A line as it came has its name before its value in one buffer; a name that a folded line was put
 * behind has been moved to the end of it. */
static bool is_folded(const char *key, const char *value)
{
    return value && (uintptr_t)value <= (uintptr_t)key;
}

static void count_header(struct shape *h, const char *name, const char *value)
{
    if (strcasecmp(name, "Host") == 0)
        h->hosts++;
    if (strcasecmp(name, "Content-Length") == 0)
        h->lengths++;
    if (strcasecmp(name, "Transfer-Encoding") != 0)
        return;
    h->codings++;
    h->other_coding = h->other_coding || !value || strcasecmp(value, "chunked") != 0;
}

static enum MHD_Result look_at(void *cls, enum MHD_ValueKind kind, const char *key,
                               size_t key_bytes, const char *value, size_t value_bytes)
{
    struct shape *h = cls;
    h->sound = h->sound && sound_text(key, key_bytes) && sound_text(value, value_bytes);
    if (kind == MHD_HEADER_KIND) {
        h->sound =
            h->sound && is_token(key, key_bytes) && (!value || is_field_value(value, value_bytes));
        h->folded = h->folded || is_folded(key, value);
        count_header(h, key, value);
    }
    return h->sound && !h->folded ? MHD_YES : MHD_NO;
}

const char *tl_exchange_fault(tl_http_exchange *x, bool sound_target)
{
    struct shape h = { .sound = sound_target };
    MHD_get_connection_values_n(
        x->connection, MHD_GET_ARGUMENT_KIND | MHD_HEADER_KIND | MHD_COOKIE_KIND, look_at, &h);
    if (!h.sound)
        return "target and headers must be well-formed UTF-8 without NUL";
    if (h.folded)
        return "a header over several lines";
    if (h.hosts > 1)
        return "more than one Host";
    if (h.lengths > 1)
        return "more than one Content-Length";
    if (h.lengths > 0 && h.codings > 0)
        return "Content-Length together with Transfer-Encoding";
    if (h.codings > 1 || h.other_coding)
        return "a Transfer-Encoding other than chunked";
    return NULL;
}
