/* registry_epd_update.c - new figures of a declaration: what moved, whether that demands an update,
 * the limits the new value meets, the cars that would follow. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/registry_epd.h"
#include "report/registry_epd_effect.h"

static const char *digits(double v, tl_arena *arena)
{
    char text[TL_NUMBER_MAX];
    tl_number_format(v, text);
    return tl_arena_str(arena, text);
}

static void put_moves(tl_report *r, const tl_epd_update_view *v)
{
    static const tl_column columns[] = {
        { .key = "indicator", .name = { "indicator", "指标" }, .kind = TL_COLUMN_TEXT },
        { .key = "registered", .name = { "registered", "已注册值" }, .kind = TL_COLUMN_EXACT },
        { .key = "new", .name = { "new", "新值" }, .kind = TL_COLUMN_EXACT },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
        { .key = "change_percent",
          .name = { "change", "变化" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "%",
          .decimals = 1 },
        { .key = "demands", .name = { "more than 10%", "超过10%" }, .kind = TL_COLUMN_BOOL },
    };
    tl_report_table(r, "indicators", (tl_label){ "Indicators", "指标" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < v->n_moves; i++) {
        const tl_epd_move *m = &v->moves[i];
        tl_report_text(r, m->key);
        tl_report_text(r, digits(m->before, v->arena));
        tl_report_text(r, digits(m->after, v->arena));
        tl_report_text(r, m->unit);
        if (isfinite(m->change))
            tl_report_number(r, 100 * m->change);
        else
            tl_report_empty(r, (tl_label){ "was 0", "原为 0" });
        tl_report_bool(r, m->demands);
    }
}

static void put_facts(tl_report *r, const tl_epd_update_view *v, bool demanded)
{
    tl_report_fact(r, "record", (tl_label){ "declaration", "声明" }, v->registered->id);
    tl_report_fact_int(r, "version", (tl_label){ "registered version", "已注册版本" },
                       v->registered->version);
    tl_report_fact_word(
        r, "update", (tl_label){ "update", "更新" }, demanded ? "demanded" : "not-demanded",
        demanded ? (tl_label){ "demanded", "需要更新" } : (tl_label){ "not demanded", "无需更新" });
}

/* The last level met of each scheme, of the product asked about: levels rise within a scheme. */
static const char *levels_met(const tl_epd_update_view *v, tl_arena *arena)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    for (size_t i = 0; i < v->n_limits; i++) {
        const tl_threshold *t = &v->limits[i];
        bool further = i + 1 < v->n_limits && v->limits[i + 1].met &&
                       strcmp(v->limits[i + 1].scheme, t->scheme) == 0;
        if (t->met && !further)
            tl_buf_printf(&b, "%s%s %s", b.len ? "; " : "", t->scheme, t->level);
    }
    const char *out =
        tl_buf_status(&b, NULL) == TL_OK ? tl_arena_str(arena, tl_buf_text(&b)) : NULL;
    tl_buf_clear(&b);
    return out;
}

tl_report *tl_report_epd_update(const tl_epd_update_view *v)
{
    bool demanded = false;
    for (size_t i = 0; i < v->n_moves; i++)
        demanded = demanded || v->moves[i].demands;
    tl_report *r = tl_report_new(v->arena, "epd-update",
                                 (tl_label){ "New figures of a declaration", "声明的新数据" });
    if (!r)
        return NULL;
    put_facts(r, v, demanded);
    const char *levels = levels_met(v, v->arena);
    if (!levels)
        return NULL;
    if (v->n_limits > 0)
        tl_report_fact(r, "levels", (tl_label){ "levels the new value meets", "新值达到的等级" },
                       *levels ? levels : "–");
    put_moves(r, v);
    if (v->n_limits > 0)
        tl_report_put_thresholds(r, v->limits, v->n_limits, true);
    tl_report_put_preview(r, v->preview, v->arena);
    tl_report_note(r, (tl_label){ "Cars follow when the new version is registered and used again.",
                                  "新版本注册并重新采用之后，车型结果才随之变化。" });
    tl_report_note(r, v->written ? (tl_label){ "The new figures are a draft of the next version.",
                                               "新数据已作为下一版本的草稿保存。" }
                                 : (tl_label){ "Nothing is saved yet.", "尚未保存。" });
    return r;
}
