/* serve.c - `tanlian serve`: the service until it is asked to stop. */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "account/user.h"
#include "cli/serve.h"
#include "server/settings.h"

static void access_line(void *ctx, const char *line)
{
    (void)ctx;
    fprintf(stderr, "%s\n", line); /* one call, one line, whatever the thread */
}

/* The file first, then what the command line says over it. */
static tl_status take_options(const tl_cli *cli, int *argc, char **argv, tl_server_config *c,
                              tl_error *err)
{
    tl_server_opts *o = &c->opts;
    const char *file = NULL;
    int64_t workers = -1, jobs = -1, sessions = -1;
    const tl_option config[] = { { "config", TL_OPTION_TEXT, &file } };
    const tl_option options[] = {
        { "listen", TL_OPTION_TEXT, &o->http.address },
        { "workers", TL_OPTION_INT, &workers },
        { "job-workers", TL_OPTION_INT, &jobs },
        { "sessions", TL_OPTION_INT, &sessions },
        { "per-second", TL_OPTION_NUMBER, &o->per_second },
        { "tls-certificate", TL_OPTION_TEXT, &o->http.certificate },
        { "tls-key", TL_OPTION_TEXT, &o->http.key },
        { "base", TL_OPTION_TEXT, &o->base },
        { "mail", TL_OPTION_TEXT, &o->mail.where },
        { "mail-from", TL_OPTION_TEXT, &o->mail.from },
        { "mail-name", TL_OPTION_TEXT, &o->mail.from_name },
        { "mail-user", TL_OPTION_TEXT, &o->mail.user },
        { "mail-password-file", TL_OPTION_TEXT, &o->mail.password_file },
        { "mail-ca", TL_OPTION_TEXT, &o->mail.ca_file },
        { "oidc-issuer", TL_OPTION_TEXT, &o->oidc.issuer },
        { "oidc-client", TL_OPTION_TEXT, &o->oidc.client_id },
        { "oidc-secret-file", TL_OPTION_TEXT, &o->oidc.secret_file },
        { "oidc-hosts", TL_OPTION_TEXT, &o->oidc.hosts },
        { "oidc-ca", TL_OPTION_TEXT, &o->oidc.ca_file },
        { "oidc-acr", TL_OPTION_TEXT, &o->oidc.acr },
        { "oidc-amr", TL_OPTION_TEXT, &o->oidc.amr },
        { "oidc-name-en", TL_OPTION_TEXT, &o->oidc_name_en },
        { "oidc-name-zh", TL_OPTION_TEXT, &o->oidc_name_zh },
        { "metrics-token-file", TL_OPTION_TEXT, &o->metrics_token_file },
        { "leaked-passwords", TL_OPTION_TEXT, &o->leaked_passwords },
        { "second-factor", TL_OPTION_TEXT, &o->second_factor },
        { "behind-proxy", TL_OPTION_FLAG, &o->http.proxied },
        { "no-access-log", TL_OPTION_FLAG, &c->no_access_log },
    };
    tl_status st = tl_options_take_known(config, 1, argc, argv, err);
    if (st == TL_OK && file)
        st = tl_server_config_read(c, file, cli->arena, err);
    c->file = o->database != cli->database ? file : NULL;
    if (st == TL_OK)
        st = tl_options_take(options, sizeof options / sizeof *options, argc, argv, err);
    if (st == TL_OK && (workers < -1 || workers > 256 || jobs < -1 || jobs > 64 || sessions < -1 ||
                        sessions > 1000))
        st = tl_fail(err, TL_EINPUT,
                     "--workers takes 0 to 256, --job-workers 0 to 64, --sessions 0 to 1000");
    if (workers >= 0)
        o->http.workers = (unsigned)workers;
    if (sessions >= 0)
        o->sessions = (unsigned)sessions;
    if (jobs >= 0)
        o->job_workers = (unsigned)jobs;
    return st;
}

/* Blocks the signals that end the service in this thread and all it starts, so that sigwait gets
 * them. */
static void block_ends(sigset_t *ends)
{
    sigemptyset(ends);
    sigaddset(ends, SIGINT);
    sigaddset(ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, ends, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* Nobody has an account: there is no default password, so somebody has to be named. */
static void tell_first_start(const tl_cli *cli, const char *database)
{
    tl_store *s = NULL;
    const tl_member *people;
    size_t n = 1;
    const tl_store_opts opts = { .read_only = true, .must_exist = true };
    if (tl_store_open(&s, database, &opts, NULL) == TL_OK &&
        tl_user_list(s, NULL, cli->arena, &people, &n, NULL) == TL_OK && n == 0)
        tl_log_write(&cli->log, TL_LOG_INFO,
                     cli->zh ? "还没有账户：tanlian user first 邮箱 --name 姓名 --tenant 编号 "
                               "--name-en 名称 会给出管理员的首次登录链接"
                             : "nobody has an account yet: tanlian user first E-MAIL --name NAME "
                               "--tenant ID --name-en ORGANISATION gives the link for the first "
                               "administrator");
    tl_store_close(s);
}

/* Secrets that others on this machine can read are no reason to stop: a mounted secret may be. */
static void tell_exposed(const tl_cli *cli, const tl_server_config *c)
{
    const char *file;
    for (size_t i = 0; (file = tl_settings_exposed(&c->opts, c->file, i)) != NULL; i++)
        tl_log_write(&cli->log, TL_LOG_WARN,
                     cli->zh ? "%s：含有密钥或密码，但本机所有用户都可读取；请执行 chmod o-r"
                             : "%s: holds a secret and everybody on this machine may read it; "
                               "chmod o-r takes that away",
                     file);
}

int tl_cli_serve(const tl_cli *cli, tl_server_config *c)
{
    tl_error err = { 0 };
    int got;
    sigset_t ends;
    tl_server *s;
    c->opts.version = cli->version;
    if (!c->no_access_log && !cli->quiet)
        c->opts.access = access_line;
    block_ends(&ends);
    if (tl_server_start(&s, &c->opts, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    tl_log_write(&cli->log, TL_LOG_INFO,
                 cli->zh ? "服务已启动：%s://%s（端口 %u），按 Ctrl+C 停止"
                         : "serving at %s://%s (port %u); Ctrl+C stops",
                 c->opts.http.certificate ? "https" : "http", c->opts.http.address,
                 tl_server_port(s));
    tell_exposed(cli, c);
    tell_first_start(cli, c->opts.database);
    sigwait(&ends, &got);
    tl_server_stop(s, 10);
    return TL_EXIT_OK;
}

static int run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_server_config c = { .opts = { .http.address = "127.0.0.1:8080",
                                     .database = cli->database,
                                     .data_dir = cli->data_dir,

                                     .threads = cli->threads,
                                     .per_second = 200,
                                     .log = &cli->log } };
    if (take_options(cli, &argc, argv, &c, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    if (argc > 1)
        return tl_cli_usage(cli, &tl_command_serve);
    return tl_cli_serve(cli, &c);
}

const tl_command tl_command_serve = {
    .name = "serve",
    .usage = "[--config FILE] [--listen HOST:PORT] [--workers N] [--job-workers N] "
             "[--per-second N] [--sessions N] [--second-factor offered|required] "
             "[--tls-certificate FILE --tls-key FILE] [--behind-proxy] "
             "[--no-access-log] [--base https://HOST] [--metrics-token-file FILE] "
             "[--leaked-passwords FILE] "
             "[--mail FOLDER|smtp://HOST[:PORT]|smtps://HOST[:PORT] --mail-from ADDRESS "
             "[--mail-name NAME] [--mail-user USER --mail-password-file FILE] [--mail-ca FILE]] "
             "[--oidc-issuer https://HOST --oidc-client ID [--oidc-secret-file FILE] "
             "[--oidc-hosts HOSTS] [--oidc-ca FILE] [--oidc-acr VALUES] [--oidc-amr VALUE] "
             "[--oidc-name-en NAME] [--oidc-name-zh NAME]]",
    .summary_en = "the service: web page and API",
    .summary_zh = "服务：网页与接口",
    .run = run,
};
