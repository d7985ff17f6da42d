/* serve.c - `tanlian serve`: the service until it is asked to stop. */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "cli/cli.h"
#include "server/server.h"

#ifndef TL_VERSION
#define TL_VERSION "0.1.0"
#endif

static void access_line(void *ctx, const char *line)
{
    (void)ctx;
    fprintf(stderr, "%s\n", line); /* one call, one line, whatever the thread */
}

static int take_options(int *argc, char **argv, tl_server_opts *o, bool *quiet_log, tl_error *err)
{
    int64_t workers = 0;
    const tl_option options[] = {
        { "listen", TL_OPTION_TEXT, &o->http.address },
        { "workers", TL_OPTION_INT, &workers },
        { "tls-certificate", TL_OPTION_TEXT, &o->http.certificate },
        { "tls-key", TL_OPTION_TEXT, &o->http.key },
        { "behind-proxy", TL_OPTION_FLAG, &o->http.proxied },
        { "no-access-log", TL_OPTION_FLAG, quiet_log },
    };
    tl_status st = tl_options_take(options, sizeof options / sizeof *options, argc, argv, err);
    if (st == TL_OK && (workers < 0 || workers > 256))
        st = tl_fail(err, TL_EINPUT, "--workers is %lld, expected 0 to 256", (long long)workers);
    o->http.workers = (unsigned)workers;
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

static int run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    bool quiet_log = false;
    int got;
    sigset_t ends;
    tl_server *s;
    tl_server_opts o = { .http.address = "127.0.0.1:8080",
                         .database = cli->database,
                         .data_dir = cli->data_dir,
                         .version = TL_VERSION,
                         .threads = cli->threads,
                         .log = &cli->log };
    if (take_options(&argc, argv, &o, &quiet_log, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    if (argc > 1)
        return tl_cli_usage(cli, &tl_command_serve);
    if (!quiet_log && !cli->quiet)
        o.access = access_line;
    block_ends(&ends);
    if (tl_server_start(&s, &o, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    tl_log_write(&cli->log, TL_LOG_INFO,
                 cli->zh ? "服务已启动：%s://%s（端口 %u），按 Ctrl+C 停止"
                         : "serving at %s://%s (port %u); Ctrl+C stops",
                 o.http.certificate ? "https" : "http", o.http.address, tl_server_port(s));
    sigwait(&ends, &got);
    tl_server_stop(s, 10);
    return TL_EXIT_OK;
}

const tl_command tl_command_serve = {
    .name = "serve",
    .usage = "[--listen HOST:PORT] [--workers N] [--tls-certificate FILE --tls-key FILE] "
             "[--behind-proxy] [--no-access-log]",
    .summary_en = "the service: web page and API",
    .summary_zh = "服务：网页与接口",
    .run = run,
};
