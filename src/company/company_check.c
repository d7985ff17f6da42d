/* company_check.c - which companies can be told: each field checked, the first fault named. */
#include <string.h>

#include "base/text.h"
#include "company/company_priv.h"
#include "quantity/region.h"

enum { SOURCE = 10 }; /* its place below */

const char *const tl_company_fields[TL_COMPANY_FIELDS] = {
    "id",           "name_en",  "name_zh", "country",   "region_group", "listed",
    "product_type", "industry", "parent",  "inclusion", "source",       "note",
};

void tl_company_values(const tl_company *c, const char *values[TL_COMPANY_FIELDS])
{
    const char *const all[TL_COMPANY_FIELDS] = {
        c->id,           c->name_en,  c->name_zh, c->country,   c->region_group, c->listed,
        c->product_type, c->industry, c->parent,  c->inclusion, c->source,       c->note,
    };
    for (size_t i = 0; i < TL_COMPANY_FIELDS; i++)
        values[i] = all[i] ? all[i] : "";
}

void tl_company_of_values(const char *const v[TL_COMPANY_FIELDS], tl_company *out)
{
    *out = (tl_company){
        .id = v[0],
        .name_en = v[1],
        .name_zh = v[2],
        .country = v[3],
        .region_group = v[4],
        .listed = v[5],
        .product_type = v[6],
        .industry = v[7],
        .parent = v[8],
        .inclusion = v[9],
        .source = v[10],
        .note = v[11],
    };
}

bool tl_company_code_valid(const char *text)
{
    size_t n = strlen(text);
    return n > 0 && n <= TL_COMPANY_ID_MAX &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == n && text[0] != '-' &&
           text[n - 1] != '-' && !strstr(text, "--");
}

tl_status tl_company_check_text(const char *field, const char *text, bool needed, tl_error *err)
{
    if (!text || !*text)
        return needed ? tl_fail(err, TL_EINPUT, "%s: empty, expected a text", field) : TL_OK;
    size_t n = strlen(text);
    if (n > TL_COMPANY_TEXT_MAX)
        return tl_fail(err, TL_EINPUT, "%s: %zu bytes, at most %d are kept", field, n,
                       (int)TL_COMPANY_TEXT_MAX);
    if (!tl_text_plain(text, false))
        return tl_fail(err, TL_EINPUT, "%s: '%.60s' holds control characters or is not UTF-8",
                       field, text);
    if (strspn(text, " ") == n || text[0] == ' ' || text[n - 1] == ' ')
        return tl_fail(err, TL_EINPUT, "%s: '%.60s' begins or ends with a blank", field, text);
    return TL_OK;
}

/* True if text is one of the words in list, which are set apart by '|'. */
static bool one_of(const char *text, const char *list)
{
    tl_span rest = tl_span_of(list), word;
    while (tl_span_split(&rest, '|', &word))
        if (tl_span_is(word, text))
            return true;
    return false;
}

static tl_status check_country(const char *country, tl_error *err)
{
    const tl_region *region = tl_region_find(country);
    if (!*country || (region && region->kind == TL_REGION_COUNTRY))
        return TL_OK;
    return tl_fail(err, TL_EINPUT, "country: '%.60s', expected an ISO 3166-1 code such as CN",
                   country);
}

static tl_status check_words(const tl_company *c, tl_error *err)
{
    static const char groups[] = "chinese|european|american|japanese-korean|other";
    if (*c->region_group && !one_of(c->region_group, groups))
        return tl_fail(err, TL_EINPUT, "region_group: '%.60s', expected one of %s", c->region_group,
                       groups);
    if (*c->listed && !one_of(c->listed, "yes|no"))
        return tl_fail(err, TL_EINPUT, "listed: '%.60s', expected yes or no", c->listed);
    if (c->product_type[strspn(c->product_type, "abcdefghijklmnopqrstuvwxyz0123456789-+")])
        return tl_fail(err, TL_EINPUT,
                       "product_type: '%.60s', expected lower-case words joined by '+', such as "
                       "gasoline+nev",
                       c->product_type);
    if (*c->industry && !tl_company_code_valid(c->industry))
        return tl_fail(err, TL_EINPUT, "industry: '%.60s', expected a key such as automobile",
                       c->industry);
    if (*c->parent && !tl_company_code_valid(c->parent))
        return tl_fail(err, TL_EINPUT, "parent: '%.60s', expected the id of a company", c->parent);
    if (strcmp(c->parent, c->id) == 0)
        return tl_fail(err, TL_EINPUT, "parent: '%s' is the company itself", c->parent);
    return TL_OK;
}

tl_status tl_company_check(const tl_company *given, tl_error *err)
{
    const char *values[TL_COMPANY_FIELDS];
    tl_company c;
    tl_status st = TL_OK;
    tl_company_values(given, values);
    tl_company_of_values(values, &c);
    if (!tl_company_code_valid(c.id))
        return tl_fail(err, TL_EINPUT,
                       "id: '%.80s', expected lower-case letters, digits and single '-', at most "
                       "%d of them",
                       c.id, (int)TL_COMPANY_ID_MAX);
    for (size_t i = 1; i < TL_COMPANY_FIELDS && st == TL_OK; i++)
        st = tl_company_check_text(tl_company_fields[i], values[i], i == SOURCE, err);
    if (st != TL_OK)
        return st;
    if (!*c.name_en && !*c.name_zh)
        return tl_fail(err, TL_EINPUT, "name_en: empty as is name_zh, expected one name at least");
    st = check_country(c.country, err);
    return st == TL_OK ? check_words(&c, err) : st;
}
