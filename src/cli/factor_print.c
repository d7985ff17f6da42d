/* factor_print.c - factors as text for a terminal, in the language of the call. */
#include "cli/factor_print.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "base/number.h"
#include "format/grid.h"

static const char *mark_of(const tl_cli *cli, const tl_factor *f)
{
    if (f->verified)
        return "";
    return cli->zh ? "未核实" : "unverified";
}

static const char *name_of(const tl_cli *cli, const tl_factor *f)
{
    const char *first = cli->zh ? f->name_zh : f->name_en;
    return *first ? first : (cli->zh ? f->name_en : f->name_zh);
}

static void year_cell(tl_grid *t, const tl_factor *f)
{
    if (f->year)
        tl_grid_cellf(t, "%d", f->year);
    else
        tl_grid_cell(t, "-");
}

/* The digits as published. */
static void value_cell(tl_grid *t, double v)
{
    char text[TL_NUMBER_MAX];
    tl_number_format(v, text);
    tl_grid_cell(t, text);
}

/* A converted value, without the noise of the conversion: six digits that count. */
static const char *short_number(double v, char out[TL_NUMBER_MAX])
{
    char digits[TL_NUMBER_MAX];
    double rounded = v;
    snprintf(digits, sizeof digits, "%.6g", v);
    if (tl_number_parse(digits, &rounded, NULL) != TL_OK)
        rounded = v;
    tl_number_format(rounded, out);
    return out;
}

static tl_status write_grid(tl_grid *t, tl_buf *out, tl_error *err)
{
    tl_status st = t->failed ? tl_fail_nomem(err) : TL_OK;
    if (st == TL_OK)
        tl_grid_write(t, 0, out);
    tl_grid_clear(t);
    return st;
}

static void head(tl_grid *t, const tl_cli *cli, const char *const *en, const char *const *zh)
{
    for (size_t i = 0; en[i]; i++)
        tl_grid_cell(t, cli->zh ? zh[i] : en[i]);
}

tl_status tl_cli_put_factors(const tl_cli *cli, const tl_factor *factors, size_t n, bool more,
                             tl_buf *out, tl_error *err)
{
    static const char *const en[] = { "VALUE",      "UNIT", "REGION",    "YEAR", "NAME",
                                      "TECHNOLOGY", "",     "REFERENCE", NULL };
    static const char *const zh[] = { "数值", "单位", "地区", "年份", "名称",
                                      "技术", "",     "编号", NULL };
    tl_grid t;
    if (n == 0)
        return TL_OK;
    tl_grid_init(&t, "rlllllll", cli->arena);
    head(&t, cli, en, zh);
    for (size_t i = 0; i < n; i++) {
        const tl_factor *f = &factors[i];
        value_cell(&t, f->value);
        tl_grid_cell(&t, f->unit);
        tl_grid_cell(&t, f->region);
        year_cell(&t, f);
        tl_grid_cell(&t, name_of(cli, f));
        tl_grid_cell(&t, f->technology);
        tl_grid_cell(&t, mark_of(cli, f));
        tl_grid_cellf(&t, "%s/%s@%s", f->set, f->key, f->set_version);
    }
    if (more)
        tl_log_write(&cli->log, TL_LOG_INFO,
                     cli->zh ? "显示前 %zu 个，还有更多；--limit N 可多显示"
                             : "the first %zu; more match, --limit N shows more",
                     n);
    return write_grid(&t, out, err);
}

/* One line of a whole factor; nothing where there is nothing to say. */
static void line(const tl_cli *cli, tl_buf *out, const char *en, const char *zh, const char *value)
{
    const char *label = cli->zh ? zh : en;
    size_t width = tl_text_width(label);
    if (!value || !*value)
        return;
    tl_buf_printf(out, "%s%*s%s\n", label, width < 14 ? (int)(14 - width) : 1, "", value);
}

static void put_uncertainty(const tl_cli *cli, const tl_factor_detail *d, tl_buf *out)
{
    char text[120], number[TL_NUMBER_MAX];
    const char *missing = cli->zh ? "未注明" : "not stated";
    if (d && !isnan(d->gsd)) {
        tl_number_format(d->gsd, number);
        snprintf(text, sizeof text, cli->zh ? "几何标准差 %s" : "geometric standard deviation %s",
                 number);
    } else if (d && !isnan(d->percent95)) {
        tl_number_format(d->percent95, number);
        snprintf(text, sizeof text, cli->zh ? "±%s %%（95%% 区间）" : "±%s %% (95 %% interval)",
                 number);
    } else {
        snprintf(text, sizeof text, "%s", missing);
    }
    line(cli, out, "uncertainty", "不确定性", text);
}

/* "fossil_co2 96 %, ch4 3 %"; a gas that is not stated is not in it. */
static void put_gases(const tl_cli *cli, const tl_factor_detail *d, tl_buf *out)
{
    char text[400] = "", number[TL_NUMBER_MAX];
    size_t n = 0;
    for (int i = 0; d && i < TL_FACTOR_GASES; i++) {
        if (isnan(d->share[i]))
            continue;
        tl_number_format(d->share[i], number);
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%s %s %%", n ? ", " : "",
                              tl_factor_gas_name((tl_factor_gas)i), number);
    }
    line(cli, out, "gases", "气体占比", n ? text : cli->zh ? "未注明" : "not stated");
}

static void put_detail(const tl_cli *cli, const tl_factor_detail *d, tl_buf *out)
{
    static const char *const stages[] = { "未注明", "上游", "下游", "全程" };
    const tl_factor_stage stage = d ? d->stage : TL_STAGE_NOT_STATED;
    const char *en = stage ? tl_factor_stage_name(stage) : "not stated";
    line(cli, out, "stage", "阶段", cli->zh ? stages[stage] : en);
    put_uncertainty(cli, d, out);
    put_gases(cli, d, out);
}

static void put_per(const tl_cli *cli, const tl_cli_factor *w, tl_buf *out)
{
    char number[TL_NUMBER_MAX], text[300];
    if (!w->per)
        return;
    snprintf(text, sizeof text, "%s %s", short_number(w->answer.value, number), w->answer.unit);
    line(cli, out, "converted", "换算", text);
    line(cli, out, "with density", "所用密度", w->answer.used_density ? w->per->density : NULL);
    line(cli, out, "with heat", "所用热值",
         w->answer.used_heating_value ? w->per->heating_value : NULL);
}

static void put_whole(const tl_cli *cli, const tl_cli_factor *w, tl_buf *out)
{
    const tl_factor *f = &w->factor;
    char number[TL_NUMBER_MAX], year[16], text[600];
    tl_number_format(f->value, number);
    snprintf(year, sizeof year, "%d", f->year);
    snprintf(text, sizeof text, "%s/%s@%s", f->set, f->key, f->set_version);
    line(cli, out, "reference", "编号", text);
    line(cli, out, "name", "名称", name_of(cli, f));
    line(cli, out, "other name", "其他名称", cli->zh ? f->name_en : f->name_zh);
    snprintf(text, sizeof text, "%s %s", number, f->unit);
    line(cli, out, "value", "数值", text);
    put_per(cli, w, out);
    line(cli, out, "verified", "核实",
         f->verified ? (cli->zh ? "已核实" : "yes")
         : cli->zh   ? "未核实，不作默认值"
                     : "unverified, never taken as a default");
    line(cli, out, "category", "类别", f->category);
    line(cli, out, "region", "地区", f->region);
    line(cli, out, "year", "年份", f->year ? year : cli->zh ? "未注明" : "not stated");
    line(cli, out, "boundary", "边界", f->boundary);
    line(cli, out, "technology", "技术", f->technology);
    line(cli, out, "quality", "质量", *f->quality ? f->quality : cli->zh ? "未评分" : "not scored");
    put_detail(cli, f->detail, out);
    line(cli, out, "source", "来源", f->source);
    line(cli, out, "note", "备注", f->note);
    snprintf(text, sizeof text, "%s@%s, %s: %s", w->set.id, w->set.version, w->set.date,
             cli->zh ? w->set.title_zh : w->set.title_en);
    line(cli, out, "data set", "数据集", text);
    line(cli, out, "licence", "许可", w->set.licence);
    line(cli, out, "attribution", "署名", w->set.attribution);
    if (!w->pinned)
        line(cli, out, "superseded by", "已被取代", w->set.superseded_by);
}

void tl_cli_put_whole_factors(const tl_cli *cli, const tl_cli_factor *factors, size_t n,
                              tl_buf *out)
{
    for (size_t i = 0; i < n; i++) {
        if (i)
            tl_buf_char(out, '\n');
        put_whole(cli, &factors[i], out);
    }
}

static void put_summary(const tl_cli *cli, const tl_factor_group *g, tl_buf *out)
{
    char min[TL_NUMBER_MAX], median[TL_NUMBER_MAX], max[TL_NUMBER_MAX];
    tl_buf_printf(out, cli->zh ? "%s：%zu 个，已核实 %zu 个" : "%s: %zu found, %zu verified",
                  g->unit, g->count, g->verified);
    if (g->verified)
        tl_buf_printf(out, cli->zh ? "；最小 %s，中位 %s，最大 %s" : "; min %s, median %s, max %s",
                      short_number(g->min, min), short_number(g->median, median),
                      short_number(g->max, max));
    tl_buf_char(out, '\n');
}

/* The number of a source in the list below the tables. */
static tl_status source_number(tl_map *sources, const char *source, size_t *number, tl_error *err)
{
    bool was_there;
    tl_status st = tl_map_add(sources, tl_span_of(source), 0, number, &was_there, err);
    ++*number;
    return st;
}

static tl_status put_row(const tl_cli *cli, tl_grid *t, const tl_factor_row *row, tl_map *sources,
                         tl_error *err)
{
    const tl_factor *f = row->factor;
    char number[TL_NUMBER_MAX];
    size_t source = 0;
    tl_grid_cell(t, short_number(row->value, number));
    tl_grid_cell(t, name_of(cli, f));
    tl_grid_cell(t, f->region);
    year_cell(t, f);
    tl_grid_cell(t, f->boundary);
    tl_grid_cell(t, f->technology);
    tl_grid_cell(t, *f->quality ? f->quality : "-");
    tl_grid_cell(t, mark_of(cli, f));
    tl_number_format(f->value, number);
    tl_grid_cellf(t, "%s %s", number, f->unit);
    tl_grid_cellf(t, "%s/%s@%s", f->set, f->key, f->set_version);
    tl_status st = source_number(sources, f->source, &source, err);
    tl_grid_cellf(t, "[%zu]", source);
    return st;
}

static tl_status put_group(const tl_cli *cli, const tl_factor_comparison *c, size_t g,
                           tl_map *sources, tl_buf *out, tl_error *err)
{
    static const char *const en[] = { "VALUE",        "NAME",       "REGION",  "YEAR",
                                      "BOUNDARY",     "TECHNOLOGY", "QUALITY", "",
                                      "AS PUBLISHED", "REFERENCE",  "SOURCE",  NULL };
    static const char *const zh[] = { "数值", "名称", "地区", "年份", "边界", "技术",
                                      "质量", "",     "原值", "编号", "来源", NULL };
    tl_grid t;
    tl_status st = TL_OK;
    tl_grid_init(&t, "rllllllllll", cli->arena);
    head(&t, cli, en, zh);
    for (size_t i = 0; i < c->row_count && st == TL_OK; i++)
        if (c->rows[i].group == g)
            st = put_row(cli, &t, &c->rows[i], sources, err);
    if (st != TL_OK) {
        tl_grid_clear(&t);
        return st;
    }
    put_summary(cli, &c->groups[g], out);
    st = write_grid(&t, out, err);
    tl_buf_char(out, '\n');
    return st;
}

tl_status tl_cli_put_comparison(const tl_cli *cli, const tl_factor_comparison *c, bool more,
                                tl_buf *out, tl_error *err)
{
    tl_map *sources = NULL;
    tl_status st = tl_map_new(&sources, err);
    for (size_t g = 0; g < c->group_count && st == TL_OK; g++)
        st = put_group(cli, c, g, sources, out, err);
    for (size_t i = 0; st == TL_OK && i < tl_map_size(sources); i++)
        tl_buf_printf(out, "[%zu] %s\n", i + 1, tl_map_key(sources, i));
    tl_map_free(sources);
    if (more)
        tl_log_write(&cli->log, TL_LOG_INFO,
                     cli->zh ? "比较前 %zu 个，还有更多；--limit N 可多比较"
                             : "the first %zu compared; more match, --limit N takes more",
                     c->row_count);
    return st;
}
