/* origin.c - the row, and what records and ratings have in common. */
#include "operation/origin.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "dataset/dataset.h"
#include "operation/operations.h"
#include "operation/people.h"
#include "operation/rating_open.h"
#include "registry/record.h"
#include "report/audit_words.h"
#include "report/words.h"
#include "store/audit.h"

enum { OBJECTS_MAX = 256, ENTRIES_EACH = 200 };

tl_status tl_origin_object(tl_origin *o, const char *object, tl_error *err)
{
    if (!object || (!o->objects &&
                    !(o->objects = tl_arena_alloc(o->c->arena, OBJECTS_MAX, sizeof *o->objects))))
        return tl_fail_nomem(err);
    if (o->n_objects < OBJECTS_MAX)
        o->objects[o->n_objects++] = object;
    return TL_OK;
}

static const tl_column pin_columns[] = {
    { .key = "id", .name = { "rests on", "依据" }, .kind = TL_COLUMN_TEXT },
    { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_TEXT },
    { .key = "kind", .name = { "what it is", "类型" }, .kind = TL_COLUMN_WORD },
    { .key = "title", .name = { "name", "名称" }, .kind = TL_COLUMN_LABEL },
    { .key = "agrees", .name = { "still the same", "与原件一致" }, .kind = TL_COLUMN_WORD },
    { .key = "superseded_by", .name = { "newer version", "更新版本" }, .kind = TL_COLUMN_TEXT },
    { .key = "date", .name = { "date", "日期" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "checksum",
      .name = { "SHA-256", "SHA-256" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
};

void tl_origin_pins(tl_origin *o)
{
    tl_report_table(o->r, "pins", (tl_label){ "What it rests on", "所依据的数据集与声明" },
                    pin_columns, sizeof pin_columns / sizeof *pin_columns);
}

static void put_agrees(tl_origin *o, const char *code)
{
    static const struct {
        const char *code;
        tl_label name;
    } words[] = { { "same", { "yes, checksum agrees", "是，校验和相符" } },
                  { "differs", { "no, checksum differs", "否，校验和不符" } },
                  { "missing", { "not held here", "本平台未存" } } };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].code, code) == 0)
            tl_report_word(o->r, code, words[i].name);
    o->sound = o->sound && strcmp(code, "same") == 0;
}

static void put_pin(tl_origin *o, const char *id, const char *version, const char *kind,
                    tl_label kind_name, tl_label title, const char *agrees)
{
    tl_report_text(o->r, id);
    tl_report_text(o->r, version);
    tl_report_word(o->r, kind, kind_name);
    tl_report_label(o->r, title);
    put_agrees(o, agrees);
}

/* A declaration is pinned by its seal. */
static tl_status pin_record(tl_origin *o, const char *id, const char *version, const char *checksum,
                            bool *found, tl_error *err)
{
    static const tl_label kind = { "declaration", "声明" };
    int64_t number = 0;
    tl_record x;
    tl_error why = { 0 };
    *found = false;
    if (tl_int_parse(version, 1, INT32_MAX, &number, NULL) != TL_OK)
        return TL_OK;
    tl_status st = tl_record_get(o->c->store, id, number, o->c->arena, &x, &why);
    if (st == TL_ENOTFOUND)
        return TL_OK;
    if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    *found = true;
    put_pin(o, id, version, "declaration", kind, (tl_label){ x.product, x.product },
            strcmp(x.hash, checksum) == 0 ? "same" : "differs");
    if (x.replaced_by)
        tl_report_text(o->r, tl_arena_printf(o->c->arena, "%lld", (long long)x.replaced_by));
    else
        tl_report_empty(o->r, (tl_label){ "none", "无" });
    tl_report_text(o->r, x.published_on);
    tl_report_text(o->r, checksum);
    return tl_origin_object(o, tl_arena_printf(o->c->arena, "record/%s", id), err);
}

tl_status tl_origin_pin(tl_origin *o, const char *id, const char *version, const char *checksum,
                        tl_error *err)
{
    static const tl_label set_kind = { "data set", "数据集" }, unknown = { "?", "?" };
    bool found = false;
    tl_dataset set;
    tl_error why = { 0 };
    tl_status st = pin_record(o, id, version, checksum, &found, err);
    if (st != TL_OK || found)
        return st;
    st = tl_dataset_get(o->c->store, id, version, o->c->arena, &set, &why);
    if (st != TL_OK && st != TL_ENOTFOUND)
        return tl_fail(err, st, "%s", why.text);
    if (st == TL_ENOTFOUND) {
        put_pin(o, id, version, "unknown", unknown, (tl_label){ NULL, NULL }, "missing");
        tl_report_text(o->r, NULL);
        tl_report_text(o->r, NULL);
        tl_report_text(o->r, checksum);
        return TL_OK;
    }
    put_pin(o, id, version, "dataset", set_kind, (tl_label){ set.title_en, set.title_zh },
            strcmp(set.checksum, checksum) == 0 ? "same" : "differs");
    if (set.superseded_by)
        tl_report_text(o->r, set.superseded_by);
    else
        tl_report_empty(o->r, (tl_label){ "none", "无" });
    tl_report_text(o->r, set.date);
    tl_report_text(o->r, checksum);
    return tl_origin_object(o, tl_arena_printf(o->c->arena, "dataset/%s@%s", id, version), err);
}

static const tl_column change_columns[] = {
    { .key = "at", .name = { "when", "时间" }, .kind = TL_COLUMN_TEXT },
    { .key = "action", .name = { "what was done", "操作" }, .kind = TL_COLUMN_WORD },
    { .key = "object", .name = { "with", "对象" }, .kind = TL_COLUMN_TEXT },
    { .key = "who", .name = { "who", "操作人" }, .kind = TL_COLUMN_TEXT },
    { .key = "seq",
      .name = { "entry of the audit chain", "审计链序号" },
      .kind = TL_COLUMN_INT,
      .files_only = true },
    { .key = "hash",
      .name = { "its hash", "记录哈希" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
};

/* Steps by which something became public or ceased to be; what is prepared is nobody's to see. */
static bool is_public(const char *action)
{
    static const char *const all[] = {
        "record.publish",     "record.expire",       "record.withdraw",
        "batch.publish",      "batch.expire",        "assessment.take_over",
        "assessment.publish", "assessment.withdraw", "dataset.install",
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i], action) == 0)
            return true;
    return false;
}

static int newest_first(const void *a, const void *b)
{
    const tl_audit_entry *x = a, *y = b;
    return (x->seq < y->seq) - (x->seq > y->seq);
}

static tl_status put_change(tl_origin *o, const tl_audit_entry *e, bool all, tl_error *err)
{
    const char *name = NULL;
    tl_status st = all ? tl_people_name(o->c, e->actor, &name, err) : TL_OK;
    tl_report_text(o->r, e->at);
    tl_report_word(o->r, e->action, tl_word_action(e->action));
    tl_report_text(o->r, e->object);
    if (all || tl_text_starts(e->actor, "dataset ")) /* what a set brought is nobody's secret */
        tl_report_text(o->r, name ? name : e->actor);
    else
        tl_report_empty(o->r, (tl_label){ "not public", "不公开" });
    tl_report_int(o->r, e->seq);
    tl_report_text(o->r, e->hash);
    return st;
}

tl_status tl_origin_changes(tl_origin *o, tl_error *err)
{
    const bool all = tl_viewer_may(o->c->viewer, TL_RIGHT_AUDIT_READ);
    tl_audit_entry *list =
        tl_arena_alloc(o->c->arena, o->n_objects * ENTRIES_EACH + 1, sizeof *list);
    size_t n = 0;
    tl_status st = list ? TL_OK : tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < o->n_objects; i++) {
        const tl_audit_filter filter = { .object = o->objects[i], .limit = ENTRIES_EACH };
        const tl_audit_entry *found;
        size_t count;
        st = tl_audit_newest(o->c->store, &filter, o->c->arena, &found, &count, err);
        for (size_t k = 0; st == TL_OK && k < count; k++)
            if (all || is_public(found[k].action))
                list[n++] = found[k];
    }
    if (st != TL_OK)
        return st;
    qsort(list, n, sizeof *list, newest_first);
    tl_report_table(o->r, "changes",
                    (tl_label){ "What was done, newest first", "变更记录（最新在前）" },
                    change_columns, sizeof change_columns / sizeof *change_columns);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        st = put_change(o, &list[i], all, err);
    return st;
}

static tl_status run_origin(tl_call *c, tl_error *err)
{
    const char *record = tl_call_text(c, "record"), *company = tl_call_text(c, "company");
    tl_origin o = { .c = c, .sound = true };
    if (!record == !company)
        return tl_fail(err, TL_EINPUT, "%s%srecord or %scompany",
                       record ? "not both: " : "missing: ", c->dash ? c->dash : "",
                       c->dash ? c->dash : "");
    tl_status st = record ? tl_origin_record(&o, record, err) : tl_origin_rating(&o, company, err);
    if (st == TL_OK)
        st = tl_origin_changes(&o, err);
    if (st != TL_OK)
        return st;
    tl_report_fact_word(o.r, "sound", (tl_label){ "all of it agrees", "全部相符" },
                        o.sound ? "yes" : "no", tl_word_yes_no(o.sound ? "yes" : "no"));
    if (!tl_viewer_may(c->viewer, TL_RIGHT_AUDIT_READ))
        tl_report_note(o.r, (tl_label){ "Who did it, and the steps before publication, are shown "
                                        "to people who may read the audit chain.",
                                        "操作人及公布前的各步骤仅向可查阅审计链的人员显示。" });
    return tl_call_report(c, o.r, err);
}

static const tl_argument arguments[] = {
    { .name = "record", .shown = "ID", .help = { "of this footprint", "碳足迹编号" } },
    { .name = "company", .shown = "ID", .help = { "of this company's rating", "企业评价" } },
    TL_RATING_ARGUMENTS,
    TL_RATING_LEVEL,
};

static const tl_operation rows[] = {
    { .name = "origin",
      .summary = { "how a published number came about", "已公布数值的由来" },
      .method = TL_HTTP_GET,
      .path = "/origin",
      .right = TL_RIGHT_PUBLIC_READ,
      .arguments = arguments,
      .n = sizeof arguments / sizeof *arguments,
      .run = run_origin },
};

const tl_operations tl_operations_origin = {
    "origin",
    { "how a published number came about: versions, seals, data sets, changes",
      "已公布数值的由来：版本、存证、数据集、变更" },
    rows,
    sizeof rows / sizeof *rows,
};
