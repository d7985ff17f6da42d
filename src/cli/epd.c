/* epd.c - `tanlian epd`: the programme of declarations for steel and aluminium. */
#include "cli/epd.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "cli/actor.h"
#include "registry/search.h"
#include "report/registry_epd.h"

static const char *text_of(const char *text)
{
    return text ? text : "";
}

tl_status tl_epd_need(const char *option, const char *value, tl_error *err)
{
    return value ? TL_OK : tl_fail(err, TL_EINPUT, "--%s is missing", option);
}

/* The rules by name, NULL where they are gone. */
static tl_status find_pcr(tl_epd_call *c, const char *id, const tl_pcr **out, tl_error *err)
{
    const tl_pcr *all;
    size_t n = 0;
    tl_status st = tl_pcr_list(c->store, c->cli->arena, &all, &n, err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        if (strcmp(all[i].id, id) == 0)
            *out = &all[i];
    return st;
}

static tl_status show_one(tl_epd_call *c, const char *record, tl_error *err)
{
    tl_epd e;
    tl_record r;
    tl_company owner;
    tl_epd_card card = { .shown = { &e, &r }, .owner = &owner, .arena = c->cli->arena };
    tl_status st =
        tl_epd_get(c->store, record, card.arena, &e, &card.questions, &card.n_questions, err);
    if (st == TL_OK)
        st = tl_record_get(c->store, record, -1, card.arena, &r, err);
    if (st == TL_OK)
        st = find_pcr(c, e.pcr, &card.pcr, err);
    if (st == TL_OK)
        st = tl_company_get(c->store, e.owner, card.arena, &owner, err);
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_epd(&card), c->out, err) : st;
}

/* Commits or undoes, and shows the declaration. */
static tl_status end(tl_epd_call *c, const char *record, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    return st == TL_OK && record ? show_one(c, record, err) : st;
}

static tl_status put_pcr(tl_epd_call *c, tl_error *err)
{
    const tl_pcr p = { c->argv[0],           text_of(c->title_en),
                       text_of(c->title_zh), text_of(c->pcr_version),
                       text_of(c->until),    text_of(c->source) };
    return end(c, NULL, tl_pcr_put(c->store, &p, c->who, err), err);
}

static tl_status open_one(tl_epd_call *c, tl_error *err)
{
    const tl_epd e = { .record = c->argv[0],
                       .pcr = text_of(c->pcr),
                       .programme = text_of(c->programme),
                       .owner = text_of(c->owner),
                       .registration = "",
                       .verifier = "",
                       .verifier_company = "",
                       .valid_until = "" };
    return end(c, c->argv[0], tl_epd_open(c->store, &e, c->who, err), err);
}

static tl_status submit(tl_epd_call *c, tl_error *err)
{
    return end(c, c->argv[0],
               tl_epd_submit(c->store, c->argv[0], text_of(c->verifier),
                             text_of(c->verifier_company), c->day, c->who, err),
               err);
}

static tl_status ask(tl_epd_call *c, tl_error *err)
{
    return end(
        c, c->argv[0],
        tl_epd_ask(c->store, c->argv[0], text_of(c->text), c->day, c->who, &c->question, err), err);
}

static tl_status answer(tl_epd_call *c, tl_error *err)
{
    tl_status st = tl_int_parse(c->argv[1], 1, INT64_MAX / 2, &c->question, err);
    if (st == TL_OK)
        st = tl_epd_answer(c->store, c->question, text_of(c->text), c->day, c->who, err);
    return end(c, c->argv[0], st, err);
}

static tl_status close_question(tl_epd_call *c, tl_error *err)
{
    tl_status st = tl_int_parse(c->argv[1], 1, INT64_MAX / 2, &c->question, err);
    if (st == TL_OK)
        st = tl_epd_close(c->store, c->question, c->day, c->who, err);
    return end(c, c->argv[0], st, err);
}

static tl_status register_one(tl_epd_call *c, tl_error *err)
{
    int64_t changes;
    tl_status st = tl_epd_need("number", c->number, err);
    if (st == TL_OK && (c->years < 1 || c->years > 20))
        st = tl_fail(err, TL_EINPUT, "--years is %lld, expected 1 to 20", (long long)c->years);
    if (st == TL_OK)
        st = tl_epd_register(c->store, c->argv[0], c->number, (int)c->years, c->day, c->who, err);
    if (st == TL_OK)
        st = tl_search_refresh(c->store, &changes, err);
    return end(c, c->argv[0], st, err);
}

static tl_status list(tl_epd_call *c, tl_error *err)
{
    const tl_epd_filter f = { c->owner, c->pcr, c->state, c->until };
    const tl_epd_found *all;
    size_t n = 0;
    tl_arena *arena = c->cli->arena;
    tl_status st = tl_epd_find(c->store, &f, arena, &all, &n, err);
    tl_epd_shown *shown = tl_arena_alloc(arena, n + 1, sizeof *shown);
    if (st == TL_OK && !shown)
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        shown[i] = (tl_epd_shown){ &all[i].epd, &all[i].record };
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_epd_list(shown, n, arena), c->out, err) : st;
}

static tl_status show(tl_epd_call *c, tl_error *err)
{
    return show_one(c, c->argv[0], err);
}

static tl_status expiring(tl_epd_call *c, tl_error *err)
{
    char now[TL_TIME_ISO];
    const tl_epd_expiry *all;
    size_t n = 0;
    tl_arena *arena = c->cli->arena;
    tl_time_now(now);
    const char *today = *c->day ? c->day : tl_arena_copy(arena, now, 10);
    tl_status st = today ? tl_epd_need("until", c->until, err) : tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_epd_expiring(c->store, today, c->until, arena, &all, &n, err);
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_epd_expiring(all, n, today, c->until, arena),
                                     c->out, err)
                       : st;
}

static tl_status thresholds(tl_epd_call *c, tl_error *err)
{
    tl_epd_panel p = { .product = text_of(c->text),
                       .material = c->argv[0],
                       .t_per_t = c->value,
                       .scrap_share = isnan(c->scrap) ? 0 : c->scrap,
                       .arena = c->cli->arena };
    tl_status st = tl_epd_thresholds(c->store, p.material, p.t_per_t, p.scrap_share, p.arena,
                                     &p.rows, &p.n, err);
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_epd_thresholds(&p), c->out, err) : st;
}

static const struct form {
    const char *name;
    tl_status (*run)(tl_epd_call *c, tl_error *err);
    int words;
    bool write;
} forms[] = {
    { "list", list, 0, false },
    { "show", show, 1, false },
    { "pcr", put_pcr, 1, true },
    { "open", open_one, 1, true },
    { "submit", submit, 1, true },
    { "ask", ask, 1, true },
    { "answer", answer, 2, true },
    { "close", close_question, 2, true },
    { "register", register_one, 1, true },
    { "expiring", expiring, 0, false },
    { "effects", tl_epd_form_effects, 1, false },
    { "use", tl_epd_form_use, 1, true },
    { "check-update", tl_epd_form_check_update, 2, false },
    { "update", tl_epd_form_update, 2, true },
    { "print", tl_epd_form_print, 1, false },
    { "export", tl_epd_form_export, 1, false },
    { "thresholds", thresholds, 1, false },
};

static tl_status answer_form(tl_epd_call *c, const struct form *form, tl_error *err)
{
    const tl_store_opts opts = { .read_only = !form->write, .must_exist = true };
    if (!(c->who = tl_cli_actor(c->cli->arena)))
        return tl_fail_nomem(err);
    tl_status st = tl_cli_store(c->cli, &opts, &c->store, err);
    if (st == TL_OK && form->write)
        st = tl_store_begin(c->store, err);
    return st == TL_OK ? form->run(c, err) : st;
}

static int run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_epd_call c = { .cli = cli, .day = "", .years = 5, .scrap = NAN };
    const struct form *form = NULL;
    const tl_option options[] = {
        { "out", TL_OPTION_TEXT, &c.out },
        { "day", TL_OPTION_TEXT, &c.day },
        { "text", TL_OPTION_TEXT, &c.text },
        { "pcr", TL_OPTION_TEXT, &c.pcr },
        { "owner", TL_OPTION_TEXT, &c.owner },
        { "programme", TL_OPTION_TEXT, &c.programme },
        { "verifier", TL_OPTION_TEXT, &c.verifier },
        { "verifier-company", TL_OPTION_TEXT, &c.verifier_company },
        { "number", TL_OPTION_TEXT, &c.number },
        { "until", TL_OPTION_TEXT, &c.until },
        { "title-en", TL_OPTION_TEXT, &c.title_en },
        { "title-zh", TL_OPTION_TEXT, &c.title_zh },
        { "pcr-version", TL_OPTION_TEXT, &c.pcr_version },
        { "source", TL_OPTION_TEXT, &c.source },
        { "material", TL_OPTION_TEXT, &c.material },
        { "supplier", TL_OPTION_TEXT, &c.supplier },
        { "value", TL_OPTION_NUMBER, &c.value },
        { "scrap", TL_OPTION_NUMBER, &c.scrap },
        { "state", TL_OPTION_TEXT, &c.state },
        { "expect", TL_OPTION_TEXT, &c.expect },
        { "reason", TL_OPTION_TEXT, &c.reason },
        { "product", TL_OPTION_TEXT, &c.product },
        { "link", TL_OPTION_TEXT, &c.link },
        { "years", TL_OPTION_INT, &c.years },
    };
    tl_status st = tl_options_take(options, sizeof options / sizeof *options, &argc, argv, &err);
    for (size_t i = 0; st == TL_OK && argc > 1 && i < sizeof forms / sizeof *forms; i++)
        if (strcmp(argv[1], forms[i].name) == 0 && argc - 2 == forms[i].words)
            form = &forms[i];
    if (st == TL_OK && !form)
        return tl_cli_usage(cli, &tl_command_epd);
    c.argv = argv + 2;
    if (st == TL_OK)
        st = answer_form(&c, form, &err);
    tl_store_close(c.store);
    return st == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}

const tl_command tl_command_epd = {
    .name = "epd",
    .usage = "list [--owner COMPANY] [--pcr PCR] [--state S] [--until DAY]\n"
             "show RECORD\n"
             "pcr PCR --title-en T --title-zh T --pcr-version V --until DAY --source S\n"
             "open RECORD --pcr PCR --owner COMPANY --programme NAME\n"
             "submit RECORD --verifier PERSON --verifier-company COMPANY\n"
             "ask RECORD --text TEXT\n"
             "answer RECORD QUESTION --text TEXT\n"
             "close RECORD QUESTION\n"
             "register RECORD --number N [--years 5]\n"
             "expiring --until DAY\n"
             "effects RECORD --material M [--supplier S]\n"
             "use RECORD --material M [--supplier S] [--expect EFFECTS]\n"
             "check-update RECORD FILE.json [--product steel --scrap SHARE]\n"
             "update RECORD FILE.json [--reason TEXT] [--product steel --scrap SHARE]\n"
             "print RECORD --out FILE.pdf [--link URL]\n"
             "export RECORD [--out FILE.xml]\n"
             "thresholds MATERIAL --value TONNES --scrap SHARE [--text PRODUCT]\n"
             "steps take: [--day DAY]; all: [--out FILE.csv|.xlsx|.json]",
    .summary_en = "declarations of steel and aluminium: verifier, registration, effects on cars",
    .summary_zh = "钢铁与铝的环境产品声明：核查、登记与对整车的影响",
    .run = run,
};
