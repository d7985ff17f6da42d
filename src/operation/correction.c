/* correction.c - every published number that was corrected or withdrawn, of all domains, newest
 * first: as a report, and as an Atom feed (RFC 4287) that tells who quoted one. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "company/company.h"
#include "format/svg.h"
#include "operation/operations.h"
#include "rating/assessment.h"
#include "registry/record_correction.h"
#include "report/registry_record.h"

enum { MOST = 1000, DEFAULT_MOST = 200 };

/* One number that is no longer said. Texts are "" where there is nothing. */
struct correction {
    const char *day, *kind, *id, *index, *period, *before, *after, *unit, *day_before, *reason;
    tl_label kind_name, name;
    int64_t version;
};

static const char *two_places(double v, tl_arena *arena)
{
    char text[TL_NUMBER_MAX + 320];
    if (!isfinite(v))
        return "";
    tl_number_format_fixed(v, 2, text);
    return tl_arena_str(arena, text);
}

static struct correction of_record(const tl_record_correction *r, tl_arena *arena)
{
    return (struct correction){ .day = r->day,
                                .kind = tl_record_kind_name(r->kind),
                                .kind_name = tl_word_record_kind(r->kind),
                                .id = r->record,
                                .name = { r->product, r->product },
                                .index = "",
                                .period = "",
                                .version = r->version,
                                .before = two_places(r->before, arena),
                                .after = two_places(r->after, arena),
                                .unit = r->unit_before,
                                .day_before = r->day_before,
                                .reason = r->reason };
}

/* The index of the last one asked for, since results of an edition stand together. */
struct scoring {
    tl_call *c;
    tl_index x;
};

static tl_status total_of(struct scoring *s, const tl_assessment_key *key, int64_t version,
                          const char **out, const char **day, tl_error *err)
{
    tl_assessment a;
    tl_points *sheet;
    tl_score score;
    char text[TL_POINTS_TEXT];
    tl_status st = tl_assessment_get(s->c->store, key, version, s->c->arena, &a, err);
    if (st == TL_OK)
        st = tl_assessment_sheet(&s->x, &a, s->c->arena, &sheet, err);
    if (st != TL_OK)
        return st;
    tl_score_of(&s->x, key->level, sheet, a.scope12, &score);
    tl_total_format(score.total, 1, text);
    *out = tl_arena_str(s->c->arena, text);
    *day = a.published_on;
    return *out ? TL_OK : tl_fail_nomem(err);
}

static tl_status of_rating(struct scoring *s, const tl_assessment *a, struct correction *out,
                           tl_error *err)
{
    static const tl_label rating = { "rating", "企业评价" };
    tl_company company;
    const char *day;
    tl_status st = TL_OK;
    if (!s->x.id || strcmp(s->x.id, a->key.index) != 0 ||
        strcmp(s->x.version, a->key.index_version) != 0) {
        const char *reference =
            tl_arena_printf(s->c->arena, "%s@%s", a->key.index, a->key.index_version);
        st = reference ? tl_index_open(s->c->store, reference, s->c->arena, &s->x, err)
                       : tl_fail_nomem(err);
    }
    *out = (struct correction){ .day = a->published_on,
                                .kind = "rating",
                                .kind_name = rating,
                                .id = a->key.company,
                                .period = a->key.period,
                                .version = a->version,
                                .unit = "",
                                .reason = a->reason };
    out->index = tl_arena_printf(s->c->arena, "%s@%s", a->key.index, a->key.index_version);
    if (st == TL_OK)
        st = tl_company_get(s->c->store, a->key.company, s->c->arena, &company, err);
    if (st == TL_OK)
        st = total_of(s, &a->key, a->version - 1, &out->before, &out->day_before, err);
    if (st == TL_OK)
        st = total_of(s, &a->key, a->version, &out->after, &day, err);
    out->name = (tl_label){ company.name_en, company.name_zh };
    return st;
}

static int newest_first(const void *a, const void *b)
{
    const struct correction *x = a, *y = b;
    int order = strcmp(y->day, x->day);
    if (order == 0)
        order = strcmp(x->kind, y->kind);
    if (order == 0)
        order = strcmp(x->id, y->id);
    return order ? order : (x->version < y->version) - (x->version > y->version);
}

static tl_status collect(tl_call *c, size_t most, struct correction **out, size_t *n, tl_error *err)
{
    const char *from = tl_call_text(c, "from");
    const tl_record_correction *records;
    const tl_assessment *ratings;
    size_t n_records = 0, n_ratings = 0;
    struct scoring s = { .c = c };
    tl_status st = tl_record_corrections(c->store, from ? from : "", most, c->arena, &records,
                                         &n_records, err);
    if (st == TL_OK)
        st = tl_assessment_corrected(c->store, from ? from : "", most, c->arena, &ratings,
                                     &n_ratings, err);
    if (st != TL_OK)
        return st;
    struct correction *all = tl_arena_alloc(c->arena, n_records + n_ratings + 1, sizeof *all);
    if (!all)
        return tl_fail_nomem(err);
    *n = 0;
    for (size_t i = 0; i < n_records; i++)
        all[(*n)++] = of_record(&records[i], c->arena);
    for (size_t i = 0; st == TL_OK && i < n_ratings; i++)
        st = of_rating(&s, &ratings[i], &all[(*n)++], err);
    if (st == TL_OK && *n)
        qsort(all, *n, sizeof *all, newest_first);
    *n = *n < most ? *n : most;
    *out = all;
    return st;
}

static const tl_column columns[] = {
    { .key = "day", .name = { "corrected on", "更正日期" }, .kind = TL_COLUMN_TEXT },
    { .key = "kind", .name = { "what", "类型" }, .kind = TL_COLUMN_WORD },
    { .key = "name", .name = { "of", "名称" }, .kind = TL_COLUMN_LABEL },
    { .key = "before", .name = { "was", "原值" }, .kind = TL_COLUMN_EXACT },
    { .key = "after", .name = { "is", "新值" }, .kind = TL_COLUMN_EXACT },
    { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
    { .key = "reason", .name = { "why", "原因" }, .kind = TL_COLUMN_TEXT },
    { .key = "before_on",
      .name = { "was published on", "原公布日期" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
    { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_INT, .files_only = true },
    { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "index", .name = { "index", "指数" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "period", .name = { "period", "评价期" }, .kind = TL_COLUMN_TEXT, .files_only = true },
};

static tl_report *report(const struct correction *all, size_t n, tl_arena *arena)
{
    tl_report *r = tl_report_new(arena, "corrections", (tl_label){ "Corrections", "更正记录" });
    if (!r)
        return NULL;
    tl_report_table(r, "corrections", (tl_label){ "Newest first", "最新在前" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        const struct correction *k = &all[i];
        tl_report_text(r, k->day);
        tl_report_word(r, k->kind, k->kind_name);
        tl_report_label(r, k->name);
        tl_report_text(r, k->before);
        if (*k->after)
            tl_report_text(r, k->after);
        else
            tl_report_empty(r, (tl_label){ "withdrawn", "已撤回" });
        tl_report_text(r, k->unit);
        tl_report_text(r, k->reason);
        tl_report_text(r, k->day_before);
        tl_report_int(r, k->version);
        tl_report_text(r, k->id);
        tl_report_text(r, k->index);
        tl_report_text(r, k->period);
    }
    return r;
}

static void put_link(tl_svg *x, const char *rel, const char *href)
{
    tl_svg_open(x, "link");
    tl_svg_attr(x, "rel", rel);
    tl_svg_attr(x, "href", href);
    tl_svg_close(x);
}

/* Ids are those of the thing and its version: the same wherever the service stands. */
static void put_entry(tl_svg *x, const struct correction *k, bool zh, tl_arena *arena)
{
    const char *name =
        (zh && k->name.zh && *k->name.zh) || !k->name.en || !*k->name.en ? k->name.zh : k->name.en;
    const char *kind = zh ? k->kind_name.zh : k->kind_name.en;
    const char *now = *k->after ? k->after : zh ? "已撤回" : "withdrawn";
    const char *title = tl_arena_printf(arena, "%s: %s → %s%s%s (%s)", name ? name : k->id,
                                        k->before, now, *k->unit ? " " : "", k->unit, kind);
    const char *id =
        tl_arena_printf(arena, "urn:tanlian:%s:%s:%s%s%s:%lld", k->kind, k->id, k->index,
                        *k->index ? ":" : "", k->period, (long long)k->version);
    const char *updated = tl_arena_printf(arena, "%sT00:00:00Z", k->day);
    tl_svg_open(x, "entry");
    tl_svg_leaf(x, "id", id ? id : "");
    tl_svg_leaf(x, "title", title ? title : "");
    tl_svg_leaf(x, "updated", updated ? updated : "");
    put_link(x, "alternate", zh ? "/zh/corrections" : "/en/corrections");
    tl_svg_leaf(x, "summary", *k->reason ? k->reason : "–");
    tl_svg_close(x);
}

static tl_status feed(tl_call *c, const struct correction *all, size_t n, tl_error *err)
{
    tl_buf *out = &c->document;
    const char *newest = tl_arena_printf(c->arena, "%sT00:00:00Z", n ? all[0].day : "1970-01-01");
    tl_buf_str(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    tl_svg x = tl_svg_start(out);
    tl_svg_open(&x, "feed");
    tl_svg_attr(&x, "xmlns", "http://www.w3.org/2005/Atom");
    tl_svg_attr(&x, "xml:lang", c->zh ? "zh-Hans" : "en");
    tl_svg_leaf(&x, "id", "urn:tanlian:corrections");
    tl_svg_leaf(&x, "title", c->zh ? "碳链：更正记录" : "Tanlian: corrections");
    tl_svg_leaf(&x, "updated", newest ? newest : "");
    tl_svg_open(&x, "author");
    tl_svg_leaf(&x, "name", c->zh ? "碳链" : "Tanlian");
    tl_svg_close(&x);
    put_link(&x, "self", "/api/v1/corrections?format=atom");
    for (size_t i = 0; i < n; i++)
        put_entry(&x, &all[i], c->zh, c->arena);
    tl_svg_close(&x);
    c->document_type = "application/atom+xml";
    c->document_name = "corrections.atom";
    return tl_buf_status(out, err);
}

static tl_status run_corrections(tl_call *c, tl_error *err)
{
    struct correction *all = NULL;
    size_t n = 0;
    int64_t most = DEFAULT_MOST;
    tl_call_int(c, "limit", &most);
    tl_status st = collect(c, (size_t)most, &all, &n, err);
    if (st != TL_OK)
        return st;
    if (c->format && strcmp(c->format, "atom") == 0)
        return feed(c, all, n, err);
    return tl_call_report(c, report(all, n, c->arena), err);
}

static const tl_argument arguments[] = {
    { .name = "from", .kind = TL_ARGUMENT_DAY, .help = { "since that day", "起始日期" } },
    { .name = "limit",
      .kind = TL_ARGUMENT_INT,
      .least = 1,
      .most = MOST,
      .shown = "N",
      .help = { "at most so many; 200 if not given", "最多个数，默认 200" } },
};

static const tl_operation rows[] = {
    { .name = "corrections",
      .summary = { "published numbers that were corrected: old, new, why",
                   "已公布数值的更正：原值、新值与原因" },
      .method = TL_HTTP_GET,
      .path = "/corrections",
      .right = TL_RIGHT_PUBLIC_READ,
      .arguments = arguments,
      .n = sizeof arguments / sizeof *arguments,
      .formats = "json|view|csv|xlsx|atom",
      .run = run_corrections },
};

const tl_operations tl_operations_corrections = {
    "corrections",
    { "published numbers that were corrected", "已公布数值的更正" },
    rows,
    sizeof rows / sizeof *rows,
};
