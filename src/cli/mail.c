/* mail.c - `tanlian mail`: does sending mail work, before people wait for one. */
#include "exchange/mail.h"

#include "cli/cli.h"
#include "exchange/letter.h"

static int run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_mailer_opts o = { 0 };
    tl_mailer *m = NULL;
    tl_mail mail;
    const char *name = NULL;
    const tl_option options[] = {
        { "mail", TL_OPTION_TEXT, &o.where },
        { "mail-from", TL_OPTION_TEXT, &o.from },
        { "mail-name", TL_OPTION_TEXT, &o.from_name },
        { "mail-user", TL_OPTION_TEXT, &o.user },
        { "mail-password-file", TL_OPTION_TEXT, &o.password_file },
        { "mail-ca", TL_OPTION_TEXT, &o.ca_file },
        { "name", TL_OPTION_TEXT, &name },
    };
    tl_status st = tl_options_take(options, sizeof options / sizeof *options, &argc, argv, &err);
    if (st == TL_OK && (argc != 2 || !o.where || !o.from))
        return tl_cli_usage(cli, &tl_command_mail);
    const tl_letter letter = {
        .kind = TL_LETTER_TRIAL, .language = cli->zh ? "zh" : "en", .to = argv[1], .name = name
    };
    if (st == TL_OK)
        st = tl_mailer_new(&m, &o, &err);
    if (st == TL_OK)
        st = tl_letter_write(&letter, cli->arena, &mail, &err);
    if (st == TL_OK)
        st = tl_mail_send(m, &mail, &err);
    tl_mailer_free(m);
    if (st != TL_OK)
        return tl_cli_fail(cli, &err);
    tl_log_write(&cli->log, TL_LOG_INFO, cli->zh ? "已发送至 %s" : "sent to %s", argv[1]);
    return TL_EXIT_OK;
}

const tl_command tl_command_mail = {
    .name = "mail",
    .usage = "ADDRESS --mail FOLDER|smtp://HOST[:PORT]|smtps://HOST[:PORT] --mail-from ADDRESS "
             "[--mail-name NAME] [--mail-user USER --mail-password-file FILE] [--mail-ca FILE] "
             "[--name NAME]",
    .summary_en = "sends a trial mail: does sending work?",
    .summary_zh = "发送测试邮件",
    .run = run,
};
