/* company.c - the register of companies: list, one, import. */
#include "company/company.h"

#include "intake/company_import.h"
#include "operation/operations.h"
#include "operation/page.h"
#include "report/words.h"
#include "report/words_data.h"

static const tl_column list_columns[] = {
    { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "name", .name = { "name", "名称" }, .kind = TL_COLUMN_LABEL },
    { .key = "country", .name = { "country", "国家" }, .kind = TL_COLUMN_WORD },
    { .key = "region_group", .name = { "group", "地区组" }, .kind = TL_COLUMN_WORD },
    { .key = "listed", .name = { "listed", "上市" }, .kind = TL_COLUMN_WORD },
    { .key = "product_type", .name = { "main product", "主要产品" }, .kind = TL_COLUMN_WORD },
    { .key = "industry",
      .name = { "industry", "行业" },
      .kind = TL_COLUMN_WORD,
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
    tl_report_word(r, c->industry, tl_word_industry(c->industry));
    tl_report_text(r, c->parent);
    tl_report_word(r, c->inclusion, tl_word_inclusion(c->inclusion));
    tl_report_text(r, c->source);
    tl_report_text(r, c->note);
}

static tl_status run_list(tl_call *c, tl_error *err)
{
    const tl_company *all;
    tl_page page;
    size_t n, from = 0, until = 0;
    tl_status st = tl_page_read(c, 1, 0, &page, err);
    if (st == TL_OK)
        st = tl_company_list(c->store, c->arena, &all, &n, err);
    const char **keys = st == TL_OK ? tl_arena_alloc(c->arena, n + 1, sizeof *keys) : NULL;
    if (st == TL_OK && !keys)
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        keys[i] = all[i].id;
    if (st == TL_OK)
        st = tl_page_pick(c, &page, keys, n, &from, &until, err);
    tl_report *r = tl_report_new(c->arena, "company-list", (tl_label){ "Companies", "企业" });
    if (st != TL_OK || !r)
        return st != TL_OK ? st : tl_fail_nomem(err);
    tl_report_table(r, "companies", (tl_label){ "The register", "企业名录" }, list_columns,
                    sizeof list_columns / sizeof *list_columns);
    for (size_t i = from; i < until; i++)
        put_company(r, &all[i]);
    return tl_call_report(c, r, err);
}

static tl_status put_aliases(tl_call *c, tl_report *r, const char *id, tl_error *err)
{
    static const tl_column columns[] = {
        { .key = "alias", .name = { "also printed as", "别名" }, .kind = TL_COLUMN_TEXT },
    };
    const char *const *aliases;
    size_t n;
    tl_status st = tl_company_aliases(c->store, id, c->arena, &aliases, &n, err);
    if (st == TL_OK && n > 0)
        tl_report_table(r, "aliases", (tl_label){ "Other names", "其他名称" }, columns, 1);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        tl_report_text(r, aliases[i]);
    return st;
}

static tl_status put_facts(tl_call *c, tl_report *r, const char *id, tl_error *err)
{
    static const tl_column columns[] = {
        { .key = "fact", .name = { "what is known", "事实" }, .kind = TL_COLUMN_WORD },
        { .key = "period", .name = { "period", "时期" }, .kind = TL_COLUMN_TEXT },
        { .key = "value", .name = { "value", "数值" }, .kind = TL_COLUMN_WORD },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
        { .key = "source", .name = { "source", "来源" }, .kind = TL_COLUMN_TEXT },
    };
    const tl_company_fact *facts;
    size_t n;
    tl_status st = tl_company_facts(c->store, id, c->arena, &facts, &n, err);
    if (st == TL_OK && n > 0)
        tl_report_table(r, "facts", (tl_label){ "Known about it", "企业概况" }, columns, 5);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        tl_report_word(r, facts[i].fact, tl_word_fact(facts[i].fact));
        tl_report_text(r, facts[i].period);
        tl_report_word(r, facts[i].value, tl_word_yes_no(facts[i].value));
        tl_report_text(r, facts[i].unit);
        tl_report_text(r, facts[i].source);
    }
    return st;
}

static tl_status run_show(tl_call *c, tl_error *err)
{
    tl_company company;
    tl_status st = tl_company_find(c->store, tl_call_text(c, "company"), c->arena, &company, err);
    if (st != TL_OK)
        return st;
    tl_report *r =
        tl_report_new(c->arena, "company-show", (tl_label){ company.name_en, company.name_zh });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_table(r, "company", (tl_label){ "Company", "企业" }, list_columns,
                    sizeof list_columns / sizeof *list_columns);
    put_company(r, &company);
    if ((st = put_aliases(c, r, company.id, err)) == TL_OK)
        st = put_facts(c, r, company.id, err);
    return st == TL_OK ? tl_call_report(c, r, err) : st;
}

static tl_status run_import(tl_call *c, tl_error *err)
{
    const char *file = tl_call_text(c, "file");
    tl_company_verdict v = { 0 };
    tl_status st = tl_company_import(c->store, file, tl_call_who(c), c->log, c->arena, &v, err);
    if (st != TL_OK)
        return st;
    tl_report *r = tl_report_new(c->arena, "company-import",
                                 (tl_label){ "Companies imported", "企业导入结果" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_fact(r, "file", (tl_label){ "file", "文件" }, file);
    tl_report_fact_int(r, "rows", (tl_label){ "rows", "行数" }, v.rows);
    tl_report_fact_int(r, "added", (tl_label){ "added", "新增" }, v.added);
    tl_report_fact_int(r, "changed", (tl_label){ "changed", "更改" }, v.changed);
    tl_report_fact_int(r, "unchanged", (tl_label){ "unchanged", "无变化" }, v.same);
    tl_report_fact_int(r, "refused", (tl_label){ "refused", "拒绝" }, v.refused);
    return tl_call_verdict(c, r,
                           &(tl_refused_source){ file, tl_company_columns, TL_COMPANY_COLUMNS },
                           v.refusals, v.refusal_count, err);
}

static const tl_argument list_arguments[] = { TL_PAGE_ARGUMENTS };
static const tl_argument show_arguments[] = {
    { .name = "company",
      .word = true,
      .help = { "id, name or alias of a company", "企业编号、名称或别名" } },
};
static const tl_argument import_arguments[] = {
    { .name = "file",
      .kind = TL_ARGUMENT_FILE,
      .word = true,
      .help = { "table of companies, CSV or XLSX", "企业表，CSV 或 XLSX" } },
};

static const tl_operation rows[] = {
    { .name = "company list",
      .summary = { "all companies", "全部企业" },
      .method = TL_HTTP_GET,
      .path = "/companies",
      .right = TL_RIGHT_PUBLIC_READ,
      .arguments = list_arguments,
      .n = sizeof list_arguments / sizeof *list_arguments,
      .run = run_list },
    { .name = "company show",
      .summary = { "one company with its other names and what is known", "一家企业及其别名与概况" },
      .method = TL_HTTP_GET,
      .path = "/companies/{company}",
      .right = TL_RIGHT_PUBLIC_READ,
      .arguments = show_arguments,
      .n = 1,
      .run = run_show },
    { .name = "company import",
      .summary = { "a table of companies into the register", "导入企业表" },
      .method = TL_HTTP_POST,
      .path = "/companies/import",
      .right = TL_RIGHT_COMPANY_EDIT,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LONG,
      .arguments = import_arguments,
      .n = 1,
      .run = run_import },
};

const tl_operations tl_operations_company = {
    "company",
    { "the register of companies: names, aliases, facts", "企业名录：名称、别名与概况" },
    rows,
    sizeof rows / sizeof *rows,
};
