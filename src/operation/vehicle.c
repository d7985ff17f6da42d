/* vehicle.c - the rows of cars: names, arguments, rights, paths.
 *
 * Reads are open to everybody and show each the cars and bills of materials that are theirs to see
 * (footprint/vehicle.h). */
#include "operation/vehicle.h"

#include "operation/operations.h"

#define SETTINGS                                                                                   \
    {                                                                                              \
        .name = "set", .many = true, .shown = "NAME=VALUE", .help = {                              \
            "what to change, such as steel.route=scrap-eaf; or shares of options in percent: "     \
            "steel.route=bf-bof:60/scrap-eaf:40",                                                  \
            "要更改的参数，如 steel.route=scrap-eaf；或按占比混合（%）："        \
            "steel.route=bf-bof:60/scrap-eaf:40"                                                   \
        }                                                                                          \
    }
#define CAR                                                                                        \
    {                                                                                              \
        .name = "vehicle", .word = true, .help = { "id of a car", "车型编号" }                     \
    }
#define CARS                                                                                       \
    {                                                                                              \
        .name = "vehicle", .word = true, .many = true, .help = { "ids of cars", "车型编号" }       \
    }

static const tl_argument search_arguments[] = {
    { .name = "words",
      .word = true,
      .many = true,
      .optional = true,
      .help = { "words of brand, model and description", "品牌、型号与说明中的词" } },
    { .name = "limit",
      .kind = TL_ARGUMENT_INT,
      .least = 1,
      .most = 100000,
      .shown = "N",
      .help = { "the first N only (20)", "仅前 N 款（20）" } },
};
static const tl_argument show_arguments[] = { CAR };
static const tl_argument footprint_arguments[] = {
    { .name = "vehicle", .word = true, .optional = true, .help = { "id of a car", "车型编号" } },
    { .name = "all", .kind = TL_ARGUMENT_FLAG, .help = { "all cars instead", "改为全部车型" } },
    SETTINGS,
    { .name = "draws",
      .kind = TL_ARGUMENT_INT,
      .least = 0,
      .most = 100000,
      .shown = "N",
      .help = { "draw all uncertain data N times", "对不确定数据抽样 N 次" } },
    { .name = "seed",
      .kind = TL_ARGUMENT_INT,
      .least = INT64_MIN / 2,
      .most = INT64_MAX / 2,
      .help = { "of the draws", "抽样种子" } },
    { .name = "by",
      .kind = TL_ARGUMENT_CHOICE,
      .choices = "stage|material",
      .help = { "what the drawing is cut by", "图的划分方式" } },
};
static const tl_argument fleet_arguments[] = { SETTINGS };
static const tl_argument compare_arguments[] = { CARS, SETTINGS };
static const tl_argument break_even_arguments[] = {
    CARS,
    { .name = "km-year",
      .kind = TL_ARGUMENT_INT,
      .least = 1000,
      .most = 500000,
      .shown = "N",
      .help = { "km a year (15000)", "年行驶里程（15000）" } },
    { .name = "region",
      .help = { "grid the car is charged from: an option of charging.region, such as CN-YN",
                "充电电网：charging.region 的取值，如 CN-YN" } },
    { .name = "years",
      .kind = TL_ARGUMENT_INT,
      .least = 1,
      .most = 60,
      .shown = "N",
      .help = { "years of use; without, the mileage of the rule",
                "使用年限；缺省按规则的总里程" } },
    SETTINGS,
};
static const tl_argument parameters_arguments[] = { SETTINGS };
static const tl_argument intensity_arguments[] = {
    { .name = "footprint",
      .kind = TL_ARGUMENT_NUMBER,
      .shown = "T",
      .help = { "of one's own: t CO2e a car", "自行给出：每车 t CO2e" } },
    { .name = "share",
      .kind = TL_ARGUMENT_NUMBER,
      .shown = "PERCENT",
      .help = { "share of the material", "材料占比" } },
    { .name = "mass",
      .kind = TL_ARGUMENT_NUMBER,
      .shown = "KG",
      .help = { "mass of the material", "材料质量" } },
};
static const tl_argument import_arguments[] = {
    { .name = "file",
      .kind = TL_ARGUMENT_FILE,
      .word = true,
      .help = { "table of cars, CSV or XLSX", "车型表，CSV 或 XLSX" } },
    { .name = "map",
      .required = true,
      .shown = "ademe|open-ev",
      .help = { "which columns it has: ademe, open-ev", "列的格式：ademe、open-ev" } },
};
static const tl_argument bill_arguments[] = {
    CAR,
    { .name = "file",
      .kind = TL_ARGUMENT_FILE,
      .word = true,
      .help = { "bill of materials, CSV or XLSX", "物料清单，CSV 或 XLSX" } },
};

#define ARGUMENTS(list) .arguments = (list), .n = sizeof(list) / sizeof *(list)

static const tl_operation rows[] = {
    { .name = "vehicle import",
      .summary = { "a file of cars into the database", "导入车型文件" },
      .method = TL_HTTP_POST,
      .path = "/vehicles/import",
      .right = TL_RIGHT_RECORD_EDIT,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LONG,
      ARGUMENTS(import_arguments),
      .run = tl_run_vehicle_import },
    { .name = "vehicle bill",
      .summary = { "the bill of materials of a car", "一款车的物料清单" },
      .method = TL_HTTP_POST,
      .path = "/vehicles/bills",
      .right = TL_RIGHT_RECORD_EDIT,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LONG,
      ARGUMENTS(bill_arguments),
      .run = tl_run_vehicle_bill },
    { .name = "vehicle footprint",
      .summary = { "the footprint of a car, with what-if and draws; or of all",
                   "一款车（或全部车型）的碳足迹，含情景与抽样" },
      .method = TL_HTTP_GET,
      .path = "/vehicles/{vehicle}/footprint",
      .right = TL_RIGHT_PUBLIC_READ,
      .flags = TL_OPERATION_DRAWS | TL_OPERATION_OWN_JSON,
      ARGUMENTS(footprint_arguments),
      .run = tl_run_vehicle_footprint },
    { .name = "vehicle fleet",
      .summary = { "all cars: means by powertrain, classes, makers",
                   "全部车型：动力类型均值、等级、品牌" },
      .method = TL_HTTP_GET,
      .path = "/vehicles/statistics",
      .right = TL_RIGHT_PUBLIC_READ,
      .flags = TL_OPERATION_DRAWS,
      ARGUMENTS(fleet_arguments),
      .run = tl_run_vehicle_fleet },
    { .name = "vehicle compare",
      .summary = { "cars side by side", "车型对比" },
      .method = TL_HTTP_GET,
      .path = "/vehicles/comparison",
      .right = TL_RIGHT_PUBLIC_READ,
      .flags = TL_OPERATION_DRAWS | TL_OPERATION_OWN_JSON,
      ARGUMENTS(compare_arguments),
      .run = tl_run_vehicle_compare },
    { .name = "vehicle break-even",
      .summary = { "after how many years of one's own use one car makes good against another",
                   "按自身用车，一款车在几年后比另一款排放更低" },
      .method = TL_HTTP_GET,
      .path = "/vehicles/break-even",
      .right = TL_RIGHT_PUBLIC_READ,
      .flags = TL_OPERATION_DRAWS,
      ARGUMENTS(break_even_arguments),
      .run = tl_run_vehicle_break_even },
    { .name = "vehicle show",
      .summary = { "a car as its source has it, and its bill of materials",
                   "来源中的一款车及其物料清单" },
      .method = TL_HTTP_GET,
      .path = "/vehicles/{vehicle}",
      .right = TL_RIGHT_PUBLIC_READ,
      .flags = TL_OPERATION_OWN_JSON,
      ARGUMENTS(show_arguments),
      .run = tl_run_vehicle_show },
    { .name = "vehicle search",
      .summary = { "cars by words", "按词查找车型" },
      .method = TL_HTTP_GET,
      .path = "/vehicles",
      .right = TL_RIGHT_PUBLIC_READ,
      .flags = TL_OPERATION_OWN_JSON,
      ARGUMENTS(search_arguments),
      .run = tl_run_vehicle_search },
    { .name = "vehicle parameters",
      .summary = { "what can be set, with values, ranges and sources",
                   "可更改的参数及其取值、区间与来源" },
      .method = TL_HTTP_GET,
      .path = "/vehicles/parameters",
      .right = TL_RIGHT_PUBLIC_READ,
      .flags = TL_OPERATION_OWN_JSON,
      ARGUMENTS(parameters_arguments),
      .run = tl_run_vehicle_parameters },
    { .name = "vehicle intensity",
      .summary = { "emission intensity of materials from footprints of whole cars",
                   "由整车碳足迹推算的材料排放强度" },
      .method = TL_HTTP_GET,
      .path = "/vehicles/intensity",
      .right = TL_RIGHT_PUBLIC_READ,
      .flags = TL_OPERATION_OWN_JSON,
      ARGUMENTS(intensity_arguments),
      .run = tl_run_vehicle_intensity },
};

const tl_operations tl_operations_vehicle = {
    "vehicle",
    { "cars: import them, compute and explain their footprints",
      "整车：导入、计算并解释整车碳足迹" },
    rows,
    sizeof rows / sizeof *rows,
};
