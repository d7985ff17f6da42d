/* settings.c - whether the settings fit together. */
#include "server/settings.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"

enum { ACR_MOST = 16 };

tl_status tl_server_base_check(const char *base, tl_error *err)
{
    const char *host = strstr(base, "://");
    bool known = tl_text_starts(base, "https://") || tl_text_starts(base, "http://");
    if (!known || !host[3] || !tl_text_plain(base, false) || strpbrk(host + 3, "/\\ #?@\"<>"))
        return tl_fail(err, TL_EINPUT, "base is '%.200s', expected https://host and nothing behind",
                       base);
    return TL_OK;
}

static tl_status check_mail(const tl_server_opts *o, tl_error *err)
{
    const tl_mailer_opts *m = &o->mail;
    if (!m->where && (m->from || m->from_name || m->user || m->password_file || m->ca_file))
        return tl_fail(err, TL_EINPUT, "mail is missing: a folder, or smtp://host:port");
    if (!m->where)
        return TL_OK;
    if (!m->from)
        return tl_fail(err, TL_EINPUT, "mail_from is missing: the address mails are sent from");
    if (!o->base)
        return tl_fail(err, TL_EINPUT, "base is missing: links in mails begin with it");
    return tl_mail_address_check(m->from, err);
}

/* Values between blanks. */
static size_t count_values(const char *values)
{
    tl_span rest = tl_span_of(values), one;
    size_t n = 0;
    while (tl_span_split(&rest, ' ', &one))
        n += one.n > 0;
    return tl_text_plain(values, false) ? n : 0;
}

/* A strength of no value would be none, and who set it believes there is one. */
static tl_status check_strength(const tl_oidc_opts *p, tl_error *err)
{
    size_t n = p->acr ? count_values(p->acr) : 1;
    if (n < 1 || n > ACR_MOST)
        return tl_fail(err, TL_EINPUT,
                       "oidc_acr is '%.200s', expected 1 to %d values with blanks between them",
                       p->acr, (int)ACR_MOST);
    if (p->amr && (count_values(p->amr) != 1 || strchr(p->amr, ' ')))
        return tl_fail(err, TL_EINPUT, "oidc_amr is '%.200s', expected one value, such as mfa",
                       p->amr);
    return TL_OK;
}

static tl_status check_provider(const tl_server_opts *o, tl_error *err)
{
    const tl_oidc_opts *p = &o->oidc;
    if (!p->issuer && (p->client_id || p->secret_file || p->hosts || p->ca_file || p->acr ||
                       p->amr || o->oidc_name_en || o->oidc_name_zh))
        return tl_fail(err, TL_EINPUT, "oidc_issuer is missing: https://provider");
    if (!p->issuer)
        return TL_OK;
    if (!p->client_id)
        return tl_fail(err, TL_EINPUT, "oidc_client is missing: how the provider knows us");
    if (!o->base)
        return tl_fail(err, TL_EINPUT, "base is missing: the provider sends people back to it");
    return check_strength(p, err);
}

bool tl_settings_factor_required(const tl_server_opts *o)
{
    return tl_text_equal(o->second_factor, "required");
}

static tl_status check_factor(const tl_server_opts *o, tl_error *err)
{
    const char *v = o->second_factor;
    return !v || tl_text_equal(v, "offered") || tl_settings_factor_required(o)
               ? TL_OK
               : tl_fail(err, TL_EINPUT, "second_factor is '%.40s', expected offered or required",
                         v);
}

tl_status tl_settings_check(const tl_server_opts *o, tl_error *err)
{
    tl_status st = o->base ? tl_server_base_check(o->base, err) : TL_OK;
    if (st == TL_OK)
        st = check_factor(o, err);
    if (st == TL_OK)
        st = check_mail(o, err);
    return st == TL_OK ? check_provider(o, err) : st;
}

/* "postgresql://user:password@host/name", or "password=" among its settings. */
static bool has_password(const char *database)
{
    const char *host = database ? strstr(database, "://") : NULL;
    if (!host)
        return false;
    const char *user = host + 3, *at = user + strcspn(user, "@/?");
    return (*at == '@' && memchr(user, ':', (size_t)(at - user))) || strstr(at, "password=");
}

const char *tl_settings_exposed(const tl_server_opts *o, const char *settings_file, size_t i)
{
    const char *const files[] = { o->http.key, o->mail.password_file, o->oidc.secret_file,
                                  o->metrics_token_file,
                                  has_password(o->database) ? settings_file : NULL };
    for (size_t k = 0; k < sizeof files / sizeof *files; k++)
        if (files[k] && tl_file_open_to_all(files[k]) && i-- == 0)
            return files[k];
    return NULL;
}

const char *tl_settings_provider(const tl_server_opts *o, bool zh)
{
    const char *own = zh ? o->oidc_name_zh : o->oidc_name_en;
    const char *other = zh ? o->oidc_name_en : o->oidc_name_zh;
    return own ? own : other ? other : o->oidc.issuer + strlen("https://");
}
