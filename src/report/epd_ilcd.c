/* epd_ilcd.c - from the information about the product down to the results, in the order of the
 * schema. */
#include "report/epd_ilcd.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/uuid.h"
#include "format/svg.h"
#include "report/epd_indicator.h"

/* Namespace for URLs of RFC 9562; names are "tanlian:" and what is meant. */
static const char url_space[] = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";

/* Data sets of the format itself, as its published samples name them. */
static const char ilcd_format[] = "a97a0155-0234-4b87-b4ce-a45da52f2a40";
static const char epd_format[] = "a29449fd-aa2f-4de8-b5d7-4b06b43c6fde";

struct writer {
    tl_svg x;
    const tl_epd_sheet *e;
    const tl_epd_figure *figures;
    size_t n;
    const char *per; /* the declared unit: "t" of "kgCO2e/t"; "" where units differ in it */
    tl_error *err;
    tl_status st;
};

static void derive(struct writer *w, const char *kind, const char *id, char out[TL_UUID_TEXT])
{
    char name[TL_COMPANY_TEXT_MAX];
    out[0] = '\0';
    snprintf(name, sizeof name, "tanlian:%s:%s", kind, id);
    if (w->st == TL_OK)
        w->st = tl_uuid5(url_space, name, out, w->err);
}

static void leaf(struct writer *w, const char *name, const char *text)
{
    if (text && *text)
        tl_svg_leaf(&w->x, name, text);
}

static void said(struct writer *w, const char *name, const char *language, const char *text)
{
    if (!text || !*text)
        return;
    tl_svg_open(&w->x, name);
    if (language)
        tl_svg_attr(&w->x, "xml:lang", language);
    tl_svg_text(&w->x, text);
    tl_svg_close(&w->x);
}

/* A reference to another data set; uuid "" where none is known. */
static void refer(struct writer *w, const char *name, const char *type, const char *uuid,
                  const char *en, const char *zh)
{
    tl_svg_open(&w->x, name);
    tl_svg_attr(&w->x, "type", type);
    if (*uuid)
        tl_svg_attr(&w->x, "refObjectId", uuid);
    said(w, "common:shortDescription", "en", en);
    said(w, "common:shortDescription", "zh", zh);
    tl_svg_close(&w->x);
}

static void refer_company(struct writer *w, const char *name, const tl_company *c, const char *id)
{
    char uuid[TL_UUID_TEXT];
    derive(w, "company", id, uuid);
    refer(w, name, "contact data set", uuid, c ? c->name_en : id, c ? c->name_zh : NULL);
}

static void put_time(struct writer *w)
{
    const tl_record *r = w->e->record;
    char year[24];
    tl_svg_open(&w->x, "time");
    if (r->year) {
        snprintf(year, sizeof year, "%lld", (long long)r->year);
        leaf(w, "common:referenceYear", year);
    }
    if (*r->valid_until) {
        snprintf(year, sizeof year, "%.4s", r->valid_until);
        leaf(w, "common:dataSetValidUntil", year);
    }
    if (*r->published_on || *r->valid_until) {
        tl_svg_open(&w->x, "common:other");
        leaf(w, "epd2:publicationDateOfEPD", r->published_on);
        leaf(w, "epd24:expirationDateOfEPD", r->valid_until);
        tl_svg_close(&w->x);
    }
    tl_svg_close(&w->x);
}

static void put_information(struct writer *w)
{
    const tl_record *r = w->e->record;
    char uuid[TL_UUID_TEXT], comment[400], unit[TL_COMPANY_TEXT_MAX];
    derive(w, "record", r->id, uuid);
    snprintf(comment, sizeof comment, "Record %s, version %lld, seal (SHA-256) %s", r->id,
             (long long)r->version, *r->hash ? r->hash : "none: not published");
    tl_svg_open(&w->x, "processInformation");
    tl_svg_open(&w->x, "dataSetInformation");
    leaf(w, "common:UUID", uuid);
    tl_svg_open(&w->x, "name");
    said(w, "baseName", NULL, r->product);
    tl_svg_close(&w->x);
    said(w, "common:generalComment", "en", comment);
    tl_svg_close(&w->x);
    tl_svg_open(&w->x, "quantitativeReference");
    tl_svg_attr(&w->x, "type", "Reference flow(s)");
    leaf(w, "referenceToReferenceFlow", "0");
    if (*w->per) {
        snprintf(unit, sizeof unit, "1 %.300s", w->per);
        said(w, "functionalUnitOrOther", "en", unit);
    }
    tl_svg_close(&w->x);
    put_time(w);
    if (*r->region) {
        tl_svg_open(&w->x, "geography");
        tl_svg_open(&w->x, "locationOfOperationSupplyOrProduction");
        tl_svg_attr(&w->x, "location", r->region);
        tl_svg_close(&w->x);
        tl_svg_close(&w->x);
    }
    tl_svg_close(&w->x);
}

static void put_modelling(struct writer *w)
{
    const tl_epd_sheet *e = w->e;
    char uuid[TL_UUID_TEXT];
    derive(w, "pcr", e->epd->pcr, uuid);
    tl_svg_open(&w->x, "modellingAndValidation");
    tl_svg_open(&w->x, "LCIMethodAndAllocation");
    leaf(w, "typeOfDataSet", "EPD");
    refer(w, "referenceToLCAMethodDetails", "source data set", uuid,
          e->pcr ? e->pcr->title_en : e->epd->pcr, e->pcr ? e->pcr->title_zh : NULL);
    tl_svg_close(&w->x);
    if (*e->epd->registration && *e->epd->verifier) { /* nobody else registers: epd.h */
        tl_svg_open(&w->x, "validation");
        tl_svg_open(&w->x, "review");
        tl_svg_attr(&w->x, "type", "Independent external review");
        refer(w, "common:referenceToNameOfReviewerAndInstitution", "contact data set", "",
              e->epd->verifier, NULL);
        refer_company(w, "common:referenceToNameOfReviewerAndInstitution", e->verifier_company,
                      e->epd->verifier_company);
        tl_svg_close(&w->x);
        tl_svg_close(&w->x);
    }
    tl_svg_close(&w->x);
}

static void put_administration(struct writer *w)
{
    const tl_epd_sheet *e = w->e;
    char version[32];
    snprintf(version, sizeof version, "%02lld.00.000", (long long)e->record->version);
    tl_svg_open(&w->x, "administrativeInformation");
    tl_svg_open(&w->x, "dataEntryBy");
    refer(w, "common:referenceToDataSetFormat", "source data set", ilcd_format, "ILCD format",
          NULL);
    refer(w, "common:referenceToDataSetFormat", "source data set", epd_format,
          "EPD Data Format Extensions v1.2", NULL);
    tl_svg_close(&w->x);
    tl_svg_open(&w->x, "publicationAndOwnership");
    leaf(w, "common:dataSetVersion", version);
    if (*e->epd->registration) {
        refer(w, "common:referenceToRegistrationAuthority", "contact data set", "",
              e->epd->programme, NULL);
        leaf(w, "common:registrationNumber", e->epd->registration);
    }
    refer_company(w, "common:referenceToOwnershipOfDataSet", e->owner, e->epd->owner);
    tl_svg_close(&w->x);
    tl_svg_close(&w->x);
}

/* Behind the last stroke: "t" of "kgCO2e/t". */
static const char *denominator(const char *unit)
{
    const char *slash = strrchr(unit, '/');
    return slash ? slash + 1 : "";
}

/* One declared unit where every figure is in it. */
static const char *common_unit(const tl_epd_figure *figures, size_t n)
{
    const char *per = denominator(figures[0].unit);
    for (size_t i = 1; i < n; i++)
        if (strcmp(denominator(figures[i].unit), per) != 0)
            return "";
    return per;
}

/* The format asks for the module of every amount. */
static tl_status check_modules(const tl_epd_figure *figures, size_t n, const char *boundary,
                               tl_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (!*figures[i].module)
            return tl_fail(err, TL_EINPUT,
                           "'%.80s' names no module of EN 15804, which ILCD+EPD needs: the "
                           "boundary '%.60s' is not cradle to gate",
                           figures[i].key, boundary);
    return TL_OK;
}

static bool one_indicator(const tl_epd_figure *a, const tl_epd_figure *b)
{
    return strcmp(a->key, b->key) == 0 && strcmp(a->unit, b->unit) == 0;
}

/* All modules of the indicator whose first figure is at `first`. */
static void put_amounts(struct writer *w, size_t first)
{
    char number[TL_NUMBER_MAX], unit[TL_COMPANY_TEXT_MAX];
    const tl_epd_figure *f = &w->figures[first];
    tl_svg_open(&w->x, "common:other");
    for (size_t i = first; i < w->n; i++) {
        if (!one_indicator(&w->figures[i], f))
            continue;
        tl_svg_open(&w->x, "epd:amount");
        if (*w->figures[i].module)
            tl_svg_attr(&w->x, "epd:module", w->figures[i].module);
        tl_number_format(w->figures[i].value, number);
        tl_svg_text(&w->x, number);
        tl_svg_close(&w->x);
    }
    snprintf(unit, sizeof unit, "%.*s", (int)(strlen(f->unit) - (*w->per ? strlen(w->per) + 1 : 0)),
             f->unit);
    refer(w, "epd:referenceToUnitGroupDataSet", "unit group data set", "", unit, NULL);
    tl_svg_close(&w->x);
}

static bool begins(const struct writer *w, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (one_indicator(&w->figures[k], &w->figures[i]))
            return false;
    return true;
}

static bool is_flow(const tl_epd_figure *f)
{
    return f->known && f->known->way != 'm';
}

static void put_exchanges(struct writer *w)
{
    char uuid[TL_UUID_TEXT], id[24];
    derive(w, "product", w->e->record->id, uuid);
    tl_svg_open(&w->x, "exchanges");
    tl_svg_open(&w->x, "exchange");
    tl_svg_attr(&w->x, "dataSetInternalID", "0");
    refer(w, "referenceToFlowDataSet", "flow data set", uuid, w->e->record->product, NULL);
    leaf(w, "meanAmount", "1");
    tl_svg_close(&w->x);
    for (size_t i = 0; i < w->n; i++) {
        const tl_epd_figure *f = &w->figures[i];
        if (!is_flow(f) || !begins(w, i))
            continue;
        tl_svg_open(&w->x, "exchange");
        snprintf(id, sizeof id, "%zu", i);
        tl_svg_attr(&w->x, "dataSetInternalID", id);
        refer(w, "referenceToFlowDataSet", "flow data set", f->known->uuid, f->name.en, f->name.zh);
        leaf(w, "functionType", "General reminder flow");
        leaf(w, "exchangeDirection", f->known->way == 'i' ? "Input" : "Output");
        put_amounts(w, i);
        tl_svg_close(&w->x);
    }
    tl_svg_close(&w->x);
}

static void put_results(struct writer *w)
{
    tl_svg_open(&w->x, "LCIAResults");
    for (size_t i = 0; i < w->n; i++) {
        const tl_epd_figure *f = &w->figures[i];
        if (is_flow(f) || !begins(w, i))
            continue;
        tl_svg_open(&w->x, "LCIAResult");
        refer(w, "referenceToLCIAMethodDataSet", "LCIA method data set",
              f->known ? f->known->uuid : "", f->name.en, f->known ? f->name.zh : NULL);
        put_amounts(w, i);
        tl_svg_close(&w->x);
    }
    tl_svg_close(&w->x);
}

static void put_root(struct writer *w)
{
    static const char *const spaces[][2] = {
        { "xmlns", "http://lca.jrc.it/ILCD/Process" },
        { "xmlns:common", "http://lca.jrc.it/ILCD/Common" },
        { "xmlns:epd", "http://www.iai.kit.edu/EPD/2013" },
        { "xmlns:epd2", "http://www.indata.network/EPD/2019" },
        { "xmlns:epd24", "http://www.indata.network/EPD/2024" },
        { "version", "1.1" },
        { "epd2:epd-version", "1.3" },
    };
    tl_svg_open(&w->x, "processDataSet");
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        tl_svg_attr(&w->x, spaces[i][0], spaces[i][1]);
    put_information(w);
    put_modelling(w);
    put_administration(w);
    put_exchanges(w);
    put_results(w);
    tl_svg_close(&w->x);
}

tl_status tl_epd_ilcd(const tl_epd_sheet *e, tl_buf *out, tl_error *err)
{
    struct writer w = { .e = e, .err = err };
    tl_buf body;
    tl_arena *arena = NULL;
    tl_buf_init(&body, 0);
    tl_status st = tl_arena_new(&arena, 0, err);
    if (st == TL_OK)
        st = tl_epd_figures(e->record, arena, &w.figures, &w.n, err);
    if (st == TL_OK)
        st = check_modules(w.figures, w.n, e->record->boundary, err);
    if (st == TL_OK) {
        w.per = common_unit(w.figures, w.n);
        w.x = tl_svg_start(&body);
        put_root(&w);
        st = w.st != TL_OK ? w.st : tl_buf_status(&body, err);
    }
    if (st == TL_OK) {
        tl_buf_add(out, tl_buf_text(&body), body.len);
        st = tl_buf_status(out, err);
    }
    tl_arena_free(arena);
    tl_buf_clear(&body);
    return st;
}
