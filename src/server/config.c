/* config.c - the file of the service by libcyaml: a schema of its fields. */
#include "server/config.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "format/yaml.h"

enum { CONFIG_MAX_BYTES = 1 << 16 };

/* As libcyaml fills it in; the texts are its own until cyaml_free. */
struct raw {
    char *listen, *database, *base, *temp_dir, *tls_certificate, *tls_key;
    char *mail, *mail_from, *mail_name, *mail_user, *mail_password_file, *mail_ca;
    char *oidc_issuer, *oidc_client, *oidc_secret_file, *oidc_hosts, *oidc_ca;
    char *oidc_acr, *oidc_amr, *oidc_name_en, *oidc_name_zh, *metrics_token_file, *leaked_passwords,
        *second_factor;
    char *behind_proxy, *access_log; /* libcyaml takes any word for a true bool */
    int64_t *workers, *job_workers, *connections, *upload_mb, *cache_mb, *sessions;
    double *per_second;
};

#define TEXT(field)                                                                                \
    CYAML_FIELD_STRING_PTR(#field, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct raw, field, 1, \
                           1000)
#define WHOLE(field)                                                                               \
    CYAML_FIELD_INT_PTR(#field, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct raw, field)

static const cyaml_schema_field_t fields[] = {
    TEXT(listen),
    TEXT(database),
    TEXT(base),
    TEXT(temp_dir),
    TEXT(tls_certificate),
    TEXT(tls_key),
    TEXT(mail),
    TEXT(mail_from),
    TEXT(mail_name),
    TEXT(mail_user),
    TEXT(mail_password_file),
    TEXT(mail_ca),
    TEXT(oidc_issuer),
    TEXT(oidc_client),
    TEXT(oidc_secret_file),
    TEXT(oidc_hosts),
    TEXT(oidc_ca),
    TEXT(oidc_acr),
    TEXT(oidc_amr),
    TEXT(oidc_name_en),
    TEXT(oidc_name_zh),
    TEXT(metrics_token_file),
    TEXT(leaked_passwords),
    TEXT(second_factor),
    WHOLE(workers),
    WHOLE(job_workers),
    WHOLE(connections),
    WHOLE(upload_mb),
    WHOLE(cache_mb),
    WHOLE(sessions),
    CYAML_FIELD_FLOAT_PTR("per_second", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct raw,
                          per_second),
    TEXT(behind_proxy),
    TEXT(access_log),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw, fields),
};

static tl_status keep_texts(const struct raw *r, tl_server_config *out, tl_arena *arena,
                            tl_error *err)
{
    tl_server_opts *o = &out->opts;
    const struct {
        const char *from;
        const char **to;
    } texts[] = {
        { r->listen, &o->http.address },
        { r->database, &o->database },
        { r->base, &o->base },
        { r->temp_dir, &o->http.temp_dir },
        { r->tls_certificate, &o->http.certificate },
        { r->tls_key, &o->http.key },
        { r->mail, &o->mail.where },
        { r->mail_from, &o->mail.from },
        { r->mail_name, &o->mail.from_name },
        { r->mail_user, &o->mail.user },
        { r->mail_password_file, &o->mail.password_file },
        { r->mail_ca, &o->mail.ca_file },
        { r->oidc_issuer, &o->oidc.issuer },
        { r->oidc_client, &o->oidc.client_id },
        { r->oidc_secret_file, &o->oidc.secret_file },
        { r->oidc_hosts, &o->oidc.hosts },
        { r->oidc_ca, &o->oidc.ca_file },
        { r->oidc_acr, &o->oidc.acr },
        { r->oidc_amr, &o->oidc.amr },
        { r->oidc_name_en, &o->oidc_name_en },
        { r->oidc_name_zh, &o->oidc_name_zh },
        { r->metrics_token_file, &o->metrics_token_file },
        { r->leaked_passwords, &o->leaked_passwords },
        { r->second_factor, &o->second_factor },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].from && !(*texts[i].to = tl_arena_str(arena, texts[i].from)))
            return tl_fail_nomem(err);
    return o->base ? tl_server_base_check(o->base, err) : TL_OK;
}

static tl_status bounded(const char *name, const int64_t *v, int64_t most, tl_error *err)
{
    return !v || (*v >= 0 && *v <= most) ? TL_OK
                                         : tl_fail(err, TL_EINPUT, "%s is %lld, expected 0 to %lld",
                                                   name, (long long)*v, (long long)most);
}

static tl_status yes_no(const char *name, const char *v, bool *out, tl_error *err)
{
    if (!v)
        return TL_OK;
    *out = strcmp(v, "true") == 0;
    return *out || strcmp(v, "false") == 0
               ? TL_OK
               : tl_fail(err, TL_EINPUT, "%s is '%s', expected true or false", name, v);
}

static tl_status keep_numbers(const struct raw *r, tl_server_config *out, tl_error *err)
{
    tl_server_opts *o = &out->opts;
    tl_status st = bounded("workers", r->workers, 256, err);
    if (st == TL_OK)
        st = bounded("job_workers", r->job_workers, 64, err);
    if (st == TL_OK)
        st = bounded("connections", r->connections, 65536, err);
    if (st == TL_OK)
        st = bounded("upload_mb", r->upload_mb, 4096, err);
    if (st == TL_OK)
        st = bounded("cache_mb", r->cache_mb, 65536, err);
    if (st == TL_OK)
        st = bounded("sessions", r->sessions, 1000, err);
    if (st == TL_OK && r->per_second && !(*r->per_second >= 0 && *r->per_second <= 1e9))
        st = tl_fail(err, TL_EINPUT, "per_second is %g, expected 0 to 1e9", *r->per_second);
    if (st != TL_OK)
        return st;
    o->http.workers = r->workers ? (unsigned)*r->workers : o->http.workers;
    o->job_workers = r->job_workers ? (unsigned)*r->job_workers : o->job_workers;
    o->http.connections = r->connections ? (unsigned)*r->connections : o->http.connections;
    o->upload_bytes = r->upload_mb ? (size_t)*r->upload_mb << 20 : o->upload_bytes;
    o->cache_bytes = r->cache_mb ? (size_t)*r->cache_mb << 20 : o->cache_bytes;
    o->sessions = r->sessions ? (unsigned)*r->sessions : o->sessions;
    o->per_second = r->per_second ? *r->per_second : o->per_second;
    st = yes_no("behind_proxy", r->behind_proxy, &o->http.proxied, err);
    if (st == TL_OK && r->access_log) {
        bool wanted = false;
        st = yes_no("access_log", r->access_log, &wanted, err);
        out->no_access_log = !wanted;
    }
    return st;
}

tl_status tl_server_config_read(tl_server_config *out, const char *path, tl_arena *arena,
                                tl_error *err)
{
    void *raw;
    tl_error why = { 0 };
    tl_file_view view;
    tl_status st = tl_file_open(&view, path, CONFIG_MAX_BYTES, err);
    if (st != TL_OK)
        return st;
    st = tl_yaml_load(&raw, view.data, view.size, &schema, &why);
    unsigned line = 0;
    if (st == TL_OK && raw &&
        ((st = keep_texts(raw, out, arena, &why)) != TL_OK ||
         (st = keep_numbers(raw, out, &why)) != TL_OK)) /* begins with the name of the field */
        line = tl_yaml_line_of(why.text, view.data, view.size);
    if (st != TL_OK && line > 0)
        st = tl_fail(err, st, "%s: %s (line: %u)", path, why.text, line);
    else if (st != TL_OK)
        st = tl_fail(err, st, "%s: %s", path, why.text);
    tl_file_close(&view);
    tl_yaml_free(raw, &schema);
    return st;
}
