/* company.c - `tanlian company`: the register of companies. */
#include <inttypes.h>
#include <string.h>

#include "cli/actor.h"
#include "cli/show.h"
#include "cli/verdict.h"
#include "company/company.h"
#include "intake/company_import.h"
#include "report/words.h"

struct call {
    tl_cli *cli;
    tl_store *store;
    const char *word, *out, *refused;
    int code; /* of a call that went well */
};

static tl_status show(struct call *c, const tl_report *r, tl_error *err)
{
    return tl_cli_show(c->cli, r, c->out, err);
}

static const tl_column list_columns[] = {
    { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "name", .name = { "name", "名称" }, .kind = TL_COLUMN_LABEL },
    { .key = "country", .name = { "country", "国家" }, .kind = TL_COLUMN_WORD },
    { .key = "region_group", .name = { "group", "地区组" }, .kind = TL_COLUMN_WORD },
    { .key = "listed", .name = { "listed", "上市" }, .kind = TL_COLUMN_WORD },
    { .key = "product_type", .name = { "main product", "主要产品" }, .kind = TL_COLUMN_WORD },
    { .key = "industry",
      .name = { "industry", "行业" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
    { .key = "parent", .name = { "parent", "母公司" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "inclusion",
      .name = { "why it is here", "纳入依据" },
      .kind = TL_COLUMN_WORD,
      .files_only = true },
    { .key = "source", .name = { "source", "来源" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "note", .name = { "note", "备注" }, .kind = TL_COLUMN_TEXT, .files_only = true },
};

static void put_company(tl_report *r, const tl_company *c)
{
    tl_report_text(r, c->id);
    tl_report_label(r, (tl_label){ c->name_en, c->name_zh });
    tl_report_word(r, c->country, tl_word_country(c->country));
    tl_report_word(r, c->region_group, tl_word_region_group(c->region_group));
    tl_report_word(r, c->listed, tl_word_yes_no(c->listed));
    tl_report_word(r, c->product_type, tl_word_product_type(c->product_type));
    tl_report_text(r, c->industry);
    tl_report_text(r, c->parent);
    tl_report_word(r, c->inclusion, tl_word_inclusion(c->inclusion));
    tl_report_text(r, c->source);
    tl_report_text(r, c->note);
}

static tl_status list(struct call *c, tl_error *err)
{
    const tl_company *all;
    size_t n;
    tl_status st = tl_company_list(c->store, c->cli->arena, &all, &n, err);
    tl_report *r = tl_report_new(c->cli->arena, "company-list", (tl_label){ "Companies", "企业" });
    if (st != TL_OK || !r)
        return st != TL_OK ? st : tl_fail_nomem(err);
    tl_report_table(r, "companies", (tl_label){ "The register", "企业名录" }, list_columns,
                    sizeof list_columns / sizeof *list_columns);
    for (size_t i = 0; i < n; i++)
        put_company(r, &all[i]);
    return show(c, r, err);
}

static tl_status put_aliases(struct call *c, tl_report *r, const char *id, tl_error *err)
{
    static const tl_column columns[] = {
        { .key = "alias", .name = { "also printed as", "别名" }, .kind = TL_COLUMN_TEXT },
    };
    const char *const *aliases;
    size_t n;
    tl_status st = tl_company_aliases(c->store, id, c->cli->arena, &aliases, &n, err);
    if (st == TL_OK && n > 0)
        tl_report_table(r, "aliases", (tl_label){ "Other names", "其他名称" }, columns, 1);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        tl_report_text(r, aliases[i]);
    return st;
}

static tl_status put_facts(struct call *c, tl_report *r, const char *id, tl_error *err)
{
    static const tl_column columns[] = {
        { .key = "fact", .name = { "what is known", "事实" }, .kind = TL_COLUMN_WORD },
        { .key = "period", .name = { "period", "时期" }, .kind = TL_COLUMN_TEXT },
        { .key = "value", .name = { "value", "数值" }, .kind = TL_COLUMN_TEXT },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
        { .key = "source", .name = { "source", "来源" }, .kind = TL_COLUMN_TEXT },
    };
    const tl_company_fact *facts;
    size_t n;
    tl_status st = tl_company_facts(c->store, id, c->cli->arena, &facts, &n, err);
    if (st == TL_OK && n > 0)
        tl_report_table(r, "facts", (tl_label){ "Known about it", "企业概况" }, columns, 5);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        tl_report_word(r, facts[i].fact, tl_word_fact(facts[i].fact));
        tl_report_text(r, facts[i].period);
        tl_report_text(r, facts[i].value);
        tl_report_text(r, facts[i].unit);
        tl_report_text(r, facts[i].source);
    }
    return st;
}

static tl_status show_one(struct call *c, tl_error *err)
{
    tl_company company;
    tl_status st = tl_company_find(c->store, c->word, c->cli->arena, &company, err);
    if (st != TL_OK)
        return st;
    tl_report *r = tl_report_new(c->cli->arena, "company-show",
                                 (tl_label){ company.name_en, company.name_zh });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_table(r, "company", (tl_label){ "Company", "企业" }, list_columns,
                    sizeof list_columns / sizeof *list_columns);
    put_company(r, &company);
    if ((st = put_aliases(c, r, company.id, err)) == TL_OK)
        st = put_facts(c, r, company.id, err);
    return st == TL_OK ? show(c, r, err) : st;
}

static void put_verdict(const struct call *c, const tl_company_verdict *v, tl_buf *b)
{
    if (c->cli->json) {
        tl_json j = tl_json_start(b, true);
        tl_json_object(&j, NULL);
        tl_json_text(&j, "file", c->word);
        tl_json_int(&j, "rows", v->rows);
        tl_json_int(&j, "added", v->added);
        tl_json_int(&j, "changed", v->changed);
        tl_json_int(&j, "unchanged", v->same);
        tl_json_int(&j, "refused", v->refused);
        tl_cli_json_refusals(&j, v->refusals, v->refusal_count);
        tl_json_end(&j);
        tl_buf_char(b, '\n');
        return;
    }
    tl_buf_printf(b,
                  c->cli->zh ? "%s：%" PRId64 " 行，新增 %" PRId64 "，更改 %" PRId64
                               "，无变化 %" PRId64 "，拒绝 %" PRId64 "\n"
                             : "%s: %" PRId64 " rows, %" PRId64 " added, %" PRId64
                               " changed, %" PRId64 " unchanged, %" PRId64 " refused\n",
                  c->word, v->rows, v->added, v->changed, v->same, v->refused);
}

static tl_status import(struct call *c, tl_error *err)
{
    const char *actor = tl_cli_actor(c->cli->arena);
    tl_company_verdict v = { 0 };
    tl_buf b;
    if (!actor)
        return tl_fail_nomem(err);
    tl_status st =
        tl_company_import(c->store, c->word, actor, &c->cli->log, c->cli->arena, &v, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    put_verdict(c, &v, &b);
    st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    if (st == TL_OK)
        c->code = tl_cli_end_verdict(
            c->cli, c->refused,
            &(tl_refused_source){ c->word, tl_company_columns, TL_COMPANY_COLUMNS }, v.refusals,
            v.refusal_count);
    return st;
}

static const struct form {
    const char *name;
    tl_status (*run)(struct call *c, tl_error *err);
    int words;
    bool write;
} forms[] = {
    { "list", list, 0, false },
    { "show", show_one, 1, false },
    { "import", import, 1, true },
};

static int run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    struct call c = { .cli = cli };
    const struct form *form = NULL;
    const tl_option options[] = { { "out", TL_OPTION_TEXT, &c.out },
                                  { "refused", TL_OPTION_TEXT, &c.refused } };
    tl_status st = tl_options_take(options, 2, &argc, argv, &err);
    for (size_t i = 0; st == TL_OK && argc > 1 && i < sizeof forms / sizeof *forms; i++)
        if (strcmp(argv[1], forms[i].name) == 0 && argc - 2 == forms[i].words)
            form = &forms[i];
    if (st == TL_OK && !form)
        return tl_cli_usage(cli, &tl_command_company);
    if (st == TL_OK) {
        c.word = argc > 2 ? argv[2] : NULL;
        const tl_store_opts opts = { .read_only = !form->write, .must_exist = true };
        st = tl_cli_store(cli, &opts, &c.store, &err);
    }
    if (st == TL_OK)
        st = form->run(&c, &err);
    tl_store_close(c.store);
    if (st != TL_OK)
        return tl_cli_fail(cli, &err);
    return c.code;
}

const tl_command tl_command_company = {
    .name = "company",
    .usage = "list [--out FILE.csv|.xlsx|.json]\n"
             "show COMPANY [--out FILE]\n"
             "import FILE [--refused FILE]",
    .summary_en = "the register of companies: names, aliases, facts",
    .summary_zh = "企业名录：名称、别名与概况",
    .run = run,
};
