/* epd.c - the rows of the programme of declarations: names, arguments, rights, paths.
 *
 * Rows with TL_RIGHT_PUBLIC_READ show what is registered, and more to those inside a declaration
 * (registry/epd_view.h). */
#include "operation/epd.h"

#include "operation/operations.h"
#include "operation/page.h"

#define RECORD                                                                                     \
    {                                                                                              \
        .name = "record", .word = true, .help = { "id of a declaration", "声明编号" }              \
    }
#define QUESTION                                                                                   \
    {                                                                                              \
        .name = "question", .kind = TL_ARGUMENT_INT, .word = true, .least = 1,                     \
        .most = INT64_MAX / 2, .help = {                                                           \
            "number of the question",                                                              \
            "问题编号"                                                                         \
        }                                                                                          \
    }
#define DAY                                                                                        \
    {                                                                                              \
        .name = "day", .kind = TL_ARGUMENT_DAY, .help = {                                          \
            "the day it is done, today if not given",                                              \
            "办理日期，默认今天"                                                          \
        }                                                                                          \
    }
#define MATERIAL                                                                                   \
    {                                                                                              \
        .name = "material", .required = true, .help = { "material of bills", "物料清单中的材料" }  \
    }
#define SUPPLIER                                                                                   \
    {                                                                                              \
        .name = "supplier", .help = {                                                              \
            "one spelling in bills; all names of the owner if not given",                          \
            "物料清单中的供应商名称；默认为所有者的全部名称"                \
        }                                                                                          \
    }
#define FIGURES                                                                                    \
    { .name = "file",                                                                              \
      .kind = TL_ARGUMENT_FILE,                                                                    \
      .word = true,                                                                                \
      .help = { "the new figures as a record in JSON", "新数据（JSON 记录）" } },                  \
        { .name = "product",                                                                       \
          .help = { "kind of product, for the limits: steel",                                      \
                    "产品种类（用于限值），如 steel" } },                                          \
    {                                                                                              \
        .name = "scrap", .kind = TL_ARGUMENT_NUMBER, .shown = "SHARE", .help = {                   \
            "share of scrap, 0 to 1, for the limits",                                              \
            "废钢（废铝）比例，0 至 1，用于限值"                                    \
        }                                                                                          \
    }

static const tl_argument list_arguments[] = {
    { .name = "owner",
      .shown = "COMPANY",
      .help = { "id, name or alias of a company", "企业编号、名称或别名" } },
    { .name = "pcr", .help = { "product category rules", "产品种类规则" } },
    { .name = "state",
      .kind = TL_ARGUMENT_CHOICE,
      .choices = "draft|with-verifier|registered|updated|expired|withdrawn",
      .help = { "where it stands", "状态" } },
    { .name = "until",
      .kind = TL_ARGUMENT_DAY,
      .help = { "validity ends by that day", "有效期不晚于该日" } },
    TL_PAGE_ARGUMENTS,
};

static const tl_argument show_arguments[] = {
    RECORD,
};

static const tl_argument pcr_arguments[] = {
    { .name = "pcr", .word = true, .help = { "id of the rules", "规则编号" } },
    { .name = "title-en",
      .required = true,
      .shown = "TITLE",
      .help = { "English title", "英文名称" } },
    { .name = "title-zh",
      .required = true,
      .shown = "TITLE",
      .help = { "Chinese title", "中文名称" } },
    { .name = "pcr-version", .required = true, .shown = "VERSION", .help = { "edition", "版次" } },
    { .name = "until",
      .kind = TL_ARGUMENT_DAY,
      .required = true,
      .help = { "last day of their validity", "有效期最后一日" } },
    { .name = "source", .required = true, .help = { "where they are published", "来源" } },
};

static const tl_argument open_arguments[] = {
    RECORD,
    { .name = "pcr", .required = true, .help = { "product category rules", "产品种类规则" } },
    { .name = "owner",
      .required = true,
      .shown = "COMPANY",
      .help = { "the company whose declaration it is", "声明所有者企业" } },
    { .name = "programme",
      .required = true,
      .shown = "NAME",
      .help = { "the programme", "项目名称" } },
};

static const tl_argument import_arguments[] = {
    { .name = "file",
      .kind = TL_ARGUMENT_FILE,
      .word = true,
      .help = { "table of declarations, CSV or XLSX", "声明表，CSV 或 XLSX" } },
    { .name = "owner",
      .shown = "COMPANY",
      .help = { "whose they are; one's own company if not given, or as the rows say",
                "声明所有者；默认为本企业，或以表中所列为准" } },
};

static const tl_argument submit_arguments[] = {
    RECORD,
    { .name = "verifier",
      .required = true,
      .shown = "PERSON",
      .help = { "who verifies it", "核查人" } },
    { .name = "verifier-company",
      .required = true,
      .shown = "COMPANY",
      .help = { "the company of the verifier", "核查机构" } },
    DAY,
};

static const tl_argument ask_arguments[] = {
    RECORD,
    { .name = "text", .required = true, .help = { "the question", "问题" } },
    DAY,
};

static const tl_argument answer_arguments[] = {
    RECORD,
    QUESTION,
    { .name = "text", .required = true, .help = { "the answer", "答复" } },
    DAY,
};

static const tl_argument close_arguments[] = {
    RECORD,
    QUESTION,
    DAY,
};

static const tl_argument register_arguments[] = {
    RECORD,
    { .name = "number", .required = true, .help = { "registration number", "注册号" } },
    { .name = "years",
      .kind = TL_ARGUMENT_INT,
      .least = 1,
      .most = 10,
      .help = { "validity, 5 if not given", "有效年数，默认 5" } },
    DAY,
};

static const tl_argument expiring_arguments[] = {
    { .name = "until",
      .kind = TL_ARGUMENT_DAY,
      .required = true,
      .help = { "ending by that day", "到期截止日" } },
    { .name = "day",
      .kind = TL_ARGUMENT_DAY,
      .help = { "as seen on that day, today if not given", "查看日期，默认今天" } },
};

static const tl_argument effects_arguments[] = {
    RECORD,
    MATERIAL,
    SUPPLIER,
};

static const tl_argument use_arguments[] = {
    RECORD,
    MATERIAL,
    SUPPLIER,
    { .name = "expect",
      .shown = "EFFECTS",
      .help = { "the hash that was shown: refused where the effects are others by now",
                "已显示影响的哈希；若已变化则拒绝" } },
};

static const tl_argument check_update_arguments[] = {
    RECORD,
    FIGURES,
};

static const tl_argument update_arguments[] = {
    RECORD,
    FIGURES,
    { .name = "reason", .help = { "why, if the file does not say", "原因（文件未写明时）" } },
};

static const tl_argument print_arguments[] = {
    RECORD,
    { .name = "link",
      .shown = "URL",
      .help = { "behind the QR code, for those who work on it", "二维码链接（仅限相关办理人）" } },
    { .name = "day",
      .kind = TL_ARGUMENT_DAY,
      .help = { "of printing, where it was never registered", "打印日期（未注册时）" } },
};

static const tl_argument export_arguments[] = {
    RECORD,
    { .name = "day",
      .kind = TL_ARGUMENT_DAY,
      .help = { "of writing, where it was never registered", "导出日期（未注册时）" } },
};

static const tl_argument thresholds_arguments[] = {
    { .name = "material",
      .word = true,
      .help = { "steel, primary-aluminium or another product",
                "steel、primary-aluminium 或其他产品" } },
    { .name = "value",
      .kind = TL_ARGUMENT_NUMBER,
      .shown = "TONNES",
      .help = { "t CO2e per t; the limits alone if not given",
                "吨二氧化碳当量/吨；不给出时仅列限值" } },
    { .name = "scrap",
      .kind = TL_ARGUMENT_NUMBER,
      .shown = "SHARE",
      .help = { "share of scrap, 0 to 1; 0 if not given", "废钢（废铝）比例，0 至 1，默认 0" } },
    { .name = "text",
      .shown = "PRODUCT",
      .help = { "name of the product, to be shown", "产品名称（仅显示）" } },
};

#define ARGUMENTS(of)                                                                              \
    .arguments = of##_arguments, .n = sizeof of##_arguments / sizeof *of##_arguments

static const tl_operation rows[] = {
    { .name = "epd list",
      .summary = { "registered declarations, and one's own before that",
                   "已注册的声明，以及本企业未注册的声明" },
      .method = TL_HTTP_GET,
      .path = "/epds",
      .right = TL_RIGHT_PUBLIC_READ,
      ARGUMENTS(list),
      .run = tl_run_epd_list },
    { .name = "epd show",
      .summary = { "one declaration; its questions for those who work on it",
                   "单个声明；核查问答仅相关办理人可见" },
      .method = TL_HTTP_GET,
      .path = "/epds/{record}",
      .right = TL_RIGHT_PUBLIC_READ,
      ARGUMENTS(show),
      .run = tl_run_epd_show },
    { .name = "epd rules",
      .summary = { "the product category rules there are", "产品种类规则列表" },
      .method = TL_HTTP_GET,
      .path = "/product-category-rules",
      .right = TL_RIGHT_PUBLIC_READ,
      .run = tl_run_epd_rules },
    { .name = "epd pcr",
      .summary = { "product category rules of the programme", "登记产品种类规则" },
      .method = TL_HTTP_POST,
      .path = "/product-category-rules/{pcr}",
      .right = TL_RIGHT_EPD_REGISTER,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(pcr),
      .run = tl_run_epd_pcr },
    { .name = "epd open",
      .summary = { "open a declaration over a draft record", "以草稿记录开立声明" },
      .method = TL_HTTP_POST,
      .path = "/epds/{record}/open",
      .right = TL_RIGHT_EPD_EDIT,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(open),
      .run = tl_run_epd_open },
    { .name = "epd import",
      .summary = { "a table of declarations, as drafts", "导入声明表，均为草稿" },
      .method = TL_HTTP_POST,
      .path = "/epds/import",
      .right = TL_RIGHT_EPD_EDIT,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LONG,
      ARGUMENTS(import),
      .run = tl_run_epd_import },
    { .name = "epd submit",
      .summary = { "name the verifier and hand over", "指定核查人并提交" },
      .method = TL_HTTP_POST,
      .path = "/epds/{record}/submit",
      .right = TL_RIGHT_EPD_EDIT,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(submit),
      .run = tl_run_epd_submit },
    { .name = "epd ask",
      .summary = { "a question of the verifier", "核查人提问" },
      .method = TL_HTTP_POST,
      .path = "/epds/{record}/questions",
      .right = TL_RIGHT_EPD_VERIFY,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(ask),
      .run = tl_run_epd_ask },
    { .name = "epd answer",
      .summary = { "answer a question, once", "答复问题（仅一次）" },
      .method = TL_HTTP_POST,
      .path = "/epds/{record}/questions/{question}/answer",
      .right = TL_RIGHT_EPD_EDIT,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(answer),
      .run = tl_run_epd_answer },
    { .name = "epd close",
      .summary = { "close a question that was answered", "关闭已答复的问题" },
      .method = TL_HTTP_POST,
      .path = "/epds/{record}/questions/{question}/close",
      .right = TL_RIGHT_EPD_VERIFY,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(close),
      .run = tl_run_epd_close },
    /* registration is the act of the verifier (registry/epd.h), not of the programme */
    { .name = "epd register",
      .summary = { "the verifier's verdict: number, validity, publication",
                   "核查结论：注册号、有效期与公布" },
      .method = TL_HTTP_POST,
      .path = "/epds/{record}/register",
      .right = TL_RIGHT_EPD_VERIFY,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LONG,
      ARGUMENTS(register),
      .run = tl_run_epd_register },
    { .name = "epd expiring",
      .summary = { "declarations that end, with the cars that use them",
                   "即将到期的声明及使用车型" },
      .method = TL_HTTP_GET,
      .path = "/epd-calendar",
      .right = TL_RIGHT_PUBLIC_READ,
      ARGUMENTS(expiring),
      .run = tl_run_epd_expiring },
    { .name = "epd effects",
      .summary = { "what it would do to cars, makers and loans; nothing is saved",
                   "对车型、企业与贷款的影响预览，不保存" },
      .method = TL_HTTP_GET,
      .path = "/epds/{record}/effects",
      .right = TL_RIGHT_EPD_EDIT,
      ARGUMENTS(effects),
      .run = tl_run_epd_effects },
    { .name = "epd use",
      .summary = { "take its value for the supplier's material in cars",
                   "将声明值用于该供应商材料" },
      .method = TL_HTTP_POST,
      .path = "/epds/{record}/use",
      .right = TL_RIGHT_EPD_EDIT,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LONG,
      ARGUMENTS(use),
      .run = tl_run_epd_use },
    /* saves nothing, but a file is sent, and that is a POST; the preview may take seconds */
    { .name = "epd check-update",
      .summary = { "new figures against those registered; nothing is saved",
                   "新数据与已注册数据对比，不保存" },
      .method = TL_HTTP_POST,
      .path = "/epds/{record}/check-update",
      .right = TL_RIGHT_EPD_EDIT,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LONG,
      ARGUMENTS(check_update),
      .run = tl_run_epd_check_update },
    { .name = "epd update",
      .summary = { "the same, written as a draft of the next version", "同上，并写入下一版本草稿" },
      .method = TL_HTTP_POST,
      .path = "/epds/{record}/update",
      .right = TL_RIGHT_EPD_EDIT,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LONG,
      ARGUMENTS(update),
      .run = tl_run_epd_update },
    { .name = "epd print",
      .summary = { "the declaration on A4", "打印声明（A4）" },
      .method = TL_HTTP_GET,
      .path = "/epds/{record}/print",
      .right = TL_RIGHT_PUBLIC_READ,
      ARGUMENTS(print),
      .formats = "pdf",
      .run = tl_run_epd_print },
    { .name = "epd export",
      .summary = { "the declaration as an ILCD+EPD data set", "导出 ILCD+EPD 数据集" },
      .method = TL_HTTP_GET,
      .path = "/epds/{record}/export",
      .right = TL_RIGHT_PUBLIC_READ,
      ARGUMENTS(export),
      .formats = "xml",
      .run = tl_run_epd_export },
    { .name = "epd thresholds",
      .summary = { "limits of low-carbon metal at a share of scrap", "低碳金属限值（按废料比例）" },
      .method = TL_HTTP_GET,
      .path = "/metal-thresholds/{material}",
      .right = TL_RIGHT_PUBLIC_READ,
      ARGUMENTS(thresholds),
      .run = tl_run_epd_thresholds },
};

const tl_operations tl_operations_epd = {
    "epd",
    { "declarations of steel and aluminium: verifier, registration, effects on cars",
      "钢铁与铝的环境产品声明：核查、登记与对整车的影响" },
    rows,
    sizeof rows / sizeof *rows,
};
