/* rate_rescore.c - an edition under another definition: one that is installed, or this one with
 * other numbers; and these numbers as a set to install. */
#include <string.h>

#include "base/number.h"
#include "intake/set_pack.h"
#include "operation/rate.h"
#include "operation/rating_open.h"
#include "rating/index_revise.h"

/* The other definition. */
struct revised {
    tl_dataset base, set; /* what is installed; the same under its new version */
    tl_index_text texts[TL_INDEX_FILES], were[TL_INDEX_FILES];
    size_t n;
    const char *changes[TL_INDEX_CHANGES_MAX];
    size_t n_changes;
    tl_index index;
};

/* "2024" becomes "2024.1", and "2024.1" "2024.2", unless the call says. */
static const char *next_version(const tl_call *c, const char *version)
{
    const char *given = tl_call_text(c, "version"), *dot = strrchr(version, '.');
    int64_t last = 0;
    if (given || !dot || tl_int_parse(dot + 1, 0, INT32_MAX, &last, NULL) != TL_OK)
        return given ? given : tl_arena_printf(c->arena, "%s.1", version);
    return tl_arena_printf(c->arena, "%.*s.%lld", (int)(dot - version), version,
                           (long long)last + 1);
}

static tl_status revise(tl_call *c, struct revised *v, tl_error *err)
{
    v->set = v->base;
    v->set.version = next_version(c, v->base.version);
    v->set.date = c->today;
    v->set.note = tl_arena_printf(c->arena, "%s%s%zu numbers changed from %s@%s.",
                                  v->base.note ? v->base.note : "", v->base.note ? " " : "",
                                  v->n_changes, v->base.id, v->base.version);
    if (!v->set.version || !v->set.note)
        return tl_fail_nomem(err);
    if (tl_dataset_version_compare(v->set.version, v->base.version) <= 0)
        return tl_fail(err, TL_EINPUT, "version '%.64s' does not come after %s", v->set.version,
                       v->base.version);
    memcpy(v->were, v->texts, sizeof v->were);
    tl_status st = tl_index_revise(v->texts, v->n, v->changes, v->n_changes, c->arena, err);
    return st == TL_OK ? tl_index_parse(&v->set, v->texts, v->n, c->arena, &v->index, err) : st;
}

static tl_status open_other(tl_call *c, const tl_index *from, struct revised *v, tl_error *err)
{
    const char *to = tl_call_text(c, "to"), *id, *version;
    v->n_changes = tl_call_list(c, "change", v->changes, TL_INDEX_CHANGES_MAX);
    if (v->n_changes > TL_INDEX_CHANGES_MAX)
        return tl_fail(err, TL_EINPUT, "more than %d changes", (int)TL_INDEX_CHANGES_MAX);
    if (!to)
        to = tl_arena_printf(c->arena, "%s@%s", from->id, from->version);
    tl_status st = to ? tl_dataset_reference(to, c->arena, &id, &version, err) : tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_dataset_get(c->store, id, version, c->arena, &v->base, err);
    if (st == TL_OK)
        st = tl_index_texts(c->store, &v->base, c->arena, v->texts, &v->n, err);
    if (st != TL_OK)
        return st;
    v->set = v->base;
    return v->n_changes ? revise(c, v, err)
                        : tl_index_parse(&v->base, v->texts, v->n, c->arena, &v->index, err);
}

/* The changed definition as a pack. */
static tl_status pack(tl_call *c, struct revised *v, tl_error *err)
{
    tl_zip_entry changed[TL_INDEX_FILES];
    size_t n = 0;
    if (!v->n_changes)
        return tl_fail(err, TL_EINPUT, "change is missing: nothing to pack");
    for (size_t i = 0; i < v->n; i++)
        if (v->texts[i].data != v->were[i].data)
            changed[n++] = (tl_zip_entry){ v->texts[i].name, v->texts[i].data, v->texts[i].n };
    c->document_type = "application/zip";
    c->document_name = tl_arena_printf(c->arena, "%s-%s.zip", v->set.id, v->set.version);
    return c->document_name ? tl_set_pack_changed(c->store, &v->base, &v->set, changed, n, c->arena,
                                                  &c->document, err)
                            : tl_fail_nomem(err);
}

tl_status tl_run_rate_rescore(tl_call *c, tl_error *err)
{
    struct revised *v = tl_arena_alloc(c->arena, 1, sizeof *v);
    tl_index from;
    tl_edition edition;
    tl_rescore other;
    if (!v)
        return tl_fail_nomem(err);
    if (!tl_call_text(c, "to") && !tl_call_text(c, "change"))
        return tl_fail(err, TL_EINPUT,
                       "%sto is missing: the other version, or %schange CODE=POINTS",
                       c->dash ? c->dash : "", c->dash ? c->dash : "");
    tl_status st = tl_rating_open_published(c, &from, err);
    if (st == TL_OK)
        st = open_other(c, &from, v, err);
    if (st == TL_OK && c->format && strcmp(c->format, "zip") == 0)
        return pack(c, v, err);
    if (st == TL_OK)
        st = tl_edition_read(c->store, &from, tl_call_text(c, "period"), c->arena, &edition, err);
    if (st == TL_OK)
        st = tl_rescore_make(&edition, &v->index, c->arena, &other, err);
    return st == TL_OK ? tl_call_report(c, tl_report_rescore(&edition, &other, c->arena), err) : st;
}
