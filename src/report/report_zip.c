/* report_zip.c - a report to be taken away and understood elsewhere: each table as CSV, the whole
 * as JSON, and a README that says in both languages what every column means, how many rows there
 * are and how the same is asked for again. */
#include <stdlib.h>

#include "base/hash.h"
#include "base/text.h"
#include "format/zip.h"
#include "report/report_priv.h"

enum { FILES_MAX = 64, README = 0, JSON = 1, FIRST_TABLE = 2 };

struct parcel {
    const tl_report *r;
    tl_arena *arena; /* owned; names of files */
    tl_buf files[FILES_MAX];
    tl_zip_entry entries[FILES_MAX];
    size_t n;
};

static const char *kind_word(tl_column_kind kind, bool zh)
{
    static const tl_label words[] = {
        [TL_COLUMN_TEXT] = { "text", "文本" },
        [TL_COLUMN_LABEL] = { "text in two columns, _en and _zh", "文本，分 _en 与 _zh 两列" },
        [TL_COLUMN_WORD] = { "code", "代码" },
        [TL_COLUMN_NUMBER] = { "number, in full precision", "数值，未舍入" },
        [TL_COLUMN_EXACT] = { "decimal number", "十进制数" },
        [TL_COLUMN_INT] = { "whole number", "整数" },
        [TL_COLUMN_BOOL] = { "true or false", "true 或 false" },
    };
    return zh ? words[kind].zh : words[kind].en;
}

static void put_facts(tl_buf *out, const tl_report *r)
{
    tl_buf_str(out, "\r\n## 概况 / Facts\r\n\r\n");
    for (const tl_fact *f = r->facts; f; f = f->next) {
        tl_buf_printf(out, "- %s / %s: ", f->name.zh, f->name.en);
        tl_fact_show(out, f, false);
        if (f->is_word && f->word.zh) {
            tl_buf_str(out, " / ");
            tl_fact_show(out, f, true);
        }
        tl_buf_str(out, "\r\n");
    }
}

/* Codes of a column with their words, each once in the order they are met, a few dozen at most:
 * more are no vocabulary. */
static void put_codes(tl_buf *out, const tl_table *t, size_t at)
{
    enum { MOST = 40 };
    const char *seen[MOST];
    size_t n = 0, column = 0;
    tl_cell_walk walk = { t->first, 0 };
    for (const tl_cell *c = tl_cell_next(&walk); c && n < MOST; c = tl_cell_next(&walk)) {
        const bool here = column == at && !tl_cell_is_empty(c) && c->u.label;
        bool known = !here;
        column = (column + 1) % t->n_columns;
        for (size_t i = 0; here && i < n; i++)
            known = known || tl_text_equal(seen[i], c->text);
        if (known)
            continue;
        seen[n++] = c->text;
        tl_buf_printf(out, "%s%s = %s / %s", n == 1 ? "  - " : "; ", c->text,
                      c->u.label->zh ? c->u.label->zh : "", c->u.label->en ? c->u.label->en : "");
    }
    tl_buf_str(out, n ? "\r\n" : "");
}

static void put_columns(tl_buf *out, const tl_table *t)
{
    for (size_t i = 0; i < t->n_columns; i++) {
        const tl_column *c = &t->columns[i];
        tl_buf_printf(out, "- `%s`: %s / %s", c->key, c->name.zh, c->name.en);
        if (c->unit)
            tl_buf_printf(out, " [%s]", c->unit);
        tl_buf_printf(out, " - %s / %s\r\n", kind_word(c->kind, true), kind_word(c->kind, false));
        if (c->kind == TL_COLUMN_WORD)
            put_codes(out, t, i);
    }
}

static tl_status put_tables(struct parcel *p, tl_buf *out, tl_error *err)
{
    size_t at = FIRST_TABLE;
    tl_status st = TL_OK;
    for (const tl_table *t = p->r->tables; t && at < p->n && st == TL_OK; t = t->next, at++) {
        char hex[TL_SHA256_HEX];
        const tl_buf *b = &p->files[at];
        st = tl_sha256_of(tl_buf_text(b), b->len, hex, err);
        tl_buf_printf(out, "\r\n## %s - %s / %s\r\n\r\n%zu 行 / rows; SHA-256 %s\r\n\r\n",
                      p->entries[at].name, t->title.zh, t->title.en, t->count / t->n_columns,
                      st == TL_OK ? hex : "");
        put_columns(out, t);
    }
    return st;
}

static void put_notes(tl_buf *out, const tl_report *r)
{
    if (r->notes)
        tl_buf_str(out, "\r\n## 说明 / Notes\r\n\r\n");
    for (const tl_note *n = r->notes; n; n = n->next)
        tl_buf_printf(out, "- %s\r\n  %s\r\n", n->text.zh ? n->text.zh : "",
                      n->text.en ? n->text.en : "");
}

static tl_status put_readme(struct parcel *p, tl_buf *out, tl_error *err)
{
    const tl_report *r = p->r;
    tl_buf_printf(out, "# %s / %s\r\n", r->title.zh, r->title.en);
    if (r->asked)
        tl_buf_printf(out,
                      "\r\n重新生成 / To ask for the same again: `tanlian %s`\r\n"
                      "同样的数据得到同样的行数与校验和 / The same data give the same counts and "
                      "checksums.\r\n",
                      r->asked);
    put_facts(out, r);
    tl_status st = put_tables(p, out, err);
    put_notes(out, r);
    tl_buf_str(
        out,
        "\r\n## 许可与引用 / Licence and citation\r\n\r\n"
        "数据许可见上文所列各数据集；所公布的碳足迹可在注明来源与版本后引用。 / Data are under "
        "the licences of the data sets named above; published footprints may be cited with "
        "their source and version.\r\n");
    tl_buf_printf(out, "引用 / Cite: Tanlian 碳链, %s / %s", r->title.zh, r->title.en);
    tl_buf_printf(out, "%s%s.\r\n", r->asked ? ", " : "", r->asked ? r->asked : "");
    return st;
}

static tl_status fill(struct parcel *p, tl_error *err)
{
    tl_status st = TL_OK;
    p->entries[README].name = "README.md";
    p->entries[JSON].name = "report.json";
    p->n = FIRST_TABLE;
    for (const tl_table *t = p->r->tables; t && st == TL_OK && p->n < FILES_MAX; t = t->next) {
        const char *name = p->entries[p->n].name = tl_arena_printf(p->arena, "%s.csv", t->key);
        st = name ? tl_report_as_csv(p->r, t->key, &p->files[p->n], err) : tl_fail_nomem(err);
        p->n++;
    }
    if (st == TL_OK)
        st = tl_report_as_json(p->r, &p->files[JSON], err);
    return st == TL_OK ? put_readme(p, &p->files[README], err) : st;
}

tl_status tl_report_as_zip(const tl_report *r, tl_buf *out, tl_error *err)
{
    tl_status st = tl_report_sound(r, err);
    struct parcel *p = st == TL_OK ? calloc(1, sizeof *p) : NULL;
    if (st == TL_OK && !p)
        st = tl_fail_nomem(err);
    if (st != TL_OK)
        return st;
    p->r = r;
    for (size_t i = 0; i < FILES_MAX; i++)
        tl_buf_init(&p->files[i], 0);
    if ((st = tl_arena_new(&p->arena, 0, err)) == TL_OK)
        st = fill(p, err);
    for (size_t i = 0; i < p->n && st == TL_OK; i++) {
        st = tl_buf_status(&p->files[i], err);
        p->entries[i].data = tl_buf_text(&p->files[i]);
        p->entries[i].n = p->files[i].len;
    }
    if (st == TL_OK)
        st = tl_zip_write(p->entries, p->n, out, err);
    for (size_t i = 0; i < FILES_MAX; i++)
        tl_buf_clear(&p->files[i]);
    tl_arena_free(p->arena);
    free(p);
    return st;
}
