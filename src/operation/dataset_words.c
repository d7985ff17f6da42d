/* dataset_words.c - names that exist in one language only: in the tables of current data sets, and
 * in the register of companies.
 *
 * A table has names in two languages where it has a column that ends in _en and its twin in _zh. A
 * row with both or neither lacks nothing; free text (notes, evidence) is looked at like a name. */
#include <string.h>

#include "base/text.h"
#include "company/company.h"
#include "format/sheet.h"
#include "operation/dataset.h"

enum { MOST = 2000, DEFAULT_MOST = 200, ROWS_MAX = 200000, PAIRS_MAX = 16 };

static const tl_column count_columns[] = {
    { .key = "source", .name = { "where", "来源" }, .kind = TL_COLUMN_TEXT },
    { .key = "file", .name = { "table", "表" }, .kind = TL_COLUMN_TEXT },
    { .key = "field", .name = { "field", "字段" }, .kind = TL_COLUMN_TEXT },
    { .key = "names", .name = { "texts", "文字数" }, .kind = TL_COLUMN_INT },
    { .key = "without_zh", .name = { "without Chinese", "缺中文" }, .kind = TL_COLUMN_INT },
    { .key = "without_en", .name = { "without English", "缺英文" }, .kind = TL_COLUMN_INT },
};
static const tl_column name_columns[] = {
    { .key = "source", .name = { "where", "来源" }, .kind = TL_COLUMN_TEXT },
    { .key = "file", .name = { "table", "表" }, .kind = TL_COLUMN_TEXT },
    { .key = "row", .name = { "row", "行" }, .kind = TL_COLUMN_TEXT },
    { .key = "field", .name = { "field", "字段" }, .kind = TL_COLUMN_TEXT },
    { .key = "lacks", .name = { "lacks", "缺少" }, .kind = TL_COLUMN_WORD },
    { .key = "text", .name = { "the text there is", "现有文字" }, .kind = TL_COLUMN_TEXT },
};

struct count {
    const char *source, *file, *field;
    int64_t names, without_zh, without_en;
};

struct missing {
    const char *source, *file, *row, *field, *text;
    bool zh; /* lacks Chinese */
};

struct looking {
    tl_call *c;
    const char *set, *lacks; /* what is asked for, NULL: all */
    struct count *counts;
    struct missing *names;
    size_t n_counts, n_names, most;
    int64_t total;
};

/* One text in both languages. */
static void look(struct looking *l, struct count *k, const char *row, const char *en,
                 const char *zh)
{
    if (!*en && !*zh)
        return;
    k->names++;
    k->without_en += !*en;
    k->without_zh += !*zh;
    if (*en && *zh)
        return;
    if (l->lacks && strcmp(l->lacks, *zh ? "en" : "zh") != 0)
        return;
    l->total++;
    if (l->n_names < l->most)
        l->names[l->n_names++] =
            (struct missing){ k->source, k->file, row, k->field, *zh ? zh : en, *zh == '\0' };
}

static struct count *begin(struct looking *l, const char *source, const char *file,
                           const char *field)
{
    if (l->n_counts == MOST)
        return NULL;
    l->counts[l->n_counts] = (struct count){ .source = source, .file = file, .field = field };
    return &l->counts[l->n_counts++];
}

/* A pair of columns that lacks nothing is no finding. */
static void end(struct looking *l, const struct count *k)
{
    if (k->without_en == 0 && k->without_zh == 0)
        l->n_counts--;
}

static int find_twin(const tl_sheet *t, const char *stem, size_t n)
{
    for (size_t i = 0; i < t->columns; i++)
        if (strlen(t->names[i]) == n + 3 && strncmp(t->names[i], stem, n) == 0 &&
            strcmp(t->names[i] + n, "_zh") == 0)
            return (int)i;
    return -1;
}

static tl_status look_at_table(struct looking *l, const char *source, const char *file,
                               const tl_sheet *t, tl_error *err)
{
    for (size_t i = 0; i < t->columns; i++) {
        const size_t n = strlen(t->names[i]);
        const bool english = n > 3 && strcmp(t->names[i] + n - 3, "_en") == 0;
        const int twin = english ? find_twin(t, t->names[i], n - 3) : -1;
        if (twin < 0)
            continue;
        const char *field = tl_arena_copy(l->c->arena, t->names[i], n - 3);
        struct count *k = field ? begin(l, source, file, field) : NULL;
        if (!k)
            return field ? TL_OK : tl_fail_nomem(err);
        for (size_t row = 0; row < t->rows; row++)
            look(l, k, tl_sheet_text(t, row, 0), tl_sheet_text(t, row, i),
                 tl_sheet_text(t, row, (size_t)twin));
        end(l, k);
    }
    return TL_OK;
}

/* Whether the first line names a column in Chinese: other tables need not be read, nor even be ours
 * in separator and encoding. */
static bool is_bilingual(const char *data, size_t n)
{
    const char *line = memchr(data, '\n', n);
    return memmem(data, line ? (size_t)(line - data) : n, "_zh", 3) != NULL;
}

static tl_status look_at_set(struct looking *l, const tl_dataset *set, tl_error *err)
{
    tl_status st = TL_OK;
    const char *source = tl_arena_printf(l->c->arena, "%s@%s", set->id, set->version);
    if (!source)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < set->file_count; i++) {
        const tl_dataset_file *f = &set->files[i];
        const size_t n = strlen(f->path);
        const char *data;
        size_t bytes;
        tl_sheet t;
        if (n < 4 || strcmp(f->path + n - 4, ".csv") != 0 || f->rows == 0 || f->rows > ROWS_MAX)
            continue;
        st = tl_dataset_read(l->c->store, set, f->path, l->c->arena, &data, &bytes, err);
        if (st == TL_OK && !is_bilingual(data, bytes))
            continue;
        if (st == TL_OK)
            st = tl_sheet_read(&t, f->path, data, bytes, l->c->arena, err);
        if (st == TL_OK)
            st = look_at_table(l, source, f->path, &t, err);
    }
    return st;
}

static tl_status look_at_companies(struct looking *l, tl_error *err)
{
    const tl_company *all;
    size_t n;
    tl_status st = tl_company_list(l->c->store, l->c->arena, &all, &n, err);
    struct count *k = st == TL_OK ? begin(l, "companies", "", "name") : NULL;
    for (size_t i = 0; k && i < n; i++)
        look(l, k, all[i].id, all[i].name_en ? all[i].name_en : "",
             all[i].name_zh ? all[i].name_zh : "");
    if (k)
        end(l, k);
    return st;
}

static tl_report *report(const struct looking *l)
{
    static const tl_label zh = { "Chinese", "中文" }, en = { "English", "英文" };
    tl_report *r = tl_report_new(l->c->arena, "translations",
                                 (tl_label){ "Names in one language only", "仅有一种语言的名称" });
    if (!r)
        return NULL;
    tl_report_fact_int(r, "missing", (tl_label){ "translations missing", "缺少的译文" }, l->total);
    tl_report_table(r, "counts", (tl_label){ "Where", "分布" }, count_columns,
                    sizeof count_columns / sizeof *count_columns);
    for (size_t i = 0; i < l->n_counts; i++) {
        const struct count *k = &l->counts[i];
        tl_report_text(r, k->source);
        tl_report_text(r, k->file);
        tl_report_text(r, k->field);
        tl_report_int(r, k->names);
        tl_report_int(r, k->without_zh);
        tl_report_int(r, k->without_en);
    }
    tl_report_table(r, "names", (tl_label){ "Which", "明细" }, name_columns,
                    sizeof name_columns / sizeof *name_columns);
    for (size_t i = 0; i < l->n_names; i++) {
        const struct missing *m = &l->names[i];
        tl_report_text(r, m->source);
        tl_report_text(r, m->file);
        tl_report_text(r, m->row);
        tl_report_text(r, m->field);
        tl_report_word(r, m->zh ? "zh" : "en", m->zh ? zh : en);
        tl_report_text(r, m->text);
    }
    if ((int64_t)l->n_names < l->total)
        tl_report_note(r, (tl_label){ "Not all of them are told; a data set and a limit narrow "
                                      "or widen the list.",
                                      "未全部列出；可按数据集筛选或增大 limit。" });
    return r;
}

tl_status tl_run_dataset_untranslated(tl_call *c, tl_error *err)
{
    int64_t most = DEFAULT_MOST;
    const tl_dataset *sets;
    size_t n;
    tl_call_int(c, "limit", &most);
    struct looking l = { .c = c,
                         .set = tl_call_text(c, "set"),
                         .lacks = tl_call_text(c, "lacks"),
                         .most = (size_t)most };
    l.counts = tl_arena_alloc(c->arena, MOST, sizeof *l.counts);
    l.names = tl_arena_alloc(c->arena, l.most, sizeof *l.names);
    tl_status st = l.counts && l.names ? TL_OK : tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_dataset_list(c->store, c->arena, &sets, &n, err);
    if (st == TL_OK && (!l.set || strcmp(l.set, "companies") == 0))
        st = look_at_companies(&l, err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        /* what a set of companies brought stands in the register */
        if (!sets[i].superseded_by && strcmp(sets[i].kind, "companies") != 0 &&
            (!l.set || strcmp(l.set, sets[i].id) == 0))
            st = look_at_set(&l, &sets[i], err);
    return st == TL_OK ? tl_call_report(c, report(&l), err) : st;
}
