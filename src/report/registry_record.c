/* registry_record.c - one record, its versions, batches, and the form that goes to the company. */
#include "report/registry_record.h"

#include <math.h>

#include "base/number.h"
#include "report/registry_parts.h"
#include "report/words.h"
#include "report/words_data.h"

tl_label tl_word_record_state(tl_record_state state)
{
    static const tl_label labels[] = {
        [TL_RECORD_PRELIMINARY] = { "preliminary", "初步结果" },
        [TL_RECORD_REVIEW] = { "review by the company", "企业复核" },
        [TL_RECORD_RECALCULATED] = { "recalculated", "已重算" },
        [TL_RECORD_PUBLISHED] = { "published", "已公布" },
        [TL_RECORD_SUPERSEDED] = { "superseded", "被取代" },
        [TL_RECORD_EXPIRED] = { "expired", "已到期" },
        [TL_RECORD_WITHDRAWN] = { "withdrawn", "已撤回" },
    };
    return labels[state];
}

tl_label tl_word_record_kind(tl_record_kind kind)
{
    static const tl_label labels[] = {
        [TL_RECORD_VEHICLE] = { "vehicle carbon footprint", "整车碳足迹" },
        [TL_RECORD_PCF] = { "product carbon footprint", "产品碳足迹" },
        [TL_RECORD_EPD] = { "environmental product declaration", "环境产品声明" },
    };
    return labels[kind];
}

static void fact(tl_report *r, const char *key, const char *en, const char *zh, const char *value)
{
    if (value && *value)
        tl_report_fact(r, key, (tl_label){ en, zh }, value);
}

/* A number rounded to decimals; nothing where it is not known. */
static void number(tl_report *r, const char *key, tl_label name, double v, int decimals,
                   tl_arena *arena)
{
    char text[TL_NUMBER_MAX + 320];
    if (!isfinite(v))
        return;
    tl_number_format_fixed(v, decimals, text);
    tl_report_fact_exact(r, key, name, tl_arena_str(arena, text));
}

/* Where the version stands now. */
static void put_state(tl_report *r, const tl_record *x)
{
    tl_report_fact_word(r, "state", (tl_label){ "state", "状态" }, tl_record_state_name(x->state),
                        tl_word_record_state(x->state));
    if (x->replaced_by)
        tl_report_fact_int(r, "replaced_by", (tl_label){ "replaced by version", "被版本取代" },
                           x->replaced_by);
}

static void put_product(tl_report *r, const tl_record *x, bool frozen, tl_arena *arena)
{
    fact(r, "record", "record", "记录", x->id);
    tl_report_fact_int(r, "version", (tl_label){ "version", "版本" }, x->version);
    tl_report_fact_word(r, "kind", (tl_label){ "kind", "类型" }, tl_record_kind_name(x->kind),
                        tl_word_record_kind(x->kind));
    if (!frozen)
        put_state(r, x);
    fact(r, "maker", "maker", "生产企业", x->maker);
    fact(r, "company", "company", "企业编号", x->company);
    fact(r, "disclosure_id", "disclosure id", "公示编号", x->disclosure_id);
    if (*x->size_class)
        tl_report_fact_word(r, "size_class", (tl_label){ "size class", "级别" }, x->size_class,
                            tl_word_size_class(x->size_class));
    if (*x->body)
        tl_report_fact_word(r, "body", (tl_label){ "body", "车身" }, x->body,
                            tl_word_body(x->body));
    if (*x->powertrain)
        tl_report_fact_word(r, "powertrain", (tl_label){ "powertrain", "动力类型" }, x->powertrain,
                            tl_word_powertrain(x->powertrain));
    number(r, "kerb_mass_kg", (tl_label){ "kerb mass, kg", "整备质量，kg" }, x->kerb_mass_kg, 0,
           arena);
    fact(r, "launched", "launched", "上市时间", x->launched);
}

static void put_value(tl_report *r, const tl_record *x, tl_arena *arena)
{
    number(r, "value", (tl_label){ "footprint", "碳足迹" }, x->value, 2, arena);
    fact(r, "unit", "unit", "单位", x->unit);
    if (*x->boundary)
        tl_report_fact_word(r, "boundary", (tl_label){ "boundary", "核算边界" }, x->boundary,
                            tl_word_boundary(x->boundary));
    fact(r, "method", "method", "方法", x->method);
    if (*x->grade)
        tl_report_fact_word(r, "grade", (tl_label){ "data grade", "数据等级" }, x->grade,
                            tl_word_grade(x->grade));
    if (isfinite(x->uncertainty))
        number(r, "uncertainty_percent", (tl_label){ "uncertainty, ± %", "不确定性，± %" },
               100 * x->uncertainty, 1, arena);
    else
        tl_report_fact_word(r, "uncertainty", (tl_label){ "uncertainty", "不确定性" }, NULL,
                            (tl_label){ "not stated", "未说明" });
    number(r, "primary_share_percent", (tl_label){ "primary data share, %", "初级数据占比，%" },
           100 * x->primary_share, 1, arena);
    fact(r, "verifier", "verifier", "核查人", x->verifier);
    fact(r, "valid_from", "valid from", "有效期自", x->valid_from);
    fact(r, "valid_until", "valid until", "有效期至", x->valid_until);
    fact(r, "published_on", "published", "公布日期", x->published_on);
    fact(r, "reason", "reason of this version", "更正原因", x->reason);
    fact(r, "evidence", "evidence", "佐证", x->evidence);
    fact(r, "input_hash", "input hash (SHA-256)", "输入哈希（SHA-256）", x->input_hash);
    fact(r, "seal", "seal (SHA-256)", "存证哈希（SHA-256）", x->hash);
}

/* Both benchmarks, and a sentence where they point in different directions. */
static void put_benchmark(tl_report *r, const tl_record_card *c, tl_arena *arena)
{
    const tl_benchmark *b = c->benchmark;
    if (!b)
        return;
    number(r, "category_mean", (tl_label){ "mean of its category", "类别均值" }, b->mean_g_km, 1,
           arena);
    number(r, "to_mean_percent", (tl_label){ "from the mean, %", "与均值之差，%" },
           100 * b->to_mean, 1, arena);
    tl_report_fact_int(r, "class", (tl_label){ "class (0: none)", "等级（0：无）" },
                       b->class_number);
    tl_report_fact_int(r, "peers", (tl_label){ "cars of similar kerb mass", "相近整备质量的车型" },
                       (int64_t)b->peers);
    tl_report_fact_int(r, "rank_in_peers", (tl_label){ "rank among them", "其中名次" },
                       (int64_t)b->rank);
    if ((b->class_number == 1 || b->class_number == 2) && !b->below && isfinite(b->to_mean))
        tl_report_note(r, (tl_label){ "A good class and yet above the mean of its category: the "
                                      "class compares it with cars of similar kerb mass only.",
                                      "等级较好但高于类别均值：等级只与整备质量相近的车型比较。" });
    if (b->class_number >= 4 && b->below)
        tl_report_note(r, (tl_label){ "Below the mean of its category and yet in a high class: the "
                                      "class compares it with cars of similar kerb mass only.",
                                      "低于类别均值但等级较差：等级只与整备质量相近的车型比较。" });
}

static void put_parts(tl_report *r, const tl_record_card *c)
{
    static const tl_column columns[] = {
        { .key = "kind", .name = { "kind", "类别" }, .kind = TL_COLUMN_WORD },
        { .key = "key", .name = { "part", "构成" }, .kind = TL_COLUMN_WORD },
        { .key = "value", .name = { "value", "数值" }, .kind = TL_COLUMN_NUMBER, .decimals = 2 },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
    };
    const tl_record *x = c->record;
    if (x->n_parts == 0)
        return;
    tl_report_table(r, "parts", (tl_label){ "What it consists of", "构成" }, columns, 4);
    for (size_t i = 0; i < x->n_parts; i++) {
        const tl_record_part *p = &x->parts[i];
        tl_report_word(r, p->kind, tl_word_part_kind(p->kind));
        tl_report_word(r, p->key, c->part_names ? c->part_names[i] : (tl_label){ p->key, p->key });
        tl_report_number(r, p->value);
        tl_report_text(r, p->unit);
    }
}

static void put_feedback(tl_report *r, const tl_record_card *c)
{
    static const tl_column columns[] = {
        { .key = "at", .name = { "on", "日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "by", .name = { "by", "提出人" }, .kind = TL_COLUMN_TEXT },
        { .key = "proposed",
          .name = { "proposed", "建议值" },
          .kind = TL_COLUMN_NUMBER,
          .decimals = 2 },
        { .key = "text", .name = { "remark", "意见" }, .kind = TL_COLUMN_TEXT },
        { .key = "evidence", .name = { "evidence", "佐证" }, .kind = TL_COLUMN_TEXT },
    };
    if (c->n_feedback == 0)
        return;
    tl_report_table(r, "feedback", (tl_label){ "Remarks of the company", "企业反馈" }, columns, 5);
    for (size_t i = 0; i < c->n_feedback; i++) {
        tl_report_text(r, c->feedback[i].at);
        tl_report_text(r, c->feedback[i].by);
        tl_report_number(r, c->feedback[i].proposed);
        tl_report_text(r, c->feedback[i].text);
        tl_report_text(r, c->feedback[i].evidence);
    }
}

/* What has become of a declaration since the footprint was computed with it. */
static tl_label mark_word(const tl_epd_mark *m)
{
    if (!m->sealed)
        return (tl_label){ "not the version that was sealed", "与存证版本不符" };
    if (m->state == TL_RECORD_WITHDRAWN)
        return (tl_label){ "withdrawn", "已撤回" };
    if (m->over)
        return (tl_label){ "expired", "已过期" };
    if (m->state == TL_RECORD_SUPERSEDED)
        return (tl_label){ "updated", "已更新" };
    return (tl_label){ "in force", "有效" };
}

static bool doubtful(const tl_epd_mark *m)
{
    return !m->sealed || m->over || m->state == TL_RECORD_WITHDRAWN;
}

static void note_marks(tl_report *r, const tl_record_card *c, tl_arena *arena)
{
    for (size_t i = 0; i < c->n_marks; i++) {
        const tl_epd_mark *m = &c->marks[i];
        if (!doubtful(m))
            continue;
        tl_label word = mark_word(m);
        const char *on = *m->ended_on ? m->ended_on : m->valid_until;
        tl_report_note(
            r,
            (tl_label){
                tl_arena_printf(arena,
                                "This footprint stands on the declaration %s@%lld: %s%s%s. It "
                                "keeps its value.",
                                m->record, (long long)m->version, word.en, *on ? ", " : "", on),
                tl_arena_printf(arena, "本碳足迹以声明 %s@%lld 为依据：%s%s%s。数值保持不变。",
                                m->record, (long long)m->version, word.zh, *on ? "，" : "", on) });
    }
}

static void put_marks(tl_report *r, const tl_record_card *c, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "declaration", .name = { "declaration", "声明" }, .kind = TL_COLUMN_TEXT },
        { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_INT },
        { .key = "product", .name = { "product", "产品" }, .kind = TL_COLUMN_TEXT },
        { .key = "owner", .name = { "owner", "所有者" }, .kind = TL_COLUMN_TEXT },
        { .key = "valid_until", .name = { "valid until", "有效期至" }, .kind = TL_COLUMN_TEXT },
        { .key = "mark", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
        { .key = "ended_on", .name = { "ended on", "终止日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "ended_because", .name = { "why", "终止原因" }, .kind = TL_COLUMN_TEXT },
    };
    if (c->n_marks == 0)
        return;
    tl_report_table(r, "declarations",
                    (tl_label){ "Declarations it stands on", "所依据的环境产品声明" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < c->n_marks; i++) {
        const tl_epd_mark *m = &c->marks[i];
        tl_label word = mark_word(m);
        tl_report_text(r, m->record);
        tl_report_int(r, m->version);
        tl_report_text(r, m->product);
        tl_report_text(r, m->owner);
        tl_report_text(r, m->valid_until);
        tl_report_word(r, word.en, word);
        tl_report_text(r, m->ended_on);
        tl_report_text(r, m->ended_because);
    }
    note_marks(r, c, arena);
}

/* The same as it was when it was sealed. */
static void put_pinned(tl_report *r, const tl_record_card *c)
{
    static const tl_column columns[] = {
        { .key = "declaration", .name = { "declaration", "声明" }, .kind = TL_COLUMN_TEXT },
        { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_INT },
    };
    if (c->n_marks == 0)
        return;
    tl_report_table(r, "declarations",
                    (tl_label){ "Declarations it stands on", "所依据的环境产品声明" }, columns, 2);
    for (size_t i = 0; i < c->n_marks; i++) {
        tl_report_text(r, c->marks[i].record);
        tl_report_int(r, c->marks[i].version);
    }
}

tl_report *tl_report_record(const tl_record_card *c, tl_arena *arena)
{
    tl_report *r = tl_report_new(arena, "registry-record",
                                 (tl_label){ c->record->product, c->record->product });
    if (!r)
        return NULL;
    put_product(r, c->record, c->frozen, arena);
    put_value(r, c->record, arena);
    if (!c->frozen)
        put_benchmark(r, c, arena);
    put_parts(r, c);
    if (c->frozen) {
        put_pinned(r, c);
        return r;
    }
    put_marks(r, c, arena);
    put_feedback(r, c);
    return r;
}

tl_report *tl_report_record_versions(const tl_record *versions, size_t n, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_INT },
        { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
        { .key = "value", .name = { "value", "数值" }, .kind = TL_COLUMN_NUMBER, .decimals = 2 },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
        { .key = "published_on", .name = { "published", "公布日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "author", .name = { "author", "作者" }, .kind = TL_COLUMN_TEXT },
        { .key = "reason", .name = { "reason", "更正原因" }, .kind = TL_COLUMN_TEXT },
        { .key = "seal",
          .name = { "seal", "存证哈希" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
    };
    const char *product = n ? versions[n - 1].product : "";
    tl_report *r = tl_report_new(arena, "registry-history", (tl_label){ product, product });
    if (!r)
        return NULL;
    fact(r, "record", "record", "记录", n ? versions[0].id : "");
    tl_report_table(r, "versions", (tl_label){ "Versions, oldest first", "版本（由旧到新）" },
                    columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        const tl_record *x = &versions[i];
        tl_report_int(r, x->version);
        tl_report_word(r, tl_record_state_name(x->state), tl_word_record_state(x->state));
        tl_report_number(r, x->value);
        tl_report_text(r, x->unit);
        tl_report_text(r, x->published_on);
        tl_report_text(r, x->author);
        tl_report_text(r, x->reason);
        tl_report_text(r, x->hash);
    }
    return r;
}

tl_report *tl_report_batches(const tl_batch *batches, size_t n, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "batch", .name = { "batch", "批次" }, .kind = TL_COLUMN_TEXT },
        { .key = "title", .name = { "title", "名称" }, .kind = TL_COLUMN_TEXT },
        { .key = "created_on", .name = { "opened", "建立日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "records", .name = { "records", "记录数" }, .kind = TL_COLUMN_INT },
        { .key = "preliminary", .name = { "preliminary", "初步结果" }, .kind = TL_COLUMN_INT },
        { .key = "review", .name = { "in review", "企业复核" }, .kind = TL_COLUMN_INT },
        { .key = "recalculated", .name = { "recalculated", "已重算" }, .kind = TL_COLUMN_INT },
        { .key = "published", .name = { "published", "已公布" }, .kind = TL_COLUMN_INT },
        { .key = "refused", .name = { "not computed", "未计算" }, .kind = TL_COLUMN_INT },
    };
    tl_report *r =
        tl_report_new(arena, "registry-batches", (tl_label){ "Publication rounds", "公示批次" });
    if (!r)
        return NULL;
    tl_report_table(r, "batches", (tl_label){ "Batches", "批次" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        const tl_batch *b = &batches[i];
        tl_report_text(r, b->id);
        tl_report_text(r, b->title);
        tl_report_text(r, b->created_on);
        tl_report_int(r, b->records);
        tl_report_int(r, b->preliminary);
        tl_report_int(r, b->review);
        tl_report_int(r, b->recalculated);
        tl_report_int(r, b->published);
        tl_report_int(r, b->refused);
    }
    return r;
}
