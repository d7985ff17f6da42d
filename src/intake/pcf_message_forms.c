/* pcf_message_forms.c - the forms of messages as tables.
 *
 * Sources: PACT Technical Specifications 3.0 and 2.3 (wbcsd/data-exchange-protocol),
 * ProductFootprint and CarbonFootprint with their texts; io.catenax.pcf 7.0.0 and 9.0.0 and
 * io.catenax.pcf_for_battery_component_supplier 1.0.0 (eclipse-tractusx/sldt-semantic-models). */
#include <string.h>

#include "intake/pcf_message_priv.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define ANY 0, 0
#define NOT_BELOW_0 0, 1e15
#define NOT_ABOVE_0 -1e15, 0
#define PERCENT 0, 100
#define POSITIVE 1e-12, 1e15

static const char *const statuses[] = { "Active", "Deprecated", NULL };
static const char *const units_3[] = { "liter",          "kilogram",  "cubic meter",
                                       "kilowatt hour",  "megajoule", "ton kilometer",
                                       "square meter",   "piece",     "hour",
                                       "megabit second", NULL };
static const char *const units_2[] = { "liter",         "kilogram",  "cubic meter",
                                       "kilowatt hour", "megajoule", "ton kilometer",
                                       "square meter",  NULL };

static const tl_pcf_field pact_3[] = {
    { "id", TL_PCF_UUID, TL_PCF_MUST, ANY, NULL, NULL },
    { "specVersion", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { "created", TL_PCF_TIME, TL_PCF_MUST, ANY, NULL, NULL },
    { "status", TL_PCF_CODE, TL_PCF_MUST, ANY, statuses, NULL },
    { "validityPeriodStart", TL_PCF_TIME, TL_PCF_MAY, ANY, NULL, NULL },
    { "validityPeriodEnd", TL_PCF_TIME, TL_PCF_MAY, ANY, NULL, NULL },
    { "companyName", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { "companyIds", TL_PCF_LIST, TL_PCF_MUST, ANY, NULL, NULL },
    { "productDescription", TL_PCF_ANY, TL_PCF_MUST, ANY, NULL, NULL },
    { "productIds", TL_PCF_LIST, TL_PCF_MUST, ANY, NULL, NULL },
    { "productNameCompany", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.declaredUnitOfMeasurement", TL_PCF_CODE, TL_PCF_MUST, ANY, units_3, NULL },
    { "pcf.declaredUnitAmount", TL_PCF_DECIMAL, TL_PCF_MUST, POSITIVE, NULL, NULL },
    { "pcf.productMassPerDeclaredUnit", TL_PCF_DECIMAL, TL_PCF_MUST, NOT_BELOW_0, NULL, NULL },
    { "pcf.referencePeriodStart", TL_PCF_TIME, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.referencePeriodEnd", TL_PCF_TIME, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.pcfExcludingBiogenicUptake", TL_PCF_DECIMAL, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.pcfIncludingBiogenicUptake", TL_PCF_DECIMAL, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.fossilGhgEmissions", TL_PCF_DECIMAL, TL_PCF_MUST, NOT_BELOW_0, NULL, NULL },
    { "pcf.fossilCarbonContent", TL_PCF_DECIMAL, TL_PCF_MUST, NOT_BELOW_0, NULL, NULL },
    { "pcf.biogenicCarbonContent", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.recycledCarbonContent", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.landUseChangeGhgEmissions", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.landCarbonLeakage", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.landManagementFossilGhgEmissions", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.landManagementBiogenicCO2Emissions", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL,
      NULL },
    { "pcf.landManagementBiogenicCO2Removals", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_ABOVE_0, NULL,
      NULL },
    { "pcf.biogenicCO2Uptake", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_ABOVE_0, NULL, NULL },
    { "pcf.biogenicNonCO2Emissions", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.aircraftGhgEmissions", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.packagingEmissionsIncluded", TL_PCF_BOOL, TL_PCF_SHOULD, ANY, NULL, NULL },
    { "pcf.packagingGhgEmissions", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.outboundLogisticsGhgEmissions", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.ccsTechnologicalCO2CaptureIncluded", TL_PCF_BOOL, TL_PCF_SHOULD, ANY, NULL, NULL },
    { "pcf.ccsTechnologicalCO2Capture", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_ABOVE_0, NULL, NULL },
    { "pcf.technologicalCO2Removals", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_ABOVE_0, NULL, NULL },
    { "pcf.ipccCharacterizationFactors", TL_PCF_LIST, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.crossSectoralStandards", TL_PCF_LIST, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.exemptedEmissionsPercent", TL_PCF_DECIMAL, TL_PCF_MUST, PERCENT, NULL, NULL },
    { "pcf.primaryDataShare", TL_PCF_DECIMAL, TL_PCF_SHOULD, PERCENT, NULL, NULL },
    { "pcf.dqi.technologicalDQR", TL_PCF_DECIMAL, TL_PCF_MUST, 1, 5, NULL, "pcf.dqi" },
    { "pcf.dqi.geographicalDQR", TL_PCF_DECIMAL, TL_PCF_MUST, 1, 5, NULL, "pcf.dqi" },
    { "pcf.dqi.temporalDQR", TL_PCF_DECIMAL, TL_PCF_MUST, 1, 5, NULL, "pcf.dqi" },
};

/* Texts of the properties: removals, capture and uptake carry their negative sign. */
static const tl_pcf_sum pact_3_sums[] = {
    { "pcf.pcfExcludingBiogenicUptake",
      { "pcf.fossilGhgEmissions", "pcf.landUseChangeGhgEmissions",
        "pcf.landManagementBiogenicCO2Emissions", "pcf.landManagementBiogenicCO2Removals",
        "pcf.biogenicNonCO2Emissions", "pcf.technologicalCO2Removals",
        "pcf.ccsTechnologicalCO2Capture" },
      { NULL },
      true },
    { "pcf.pcfIncludingBiogenicUptake",
      { "pcf.pcfExcludingBiogenicUptake", "pcf.biogenicCO2Uptake" },
      { NULL },
      false },
};

static const tl_pcf_field pact_2[] = {
    { "id", TL_PCF_UUID, TL_PCF_MUST, ANY, NULL, NULL },
    { "specVersion", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { "version", TL_PCF_NUMBER, TL_PCF_MUST, NOT_BELOW_0, NULL, NULL },
    { "created", TL_PCF_TIME, TL_PCF_MUST, ANY, NULL, NULL },
    { "status", TL_PCF_CODE, TL_PCF_MUST, ANY, statuses, NULL },
    { "validityPeriodStart", TL_PCF_TIME, TL_PCF_MAY, ANY, NULL, NULL },
    { "validityPeriodEnd", TL_PCF_TIME, TL_PCF_MAY, ANY, NULL, NULL },
    { "comment", TL_PCF_ANY, TL_PCF_MUST, ANY, NULL, NULL },
    { "companyName", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { "companyIds", TL_PCF_LIST, TL_PCF_MUST, ANY, NULL, NULL },
    { "productDescription", TL_PCF_ANY, TL_PCF_MUST, ANY, NULL, NULL },
    { "productIds", TL_PCF_LIST, TL_PCF_MUST, ANY, NULL, NULL },
    { "productCategoryCpc", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { "productNameCompany", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.declaredUnit", TL_PCF_CODE, TL_PCF_MUST, ANY, units_2, NULL },
    { "pcf.unitaryProductAmount", TL_PCF_DECIMAL, TL_PCF_MUST, POSITIVE, NULL, NULL },
    { "pcf.productMassPerDeclaredUnit", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.pCfExcludingBiogenic", TL_PCF_DECIMAL, TL_PCF_MUST, NOT_BELOW_0, NULL, NULL },
    { "pcf.pCfIncludingBiogenic", TL_PCF_DECIMAL, TL_PCF_SHOULD, ANY, NULL, NULL },
    { "pcf.fossilGhgEmissions", TL_PCF_DECIMAL, TL_PCF_MUST, NOT_BELOW_0, NULL, NULL },
    { "pcf.fossilCarbonContent", TL_PCF_DECIMAL, TL_PCF_MUST, NOT_BELOW_0, NULL, NULL },
    { "pcf.biogenicCarbonContent", TL_PCF_DECIMAL, TL_PCF_MUST, NOT_BELOW_0, NULL, NULL },
    { "pcf.dLucGhgEmissions", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.landManagementGhgEmissions", TL_PCF_DECIMAL, TL_PCF_MAY, ANY, NULL, NULL },
    { "pcf.otherBiogenicGhgEmissions", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.iLucGhgEmissions", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.biogenicCarbonWithdrawal", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_ABOVE_0, NULL, NULL },
    { "pcf.aircraftGhgEmissions", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.packagingGhgEmissions", TL_PCF_DECIMAL, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.ipccCharacterizationFactorsSources", TL_PCF_LIST, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.crossSectoralStandardsUsed", TL_PCF_LIST, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.boundaryProcessesDescription", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.referencePeriodStart", TL_PCF_TIME, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.referencePeriodEnd", TL_PCF_TIME, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.exemptedEmissionsPercent", TL_PCF_NUMBER, TL_PCF_MUST, PERCENT, NULL, NULL },
    { "pcf.exemptedEmissionsDescription", TL_PCF_ANY, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.packagingEmissionsIncluded", TL_PCF_BOOL, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.primaryDataShare", TL_PCF_NUMBER, TL_PCF_SHOULD, PERCENT, NULL, NULL },
    { "pcf.dqi.coveragePercent", TL_PCF_NUMBER, TL_PCF_MAY, PERCENT, NULL, "pcf.dqi" },
    { "pcf.dqi.technologicalDQR", TL_PCF_NUMBER, TL_PCF_MAY, 1, 3, NULL, "pcf.dqi" },
    { "pcf.dqi.temporalDQR", TL_PCF_NUMBER, TL_PCF_MAY, 1, 3, NULL, "pcf.dqi" },
    { "pcf.dqi.geographicalDQR", TL_PCF_NUMBER, TL_PCF_MAY, 1, 3, NULL, "pcf.dqi" },
};

/* 2.3 says in words only that one total has the biogenic emissions and the withdrawal in it; read
 * as its successor, or with the other biogenic items, which some take as part of that total alone.
 */
static const tl_pcf_sum pact_2_sums[] = {
    { "pcf.pCfIncludingBiogenic",
      { "pcf.pCfExcludingBiogenic", "pcf.biogenicCarbonWithdrawal" },
      { "pcf.dLucGhgEmissions", "pcf.landManagementGhgEmissions", "pcf.otherBiogenicGhgEmissions",
        "pcf.iLucGhgEmissions" },
      false },
};

#define STAGE "productLifeCycleStagesAndEmissions."
#define MADE STAGE "productionStage."
#define SENT STAGE "distributionStage.distributionStage"
#define PACKED STAGE "packagingStage.packaging"
#define PRODUCT "companyAndProductInformation.productInformation."
#define ASSESSED "pcfAssessmentAndMethodology.pcfAssessmentInformation."
#define QUALITY "pcfAssessmentAndMethodology.dataSourcesAndQuality."
#define SHARES "pcfAssessmentAndMethodology.verificationAndCertificationShares."

/* The schema of 9.0.0 has "megabit" and "second" apart; so they stand there. */
static const char *const units_9[] = { "liter",         "kilogram",  "cubic meter",
                                       "kilowatt hour", "megajoule", "ton kilometer",
                                       "square meter",  "piece",     "hour",
                                       "megabit",       "second",    NULL };
static const char *const scopes_9[] = { "Cradle-to-gate", "Cradle-to-grave", NULL };

static const tl_pcf_field catenax_9[] = {
    { "scopeOfPcfForm.specVersion", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { "scopeOfPcfForm.partialFullPcf", TL_PCF_CODE, TL_PCF_MUST, ANY, scopes_9, NULL },
    { "companyAndProductInformation.companyInformation.companyName", TL_PCF_TEXT, TL_PCF_MUST, ANY,
      NULL, NULL },
    { "companyAndProductInformation.companyInformation.companyIds", TL_PCF_LIST, TL_PCF_MUST, ANY,
      NULL, NULL },
    { PRODUCT "productNameCompany", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { PRODUCT "productIds", TL_PCF_LIST, TL_PCF_MUST, ANY, NULL, NULL },
    { PRODUCT "declaredUnitOfMeasurement", TL_PCF_CODE, TL_PCF_MUST, ANY, units_9, NULL },
    { PRODUCT "declaredUnitAmount", TL_PCF_NUMBER, TL_PCF_MUST, POSITIVE, NULL, NULL },
    { PRODUCT "productMassPerDeclaredUnit", TL_PCF_NUMBER, TL_PCF_MUST, NOT_BELOW_0, NULL, NULL },
    { ASSESSED "idAndVersion.id", TL_PCF_UUID, TL_PCF_MUST, ANY, NULL, NULL },
    { ASSESSED "idAndVersion.status", TL_PCF_CODE, TL_PCF_MUST, ANY, statuses, NULL },
    { ASSESSED "idAndVersion.retroOrProspectivePcfType", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL,
      NULL },
    { ASSESSED "boundarySpecifications.exemptedEmissionsPercent", TL_PCF_NUMBER, TL_PCF_MUST, 0, 10,
      NULL, NULL },
    { ASSESSED "geography.geographyRegionOrSubregion", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { ASSESSED "time.referencePeriodStart", TL_PCF_TIME, TL_PCF_MUST, ANY, NULL, NULL },
    { ASSESSED "time.referencePeriodEnd", TL_PCF_TIME, TL_PCF_MUST, ANY, NULL, NULL },
    { ASSESSED "time.created", TL_PCF_TIME, TL_PCF_MUST, ANY, NULL, NULL },
    { ASSESSED "time.validityPeriodEnd", TL_PCF_TIME, TL_PCF_MUST, ANY, NULL, NULL },
    { QUALITY "primaryDataShare", TL_PCF_NUMBER, TL_PCF_MAY, PERCENT, NULL, NULL },
    { QUALITY "technologicalDQR", TL_PCF_NUMBER, TL_PCF_MAY, 1, 5, NULL, NULL },
    { QUALITY "temporalDQR", TL_PCF_NUMBER, TL_PCF_MAY, 1, 5, NULL, NULL },
    { QUALITY "geographicalDQR", TL_PCF_NUMBER, TL_PCF_MAY, 1, 5, NULL, NULL },
    { SHARES "programCertificationShare", TL_PCF_NUMBER, TL_PCF_MAY, PERCENT, NULL, NULL },
    { SHARES "productVerificationShare1stParty", TL_PCF_NUMBER, TL_PCF_MAY, PERCENT, NULL, NULL },
    { SHARES "productVerificationShare2ndParty", TL_PCF_NUMBER, TL_PCF_MAY, PERCENT, NULL, NULL },
    { SHARES "productVerificationShare3rdParty", TL_PCF_NUMBER, TL_PCF_MAY, PERCENT, NULL, NULL },
    { MADE "pcfExcludingBiogenicUptake", TL_PCF_NUMBER, TL_PCF_MUST, ANY, NULL, NULL },
    { MADE "pcfIncludingBiogenicUptake", TL_PCF_NUMBER, TL_PCF_MUST, ANY, NULL, NULL },
    { MADE "fossilGhgEmissions", TL_PCF_NUMBER, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { MADE "biogenicCO2Uptake", TL_PCF_NUMBER, TL_PCF_MAY, NOT_ABOVE_0, NULL, NULL },
    { MADE "landManagementBiogenicCO2Removals", TL_PCF_NUMBER, TL_PCF_MAY, NOT_ABOVE_0, NULL,
      NULL },
    { SENT "Included", TL_PCF_BOOL, TL_PCF_MUST, ANY, NULL, STAGE "distributionStage" },
    { SENT "BiogenicCO2Uptake", TL_PCF_NUMBER, TL_PCF_MAY, NOT_ABOVE_0, NULL, NULL },
    { PACKED "EmissionsIncluded", TL_PCF_BOOL, TL_PCF_MUST, ANY, NULL, STAGE "packagingStage" },
    { PACKED "BiogenicCO2Uptake", TL_PCF_NUMBER, TL_PCF_MAY, NOT_ABOVE_0, NULL, NULL },
};

/* The example that comes with the schema leaves the CO2 of land management out of the total; PACT
 * 3, with whose names these are lined up, has it in. Both are taken. */
static const tl_pcf_sum catenax_9_sums[] = {
    { MADE "pcfExcludingBiogenicUptake",
      { MADE "fossilGhgEmissions", MADE "landUseChangeGhgEmissions",
        MADE "biogenicNonCO2Emissions" },
      { MADE "landManagementBiogenicCO2Emissions", MADE "landManagementBiogenicCO2Removals" },
      true },
    { MADE "pcfIncludingBiogenicUptake",
      { MADE "pcfExcludingBiogenicUptake", MADE "biogenicCO2Uptake" },
      { NULL },
      false },
    { SENT "PcfExcludingBiogenicUptake",
      { SENT "FossilGhgEmissions", SENT "LandUseChangeGhgEmissions",
        SENT "BiogenicNonCO2Emissions" },
      { SENT "LandManagementBiogenicCO2Emissions", SENT "LandManagementBiogenicCO2Removals" },
      true },
    { SENT "PcfIncludingBiogenicUptake",
      { SENT "PcfExcludingBiogenicUptake", SENT "BiogenicCO2Uptake" },
      { NULL },
      false },
    { PACKED "PcfExcludingBiogenicUptake",
      { PACKED "FossilGhgEmissions", PACKED "LandUseChangeGhgEmissions",
        PACKED "BiogenicNonCO2Emissions" },
      { PACKED "LandManagementBiogenicCO2Emissions", PACKED "LandManagementBiogenicCO2Removals" },
      true },
    { PACKED "PcfIncludingBiogenicUptake",
      { PACKED "PcfExcludingBiogenicUptake", PACKED "BiogenicCO2Uptake" },
      { NULL },
      false },
};

static const tl_pcf_field catenax_7[] = {
    { "id", TL_PCF_UUID, TL_PCF_MUST, ANY, NULL, NULL },
    { "specVersion", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { "partialFullPcf", TL_PCF_CODE, TL_PCF_MUST, ANY, scopes_9, NULL },
    { "created", TL_PCF_TIME, TL_PCF_MUST, ANY, NULL, NULL },
    { "extWBCSD_pfStatus", TL_PCF_CODE, TL_PCF_MUST, ANY, statuses, NULL },
    { "companyName", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { "companyIds", TL_PCF_LIST, TL_PCF_MUST, ANY, NULL, NULL },
    { "productIds", TL_PCF_LIST, TL_PCF_MUST, ANY, NULL, NULL },
    { "productName", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.declaredUnit", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.unitaryProductAmount", TL_PCF_NUMBER, TL_PCF_MUST, POSITIVE, NULL, NULL },
    { "pcf.productMassPerDeclaredUnit", TL_PCF_NUMBER, TL_PCF_MUST, NOT_BELOW_0, NULL, NULL },
    { "pcf.pcfExcludingBiogenic", TL_PCF_NUMBER, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.pcfIncludingBiogenic", TL_PCF_NUMBER, TL_PCF_MAY, ANY, NULL, NULL },
    { "pcf.fossilGhgEmissions", TL_PCF_NUMBER, TL_PCF_MAY, NOT_BELOW_0, NULL, NULL },
    { "pcf.biogenicCarbonWithdrawal", TL_PCF_NUMBER, TL_PCF_MAY, NOT_ABOVE_0, NULL, NULL },
    { "pcf.exemptedEmissionsPercent", TL_PCF_NUMBER, TL_PCF_MUST, PERCENT, NULL, NULL },
    { "pcf.primaryDataShare", TL_PCF_NUMBER, TL_PCF_MAY, PERCENT, NULL, NULL },
    { "pcf.referencePeriodStart", TL_PCF_TIME, TL_PCF_MUST, ANY, NULL, NULL },
    { "pcf.referencePeriodEnd", TL_PCF_TIME, TL_PCF_MUST, ANY, NULL, NULL },
};

static const tl_pcf_sum catenax_7_sums[] = {
    { "pcf.pcfIncludingBiogenic",
      { "pcf.pcfExcludingBiogenic", "pcf.biogenicCarbonWithdrawal" },
      { "pcf.dlucGhgEmissions", "pcf.extTFS_luGhgEmissions",
        "pcf.biogenicCarbonEmissionsOtherThanCO2" },
      false },
    { "pcf.distributionStagePcfIncludingBiogenic",
      { "pcf.distributionStagePcfExcludingBiogenic",
        "pcf.distributionStageBiogenicCarbonWithdrawal" },
      { "pcf.extTFS_distributionStageDlucGhgEmissions",
        "pcf.extTFS_distributionStageLuGhgEmissions",
        "pcf.distributionStageBiogenicCarbonEmissionsOtherThanCO2" },
      false },
};

#define STAGES "pcfValues.sharesPerStage."

static const tl_pcf_field battery[] = {
    { "manufacturerPartId", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
    { "primaryDataShare", TL_PCF_NUMBER, TL_PCF_MAY, PERCENT, NULL, NULL },
    { "validityPeriod.validFrom", TL_PCF_TIME, TL_PCF_MAY, ANY, NULL, NULL },
    { "validityPeriod.validTo", TL_PCF_TIME, TL_PCF_MAY, ANY, NULL, NULL },
    { STAGES "absPcfValue.stageValue", TL_PCF_NUMBER, TL_PCF_MUST, ANY, NULL, NULL },
    { STAGES "declaredUnit", TL_PCF_TEXT, TL_PCF_MUST, ANY, NULL, NULL },
};

static const tl_pcf_sum battery_sums[] = {
    { STAGES "absPcfValue.stageValue",
      { STAGES "stage1RawMaterialAquisitionPreProcessing.stageValue",
        STAGES "stage2MainProductProduction.stageValue", STAGES "stage3Distribution.stageValue",
        STAGES "stage4EndOfLifeRecycling.stageValue" },
      { NULL },
      false },
};

static const tl_pcf_period pact_periods[] = {
    { "pcf.referencePeriodStart", "pcf.referencePeriodEnd" },
    { "validityPeriodStart", "validityPeriodEnd" },
};
static const tl_pcf_period catenax_9_periods[] = {
    { ASSESSED "time.referencePeriodStart", ASSESSED "time.referencePeriodEnd" },
    { ASSESSED "time.validityPeriodStart", ASSESSED "time.validityPeriodEnd" },
};
static const tl_pcf_period battery_periods[] = {
    { "validityPeriod.validFrom", "validityPeriod.validTo" },
};

#define FIELDS(f) .fields = (f), .field_count = COUNT(f)
#define SUMS(s) .sums = (s), .sum_count = COUNT(s)
#define PERIODS(p) .periods = (p), .period_count = COUNT(p)
#define PLACES                                                                                     \
    {                                                                                              \
        "pcf.geographyRegionOrSubregion", "pcf.geographyCountry",                                  \
            "pcf.geographyCountrySubdivision", NULL                                                \
    }

const tl_pcf_form tl_pcf_forms[] = {
    { .name = "PACT 3",
      .id = "id",
      FIELDS(pact_3),
      SUMS(pact_3_sums),
      PERIODS(pact_periods),
      .share = "pcf.primaryDataShare",
      .exempted = "pcf.exemptedEmissionsPercent",
      .exempted_most = 3,
      .places = PLACES,
      .flag = "pcf.packagingEmissionsIncluded",
      .flagged = "pcf.packagingGhgEmissions" },
    { .name = "PACT 2",
      .id = "id",
      FIELDS(pact_2),
      SUMS(pact_2_sums),
      PERIODS(pact_periods),
      .share = "pcf.primaryDataShare",
      .exempted = "pcf.exemptedEmissionsPercent",
      .exempted_most = 5,
      .places = PLACES },
    { .name = "Catena-X 9",
      .id = ASSESSED "idAndVersion.id",
      FIELDS(catenax_9),
      SUMS(catenax_9_sums),
      PERIODS(catenax_9_periods),
      .share = QUALITY "primaryDataShare",
      .exempted = ASSESSED "boundarySpecifications.exemptedEmissionsPercent",
      .exempted_most = 3 },
    { .name = "Catena-X 7",
      .id = "id",
      FIELDS(catenax_7),
      SUMS(catenax_7_sums),
      PERIODS(pact_periods),
      .share = "pcf.primaryDataShare",
      .exempted = "pcf.exemptedEmissionsPercent",
      .exempted_most = 3 },
    { .name = "Catena-X battery 1",
      .id = "manufacturerPartId",
      FIELDS(battery),
      SUMS(battery_sums),
      PERIODS(battery_periods),
      .share = "primaryDataShare" },
};
const size_t tl_pcf_form_count = COUNT(tl_pcf_forms);

const tl_pcf_form *tl_pcf_form_find(const char *name)
{
    for (size_t i = 0; i < tl_pcf_form_count; i++)
        if (strcmp(tl_pcf_forms[i].name, name) == 0)
            return &tl_pcf_forms[i];
    return NULL;
}
