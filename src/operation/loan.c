/* loan.c - the rows of the loans by footprint: names, arguments, rights, paths. Nothing of a loan
 * is public. */
#include "operation/loan.h"

#include "operation/operations.h"
#include "registry/loan.h"

#define FACILITY                                                                                   \
    {                                                                                              \
        .name = "facility", .word = true, .help = { "id of the facility", "授信编号" }             \
    }

static const tl_argument make_arguments[] = {
    FACILITY,
    { .name = "borrower", .required = true, .shown = "NAME", .help = { "who borrows", "借款人" } },
    { .name = "currency",
      .required = true,
      .help = { "three letters: CNY", "币种，三个字母，如 CNY" } },
    { .name = "limit",
      .required = true,
      .shown = "AMOUNT",
      .help = { "what may be drawn", "额度" } },
    { .name = "basis",
      .kind = TL_ARGUMENT_CHOICE,
      .required = true,
      .choices = "class|g-km",
      .help = { "what the grid goes by", "价格表依据：等级或 g/km" } },
    { .name = "weight",
      .kind = TL_ARGUMENT_CHOICE,
      .required = true,
      .choices = "count|price",
      .help = { "which mean the contract names", "合同约定的加权方式：辆数或价格" } },
    { .name = "grid-date",
      .kind = TL_ARGUMENT_DAY,
      .required = true,
      .help = { "the day of the grid", "价格表日期" } },
    { .name = "step",
      .many = true,
      .required = true,
      .shown = "CLASS=BASISPOINTS",
      .help = { "a step of the grid: 1=-20, or 150=-10 and above=20 for g/km",
                "价格表一档：1=-20；按 g/km 为 150=-10、above=20" } },
};

static const tl_argument cars_arguments[] = {
    FACILITY,
    { .name = "file",
      .kind = TL_ARGUMENT_FILE,
      .word = true,
      .help = { "table of cars: record and price, CSV or XLSX",
                "车辆表：记录编号与价格，CSV 或 XLSX" } },
};

static const tl_argument sign_arguments[] = {
    FACILITY,
    { .name = "day",
      .kind = TL_ARGUMENT_DAY,
      .help = { "the day of signing, today if not given", "签署日期，默认今天" } },
};

static const tl_argument show_arguments[] = {
    FACILITY,
};

static const tl_argument report_arguments[] = {
    FACILITY,
    { .name = "day",
      .kind = TL_ARGUMENT_DAY,
      .help = { "as of that day, now if not given", "截至该日，默认当前" } },
};

static const tl_argument test_arguments[] = {
    FACILITY,
    { .name = "day",
      .kind = TL_ARGUMENT_DAY,
      .help = { "the day of the test, today if not given", "检验日期，默认今天" } },
    { .name = "since",
      .kind = TL_ARGUMENT_DAY,
      .help = { "what changed since that day, since the signing if not given",
                "自该日以来的变化，默认自签署以来" } },
};

static const tl_argument keep_test_arguments[] = {
    FACILITY,
    { .name = "day",
      .kind = TL_ARGUMENT_DAY,
      .help = { "the day that is looked at, today if not given", "检验日期，默认今天" } },
};

static const tl_argument tests_arguments[] = {
    FACILITY,
};

static const tl_argument stress_arguments[] = {
    FACILITY,
    { .name = "worse",
      .kind = TL_ARGUMENT_INT,
      .shown = "CLASSES",
      .least = 0,
      .most = TL_LOAN_STEPS_MAX,
      .help = { "every car so many classes worse", "全部车辆降低的等级数" } },
    { .name = "more",
      .kind = TL_ARGUMENT_NUMBER,
      .shown = "PERCENT",
      .help = { "every car so much more g/km", "全部车辆 g/km 增加的百分比" } },
    { .name = "set",
      .many = true,
      .shown = "RECORD=CLASS|G/KM|none",
      .help = { "another class or g/km for the cars of one record",
                "指定某记录车辆的等级或 g/km" } },
};

static const tl_argument pack_arguments[] = {
    FACILITY,
};

#define ARGUMENTS(of)                                                                              \
    .arguments = of##_arguments, .n = sizeof of##_arguments / sizeof *of##_arguments

static const tl_operation rows[] = {
    { .name = "loan list",
      .summary = { "facilities", "授信列表" },
      .method = TL_HTTP_GET,
      .path = "/loans",
      .right = TL_RIGHT_LOAN_READ,
      .run = tl_run_loan_list },
    { .name = "loan make",
      .summary = { "a facility with its grid, as a draft", "建立授信草稿及价格表" },
      .method = TL_HTTP_POST,
      .path = "/loans/{facility}",
      .right = TL_RIGHT_LOAN_EDIT,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(make),
      .run = tl_run_loan_make },
    { .name = "loan cars",
      .summary = { "a list of cars into the draft", "导入车辆清单" },
      .method = TL_HTTP_POST,
      .path = "/loans/{facility}/cars",
      .right = TL_RIGHT_LOAN_EDIT,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LONG,
      ARGUMENTS(cars),
      .run = tl_run_loan_cars },
    { .name = "loan sign",
      .summary = { "sign it: footprints are pinned", "签署并锁定碳足迹" },
      .method = TL_HTTP_POST,
      .path = "/loans/{facility}/sign",
      .right = TL_RIGHT_LOAN_EDIT,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LONG,
      ARGUMENTS(sign),
      .run = tl_run_loan_sign },
    { .name = "loan show",
      .summary = { "the term sheet", "条款清单" },
      .method = TL_HTTP_GET,
      .path = "/loans/{facility}",
      .right = TL_RIGHT_LOAN_READ,
      ARGUMENTS(show),
      .run = tl_run_loan_show },
    { .name = "loan sheet",
      .summary = { "the term sheet on A4", "打印条款清单（A4）" },
      .method = TL_HTTP_GET,
      .path = "/loans/{facility}/sheet",
      .right = TL_RIGHT_LOAN_READ,
      ARGUMENTS(show),
      .formats = "pdf",
      .run = tl_run_loan_sheet },
    { .name = "loan report",
      .summary = { "what the margin is computed from, for tools/check-loan",
                   "利差计算依据，供 tools/check-loan 复核" },
      .method = TL_HTTP_GET,
      .path = "/loans/{facility}/report",
      .right = TL_RIGHT_LOAN_READ,
      ARGUMENTS(report),
      .formats = "json",
      .run = tl_run_loan_report },
    { .name = "loan test",
      .summary = { "what changed since the signing or an earlier test, and what each car adds",
                   "签署或上次检验以来的变化及各车影响" },
      .method = TL_HTTP_GET,
      .path = "/loans/{facility}/test",
      .right = TL_RIGHT_LOAN_READ,
      ARGUMENTS(test),
      .run = tl_run_loan_test },
    { .name = "loan keep-test",
      .summary = { "keep the test of a day: who, when, margins and the hash of its report",
                   "留存检验：检验人、时间、利差与报告哈希" },
      .method = TL_HTTP_POST,
      .path = "/loans/{facility}/tests",
      .right = TL_RIGHT_LOAN_EDIT,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(keep_test),
      .run = tl_run_loan_keep_test },
    { .name = "loan tests",
      .summary = { "the tests that were kept, and when the next is due",
                   "已留存的检验与下次检验日期" },
      .method = TL_HTTP_GET,
      .path = "/loans/{facility}/tests",
      .right = TL_RIGHT_LOAN_READ,
      ARGUMENTS(tests),
      .run = tl_run_loan_tests },
    { .name = "loan stress",
      .summary = { "the margin if cars were worse", "压力测试" },
      .method = TL_HTTP_GET,
      .path = "/loans/{facility}/stress",
      .right = TL_RIGHT_LOAN_READ,
      ARGUMENTS(stress),
      .run = tl_run_loan_stress },
    { .name = "loan pack",
      .summary = { "all evidence in one archive", "证据包" },
      .method = TL_HTTP_GET,
      .path = "/loans/{facility}/pack",
      .right = TL_RIGHT_LOAN_READ,
      ARGUMENTS(pack),
      .formats = "zip",
      .run = tl_run_loan_pack },
};

const tl_operations tl_operations_loan = {
    "loan",
    { "loans whose margin follows the footprints of the cars",
      "碳足迹挂钩贷款：授信、车辆清单与利差" },
    rows,
    sizeof rows / sizeof *rows,
};
