/* test_pcf_message.c - footprint messages: what is found, where, and with which right value. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "intake/pcf_message.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* A sound PACT 3 message; %s is put at the end of its pcf. */
#define PACT_3(more)                                                                               \
    "{\"id\":\"74f64689-c9ce-40c8-91af-14e26551bbfa\",\"specVersion\":\"3.0.0\","                  \
    "\"created\":\"2026-03-15T10:00:00Z\",\"status\":\"Active\",\"companyName\":\"M\","            \
    "\"companyIds\":[\"urn:a:b\"],\"productDescription\":\"\",\"productIds\":[\"urn:a:c\"],"       \
    "\"productNameCompany\":\"Coil\",\"pcf\":{\"declaredUnitOfMeasurement\":\"kilogram\","         \
    "\"declaredUnitAmount\":\"1\",\"productMassPerDeclaredUnit\":\"1\","                           \
    "\"referencePeriodStart\":\"2025-01-01T00:00:00Z\",\"fossilCarbonContent\":\"0\","             \
    "\"ipccCharacterizationFactors\":[\"AR6\"],\"crossSectoralStandards\":[\"ISO14067\"],"         \
    "\"exemptedEmissionsPercent\":\"0.3\",\"packagingEmissionsIncluded\":false,"                   \
    "\"ccsTechnologicalCO2CaptureIncluded\":false" more "}}"
#define END ",\"referencePeriodEnd\":\"2025-12-31T23:59:59Z\""
#define SHARE ",\"primaryDataShare\":\"56.1\""
#define SUM                                                                                        \
    ",\"pcfExcludingBiogenicUptake\":\"1.85\",\"pcfIncludingBiogenicUptake\":\"1.85\","            \
    "\"fossilGhgEmissions\":\"1.85\""

static const struct row {
    const char *label, *text;
    const char *path, *rule, *part; /* of the first finding; path NULL: none */
    size_t errors;
} rows[] = {
    { "sound", PACT_3(SUM END SHARE), NULL, NULL, NULL, 0 },
    /* 1.85 - 1.5 = 0.35, not 1.63 */
    { "total with uptake",
      PACT_3(END SHARE ",\"pcfExcludingBiogenicUptake\":\"1.85\",\"fossilGhgEmissions\":\"1.85\","
                       "\"biogenicCO2Uptake\":\"-1.5\",\"pcfIncludingBiogenicUptake\":\"1.63\""),
      "$.pcf.pcfIncludingBiogenicUptake", "sum", "is 1.63, expected 0.35", 1 },
    /* 1.5 + 0.2 = 1.7 */
    { "total without uptake",
      PACT_3(END SHARE ",\"pcfExcludingBiogenicUptake\":\"1.85\",\"fossilGhgEmissions\":\"1.5\","
                       "\"landUseChangeGhgEmissions\":\"0.2\","
                       "\"pcfIncludingBiogenicUptake\":\"1.85\""),
      "$.pcf.pcfExcludingBiogenicUptake", "sum", "is 1.85, expected 1.70, the sum of its parts",
      1 },
    /* rounding: three numbers with two decimals are off by 0.015 at most */
    { "rounded parts",
      PACT_3(END SHARE ",\"pcfExcludingBiogenicUptake\":\"1.01\",\"fossilGhgEmissions\":\"0.50\","
                       "\"landUseChangeGhgEmissions\":\"0.50\","
                       "\"pcfIncludingBiogenicUptake\":\"1.01\""),
      NULL, NULL, NULL, 0 },
    /* 3.50 - 3.42 = 0.08, 2.3 % of the footprint: small parts may be left out */
    { "small parts left out",
      PACT_3(END SHARE ",\"pcfExcludingBiogenicUptake\":\"3.50\",\"fossilGhgEmissions\":\"3.42\","
                       "\"pcfIncludingBiogenicUptake\":\"3.50\""),
      "$.pcf.pcfExcludingBiogenicUptake", "sum", "is 3.50, the parts given make 3.42", 0 },
    { "number instead of text",
      PACT_3(END SHARE ",\"pcfExcludingBiogenicUptake\":\"1.85\",\"fossilGhgEmissions\":1.85,"
                       "\"pcfIncludingBiogenicUptake\":\"1.85\""),
      "$.pcf.fossilGhgEmissions", "type", "is the number 1.85, expected a decimal number as text",
      1 },
    { "field missing", PACT_3(SUM SHARE), "$.pcf.referencePeriodEnd", "missing", "is missing", 1 },
    { "period backwards", PACT_3(SUM SHARE ",\"referencePeriodEnd\":\"2024-12-31T23:59:59Z\""),
      "$.pcf.referencePeriodEnd", "period", "a time after the start", 1 },
    { "no calendar day", PACT_3(SUM SHARE ",\"referencePeriodEnd\":\"2025-02-30T00:00:00Z\""),
      "$.pcf.referencePeriodEnd", "time", "expected a time such as", 1 },
    { "share beyond 100", PACT_3(SUM END ",\"primaryDataShare\":\"156.1\""),
      "$.pcf.primaryDataShare", "range", "is '156.1', expected 0 to 100", 1 },
    { "share as a fraction", PACT_3(SUM END ",\"primaryDataShare\":\"0.72\""),
      "$.pcf.primaryDataShare", "share", "meant as a fraction", 0 },
    { "uptake without its sign", PACT_3(SUM END SHARE ",\"biogenicCO2Uptake\":\"1.5\""),
      "$.pcf.biogenicCO2Uptake", "range", "0 or less", 2 },
    { "packaging not included but given",
      PACT_3(SUM END SHARE ",\"packagingGhgEmissions\":\"0.1\""), "$.pcf.packagingGhgEmissions",
      "flag", "is there while $.pcf.packagingEmissionsIncluded is false", 1 },
    { "two places",
      PACT_3(SUM END SHARE ",\"geographyCountry\":\"CN\",\"geographyRegionOrSubregion\":\"Asia\""),
      "$.pcf.geographyCountry", "geography", "stands beside $.pcf.geographyRegionOrSubregion", 1 },
    { "quality beyond 5",
      PACT_3(SUM END SHARE ",\"dqi\":{\"technologicalDQR\":\"6\",\"geographicalDQR\":\"1\","
                           "\"temporalDQR\":\"1\"}"),
      "$.pcf.dqi.technologicalDQR", "range", "expected 1 to 5", 1 },
    { "a form nobody knows", "{\"specVersion\":\"9.9\"}", "$", "form", "no known specVersion", 1 },
    { "not even an object in a list", "[1]", "$[0]", "form", "no known specVersion", 1 },
    { "below data", "{\"data\":[{}]}", "$.data[0]", "form", "no known specVersion", 1 },
    /* 3 + 1 + 1 + 1 = 6 */
    { "stages of a battery",
      "{\"manufacturerPartId\":\"p\",\"pcfValues\":{\"sharesPerStage\":{\"declaredUnit\":\"u\","
      "\"absPcfValue\":{\"stageValue\":5},"
      "\"stage1RawMaterialAquisitionPreProcessing\":{\"stageValue\":3},"
      "\"stage2MainProductProduction\":{\"stageValue\":1},\"stage3Distribution\":"
      "{\"stageValue\":1},\"stage4EndOfLifeRecycling\":{\"stageValue\":3}}}}",
      "$.pcfValues.sharesPerStage.absPcfValue.stageValue", "sum", "is 5, expected 8", 1 },
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct row *c = &rows[i];
        const tl_pcf_message *all;
        size_t n;
        tl_arena *arena;
        tl_error err = { 0 };
        assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
        if (tl_pcf_messages_check("m", c->text, strlen(c->text), arena, &all, &n, &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        const tl_pcf_finding *f = all[0].n ? &all[0].findings[0] : NULL;
        if (all[0].errors != c->errors || (f != NULL) != (c->path != NULL))
            fail_msg("%s: %zu errors, %zu findings, first %s %s", c->label, all[0].errors, all[0].n,
                     f ? f->path : "", f ? f->en : "");
        if (f && c->path &&
            (strcmp(f->path, c->path) != 0 || strcmp(f->rule, c->rule) != 0 ||
             !strstr(f->en, c->part) || !*f->zh))
            fail_msg("%s: %s: %s: %s, want %s: %s: %s", c->label, f->path, f->rule, f->en, c->path,
                     c->rule, c->part);
        tl_arena_free(arena);
    }
}

static void test_no_message(void **state)
{
    static const char *const texts[] = { "", "[]", "3", "{\"data\":[]}", "{\"data\":{\"pfs\":3}}" };
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        const tl_pcf_message *all;
        size_t n;
        tl_arena *arena;
        tl_error err = { 0 };
        assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
        if (tl_pcf_messages_check("m", texts[i], strlen(texts[i]), arena, &all, &n, &err) !=
            TL_EINPUT)
            fail_msg("'%s' was taken", texts[i]);
        tl_arena_free(arena);
    }
}

/* Real messages, where they lie beside the project: how many are in them, and how many errors. What
 * the errors are is told in docs/pcf-messages.md. */
static const struct sample {
    const char *path, *form;
    size_t messages, errors;
} samples[] = {
    { "pact-v3/electronics_tier_1_sample.json", "PACT 3", 10, 9 },
    { "pact-v3/electronics_tier_2_sample.json", "PACT 3", 10, 6 },
    { "pact-v3/electronics_tier_3_sample.json", "PACT 3", 10, 3 },
    { "pact-v3/electronics_sample.json", "PACT 3", 30, 18 },
    { "pact-v2-ileap/sample_product_footprint.json", "PACT 2", 1, 9 },
    { "catenax-pcf/io.catenax.pcf-9.0.0/Pcf.json", "Catena-X 9", 1, 2 },
    { "catenax-pcf/io.catenax.pcf-7.0.0/Pcf.json", "Catena-X 7", 1, 1 },
    { "catenax-pcf/io.catenax.pcf_for_battery_component_supplier-1.0.0/"
      "PcfForBatteryComponentSupplier.json",
      "Catena-X battery 1", 1, 1 },
};

static void check_sample(const struct sample *c, const char *path)
{
    tl_file_view file;
    const tl_pcf_message *all;
    size_t n, errors = 0;
    tl_arena *arena;
    tl_error err = { 0 };
    if (!tl_file_exists(path)) /* the samples are not part of the project */
        return;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    assert_int_equal(tl_file_open(&file, path, 0, NULL), TL_OK);
    if (tl_pcf_messages_check("m", file.data, file.size, arena, &all, &n, &err) != TL_OK)
        fail_msg("%s: %s", c->path, err.text);
    for (size_t i = 0; i < n; i++)
        errors += all[i].errors;
    if (n != c->messages || errors != c->errors || strcmp(all[0].form, c->form) != 0)
        fail_msg("%s: %zu messages (%s), %zu errors, want %zu (%s), %zu", c->path, n, all[0].form,
                 errors, c->messages, c->form, c->errors);
    tl_file_close(&file);
    tl_arena_free(arena);
}

static void test_samples(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(samples); i++) {
        char path[400];
        snprintf(path, sizeof path, "%s/../shared/samples/%s", getenv("TL_SOURCE"),
                 samples[i].path);
        check_sample(&samples[i], path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_no_message),
        cmocka_unit_test(test_samples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
