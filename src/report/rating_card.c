/* rating_card.c - one company: total, dimensions, themes, answers with their evidence, replies. */
#include "report/rating_parts.h"

static void put_company_facts(tl_report *r, const tl_rating_card *c)
{
    const tl_company *co = c->company;
    tl_report_fact(r, "company", (tl_label){ "company", "企业编号" }, co->id);
    if (c->frozen)
        return;
    if (*co->country)
        tl_report_fact_word(r, "country", (tl_label){ "country", "国家" }, co->country,
                            tl_word_country(co->country));
    if (*co->listed)
        tl_report_fact_word(r, "listed", (tl_label){ "listed", "是否上市" }, co->listed,
                            tl_word_yes_no(co->listed));
    if (*co->product_type)
        tl_report_fact_word(r, "product_type", (tl_label){ "main product", "主要产品" },
                            co->product_type, tl_word_product_type(co->product_type));
    if (*co->inclusion)
        tl_report_fact_word(r, "inclusion", (tl_label){ "why it is rated", "纳入评价的依据" },
                            co->inclusion, tl_word_inclusion(co->inclusion));
}

static void put_share(tl_report *r, const char *key, tl_label name, tl_weight share,
                      tl_arena *arena)
{
    char text[TL_POINTS_TEXT];
    tl_points_format(share * 10, text);
    tl_report_fact_exact(r, key, name, tl_arena_str(arena, text));
}

/* The stars; and what they say about the share of mandatory items where that is not published. */
static void put_star_facts(tl_report *r, const tl_rating_card *c)
{
    const tl_assessment *a = c->assessment;
    tl_points score = (tl_points)(c->score->total / TL_WEIGHT_ONE);
    tl_weight low, high;
    if (a->key.level == TL_LEVEL_INDICATOR) {
        tl_score_star_sheet(c->index, c->sheet, &score, &low);
        tl_report_fact_int(r, "stars", (tl_label){ "stars", "星级" },
                           tl_score_stars(c->index, score, low));
        put_share(r, "mandatory_share", (tl_label){ "mandatory items met, %", "必选项达标率，%" },
                  low, c->arena);
        return;
    }
    tl_report_fact_int(r, "stars", (tl_label){ "stars", "星级" }, a->stated_stars);
    if (tl_score_star_shares(c->index, score, a->stated_stars, &low, &high, NULL) != TL_OK)
        return;
    put_share(
        r, "mandatory_share_from",
        (tl_label){ "mandatory items met, % (implied), from", "必选项达标率，%（推知）不低于" },
        low, c->arena);
    if (high <= TL_WEIGHT_ONE)
        put_share(
            r, "mandatory_share_below",
            (tl_label){ "mandatory items met, % (implied), below", "必选项达标率，%（推知）低于" },
            high, c->arena);
}

static void put_result_facts(tl_report *r, const tl_rating_card *c)
{
    char text[TL_POINTS_TEXT];
    const tl_assessment *a = c->assessment;
    tl_report_fact_int(r, "version_of_result", (tl_label){ "version of the result", "结果版本" },
                       a->version);
    if (!c->frozen)
        tl_report_fact_word(r, "state", (tl_label){ "state", "状态" }, tl_state_name(a->state),
                            tl_word_state(a->state));
    tl_report_fact_word(r, "level", (tl_label){ "level", "数据层级" }, tl_level_name(a->key.level),
                        tl_word_level(a->key.level));
    tl_total_format(c->score->total, 1, text);
    tl_report_fact_exact(r, "total", (tl_label){ "total", "总分" }, tl_arena_str(c->arena, text));
    if (c->row) {
        tl_report_fact_int(r, "rank", (tl_label){ "rank", "名次" }, (int64_t)c->row->rank);
        tl_report_fact_int(r, "ranked", (tl_label){ "of companies", "参评企业数" },
                           (int64_t)c->n_ranked);
    }
    const tl_index_band *band = tl_score_band(c->index, c->score->total);
    if (band)
        tl_report_fact_word(r, "band", (tl_label){ "band", "分档" }, band->code,
                            (tl_label){ band->name_en, band->name_zh });
    if (c->index->n_stars)
        put_star_facts(r, c);
    if (c->index->weighted) {
        tl_points_format(c->score->scope12 * 10, text);
        tl_report_fact_exact(r, "scope12_share",
                             (tl_label){ "share of scope 1 and 2, %", "范围一、二权重，%" },
                             tl_arena_str(c->arena, text));
    }
    tl_report_fact_int(r, "answered", (tl_label){ "answered", "已评项" },
                       (int64_t)c->score->answered);
    tl_report_fact_int(r, "asked", (tl_label){ "of", "应评项" }, (int64_t)c->score->asked);
    if (*a->origin)
        tl_report_fact(r, "origin", (tl_label){ "published in", "来源" }, a->origin);
    if (*a->published_on)
        tl_report_fact(r, "published_on", (tl_label){ "published", "公布日期" }, a->published_on);
}

static void put_dimensions(tl_report *r, const tl_rating_card *c)
{
    static const tl_column columns[] = {
        { .key = "code", .name = { "no.", "编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "name", .name = { "dimension", "指标" }, .kind = TL_COLUMN_LABEL },
        { .key = "points", .name = { "points", "得分" }, .kind = TL_COLUMN_EXACT },
        { .key = "max", .name = { "full", "满分" }, .kind = TL_COLUMN_EXACT },
        { .key = "rate",
          .name = { "scoring rate", "得分率" },
          .kind = TL_COLUMN_EXACT,
          .unit = "%" },
    };
    const tl_index *x = c->index;
    if (c->assessment->key.level != TL_LEVEL_INDICATOR)
        return;
    tl_report_table(r, "dimensions",
                    (tl_label){ "Dimensions and sub-dimensions", "一级与二级指标" }, columns, 5);
    for (size_t i = 0; i < x->n_items; i++) {
        const tl_index_item *item = &x->items[i];
        if (item->level == TL_INDICATOR)
            continue;
        tl_points points = tl_score_item(x, c->sheet, (int)i);
        tl_report_text(r, item->code);
        tl_report_label(r, (tl_label){ item->name_en, item->name_zh });
        tl_put_points(r, points, c->arena);
        tl_put_points(r, item->max, c->arena);
        tl_put_rate(r, points, item->max, c->arena);
    }
}

static void put_themes(tl_report *r, const tl_rating_card *c)
{
    static const tl_column columns[] = {
        { .key = "theme", .name = { "theme", "主题" }, .kind = TL_COLUMN_WORD },
        { .key = "points", .name = { "points", "得分" }, .kind = TL_COLUMN_EXACT },
        { .key = "max", .name = { "full", "满分" }, .kind = TL_COLUMN_EXACT },
        { .key = "rate",
          .name = { "scoring rate", "得分率" },
          .kind = TL_COLUMN_EXACT,
          .unit = "%" },
    };
    const tl_index *x = c->index;
    if (x->n_themes == 0 || c->assessment->key.level == TL_LEVEL_TOTAL)
        return;
    tl_report_table(r, "themes", (tl_label){ "Themes", "主题" }, columns, 4);
    for (size_t i = 0; i < x->n_themes; i++) {
        if (!x->themes[i].printed)
            continue;
        tl_report_word(r, x->themes[i].code,
                       (tl_label){ x->themes[i].name_en, x->themes[i].name_zh });
        tl_put_points(r, c->score->theme[i], c->arena);
        tl_put_points(r, x->themes[i].max, c->arena);
        tl_put_rate(r, c->score->theme[i], x->themes[i].max, c->arena);
    }
}

static int64_t counted_evidence(const tl_answer *a)
{
    int64_t n = 0;
    for (size_t i = 0; i < a->n_evidence; i++)
        n += !a->evidence[i].late && !a->evidence[i].withdrawn;
    return n;
}

static void put_answers(tl_report *r, const tl_rating_card *c)
{
    static const tl_column columns[] = {
        { .key = "slot", .name = { "no.", "编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "name", .name = { "what is asked", "指标" }, .kind = TL_COLUMN_LABEL },
        { .key = "points", .name = { "points", "得分" }, .kind = TL_COLUMN_EXACT },
        { .key = "counted", .name = { "counted", "计入" }, .kind = TL_COLUMN_EXACT },
        { .key = "max", .name = { "full", "满分" }, .kind = TL_COLUMN_EXACT },
        { .key = "inferred", .name = { "inferred", "推算" }, .kind = TL_COLUMN_BOOL },
        { .key = "evidence", .name = { "evidence", "佐证" }, .kind = TL_COLUMN_INT },
        { .key = "assessor",
          .name = { "assessor", "评价人" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
        { .key = "note", .name = { "note", "备注" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    };
    const tl_assessment *a = c->assessment;
    tl_report_table(r, "answers", (tl_label){ "Answers", "逐项得分" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < a->n_answers; i++) {
        const tl_answer *answer = &a->answers[i];
        int slot = tl_slot_find(c->index, a->key.level, answer->slot);
        if (slot < 0)
            continue;
        tl_report_text(r, answer->slot);
        tl_report_label(r, tl_slot_label(c->index, a->key.level, (size_t)slot));
        tl_put_points(r, answer->points, c->arena);
        tl_put_points(r, answer->counted, c->arena);
        tl_put_points(r, tl_slot_max(c->index, a->key.level, (size_t)slot), c->arena);
        tl_report_bool(r, answer->inferred);
        tl_report_int(r, counted_evidence(answer));
        tl_report_text(r, answer->assessor);
        tl_report_text(r, answer->note);
    }
}

static void put_evidence(tl_report *r, const tl_rating_card *c)
{
    static const tl_column columns[] = {
        { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_INT },
        { .key = "slot", .name = { "for", "指标" }, .kind = TL_COLUMN_TEXT },
        { .key = "document", .name = { "document", "文件" }, .kind = TL_COLUMN_TEXT },
        { .key = "page", .name = { "page", "页码" }, .kind = TL_COLUMN_TEXT },
        { .key = "quote", .name = { "quote", "原文" }, .kind = TL_COLUMN_TEXT },
        { .key = "counts", .name = { "counts", "计入" }, .kind = TL_COLUMN_BOOL },
        { .key = "dated", .name = { "dated", "文件日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "language",
          .name = { "language", "语言" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
        { .key = "url", .name = { "address", "网址" }, .kind = TL_COLUMN_TEXT, .files_only = true },
        { .key = "retrieved",
          .name = { "retrieved", "获取日期" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
        { .key = "sha256",
          .name = { "SHA-256", "SHA-256" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
    };
    const tl_assessment *a = c->assessment;
    bool begun = false;
    for (size_t i = 0; i < a->n_answers; i++)
        for (size_t k = 0; k < a->answers[i].n_evidence; k++) {
            const tl_evidence *e = &a->answers[i].evidence[k];
            if (!begun)
                tl_report_table(r, "evidence", (tl_label){ "Evidence", "佐证" }, columns,
                                sizeof columns / sizeof *columns);
            begun = true;
            tl_report_int(r, e->id);
            tl_report_text(r, a->answers[i].slot);
            tl_report_text(r, e->document);
            tl_report_text(r, e->page);
            tl_report_text(r, e->quote);
            tl_report_bool(r, !e->late && !e->withdrawn);
            tl_report_text(r, e->dated);
            tl_report_text(r, e->language);
            tl_report_text(r, e->url);
            tl_report_text(r, e->retrieved);
            tl_report_text(r, e->sha256);
        }
}

static void put_reply(tl_report *r, int64_t version, const tl_reply *y)
{
    static const tl_label accepted = { "accepted", "采纳" }, rejected = { "rejected", "不采纳" };
    tl_report_int(r, version);
    tl_report_text(r, y->at);
    tl_report_text(r, y->by);
    tl_report_text(r, y->slot);
    tl_report_text(r, y->text);
    tl_report_text(r, y->evidence.document);
    tl_report_text(r, y->evidence.page);
    tl_report_text(r, y->evidence.quote);
    tl_report_text(r, y->evidence.url);
    if (y->decided)
        tl_report_word(r, y->accepted ? "accepted" : "rejected", y->accepted ? accepted : rejected);
    else
        tl_report_empty(r, (tl_label){ "not decided yet", "待处理" });
    tl_report_text(r, y->reason);
    tl_report_text(r, y->decided_at);
    tl_report_text(r, y->decided_by);
    tl_report_int(r, y->id);
}

void tl_put_replies(tl_report *r, const tl_assessment *a, size_t n)
{
    static const tl_column columns[] = {
        { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_INT },
        { .key = "at", .name = { "on", "日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "by", .name = { "by", "回复人" }, .kind = TL_COLUMN_TEXT },
        { .key = "slot", .name = { "about", "指标" }, .kind = TL_COLUMN_TEXT },
        { .key = "text", .name = { "reply", "回复" }, .kind = TL_COLUMN_TEXT },
        { .key = "document", .name = { "its document", "企业佐证文件" }, .kind = TL_COLUMN_TEXT },
        { .key = "page", .name = { "page", "页码" }, .kind = TL_COLUMN_TEXT },
        { .key = "quote", .name = { "quote", "原文" }, .kind = TL_COLUMN_TEXT },
        { .key = "url", .name = { "address", "网址" }, .kind = TL_COLUMN_TEXT },
        { .key = "decision", .name = { "decision", "处理结果" }, .kind = TL_COLUMN_WORD },
        { .key = "reason", .name = { "reason", "原因" }, .kind = TL_COLUMN_TEXT },
        { .key = "decided_at", .name = { "decided on", "处理日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "decided_by", .name = { "decided by", "处理人" }, .kind = TL_COLUMN_TEXT },
        { .key = "reply", .name = { "number", "回复编号" }, .kind = TL_COLUMN_INT },
    };
    bool begun = false;
    for (size_t v = 0; v < n; v++)
        for (size_t i = 0; i < a[v].n_replies; i++) {
            if (!begun)
                tl_report_table(r, "replies", (tl_label){ "Replies of the company", "企业回复" },
                                columns, sizeof columns / sizeof *columns);
            begun = true;
            put_reply(r, a[v].version, &a[v].replies[i]);
        }
}

static void put_known_facts(tl_report *r, const tl_rating_card *c)
{
    static const tl_column columns[] = {
        { .key = "fact", .name = { "what is known", "事实" }, .kind = TL_COLUMN_WORD },
        { .key = "period", .name = { "period", "时期" }, .kind = TL_COLUMN_TEXT },
        { .key = "value", .name = { "value", "数值" }, .kind = TL_COLUMN_WORD },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
        { .key = "source", .name = { "source", "来源" }, .kind = TL_COLUMN_TEXT },
    };
    if (c->n_facts == 0)
        return;
    tl_report_table(r, "facts", (tl_label){ "Known about the company", "企业概况" }, columns, 5);
    for (size_t i = 0; i < c->n_facts; i++) {
        tl_report_word(r, c->facts[i].fact, tl_word_fact(c->facts[i].fact));
        tl_report_text(r, c->facts[i].period);
        tl_report_word(r, c->facts[i].value, tl_word_yes_no(c->facts[i].value));
        tl_report_text(r, c->facts[i].unit);
        tl_report_text(r, c->facts[i].source);
    }
}

/* Names may be corrected; what is frozen bears the id. */
static tl_label title_of(const tl_rating_card *c)
{
    return c->frozen ? (tl_label){ c->company->id, c->company->id } : tl_company_label(c->company);
}

tl_report *tl_report_card(const tl_rating_card *c)
{
    tl_report *r = tl_report_new(c->arena, "rate-score", title_of(c));
    if (!r)
        return NULL;
    put_company_facts(r, c);
    tl_put_index_facts(r, c->index, c->assessment->key.period);
    put_result_facts(r, c);
    put_themes(r, c);
    put_dimensions(r, c);
    put_answers(r, c);
    put_evidence(r, c);
    if (!c->frozen)
        tl_put_replies(r, c->assessment, 1);
    put_known_facts(r, c);
    tl_put_mark_notes(r, c->index, TL_MARKS_WEIGHTING | TL_MARKS_THEMES | TL_MARKS_STARS, c->arena);
    return r;
}

tl_report *tl_report_checklist(const tl_rating_card *c)
{
    static const tl_column columns[] = {
        { .key = "slot", .name = { "no.", "编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "name", .name = { "what is asked", "指标" }, .kind = TL_COLUMN_LABEL },
        { .key = "met", .name = { "met", "是否做到" }, .kind = TL_COLUMN_WORD },
    };
    static const char *const codes[] = { "unknown", "no", "partly", "yes" };
    const tl_sheet_level level = c->assessment->key.level;
    tl_report *r = tl_report_new(c->arena, "rate-checklist", title_of(c));
    if (!r)
        return NULL;
    put_company_facts(r, c);
    tl_put_index_facts(r, c->index, c->assessment->key.period);
    tl_report_table(r, "checklist",
                    (tl_label){ "Done, partly done, not done", "逐项：是、部分、否" }, columns, 3);
    for (size_t i = 0; i < tl_sheet_slots(c->index, level); i++) {
        tl_check check = tl_check_of(c->sheet[i], tl_slot_max(c->index, level, i));
        tl_report_text(r, tl_slot_code(c->index, level, i));
        tl_report_label(r, tl_slot_label(c->index, level, i));
        tl_report_word(r, codes[check], tl_word_check(check));
    }
    tl_report_note(r, (tl_label){ "A list without a total, on purpose: what is done, not who is "
                                  "better.",
                                  "本表有意不计总分：只看做了什么，不比高低。" });
    return r;
}
