/* region.c - finding places and what lies around them. */
#include "quantity/region.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "quantity/region_priv.h"

/* What may follow a short Chinese name; longer ones first. */
static const char *const endings[] = { "维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区",
                                       "自治区",       "区域电网",   "电网",       "区域",
                                       "地区",         "省",         "市" };

const tl_region *tl_region_find(const char *code)
{
    for (size_t i = 0; i < tl_region_table_size; i++)
        if (strcmp(tl_region_table[i].code, code) == 0)
            return &tl_region_table[i];
    return NULL;
}

/* Without what may follow or, for a table name such as 中国香港, precede the short name. A name is
 * never cut to nothing: 电网 alone is no place. */
static tl_span short_zh(tl_span name)
{
    static const char china[] = "中国";
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (name.n > n && memcmp(name.p + name.n - n, endings[i], n) == 0) {
            name.n -= n;
            break;
        }
    }
    size_t n = sizeof china - 1;
    if (name.n > n && memcmp(name.p, china, n) == 0)
        name = (tl_span){ name.p + n, name.n - n };
    return name;
}

/* ASCII letter case aside; "Hong Kong" is enough for "Hong Kong, China". */
static bool english(const char *name, tl_span text)
{
    const char *comma = strchr(name, ',');
    size_t n = comma ? (size_t)(comma - name) : strlen(name);
    return (text.n == n || text.n == strlen(name)) && strncasecmp(name, text.p, text.n) == 0;
}

static const tl_region *by_name(tl_span text)
{
    tl_span brief = short_zh(text);
    for (size_t i = 0; i < tl_region_table_size; i++) {
        const tl_region *r = &tl_region_table[i];
        if (english(r->en, text) || tl_span_is(text, r->zh) ||
            (*r->alpha3 && tl_span_is(text, r->alpha3)))
            return r;
    }
    for (size_t i = 0; i < tl_region_aliases_size; i++)
        if (english(tl_region_aliases[i].name, text))
            return tl_region_find(tl_region_aliases[i].code);
    for (size_t i = 0; i < tl_region_table_size; i++)
        if (tl_span_equal(brief, short_zh(tl_span_of(tl_region_table[i].zh))))
            return &tl_region_table[i];
    return NULL;
}

tl_status tl_region_lookup(const char *text, const tl_region **out, tl_error *err)
{
    tl_span name = tl_span_trim(tl_span_of(text));
    const tl_region *found = NULL;
    for (size_t i = 0; i < tl_region_table_size && !found; i++)
        if (tl_span_is(name, tl_region_table[i].code))
            found = &tl_region_table[i];
    if (!found && name.n > 0)
        found = by_name(name);
    if (!found)
        return tl_fail(err, TL_ENOTFOUND,
                       "no region '%s'; expected a code such as CN, CN-YN, CN-GRID-SOUTH, DE, GLO, "
                       "or its English or Chinese name",
                       text);
    *out = found;
    return TL_OK;
}

const tl_region *tl_region_parent(const tl_region *region)
{
    return region->parent ? tl_region_find(region->parent) : NULL;
}

int tl_region_steps(const tl_region *inner, const tl_region *outer)
{
    int steps = 0;
    for (const tl_region *r = inner; r; r = tl_region_parent(r), steps++)
        if (strcmp(r->code, outer->code) == 0)
            return steps;
    return -1;
}

size_t tl_region_size(void)
{
    return tl_region_table_size;
}

const tl_region *tl_region_at(size_t i)
{
    return i < tl_region_table_size ? &tl_region_table[i] : NULL;
}
