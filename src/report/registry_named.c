/* registry_named.c - verification bodies and their namings as tables. */
#include "report/registry_named.h"

tl_report *tl_report_named(const tl_named *list, size_t n, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "kind", .name = { "what", "对象" }, .kind = TL_COLUMN_WORD },
        { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "title", .name = { "name", "名称" }, .kind = TL_COLUMN_TEXT },
        { .key = "verifier", .name = { "verification body", "核查机构" }, .kind = TL_COLUMN_TEXT },
        { .key = "verifier_en",
          .name = { "its name (English)", "机构英文名称" },
          .kind = TL_COLUMN_TEXT },
        { .key = "verifier_zh",
          .name = { "its name (Chinese)", "机构中文名称" },
          .kind = TL_COLUMN_TEXT },
        { .key = "named_on", .name = { "named on", "指定日期" }, .kind = TL_COLUMN_TEXT },
    };
    tl_report *r = tl_report_new(arena, "registry-verifications",
                                 (tl_label){ "Named verifiers", "指定的核查机构" });
    if (!r)
        return NULL;
    tl_report_table(r, "verifications", (tl_label){ "Named", "指定" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        const tl_named *v = &list[i];
        if (v->kind == TL_NAMED_BATCH)
            tl_report_word(r, "batch", (tl_label){ "publication round", "公示批次" });
        else
            tl_report_word(r, "record", (tl_label){ "footprint", "碳足迹" });
        tl_report_text(r, v->id);
        tl_report_text(r, v->title);
        tl_report_text(r, v->tenant);
        tl_report_text(r, v->name_en);
        tl_report_text(r, v->name_zh);
        tl_report_text(r, v->named_on);
    }
    return r;
}

tl_report *tl_report_bodies(const tl_tenant *list, size_t n, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "name", .name = { "name", "名称" }, .kind = TL_COLUMN_LABEL },
        { .key = "company", .name = { "company", "企业编号" }, .kind = TL_COLUMN_TEXT },
    };
    tl_report *r =
        tl_report_new(arena, "registry-bodies", (tl_label){ "Verification bodies", "核查机构" });
    if (!r)
        return NULL;
    tl_report_table(r, "bodies", (tl_label){ "Verification bodies", "核查机构" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        tl_report_text(r, list[i].id);
        tl_report_label(r, (tl_label){ list[i].name_en, list[i].name_zh });
        tl_report_text(r, list[i].company);
    }
    return r;
}
