/* mail.c - a mail into a folder, or to an SMTP server by libcurl. */
#include "exchange/mail.h"

#include <curl/curl.h>
#include <string.h>
#include <sys/stat.h>

#include "account/secret.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "exchange/remote.h"

enum { ID_DIGITS = 24, PASSWORD_MAX = 500 };

struct tl_mailer {
    tl_arena *arena;    /* holds the texts */
    const char *folder; /* NULL: by SMTP */
    const char *url;    /* with the name we greet with as its path */
    bool clear;         /* on this machine: not encrypted */
    const char *scheme, *from, *from_name, *user, *ca_file;
    char password[PASSWORD_MAX + 1];
    int64_t timeout_ms;
};

static tl_status keep(tl_mailer *m, const char *text, const char **out, tl_error *err)
{
    *out = tl_arena_str(m->arena, text);
    return *out || !text ? TL_OK : tl_fail_nomem(err);
}

static tl_status read_password(tl_mailer *m, const char *path, tl_error *err)
{
    tl_file_view file;
    tl_status st = tl_file_open(&file, path, 1 << 16, err);
    if (st != TL_OK)
        return st;
    size_t n = 0;
    while (n < file.size && file.data[n] != '\n' && file.data[n] != '\r')
        n++;
    if (n == 0 || n > PASSWORD_MAX || memchr(file.data, 0, n))
        st = tl_fail(err, TL_EINPUT, "%s: expected a password of 1 to %d bytes in the first line",
                     path, (int)PASSWORD_MAX);
    else
        memcpy(m->password, file.data, n);
    tl_file_close(&file);
    return st;
}

static tl_status take_server(tl_mailer *m, const char *where, tl_error *err)
{
    tl_remote_url u;
    tl_status st = tl_remote_url_read(where, "smtp smtps", m->arena, &u, err);
    if (st != TL_OK)
        return st;
    const char *behind = strstr(where, "://") + 3;
    behind += strcspn(behind, "/?");
    if (*behind && strcmp(behind, "/") != 0)
        return tl_fail(err, TL_EINPUT, "'%s': expected smtp://host:port and nothing behind", where);
    m->scheme = u.scheme;
    m->clear = u.loopback && strcmp(u.scheme, "smtp") == 0;
    m->url = tl_arena_printf(m->arena, "%s://%s:%u/%s", u.scheme, u.host, u.port,
                             strchr(m->from, '@') + 1);
    return m->url ? TL_OK : tl_fail_nomem(err);
}

static tl_status take_folder(tl_mailer *m, const char *where, tl_error *err)
{
    struct stat st;
    if (stat(where, &st) != 0 || !S_ISDIR(st.st_mode))
        return tl_fail(err, TL_ENOTFOUND, "%s: no such folder for mails", where);
    return keep(m, where, &m->folder, err);
}

static tl_status fill(tl_mailer *m, const tl_mailer_opts *o, tl_error *err)
{
    if (!o->where || !*o->where)
        return tl_fail(err, TL_EINPUT, "mails: expected a folder or smtp://host:port");
    tl_status st = tl_mail_address_check(o->from, err);
    if (st != TL_OK)
        return tl_context(err, st, "mails are sent from");
    if ((st = keep(m, o->from, &m->from, err)) != TL_OK ||
        (st = keep(m, o->from_name, &m->from_name, err)) != TL_OK ||
        (st = keep(m, o->user, &m->user, err)) != TL_OK ||
        (st = keep(m, o->ca_file, &m->ca_file, err)) != TL_OK)
        return st;
    m->timeout_ms = o->timeout_ms > 0 ? o->timeout_ms : TL_MAIL_TIMEOUT_MS;
    if (!o->user != !o->password_file)
        return tl_fail(err, TL_EINPUT, "mails: a user needs a password file, and the other way");
    st = strstr(o->where, "://") ? take_server(m, o->where, err) : take_folder(m, o->where, err);
    return st == TL_OK && o->password_file ? read_password(m, o->password_file, err) : st;
}

tl_status tl_mailer_new(tl_mailer **out, const tl_mailer_opts *opts, tl_error *err)
{
    *out = NULL;
    tl_mailer *m = tl_new_array(1, sizeof *m);
    if (!m)
        return tl_fail_nomem(err);
    tl_status st = tl_arena_new(&m->arena, 1 << 20, err);
    if (st == TL_OK && curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        st = tl_fail_nomem(err);
    if (st == TL_OK)
        st = fill(m, opts, err);
    if (st != TL_OK) {
        tl_mailer_free(m);
        return st;
    }
    *out = m;
    return TL_OK;
}

void tl_mailer_free(tl_mailer *m)
{
    if (!m)
        return;
    tl_secret_wipe(m->password, sizeof m->password);
    tl_arena_free(m->arena);
    free(m);
}

/* How much of the message has gone. */
struct reading {
    const char *p;
    size_t left;
};

static size_t give_bytes(char *to, size_t size, size_t n, void *ctx)
{
    struct reading *r = ctx;
    size_t take = size * n < r->left ? size * n : r->left;
    memcpy(to, r->p, take);
    r->p += take;
    r->left -= take;
    return take;
}

static CURLcode set_up(CURL *h, const tl_mailer *m, const char *from, struct curl_slist *to,
                       struct reading *r)
{
    CURLcode c = curl_easy_setopt(h, CURLOPT_URL, m->url);
#define SET(option, value)                                                                         \
    if (c == CURLE_OK)                                                                             \
    c = curl_easy_setopt(h, option, value)
    SET(CURLOPT_PROTOCOLS_STR, m->scheme);
    SET(CURLOPT_USE_SSL, (long)(m->clear ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_TIMEOUT_MS, (long)m->timeout_ms);
    SET(CURLOPT_CONNECTTIMEOUT_MS, (long)m->timeout_ms);
    SET(CURLOPT_MAIL_FROM, from);
    SET(CURLOPT_MAIL_RCPT, to);
    SET(CURLOPT_UPLOAD, 1L);
    SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)r->left);
    SET(CURLOPT_READFUNCTION, give_bytes);
    SET(CURLOPT_READDATA, r);
    if (m->ca_file)
        SET(CURLOPT_CAINFO, m->ca_file);
    if (m->user) {
        SET(CURLOPT_USERNAME, m->user);
        SET(CURLOPT_PASSWORD, m->password);
    }
#undef SET
    return c;
}

static tl_status deliver(const tl_mailer *m, const char *to, const tl_buf *message, tl_error *err)
{
    char from[TL_MAIL_ADDRESS_MAX + 3], rcpt[TL_MAIL_ADDRESS_MAX + 3];
    struct reading r = { tl_buf_text(message), message->len };
    long answer = 0;
    snprintf(from, sizeof from, "<%s>", m->from);
    snprintf(rcpt, sizeof rcpt, "<%s>", to);
    CURL *h = curl_easy_init();
    struct curl_slist *list = curl_slist_append(NULL, rcpt);
    CURLcode c = h && list ? set_up(h, m, from, list, &r) : CURLE_OUT_OF_MEMORY;
    if (c == CURLE_OK)
        c = curl_easy_perform(h);
    if (h && c != CURLE_OK)
        curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &answer);
    curl_slist_free_all(list);
    curl_easy_cleanup(h);
    if (c == CURLE_OK)
        return TL_OK;
    return c == CURLE_OUT_OF_MEMORY
               ? tl_fail_nomem(err)
               : tl_fail(err, TL_EIO, "mail not sent: %s (the server answered %ld)",
                         curl_easy_strerror(c), answer);
}

/* "20270115T080000Z-<id>.eml": by time, and no two alike. Only the owner may read it. */
static tl_status lay_down(const tl_mailer *m, const tl_mail_sender *s, const tl_buf *message,
                          tl_error *err)
{
    char time[TL_TIME_ISO], name[TL_TIME_ISO + ID_DIGITS + 8];
    size_t n = 0;
    tl_arena *scratch = NULL;
    tl_time_format(s->now, time);
    for (const char *p = time; *p; p++)
        if (*p != '-' && *p != ':')
            name[n++] = *p;
    snprintf(name + n, sizeof name - n, "-%s.eml", s->id);
    tl_status st = tl_arena_new(&scratch, 1 << 16, err);
    const char *path = st == TL_OK ? tl_path_join(scratch, m->folder, name) : NULL;
    if (st == TL_OK && !path)
        st = tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_file_write_private(path, tl_buf_text(message), message->len, err);
    tl_arena_free(scratch);
    return st;
}

tl_status tl_mail_send(const tl_mailer *m, const tl_mail *mail, tl_error *err)
{
    char id[ID_DIGITS + 1];
    tl_buf message;
    tl_status st = tl_secret_id(id, ID_DIGITS, err);
    if (st != TL_OK)
        return st;
    const tl_mail_sender sender = {
        .from = m->from, .from_name = m->from_name, .now = tl_time_unix(), .id = id
    };
    tl_buf_init(&message, (size_t)4 * TL_MAIL_BODY_MAX);
    st = tl_mail_write(mail, &sender, &message, err);
    if (st == TL_OK)
        st = m->folder ? lay_down(m, &sender, &message, err) : deliver(m, mail->to, &message, err);
    tl_buf_clear(&message);
    return st;
}
