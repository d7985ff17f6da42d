/* rating_gap.c - what a company lacks, what it would bring and who has it. */
#include <string.h>

#include "base/buf.h"
#include "report/rating_parts.h"

static const tl_column columns[] = {
    { .key = "slot", .name = { "no.", "编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "name", .name = { "what is missing", "缺项" }, .kind = TL_COLUMN_LABEL },
    { .key = "has", .name = { "points", "得分" }, .kind = TL_COLUMN_EXACT },
    { .key = "max", .name = { "full", "满分" }, .kind = TL_COLUMN_EXACT },
    { .key = "gain", .name = { "would bring", "可增加" }, .kind = TL_COLUMN_EXACT },
    { .key = "rank_after", .name = { "rank then", "届时名次" }, .kind = TL_COLUMN_INT },
    { .key = "with_more", .name = { "have more", "得分更高的企业" }, .kind = TL_COLUMN_INT },
    { .key = "peers", .name = { "who, with points", "企业与得分" }, .kind = TL_COLUMN_LABEL },
    { .key = "evidence",
      .name = { "their evidence", "其佐证" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
};

enum { COLUMNS = sizeof columns / sizeof *columns };

static const char *peer_name(const tl_gap_peer *p, bool zh)
{
    const tl_company *c = &p->card->company;
    return (zh && *c->name_zh) || !*c->name_en ? c->name_zh : c->name_en;
}

/* "Mercedes-Benz 9.5, Kia 9.5" */
static const char *peers_text(const tl_gap_row *g, bool zh, tl_arena *arena)
{
    char points[TL_POINTS_TEXT];
    tl_buf b;
    tl_buf_init(&b, 0);
    for (size_t i = 0; i < g->n_peers; i++) {
        tl_points_format(g->peers[i].points, points);
        tl_buf_printf(&b, "%s%s %s", i ? (zh ? "、" : ", ") : "", peer_name(&g->peers[i], zh),
                      points);
    }
    const char *text = tl_arena_str(arena, tl_buf_text(&b));
    tl_buf_clear(&b);
    return text;
}

/* Document, page and address behind each peer's answer, where one is held. */
static const char *evidence_text(const tl_gap_row *g, tl_arena *arena)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    for (size_t i = 0; i < g->n_peers; i++) {
        const tl_evidence *e = g->peers[i].evidence;
        if (!e)
            continue;
        tl_buf_printf(&b, "%s%s: %s", b.len ? "; " : "", g->peers[i].card->company.id, e->document);
        if (*e->page)
            tl_buf_printf(&b, ", %s", e->page);
        if (*e->url)
            tl_buf_printf(&b, " <%s>", e->url);
    }
    const char *text = b.len ? tl_arena_str(arena, tl_buf_text(&b)) : NULL;
    tl_buf_clear(&b);
    return text;
}

/* What those say who have more, in their own words. */
static void put_peer_evidence(tl_report *r, const tl_gap_row *gaps, size_t n)
{
    static const tl_column of[] = {
        { .key = "slot", .name = { "for", "缺项编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "company", .name = { "id", "企业编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "name", .name = { "company", "企业" }, .kind = TL_COLUMN_LABEL },
        { .key = "document", .name = { "document", "文件" }, .kind = TL_COLUMN_TEXT },
        { .key = "page", .name = { "page", "页码" }, .kind = TL_COLUMN_TEXT },
        { .key = "quote", .name = { "quote", "原文" }, .kind = TL_COLUMN_TEXT },
        { .key = "url", .name = { "address", "网址" }, .kind = TL_COLUMN_TEXT },
    };
    bool begun = false;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < gaps[i].n_peers; k++) {
            const tl_gap_peer *p = &gaps[i].peers[k];
            if (!p->evidence)
                continue;
            if (!begun)
                tl_report_table(r, "peer_evidence",
                                (tl_label){ "Evidence of those who have more", "得分更高者的佐证" },
                                of, sizeof of / sizeof *of);
            begun = true;
            tl_report_text(r, gaps[i].slot);
            tl_report_text(r, p->card->company.id);
            tl_report_label(r, tl_company_label(&p->card->company));
            tl_report_text(r, p->evidence->document);
            tl_report_text(r, p->evidence->page);
            tl_report_text(r, p->evidence->quote);
            tl_report_text(r, p->evidence->url);
        }
}

tl_report *tl_report_gap(const tl_rating_view *v, const tl_league_row *row, const tl_gap_row *gaps,
                         size_t n)
{
    char text[TL_POINTS_TEXT];
    tl_report *r = tl_report_new(
        v->arena, "rate-gap",
        (tl_label){ tl_arena_printf(v->arena, "%s: what is missing", row->card->company.name_en),
                    tl_arena_printf(v->arena, "%s：缺项清单",
                                    *row->card->company.name_zh ? row->card->company.name_zh
                                                                : row->card->company.name_en) });
    if (!r)
        return NULL;
    tl_put_edition_facts(r, v->edition);
    tl_report_fact(r, "company", (tl_label){ "company", "企业编号" }, row->card->company.id);
    tl_total_format(row->card->score.total, 1, text);
    tl_report_fact_exact(r, "total", (tl_label){ "total", "总分" }, tl_arena_str(v->arena, text));
    tl_report_fact_int(r, "rank", (tl_label){ "rank", "名次" }, (int64_t)row->rank);
    tl_report_fact_word(r, "level", (tl_label){ "level", "数据层级" },
                        tl_level_name(row->card->level), tl_word_level(row->card->level));
    tl_column *shown = tl_arena_alloc(v->arena, COLUMNS, sizeof *shown);
    if (!shown)
        return NULL;
    memcpy(shown, columns, sizeof columns);
    shown[0].files_only = row->card->level != TL_LEVEL_INDICATOR; /* the name says it all */
    tl_report_table(r, "gaps",
                    (tl_label){ "Largest gain first; each gap closed alone, the others unchanged",
                                "按可增加分值排列；每行只补齐该项，其余不变" },
                    shown, COLUMNS);
    for (size_t i = 0; i < n; i++) {
        const tl_gap_row *g = &gaps[i];
        tl_report_text(r, g->slot);
        tl_report_label(r, (tl_label){ g->name_en, g->name_zh });
        tl_put_points(r, g->has, v->arena);
        tl_put_points(r, g->max, v->arena);
        tl_put_total(r, g->gain, 1, v->arena);
        tl_report_int(r, (int64_t)g->rank_after);
        tl_report_int(r, (int64_t)g->n_with_more);
        tl_report_label(
            r, (tl_label){ peers_text(g, false, v->arena), peers_text(g, true, v->arena) });
        tl_report_text(r, evidence_text(g, v->arena));
    }
    put_peer_evidence(r, gaps, n);
    tl_put_mark_notes(r, v->edition->index, TL_MARKS_WEIGHTING, v->arena);
    return r;
}
