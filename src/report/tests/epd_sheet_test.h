/* epd_sheet_test.h - one declaration with everything in it, for the tests of paper and XML. */
#ifndef TL_REPORT_TESTS_EPD_SHEET_TEST_H
#define TL_REPORT_TESTS_EPD_SHEET_TEST_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <expat.h>

#include "report/epd_sheet_priv.h"

#define SHEET_SEAL "c9e7d9d7eba90e7c3d56509416dd0f83d893595f0e108ffac4bbf39ff430437c"

typedef struct sheet_fixture {
    tl_record record;
    tl_epd epd;
    tl_pcr pcr;
    tl_company owner, verifier_company;
    tl_epd_sheet sheet;
} sheet_fixture;

/* sheet borrows from *f. */
static inline void sheet_fill(sheet_fixture *f)
{
    static const tl_record_part parts[] = {
        { "indicator", "gwp-fossil", 1.4921, "kg CO2e/kg" },
        { "indicator", "odp", 1.2e-12, "kg/kg" },
        { "indicator", "gwp-fossil@C3", 0.0123, "kg CO2e/kg" },
        { "indicator", "penrt", 17.25, "MJ/kg" },
        { "indicator", "our own <key>", 3, "pieces/kg" },
        { "stage", "upstream", 0.9, "kg CO2e/kg" },
    };
    *f = (sheet_fixture){
        .record = { .id = "epd-coil",
                    .version = 2,
                    .kind = TL_RECORD_EPD,
                    .state = TL_RECORD_PUBLISHED,
                    .product = "Hot-dip galvanised coil 热镀锌卷",
                    .maker = "Tangshan works",
                    .value = 1.5,
                    .unit = "kg CO2e/kg",
                    .boundary = "cradle to gate",
                    .method = "ISO 14025 & <the rules>",
                    .region = "CN",
                    .evidence = "",
                    .year = 2025,
                    .uncertainty = 0.08,
                    .primary_share = NAN,
                    .valid_from = "2026-05-01",
                    .valid_until = "2031-05-01",
                    .published_on = "2026-05-01",
                    .reason = "new furnace",
                    .ended_on = "",
                    .ended_because = "",
                    .hash = SHEET_SEAL,
                    .parts = parts,
                    .n_parts = sizeof parts / sizeof *parts },
        .epd = { "epd-coil", "steel", "CISA", "N-1", "tangsteel", "Vera", "cqc", "2031-05-01", 0 },
        .pcr = { "steel", "Steel products", "钢铁产品", "1.0", "2030-12-31", "s" },
        .owner = { .id = "tangsteel", .name_en = "Tangsteel", .name_zh = "唐钢" },
        .verifier_company = { .id = "cqc", .name_en = "CQC", .name_zh = "" },
    };
    f->sheet = (tl_epd_sheet){ .record = &f->record,
                               .epd = &f->epd,
                               .pcr = &f->pcr,
                               .owner = &f->owner,
                               .verifier_company = &f->verifier_company,
                               .link = "tanlian:epd-coil@2",
                               .day = "2026-11-22" };
}

#endif
