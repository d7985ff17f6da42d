/* epd_indicator.c - indicators of EN 15804+A2 by key. The UUIDs are those of the published example
 * of the format (InDataWG/ILCD-EPD-Data-Format, sample_data/processes/EPDv1.3_example, commit
 * beb0fde).
 */
#include "report/epd_indicator.h"

#include <string.h>

/* The first is the value of a record, of which no one says which of the sums of EN 15804 it is. */
static const tl_epd_indicator known[] = {
    { "value", { "Global warming potential (GWP)", "全球变暖潜势（GWP）" }, "", 'm' },
    { "gwp-total",
      { "Global warming potential, total", "全球变暖潜势（总量）" },
      "6a37f984-a4b3-458a-a20a-64418c145fa2",
      'm' },
    { "gwp-fossil",
      { "Global warming potential, fossil", "全球变暖潜势（化石）" },
      "5f635281-343e-44fb-83df-1971b155e6b6",
      'm' },
    { "gwp-biogenic",
      { "Global warming potential, biogenic", "全球变暖潜势（生物源）" },
      "2356e1ab-0185-4db5-86e5-16de51c7485c",
      'm' },
    { "gwp-luluc",
      { "Global warming potential, land use", "全球变暖潜势（土地利用及变化）" },
      "4331bbdb-978a-490d-8707-eeb047f01a55",
      'm' },
    { "odp",
      { "Ozone depletion potential", "臭氧层消耗潜势" },
      "b5c629d6-def3-11e6-bf01-fe55135034f3",
      'm' },
    { "ozone", { "Ozone depletion", "臭氧层消耗" }, "", 'm' },
    { "ap",
      { "Acidification potential", "酸化潜势" },
      "b5c611c6-def3-11e6-bf01-fe55135034f3",
      'm' },
    { "acidification", { "Acidification", "酸化" }, "", 'm' },
    { "ep-freshwater",
      { "Eutrophication potential, freshwater", "富营养化潜势（淡水）" },
      "b53ec18f-7377-4ad3-86eb-cc3f4f276b2b",
      'm' },
    { "ep-marine",
      { "Eutrophication potential, marine", "富营养化潜势（海洋）" },
      "b5c619fa-def3-11e6-bf01-fe55135034f3",
      'm' },
    { "ep-terrestrial",
      { "Eutrophication potential, terrestrial", "富营养化潜势（陆地）" },
      "b5c614d2-def3-11e6-bf01-fe55135034f3",
      'm' },
    { "eutrophication", { "Eutrophication", "富营养化" }, "", 'm' },
    { "pocp",
      { "Photochemical ozone creation potential", "光化学臭氧生成潜势" },
      "b5c610fe-def3-11e6-bf01-fe55135034f3",
      'm' },
    { "adpe",
      { "Abiotic depletion, minerals and metals", "非生物资源消耗（矿物与金属）" },
      "b2ad6494-c78d-11e6-9d9d-cec0c932ce01",
      'm' },
    { "adpf",
      { "Abiotic depletion, fossil resources", "非生物资源消耗（化石能源）" },
      "b2ad6110-c78d-11e6-9d9d-cec0c932ce01",
      'm' },
    { "wdp",
      { "Water deprivation potential", "水资源剥夺潜势" },
      "b2ad66ce-c78d-11e6-9d9d-cec0c932ce01",
      'm' },
    { "pm", { "Particulate matter", "细颗粒物" }, "b5c602c6-def3-11e6-bf01-fe55135034f3", 'm' },
    { "pere",
      { "Renewable primary energy, as energy", "可再生一次能源（作能源）" },
      "20f32be5-0398-4288-9b6d-accddd195317",
      'i' },
    { "perm",
      { "Renewable primary energy, as material", "可再生一次能源（作原料）" },
      "fb3ec0de-548d-4508-aea5-00b73bf6f702",
      'i' },
    { "pert",
      { "Renewable primary energy, total", "可再生一次能源（总量）" },
      "53f97275-fa8a-4cdd-9024-65936002acd0",
      'i' },
    { "penre",
      { "Non-renewable primary energy, as energy", "不可再生一次能源（作能源）" },
      "ac857178-2b45-46ec-892a-a9a4332f0372",
      'i' },
    { "penrm",
      { "Non-renewable primary energy, as material", "不可再生一次能源（作原料）" },
      "1421caa0-679d-4bf4-b282-0eb850ccae27",
      'i' },
    { "penrt",
      { "Non-renewable primary energy, total", "不可再生一次能源（总量）" },
      "06159210-646b-4c8d-8583-da9b3b95a6c1",
      'i' },
    { "sm", { "Secondary material", "次级材料" }, "c6a1f35f-2d09-4f54-8dfb-97e502e1ce92", 'i' },
    { "rsf",
      { "Renewable secondary fuels", "可再生次级燃料" },
      "64333088-a55f-4aa2-9a31-c10b07816787",
      'i' },
    { "nrsf",
      { "Non-renewable secondary fuels", "不可再生次级燃料" },
      "89def144-d39a-4287-b86f-efde453ddcb2",
      'i' },
    { "fw", { "Net fresh water", "净淡水用量" }, "3cf952c8-f3a4-461d-8c96-96456ca62246", 'i' },
    { "hwd", { "Hazardous waste", "危险废物" }, "430f9e0f-59b2-46a0-8e0d-55e0e84948fc", 'o' },
    { "nhwd", { "Non-hazardous waste", "一般废物" }, "b29ef66b-e286-4afa-949f-62f1a7b4d7fa", 'o' },
    { "rwd", { "Radioactive waste", "放射性废物" }, "3449546e-52ad-4b39-b809-9fb77cea8ff6", 'o' },
    { "cru",
      { "Components for re-use", "可再使用部件" },
      "a2b32f97-3fc7-4af2-b209-525bc6426f33",
      'o' },
    { "mfr",
      { "Materials for recycling", "可回收材料" },
      "d7fe48a5-4103-49c8-9aae-b0b5dfdbd6ae",
      'o' },
    { "mer",
      { "Materials for energy recovery", "可回收能量的材料" },
      "59a9181c-3aaf-46ee-8b13-2b3723b6e447",
      'o' },
    { "eee", { "Exported electricity", "外供电力" }, "4da0c987-2b76-40d6-9e9e-82a017aaaf29", 'o' },
    { "eet", { "Exported heat", "外供热力" }, "98daf38a-7a79-46d3-9a37-2b7bd0955810", 'o' },
};

/* Modules of EN 15804, and sums of them that are declared as one. */
static const char *const modules[] = { "A1-A3", "A1", "A2", "A3", "A4", "A5", "B1",
                                       "B2",    "B3", "B4", "B5", "B6", "B7", "C1",
                                       "C2",    "C3", "C4", "D",  "A-C" };

static const char *default_module(const char *boundary)
{
    return strcmp(boundary, "cradle to gate") == 0 ? "A1-A3" : "";
}

static tl_status figure_of(const tl_record *r, const tl_record_part *p, tl_arena *arena,
                           tl_epd_figure *out, tl_error *err)
{
    const char *at = strrchr(p->key, '@');
    *out = (tl_epd_figure){
        .key = p->key, .module = default_module(r->boundary), .value = p->value, .unit = p->unit
    };
    for (size_t i = 0; at && i < sizeof modules / sizeof *modules; i++)
        if (strcmp(at + 1, modules[i]) == 0) {
            out->module = modules[i];
            out->key = tl_arena_copy(arena, p->key, (size_t)(at - p->key));
        }
    if (!out->key)
        return tl_fail_nomem(err);
    out->name = (tl_label){ out->key, out->key };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].key, out->key) == 0) {
            out->known = &known[i];
            out->name = known[i].name;
        }
    return TL_OK;
}

tl_status tl_epd_figures(const tl_record *r, tl_arena *arena, const tl_epd_figure **out, size_t *n,
                         tl_error *err)
{
    const tl_record_part value = { "indicator", "value", r->value, r->unit };
    tl_epd_figure *list = tl_arena_alloc(arena, r->n_parts + 1, sizeof *list);
    *out = list;
    *n = 0;
    tl_status st = list ? figure_of(r, &value, arena, &list[(*n)++], err) : tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < r->n_parts; i++)
        if (strcmp(r->parts[i].kind, "indicator") == 0)
            st = figure_of(r, &r->parts[i], arena, &list[(*n)++], err);
    return st;
}
