/* registry_epd.c - declarations, their thread of questions, limits, effects and ends. */
#include "report/registry_epd.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/part_columns.h"
#include "report/words_data.h"

static tl_label state_word(tl_record_state state)
{
    static const tl_label words[] = {
        [TL_RECORD_PRELIMINARY] = { "draft", "草稿" },
        [TL_RECORD_REVIEW] = { "with the verifier", "核查中" },
        [TL_RECORD_RECALCULATED] = { "corrected in verification", "核查中已更正" },
        [TL_RECORD_PUBLISHED] = { "registered", "已注册" },
        [TL_RECORD_SUPERSEDED] = { "updated", "已更新" },
        [TL_RECORD_EXPIRED] = { "expired", "已过期" },
        [TL_RECORD_WITHDRAWN] = { "withdrawn", "已撤回" },
    };
    return words[state];
}

static const tl_label not_applicable = { "not applicable", "不适用" };

static void fact_number(tl_report *r, const char *key, tl_label name, double v, tl_arena *arena)
{
    char text[TL_NUMBER_MAX];
    tl_number_format(v, text);
    tl_report_fact_exact(r, key, name, tl_arena_str(arena, text));
}

static const tl_column list_columns[] = {
    { .key = "record", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "registration", .name = { "registration number", "注册号" }, .kind = TL_COLUMN_TEXT },
    { .key = "product", .name = { "product", "产品" }, .kind = TL_COLUMN_TEXT },
    { .key = "mill", .name = { "mill", "生产厂" }, .kind = TL_COLUMN_TEXT },
    { .key = "owner", .name = { "owner", "所有者" }, .kind = TL_COLUMN_TEXT },
    { .key = "pcr", .name = { "PCR", "产品种类规则" }, .kind = TL_COLUMN_TEXT },
    { .key = "value", .name = { "GWP", "全球变暖潜势" }, .kind = TL_COLUMN_NUMBER, .decimals = 2 },
    { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
    { .key = "valid_until", .name = { "valid until", "有效期至" }, .kind = TL_COLUMN_TEXT },
    { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
    { .key = "open_questions", .name = { "open questions", "未结问题" }, .kind = TL_COLUMN_INT },
    { .key = "programme",
      .name = { "programme", "项目" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
    { .key = "verifier",
      .name = { "verifier", "核查人" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
    { .key = "boundary",
      .name = { "boundary", "系统边界" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
    { .key = "method", .name = { "method", "方法" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "region", .name = { "region", "地区" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "year",
      .name = { "year of the data", "数据年份" },
      .kind = TL_COLUMN_INT,
      .files_only = true },
};

static void put_listed(tl_report *r, const tl_epd *e, const tl_record *record)
{
    const char *const texts[] = { e->record,     e->registration, record->product,
                                  record->maker, e->owner,        e->pcr };
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        tl_report_text(r, texts[k]);
    tl_report_number(r, record->value);
    tl_report_text(r, record->unit);
    tl_report_text(r, e->valid_until);
    tl_report_word(r, tl_record_state_name(record->state), state_word(record->state));
    tl_report_int(r, (int64_t)e->open_questions);
    tl_report_text(r, e->programme);
    const char *const files[] = { e->verifier, record->boundary, record->method, record->region };
    for (size_t k = 0; k < sizeof files / sizeof *files; k++)
        tl_report_text(r, files[k]);
    if (record->year)
        tl_report_int(r, record->year);
    else
        tl_report_empty(r, (tl_label){ NULL, NULL });
}

static const tl_record *shown_at(const void *ctx, size_t i)
{
    return ((const tl_epd_shown *)ctx)[i].record;
}

tl_status tl_report_epd_list(tl_report **out, const tl_epd_shown *list, size_t n, tl_arena *arena,
                             tl_error *err)
{
    tl_column *columns = NULL;
    tl_part_columns *indicators = NULL;
    size_t n_columns = 0;
    tl_report *r = *out = tl_report_new(
        arena, "epd-list", (tl_label){ "Environmental product declarations", "环境产品声明" });
    if (!r)
        return tl_fail_nomem(err);
    tl_status st = tl_part_columns_new(&indicators, shown_at, list, n, err);
    if (st == TL_OK)
        st = tl_part_columns_after(indicators, list_columns,
                                   sizeof list_columns / sizeof *list_columns, arena, &columns,
                                   &n_columns, err);
    if (st == TL_OK) {
        tl_report_with_keys(r); /* the list comes back (intake/epd_import.h) */
        tl_report_table(r, "declarations", (tl_label){ "Declarations", "声明" }, columns,
                        n_columns);
    }
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        put_listed(r, list[i].epd, list[i].record);
        st = tl_part_columns_put(indicators, r, list[i].record, err);
    }
    tl_part_columns_free(indicators);
    return st;
}

static const tl_label sides[] = {
    [TL_EPD_SIDE_OWNER] = { "its owner", "所有者" },
    [TL_EPD_SIDE_VERIFIER] = { "its verifier", "核查机构" },
    [TL_EPD_SIDE_PROGRAMME] = { "the programme", "项目方" },
};

static void put_card_facts(tl_report *r, const tl_epd_card *c)
{
    const tl_epd *e = c->shown.epd;
    const tl_record *record = c->shown.record;
    const struct {
        const char *key;
        tl_label name;
        const char *text;
    } facts[] = {
        { "record", { "id", "编号" }, e->record },
        { "registration", { "registration number", "注册号" }, e->registration },
        { "programme", { "programme", "项目" }, e->programme },
        { "mill", { "mill", "生产厂" }, record->maker },
        { "boundary", { "boundary", "系统边界" }, record->boundary },
        { "method", { "method", "方法" }, record->method },
        { "region", { "region", "地区" }, record->region },
        { "verifier", { "verifier", "核查人" }, e->verifier },
        { "verifier_company", { "company of the verifier", "核查机构" }, e->verifier_company },
        { "valid_from", { "valid from", "有效期自" }, record->valid_from },
        { "valid_until", { "valid until", "有效期至" }, record->valid_until },
        { "reason", { "why this version exists", "本版本缘由" }, record->reason },
        { "hash", { "seal (SHA-256)", "封签（SHA-256）" }, record->hash },
    };
    tl_report_fact_word(r, "state", (tl_label){ "state", "状态" },
                        tl_record_state_name(record->state), state_word(record->state));
    tl_report_fact_int(r, "version", (tl_label){ "version", "版本" }, record->version);
    fact_number(r, "value", (tl_label){ "global warming potential", "全球变暖潜势" }, record->value,
                c->arena);
    tl_report_fact(r, "unit", (tl_label){ "unit", "单位" }, record->unit);
    tl_report_fact_word(r, "pcr", (tl_label){ "product category rules", "产品种类规则" }, e->pcr,
                        c->pcr ? (tl_label){ c->pcr->title_en, c->pcr->title_zh }
                               : (tl_label){ e->pcr, e->pcr });
    tl_report_fact_word(r, "owner", (tl_label){ "owner", "所有者" }, e->owner,
                        c->owner ? (tl_label){ c->owner->name_en, c->owner->name_zh }
                                 : (tl_label){ e->owner, e->owner });
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (facts[i].text && *facts[i].text)
            tl_report_fact(r, facts[i].key, facts[i].name, facts[i].text);
    if (record->year > 0)
        tl_report_fact(r, "year", (tl_label){ "data of", "数据年份" },
                       tl_arena_printf(c->arena, "%lld", (long long)record->year));
    if (c->side)
        tl_report_fact_word(r, "side", (tl_label){ "you see it as", "查看身份" },
                            tl_epd_side_name(c->side), sides[c->side]);
}

/* Exact: 1.2e-12 is no 0.0000. */
static void put_indicators(tl_report *r, const tl_record *record, tl_arena *arena)
{
    char text[TL_NUMBER_MAX];
    static const tl_column columns[] = {
        { .key = "indicator", .name = { "indicator", "指标" }, .kind = TL_COLUMN_TEXT },
        { .key = "value", .name = { "value", "数值" }, .kind = TL_COLUMN_EXACT },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
    };
    bool begun = false;
    for (size_t i = 0; i < record->n_parts; i++) {
        if (strcmp(record->parts[i].kind, "indicator") != 0)
            continue;
        if (!begun)
            tl_report_table(r, "indicators", (tl_label){ "Further indicators", "其他指标" },
                            columns, 3);
        begun = true;
        tl_report_text(r, record->parts[i].key);
        tl_number_format(record->parts[i].value, text);
        tl_report_text(r, tl_arena_str(arena, text));
        tl_report_text(r, record->parts[i].unit);
    }
}

static void put_questions(tl_report *r, const tl_epd_card *c)
{
    static const tl_column columns[] = {
        { .key = "question", .name = { "no.", "编号" }, .kind = TL_COLUMN_INT },
        { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
        { .key = "asked_on", .name = { "asked on", "提问日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "asked_by", .name = { "by", "提问人" }, .kind = TL_COLUMN_TEXT },
        { .key = "text", .name = { "question", "问题" }, .kind = TL_COLUMN_TEXT },
        { .key = "answered_on", .name = { "answered on", "答复日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "answered_by", .name = { "by", "答复人" }, .kind = TL_COLUMN_TEXT },
        { .key = "answer", .name = { "answer", "答复" }, .kind = TL_COLUMN_TEXT },
        { .key = "closed_on", .name = { "closed on", "关闭日期" }, .kind = TL_COLUMN_TEXT },
    };
    static const char *const codes[] = { "open", "answered", "closed" };
    static const tl_label words[] = { { "open", "待答复" },
                                      { "answered", "已答复" },
                                      { "closed", "已关闭" } };
    if (c->n_questions == 0)
        return;
    tl_report_table(r, "questions", (tl_label){ "Questions of the verifier", "核查问答" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < c->n_questions; i++) {
        const tl_epd_question *q = &c->questions[i];
        int state = *q->closed_on ? 2 : *q->answered_on ? 1 : 0;
        const char *const texts[] = { q->asked_on,    q->asked_by, q->text,     q->answered_on,
                                      q->answered_by, q->answer,   q->closed_on };
        tl_report_int(r, q->id);
        tl_report_word(r, codes[state], words[state]);
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            tl_report_text(r, texts[k]);
    }
}

tl_report *tl_report_epd(const tl_epd_card *c)
{
    const char *product = c->shown.record->product;
    tl_report *r = tl_report_new(c->arena, "epd", (tl_label){ product, product });
    if (!r)
        return NULL;
    put_card_facts(r, c);
    put_indicators(r, c->shown.record, c->arena);
    put_questions(r, c);
    return r;
}

tl_report *tl_report_epd_rules(const tl_pcr *list, size_t n, const char *today, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "pcr", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "title", .name = { "rules", "规则" }, .kind = TL_COLUMN_LABEL },
        { .key = "version", .name = { "edition", "版次" }, .kind = TL_COLUMN_TEXT },
        { .key = "valid_until", .name = { "valid until", "有效期至" }, .kind = TL_COLUMN_TEXT },
        { .key = "valid", .name = { "in force", "有效" }, .kind = TL_COLUMN_BOOL },
        { .key = "source", .name = { "source", "来源" }, .kind = TL_COLUMN_TEXT },
    };
    tl_report *r =
        tl_report_new(arena, "epd-rules", (tl_label){ "Product category rules", "产品种类规则" });
    if (!r)
        return NULL;
    tl_report_table(r, "rules", (tl_label){ "Rules", "规则" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        tl_report_text(r, list[i].id);
        tl_report_label(r, (tl_label){ list[i].title_en, list[i].title_zh });
        tl_report_text(r, list[i].version);
        tl_report_text(r, list[i].valid_until);
        tl_report_bool(r, strcmp(list[i].valid_until, today) >= 0);
        tl_report_text(r, list[i].source);
    }
    return r;
}

/* Whether a value was given, and what of the row. */
static void put_met(tl_report *r, const tl_threshold *t, bool asked)
{
    if (isnan(t->limit))
        tl_report_empty(r, not_applicable);
    else if (!asked)
        tl_report_empty(r, (tl_label){ "no value was given", "未给出数值" });
    else
        tl_report_word(r, t->met ? "yes" : "no",
                       t->met ? (tl_label){ "yes", "是" } : (tl_label){ "no", "否" });
}

static void put_limit(tl_report *r, double limit)
{
    if (isnan(limit))
        tl_report_empty(r, not_applicable);
    else
        tl_report_number(r, limit);
}

void tl_report_put_thresholds(tl_report *r, const tl_threshold *rows, size_t n, bool asked)
{
    static const tl_column columns[] = {
        { .key = "scheme", .name = { "scheme", "标准或倡议" }, .kind = TL_COLUMN_TEXT },
        { .key = "level", .name = { "level", "等级" }, .kind = TL_COLUMN_WORD },
        { .key = "material", .name = { "speaks of", "适用产品" }, .kind = TL_COLUMN_WORD },
        { .key = "from_date", .name = { "since", "起始日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "limit",
          .name = { "limit", "限值" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "t CO2e/t",
          .decimals = 3 },
        { .key = "met", .name = { "met", "是否达到" }, .kind = TL_COLUMN_WORD },
        { .key = "limit_0_scrap",
          .name = { "without scrap", "不含废料" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "t CO2e/t",
          .decimals = 3,
          .files_only = true },
        { .key = "limit_100_scrap",
          .name = { "of scrap alone", "全部为废料" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "t CO2e/t",
          .decimals = 3,
          .files_only = true },
        { .key = "source",
          .name = { "source", "来源" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
    };
    tl_report_table(r, "thresholds", (tl_label){ "Limits", "限值" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        const tl_threshold *t = &rows[i];
        tl_report_text(r, t->scheme);
        tl_report_word(r, t->level, tl_word_threshold(t->level));
        tl_report_word(r, t->material, tl_word_metal(t->material));
        tl_report_text(r, t->from_date);
        put_limit(r, t->limit);
        put_met(r, t, asked);
        put_limit(r, t->at_0);
        put_limit(r, t->at_100);
        tl_report_text(r, t->source);
    }
    tl_report_note(
        r, (tl_label){ "A comparison of figures, not a certificate: boundaries differ, "
                       "and most schemes ask for more than a figure.",
                       "仅为数值比较，不代表认证：各方系统边界不同，且多数另有其他要求。" });
}

tl_report *tl_report_epd_thresholds(const tl_epd_panel *p)
{
    tl_report *r =
        tl_report_new(p->arena, "epd-thresholds",
                      (tl_label){ "Low-carbon metal: limits met", "低碳金属：达到的限值" });
    if (!r)
        return NULL;
    tl_report_fact(r, "product", (tl_label){ "product", "产品" }, p->product);
    tl_report_fact_word(r, "material", (tl_label){ "kind of product", "产品种类" }, p->material,
                        tl_word_metal(p->material));
    if (isfinite(p->t_per_t))
        fact_number(r, "t_co2e_per_t", (tl_label){ "t CO2e/t", "吨二氧化碳当量/吨" }, p->t_per_t,
                    p->arena);
    fact_number(r, "scrap_share",
                (tl_label){ "share of scrap, 0 to 1", "废钢（废铝）比例，0 至 1" }, p->scrap_share,
                p->arena);
    tl_report_put_thresholds(r, p->rows, p->n, isfinite(p->t_per_t));
    return r;
}

tl_report *tl_report_epd_expiring(const tl_epd_expiry *list, size_t n, const char *today,
                                  const char *day, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "record", .name = { "declaration", "声明" }, .kind = TL_COLUMN_TEXT },
        { .key = "valid_until", .name = { "valid until", "有效期至" }, .kind = TL_COLUMN_TEXT },
        { .key = "over", .name = { "over", "已过期" }, .kind = TL_COLUMN_BOOL },
        { .key = "owner", .name = { "owner", "所有者" }, .kind = TL_COLUMN_TEXT },
        { .key = "car", .name = { "used by", "使用车型" }, .kind = TL_COLUMN_TEXT },
    };
    static const tl_label nobody = { "no car", "无车型使用" };
    tl_report *r = tl_report_new(arena, "epd-expiring",
                                 (tl_label){ "Declarations that end", "即将到期的声明" });
    if (!r)
        return NULL;
    tl_report_fact(r, "today", (tl_label){ "on", "日期" }, today);
    tl_report_fact(r, "until", (tl_label){ "ending by", "到期截止" }, day);
    tl_report_table(r, "declarations", (tl_label){ "Declarations and cars", "声明与车型" }, columns,
                    5);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k == 0 || k < list[i].n_used_by; k++) {
            tl_report_text(r, list[i].record);
            tl_report_text(r, list[i].valid_until);
            tl_report_bool(r, list[i].over);
            tl_report_text(r, list[i].owner);
            if (list[i].n_used_by > 0)
                tl_report_text(r, list[i].used_by[k]);
            else
                tl_report_empty(r, nobody);
        }
    tl_report_note(r, (tl_label){ "Footprints that stand on them keep their value.",
                                  "以其为依据的碳足迹数值保持不变。" });
    return r;
}
