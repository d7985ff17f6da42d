/* registry_sector.c - a column a stage; what each measure means stands in a table of its own, so
 * that it goes with every file. */
#include "report/registry_sector.h"

#include <math.h>

#include "base/number.h"
#include "report/words.h"

enum { BEFORE = 3, AFTER = 4 + TL_SECTOR_GRADES };

static tl_column percent(const char *key, tl_label name)
{
    return (tl_column){
        .key = key, .name = name, .kind = TL_COLUMN_NUMBER, .unit = "%", .decimals = 1
    };
}

static tl_column grams(const char *key, tl_label name)
{
    return (tl_column){
        .key = key, .name = name, .kind = TL_COLUMN_NUMBER, .unit = "g CO2e/km", .decimals = 2
    };
}

static const tl_column *maker_columns(const tl_sector *s, const tl_label *names, tl_arena *arena,
                                      size_t *n)
{
    tl_column *c = tl_arena_alloc(arena, BEFORE + TL_SECTOR_STAGES + AFTER, sizeof *c);
    if (!c)
        return NULL;
    *n = 0;
    c[(*n)++] =
        (tl_column){ .key = "maker", .name = { "maker", "生产企业" }, .kind = TL_COLUMN_TEXT };
    c[(*n)++] = (tl_column){ .key = "cars", .name = { "cars", "款数" }, .kind = TL_COLUMN_INT };
    c[(*n)++] = grams("mean_g_km", (tl_label){ "mean", "均值" });
    for (size_t i = 0; i < s->n_stages; i++)
        c[(*n)++] = grams(tl_arena_printf(arena, "stage_%s", s->stages[i]), names[i]);
    c[(*n)++] =
        (tl_column){ .key = "verified", .name = { "verified", "经核查" }, .kind = TL_COLUMN_INT };
    c[(*n)++] = percent("verified_share", (tl_label){ "share verified", "经核查占比" });
    for (size_t i = 0; i < TL_SECTOR_GRADES; i++)
        c[(*n)++] = (tl_column){ .key = tl_arena_printf(arena, "grade_%s", tl_sector_grades[i]),
                                 .name = tl_word_grade(tl_sector_grades[i]),
                                 .kind = TL_COLUMN_INT,
                                 .files_only = true };
    c[(*n)++] = percent("primary_share", (tl_label){ "primary data", "初级数据占比" });
    c[(*n)++] = (tl_column){ .key = "with_primary",
                             .name = { "state primary data", "注明初级数据" },
                             .kind = TL_COLUMN_INT,
                             .files_only = true };
    return c;
}

static double share(size_t part, size_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : (double)NAN;
}

static void put_group(tl_report *r, const tl_sector *s, const tl_sector_group *g)
{
    tl_report_text(r, g->maker && *g->maker ? g->maker : NULL);
    tl_report_int(r, (int64_t)g->cars);
    tl_report_number(r, g->mean_g_km);
    for (size_t i = 0; i < s->n_stages; i++)
        tl_report_number(r, g->stage_g_km[i]);
    tl_report_int(r, (int64_t)g->verified);
    tl_report_number(r, share(g->verified, g->cars));
    for (size_t i = 0; i < TL_SECTOR_GRADES; i++)
        tl_report_int(r, (int64_t)g->grades[i]);
    tl_report_number(r, 100 * g->primary_share);
    tl_report_int(r, (int64_t)g->with_primary);
}

static void put_stages(tl_report *r, const tl_sector *s, const tl_label *names)
{
    static const tl_column columns[] = {
        { .key = "stage", .name = { "stage", "阶段" }, .kind = TL_COLUMN_WORD },
        { .key = "mean_g_km",
          .name = { "mean", "均值" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "g CO2e/km",
          .decimals = 2 },
        { .key = "share",
          .name = { "share of all stages", "占全部阶段" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "%",
          .decimals = 1 },
    };
    double total = 0;
    for (size_t i = 0; i < s->n_stages; i++)
        total += s->all.stage_g_km[i];
    tl_report_table(r, "stages", (tl_label){ "All cars by stage", "全部车型，按阶段" }, columns, 3);
    for (size_t i = 0; i < s->n_stages; i++) {
        tl_report_word(r, s->stages[i], names[i]);
        tl_report_number(r, s->all.stage_g_km[i]);
        tl_report_number(r, total > 0 ? 100 * s->all.stage_g_km[i] / total : (double)NAN);
    }
}

static void put_definitions(tl_report *r)
{
    static const tl_column columns[] = {
        { .key = "measure", .name = { "measure", "指标" }, .kind = TL_COLUMN_LABEL },
        { .key = "definition", .name = { "definition", "定义" }, .kind = TL_COLUMN_LABEL },
    };
    static const tl_label rows[][2] = {
        { { "cars", "款数" },
          { "published vehicle records of the maker that pass the filter, each counted once",
            "符合条件的已公布整车记录数，每款计一次" } },
        { { "mean", "均值" },
          { "plain mean of their footprints, cradle to grave, over models and not over sales",
            "碳足迹（摇篮到坟墓）按车型的简单平均，不按销量" } },
        { { "stages", "阶段" },
          { "mean of each stage over the cars that state stages; a stage a car does not name "
            "counts "
            "as 0 of it",
            "各阶段在注明阶段的车型中的平均；车型未列出的阶段计为 0" } },
        { { "verified", "经核查" },
          { "cars whose record names a verifier", "记录中注明核查人的车型" } },
        { { "primary data", "初级数据占比" },
          { "mean share of primary data over the cars that state one; the others are left out",
            "注明初级数据占比的车型的平均；未注明者不计入" } },
    };
    tl_report_table(r, "definitions", (tl_label){ "What is counted", "指标定义" }, columns, 2);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tl_report_label(r, rows[i][0]);
        tl_report_label(r, rows[i][1]);
    }
}

tl_report *tl_report_sector(const tl_sector *s, const tl_label *names, const char *day,
                            tl_arena *arena)
{
    size_t n = 0;
    char text[TL_NUMBER_MAX + 320];
    tl_report *r = tl_report_new(arena, "registry-sector",
                                 (tl_label){ "The sector, maker by maker", "全行业，按生产企业" });
    const tl_column *columns = r ? maker_columns(s, names, arena, &n) : NULL;
    if (!columns)
        return NULL;
    tl_report_fact(r, "day", (tl_label){ "data of", "数据日期" }, day);
    tl_report_fact_int(r, "makers", (tl_label){ "makers", "生产企业数" }, (int64_t)s->n);
    tl_report_fact_int(r, "cars", (tl_label){ "published cars", "已公布车型数" },
                       (int64_t)s->all.cars);
    if (s->all.cars) {
        tl_number_format_fixed(s->all.mean_g_km, 2, text);
        tl_report_fact_exact(r, "mean_g_km", (tl_label){ "mean, g CO2e/km", "均值，g CO2e/km" },
                             tl_arena_str(arena, text));
        tl_number_format_fixed(share(s->all.verified, s->all.cars), 1, text);
        tl_report_fact_exact(r, "verified_share",
                             (tl_label){ "share verified, %", "经核查占比，%" },
                             tl_arena_str(arena, text));
    }
    tl_report_table(r, "sector", (tl_label){ "Makers", "生产企业" }, columns, n);
    for (size_t i = 0; i < s->n; i++)
        put_group(r, s, &s->makers[i]);
    put_stages(r, s, names);
    put_definitions(r);
    return r;
}
