/* config.h - the file `tanlian serve --config FILE` reads: YAML, every field optional.
 *
 *     listen: 127.0.0.1:8080       # HOST:PORT
 *     database: /var/lib/tanlian/tanlian.db
 *     base: https://tanlian.example   # where people reach it; links in mails begin with it
 *     workers: 4                   # threads that compute, 0: two a processor
 *     job_workers: 1               # threads for long work
 *     per_second: 200              # requests of one address, ten times that at once; 0: no limit
 *     connections: 2048
 *     upload_mb: 256               # largest file taken
 *     cache_mb: 64                 # answers kept
 *     sessions: 20                 # of one person at once, the oldest ends; 0: 20
 *     second_factor: offered       # or required of everybody who signs in by password
 *     temp_dir: /var/tmp
 *     behind_proxy: false          # X-Forwarded-For and -Proto are believed
 *     tls_certificate: /etc/tanlian/cert.pem
 *     tls_key: /etc/tanlian/key.pem
 *     mail: smtp://mail.example:587   # or smtps://, or a folder: each mail a file
 *     mail_from: tanlian@tanlian.example
 *     mail_name: Tanlian
 *     mail_user: robot
 *     mail_password_file: /etc/tanlian/mail-password
 *     mail_ca: /etc/tanlian/ca.pem # whose certificates are believed
 *     oidc_issuer: https://login.example   # login through an identity provider
 *     oidc_client: tanlian
 *     oidc_secret_file: /etc/tanlian/oidc-secret
 *     oidc_hosts: keys.example     # further hosts it may be on, between blanks
 *     oidc_ca: /etc/tanlian/ca.pem
 *     oidc_acr: phr phrh           # how strong a login there must be: one of these classes
 *     oidc_amr: mfa                # and by this method
 *     oidc_name_en: Example staff
 *     oidc_name_zh: 示例员工
 *     metrics_token_file: /etc/tanlian/metrics-token
 *     leaked_passwords: /var/lib/tanlian/pwned.txt   # SHA-1, ordered; new passwords are looked up
 *     access_log: true
 *
 * An unknown field, a wrong type or a value out of bounds is TL_EINPUT with file and line. */
#ifndef TL_SERVER_CONFIG_H
#define TL_SERVER_CONFIG_H

#include "server/server.h"

typedef struct tl_server_config {
    tl_server_opts opts;
    const char *file; /* the file where it names the database; else NULL */
    bool no_access_log;
} tl_server_config;

/* Reads the file over what *out holds; texts are in the arena. */
TL_MUST_CHECK tl_status tl_server_config_read(tl_server_config *out, const char *path,
                                              tl_arena *arena, tl_error *err);

#endif
