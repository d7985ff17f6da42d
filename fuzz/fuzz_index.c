/* fuzz_index.c - eight CSV files in one blob, separated by bytes 0x1E, as the definition of an
 * index. What is accepted keeps the rules of index.h and scores without surprises: the answers come
 * from what stands behind the files, or from the blob itself. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "rating/score.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void check_items(const tl_index *x)
{
    size_t slot = 0;
    for (size_t i = 0; i < x->n_items; i++) {
        const tl_index_item *item = &x->items[i];
        demand(item->parent < (int)i && tl_index_find_item(x, item->code) == (int)i);
        demand(item->max > 0 && item->step > 0 && item->max % item->step == 0);
        demand(*item->name_en && *item->name_zh);
        demand((item->level == TL_DIMENSION) == (item->parent < 0));
        demand(item->parallel_of < 0 || x->items[item->parallel_of].max == item->max);
        demand(item->slot == (item->level == TL_INDICATOR ? (int)slot : -1));
        slot += item->level == TL_INDICATOR;
    }
    demand(slot == x->n_slots && x->n_items <= TL_INDEX_ITEMS_MAX);
}

/* A sheet from the bytes of the blob: every slot a step or an empty. */
static void fill(const tl_index *x, const uint8_t *data, size_t size, tl_points *sheet)
{
    for (size_t s = 0; s < x->n_slots; s++) {
        const tl_index_item *item = &x->items[x->slot_items[s]];
        unsigned b = data[s * 7 % size];
        sheet[s] = b % 5 == 0
                       ? -1 - (tl_points)(b % 3)
                       : (tl_points)(b % (unsigned)(item->max / item->step + 1)) * item->step;
    }
}

/* Both levels give the same total, at most the full points, and agree. */
static void check_scores(const tl_index *x, const uint8_t *data, size_t size)
{
    tl_points sheet[TL_INDEX_ITEMS_MAX], points;
    tl_weight w = data[0] * 39, share;
    tl_score low, high;
    bool counted = false;
    fill(x, data, size, sheet);
    demand(tl_score_check(x, TL_LEVEL_INDICATOR, sheet, NULL) == TL_OK);
    tl_score_of(x, TL_LEVEL_INDICATOR, sheet, w, &low);
    tl_score_star_sheet(x, sheet, &points, &share);
    demand(points == low.counted && low.answered <= low.asked && low.asked <= x->n_slots);
    demand(share >= 0 && share <= TL_WEIGHT_ONE);
    for (size_t i = 0; i < x->n_themes; i++)
        counted = counted || x->themes[i].in_total;
    if (x->kind == TL_INDEX_POINTS)
        demand(low.total >= 0 && low.total <= (tl_total)x->full * TL_WEIGHT_ONE &&
               tl_score_band(x, low.total));
    else
        demand(tl_score_stars(x, points, share) > 0);
    demand(tl_score_agree(x, sheet, low.theme, NULL, NULL) == TL_OK);
    if (!counted)
        return;
    demand(tl_score_check(x, TL_LEVEL_THEME, low.theme, NULL) == TL_OK);
    tl_score_of(x, TL_LEVEL_THEME, low.theme, w, &high);
    demand(high.total == low.total);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = { "index.csv", "groups.csv",  "items.csv", "themes.csv",
                                         "bands.csv", "weights.csv", "stars.csv", "marks.csv" };
    static const tl_dataset set = { .id = "x", .version = "1", .date = "", .checksum = "" };
    tl_span rest = { (const char *)data, size }, piece;
    tl_index_text texts[8];
    tl_arena *arena;
    tl_error err = { 0 };
    tl_index x;
    size_t n = 0;
    if (size > 100000 || tl_arena_new(&arena, (size_t)64 << 20, NULL) != TL_OK)
        return 0;
    for (size_t i = 0; i < 8 && tl_span_split(&rest, '\x1E', &piece); i++)
        if (piece.n)
            texts[n++] = (tl_index_text){ names[i], piece.p, piece.n };
    tl_status st = tl_index_parse(&set, texts, n, arena, &x, &err);
    if (st == TL_OK) {
        check_items(&x);
        check_scores(&x, data, size);
        if (rest.n)
            check_scores(&x, (const uint8_t *)rest.p, rest.n);
    } else {
        demand(err.text[0] && err.status == st && x.n_items == 0);
    }
    tl_arena_free(arena);
    return 0;
}
