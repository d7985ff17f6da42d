/* registry_arguments_priv.h - the arguments of the register's operations, for registry.c alone. */
#ifndef TL_OPERATION_REGISTRY_ARGUMENTS_PRIV_H
#define TL_OPERATION_REGISTRY_ARGUMENTS_PRIV_H

#include "operation/page.h"

/* clang-format off: a line an argument */
#define RECORD                                                                                     \
    {                                                                                              \
        .name = "record", .word = true, .help = { "id of a record", "记录编号" }                   \
    }
#define BATCH                                                                                      \
    {                                                                                              \
        .name = "batch", .word = true, .help = { "id of a publication round", "批次编号" }         \
    }
#define AWARD                                                                                      \
    {                                                                                              \
        .name = "award", .word = true, .help = { "name of the award", "评选名称" }                 \
    }
#define DAY                                                                                        \
    {                                                                                              \
        .name = "day", .kind = TL_ARGUMENT_DAY, .help = {                                          \
            "the day it is done or looked at, today if not given",                                 \
            "办理或查看日期，默认今天"                                                 \
        }                                                                                          \
    }
#define REASON                                                                                     \
    {                                                                                              \
        .name = "reason", .shown = "TEXT", .help = { "why", "原因" }                               \
    }
#define KIND                                                                                       \
    {                                                                                              \
        .name = "kind", .kind = TL_ARGUMENT_CHOICE, .choices = "vehicle|pcf|epd",                  \
        .required = true, .help = {                                                                \
            "cars, materials and parts, or declarations",                                          \
            "整车、材料与零部件，或环境产品声明"                                  \
        }                                                                                          \
    }
#define MAKER                                                                                      \
    {                                                                                              \
        .name = "maker", .help = { "maker as printed", "生产企业" }                                \
    }
#define SIZE                                                                                       \
    {                                                                                              \
        .name = "size", .help = { "size class", "级别" }                                           \
    }
#define BODY                                                                                       \
    {                                                                                              \
        .name = "body", .help = { "body", "车身形式" }                                             \
    }
#define POWERTRAIN                                                                                 \
    {                                                                                              \
        .name = "powertrain", .help = { "powertrain", "动力类型" }                                 \
    }
#define TOP                                                                                        \
    {                                                                                              \
        .name = "top", .kind = TL_ARGUMENT_INT, .least = 0, .most = 1000000, .shown = "N",         \
        .help = {                                                                                  \
            "the first N only",                                                                    \
            "仅前 N 项"                                                                         \
        }                                                                                          \
    }
#define MONTHS                                                                                     \
    { .name = "month", .help = { "month of sales, such as 2024-09", "销量月份，如 2024-09" } },    \
        { .name = "until", .shown = "MONTH", .help = { "last month of sales", "销量截止月份" } },  \
    {                                                                                              \
        .name = "region", .help = { "region of the sales", "销量地区" }                            \
    }
#define FILTER                                                                                     \
    MAKER, SIZE, BODY, POWERTRAIN,                                                                 \
        { .name = "class",                                                                         \
          .kind = TL_ARGUMENT_INT,                                                                 \
          .least = 0,                                                                              \
          .most = 9,                                                                               \
          .shown = "N",                                                                            \
          .help = { "class, 0 for any", "等级，0 为不限" } },                                      \
        { .name = "from",                                                                          \
          .kind = TL_ARGUMENT_NUMBER,                                                              \
          .shown = "G/KM",                                                                         \
          .help = { "at least", "下限" } },                                                        \
        { .name = "to",                                                                            \
          .kind = TL_ARGUMENT_NUMBER,                                                              \
          .shown = "G/KM",                                                                         \
          .help = { "at most", "上限" } },                                                         \
        { .name = "price-from",                                                                    \
          .kind = TL_ARGUMENT_NUMBER,                                                              \
          .shown = "PRICE",                                                                        \
          .help = { "price at least", "价格下限" } },                                              \
        { .name = "price-to",                                                                      \
          .kind = TL_ARGUMENT_NUMBER,                                                              \
          .shown = "PRICE",                                                                        \
          .help = { "price at most", "价格上限" } },                                               \
    {                                                                                              \
        .name = "currency", .help = { "of the bounds of price", "价格币种" }                       \
    }
#define WINDOW                                                                                     \
    { .name = "from",                                                                              \
      .required = true,                                                                            \
      .shown = "MONTH",                                                                            \
      .help = { "the window of launches begins, such as 2024-04",                                  \
                "上市时间窗口起，如 2024-04" } },                                                  \
        { .name = "until",                                                                         \
          .required = true,                                                                        \
          .shown = "MONTH",                                                                        \
          .help = { "the window of launches ends, such as 2024-09",                                \
                    "上市时间窗口止，如 2024-09" } },                                              \
        { .name = "least",                                                                         \
          .kind = TL_ARGUMENT_INT,                                                                 \
          .least = 0,                                                                              \
          .most = 1000000,                                                                         \
          .shown = "N",                                                                            \
          .help = { "fewer candidates win nothing, by the rule if not given",                      \
                    "最少候选数，默认按规则" } },                                                  \
    {                                                                                              \
        .name = "step", .kind = TL_ARGUMENT_NUMBER, .shown = "G/KM", .help = {                     \
            "values are equal within it, by the rule if not given",                                \
            "并列取整步长，默认按规则"                                                 \
        }                                                                                          \
    }
#define SEGMENT                                                                                    \
    {                                                                                              \
        .name = "segment", .shown = "SIZE/BODY/POWERTRAIN", .help = {                              \
            "the segment of the certificate (PDF)",                                                \
            "证书（PDF）的细分市场"                                                       \
        }                                                                                          \
    }

static const tl_argument show_arguments[] = {
    RECORD,
    { .name = "result",
      .kind = TL_ARGUMENT_INT,
      .least = -1,
      .most = 1000000,
      .shown = "VERSION",
      .help = { "a version, the published one if not given", "版本，默认已公布版本" } },
    { .name = "version",
      .kind = TL_ARGUMENT_INT,
      .least = 1,
      .most = 1000000,
      .shown = "N",
      .help = { "that published version alone, without what became of it: the same for ever",
                "仅该已公布版本，不含其后续变化，内容永久不变" } },
    DAY,
};
static const tl_argument record_arguments[] = { RECORD };
static const tl_argument class_arguments[] = { RECORD, DAY };
static const tl_argument label_arguments[] = {
    RECORD,
    { .name = "link", .shown = "URL", .help = { "what its QR code opens", "二维码链接" } },
};
static const tl_argument put_arguments[] = {
    { .name = "file",
      .kind = TL_ARGUMENT_FILE,
      .word = true,
      .help = { "a record as JSON", "记录，JSON" } },
    REASON,
};
static const tl_argument step_arguments[] = {
    RECORD,
    { .name = "step",
      .kind = TL_ARGUMENT_CHOICE,
      .word = true,
      .choices = "ask|recalculate|publish|expire|withdraw",
      .help = { "the step", "步骤" } },
    REASON,
    DAY,
};
static const tl_argument list_arguments[] = {
    KIND,
    { .name = "state",
      .kind = TL_ARGUMENT_CHOICE,
      .choices = "preliminary|review|recalculated|published|expired|withdrawn",
      .help = { "of the newest version", "最新版本的状态" } },
    MAKER,
    { .name = "company", .help = { "id of a company", "企业编号" } },
    SIZE,
    BODY,
    POWERTRAIN,
    { .name = "batch", .help = { "in this publication round", "所属批次" } },
    { .name = "q",
      .shown = "TEXT",
      .help = { "a part of product, maker, id or disclosure id",
                "产品、生产企业、编号或公示编号中的文字" } },
    { .name = "sort",
      .kind = TL_ARGUMENT_CHOICE,
      .choices = "product|-product|maker|-maker|value|-value|kerb_mass_kg|-kerb_mass_kg|"
                 "launched|-launched|published_on|-published_on|state|-state",
      .help = { "by what, descending with '-'; by id if not given",
                "排序字段，前加“-”为降序，默认按编号" } },
    { .name = "limit",
      .kind = TL_ARGUMENT_INT,
      .least = 0,
      .most = 1000000,
      .shown = "N",
      .help = { "at most so many, and how many there are; all if not given",
                "每页条数，并给出总数；默认全部" } },
    { .name = "offset",
      .kind = TL_ARGUMENT_INT,
      .least = 0,
      .most = 1000000000,
      .shown = "N",
      .help = { "after so many", "跳过的条数" } },
    TL_PAGE_CURSOR,
};
static const tl_argument import_arguments[] = {
    { .name = "file",
      .kind = TL_ARGUMENT_FILE,
      .word = true,
      .help = { "table of records, CSV or XLSX", "记录表，CSV 或 XLSX" } },
    KIND,
    REASON,
};
static const tl_argument catalogue_arguments[] = {
    { .name = "category", .help = { "one category", "产品类别" } },
    { .name = "sort",
      .kind = TL_ARGUMENT_CHOICE,
      .choices = "latest",
      .help = { "latest first; views are not counted", "按最新排序；不统计浏览量" } },
};
static const tl_argument printed_arguments[] = {
    { .name = "subject",
      .word = true,
      .optional = true,
      .help = { "one maker or car", "企业或车型" } },
    { .name = "measure", .help = { "one measure", "指标" } },
    { .name = "findings", .kind = TL_ARGUMENT_FLAG, .help = { "what does not fit", "不一致之处" } },
    { .name = "set", .help = { "data set they are in", "数据集" } },
};
static const tl_argument stats_arguments[] = {
    { .name = "by",
      .kind = TL_ARGUMENT_CHOICE,
      .choices = "brand|maker|group|country|series|powertrain|size|body|month|year",
      .help = { "a group each", "分组" } },
    TOP,
    { .name = "mark",
      .shown = "KEY",
      .help = { "the group to be marked in the chart", "图中标出的组" } },
    MONTHS,
    DAY,
};
static const tl_argument sector_arguments[] = {
    { .name = "maker", .many = true, .help = { "these makers only", "仅这些企业" } },
    SIZE,
    BODY,
    POWERTRAIN,
    DAY,
};
static const tl_argument facets_arguments[] = { FILTER, DAY };
static const tl_argument histogram_arguments[] = {
    FILTER,
    { .name = "width",
      .kind = TL_ARGUMENT_NUMBER,
      .shown = "G/KM",
      .help = { "of a bin, 20 if not given", "组距，默认 20" } },
    { .name = "mark", .shown = "RECORD", .help = { "the car to be marked", "标出的车型" } },
    DAY,
};
static const tl_argument cars_arguments[] = {
    FILTER,
    { .name = "below",
      .kind = TL_ARGUMENT_NUMBER,
      .shown = "G/KM",
      .help = { "less than: the upper edge of a bar of the histogram",
                "低于：分布图中柱的上边界" } },
    { .name = "top",
      .kind = TL_ARGUMENT_INT,
      .least = 0,
      .most = 1000000,
      .shown = "N",
      .help = { "the first N only, 200 if not given, 0 for all",
                "仅前 N 款，默认 200，0 为全部" } },
    DAY,
};
static const tl_argument better_arguments[] = {
    RECORD,
    { .name = "any-powertrain",
      .kind = TL_ARGUMENT_FLAG,
      .help = { "cars of other powertrains too", "含其他动力类型" } },
    { .name = "top",
      .kind = TL_ARGUMENT_INT,
      .least = 1,
      .most = 100,
      .shown = "N",
      .help = { "the best N, 3 if not given", "最优 N 款，默认 3" } },
    DAY,
};
static const tl_argument sales_arguments[] = {
    { .name = "of", .shown = "RECORD", .help = { "every figure of one car", "一款车的全部数据" } },
};
static const tl_argument sales_import_arguments[] = {
    { .name = "file",
      .kind = TL_ARGUMENT_FILE,
      .word = true,
      .help = { "table of sales, CSV or XLSX", "销量表，CSV 或 XLSX" } },
    DAY,
};
static const tl_argument best_sellers_arguments[] = {
    MONTHS,
    { .name = "scope",
      .shown = "all|nev|BAND",
      .help = { "all, new energy, or a band of prices", "全部、新能源或价格段" } },
    TOP,
    DAY,
};
static const tl_argument batch_arguments[] = {
    { .name = "batch",
      .word = true,
      .optional = true,
      .help = { "id of a publication round", "批次编号" } },
};
static const tl_argument batch_add_arguments[] = {
    BATCH,
    { .name = "title", .help = { "what it is called", "批次名称" } },
};
static const tl_argument batch_step_arguments[] = { BATCH, DAY };
#define VERIFIER                                                                                   \
    { .name = "verifier",                                                                          \
      .word = true,                                                                                \
      .help = { "id of the verification body", "核查机构编号" } },                                 \
        DAY,                                                                                       \
    {                                                                                              \
        .name = "end", .kind = TL_ARGUMENT_FLAG, .help = { "takes the naming back", "撤销指定" }   \
    }
static const tl_argument verifier_arguments[] = { RECORD, VERIFIER };
static const tl_argument batch_verifier_arguments[] = { BATCH, VERIFIER };
static const tl_argument verifications_arguments[] = {
    { .name = "record", .help = { "only of this footprint", "仅此碳足迹" } },
    { .name = "batch", .help = { "only of this publication round", "仅此公示批次" } },
};
static const tl_argument form_arguments[] = { BATCH };
static const tl_argument feedback_arguments[] = {
    { .name = "file",
      .kind = TL_ARGUMENT_FILE,
      .word = true,
      .help = { "the form as it came back, CSV or XLSX", "企业填写的复核表，CSV 或 XLSX" } },
    DAY,
};
static const tl_argument top_runner_arguments[] = { WINDOW, SEGMENT, DAY };
static const tl_argument award_keep_arguments[] = { AWARD, WINDOW, DAY };
static const tl_argument award_show_arguments[] = { AWARD, SEGMENT };
static const tl_argument award_arguments[] = { AWARD };
/* clang-format on */

#endif
