/* server.h - the service: operations, sessions, jobs and the page over HTTP. */
#ifndef TL_SERVER_SERVER_H
#define TL_SERVER_SERVER_H

#include "base/log.h"
#include "exchange/mail.h"
#include "exchange/oidc_fetch.h"
#include "http/server.h"

typedef struct tl_server tl_server;

/* What `tanlian serve` is started with; texts are borrowed while it runs. */
typedef struct tl_server_opts {
    tl_http_opts http;
    const char *database, *data_dir;
    const char *base;    /* where people reach it: "https://host"; NULL: links are paths */
    tl_mailer_opts mail; /* where NULL: no mail is sent */
    tl_oidc_opts oidc;   /* issuer NULL: no provider; redirect_uri is not read */
    const char *oidc_name_en, *oidc_name_zh; /* on its button; NULL: the host of the issuer */
    const char *metrics_token_file; /* who asks for /metrics brings its first line; NULL: this
                                       machine alone may ask */
    const char *leaked_passwords;   /* file of hashes (account/leaked.h); NULL: none */
    const char *version;            /* of the program */
    unsigned threads;               /* of one computation; 0: one a processor */
    unsigned job_workers;           /* threads for long work; 0: 1 */
    size_t cache_bytes;             /* of answers kept; 0: 64 MiB */
    double per_second;         /* requests of one address, ten times that at once; 0: no limit */
    size_t upload_bytes;       /* the largest file taken; 0: 256 MiB */
    unsigned sessions;         /* of one person at once, the oldest ends; 0: TL_SESSION_MOST */
    const char *second_factor; /* "offered" (NULL too) or "required" of who has a password */
    const tl_log *log;
    void (*access)(void *ctx, const char *line); /* a line a request, NULL: none */
    void *access_ctx;
} tl_server_opts;

/* TL_EINPUT unless it is https://host or http://host, and nothing behind. */
TL_MUST_CHECK tl_status tl_server_base_check(const char *base, tl_error *err);

/* Opens the database once to see that it is there and sound, then serves. */
TL_MUST_CHECK tl_status tl_server_start(tl_server **out, const tl_server_opts *opts, tl_error *err);
void tl_server_stop(tl_server *s, unsigned seconds);
uint16_t tl_server_port(const tl_server *s);

/* The description of the API (OpenAPI 3.1, YAML), written from the rows of the operations. */
void tl_server_openapi(const char *version, tl_buf *out);

#endif
