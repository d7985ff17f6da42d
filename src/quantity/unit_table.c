/* unit_table.c - the known units: symbol, definition, other spellings.
 *
 * Definitions are in the terms of UDUNITS-2 (kg, m, s, J, W, Pa, degrees: BIPM SI brochure, 9th
 * edition) or of base units of our own, with the source where there is a choice. A spelling stands
 * in one row only; a test sees to it. */
#include "quantity/unit_priv.h"

const tl_base_row tl_base_table[TL_BASE_COUNT] = {
    [TL_BASE_KG] = { "kg", "kg" },
    [TL_BASE_M] = { "m", "m" },
    [TL_BASE_S] = { "s", "s" },
    [TL_BASE_A] = { "A", "A" },
    [TL_BASE_K] = { "K", "K" },
    [TL_BASE_MOL] = { "mol", "mol" },
    [TL_BASE_YEAR] = { "tl_year", "year" },
    [TL_BASE_NM3] = { "tl_normal_volume", "Nm3" },
    [TL_BASE_PERSON] = { "tl_person", "person" },
    [TL_BASE_VEHICLE] = { "tl_vehicle", "vehicle" },
    [TL_BASE_PIECE] = { "tl_piece", "piece" },
    [TL_BASE_CNY] = { "tl_cny", "CNY" },
    [TL_BASE_USD] = { "tl_usd", "USD" },
    [TL_BASE_EUR] = { "tl_eur", "EUR" },
    [TL_BASE_CO2E] = { "tl_kg_coxe", "kgCO2e" },
    [TL_BASE_CO2] = { "tl_kg_cox", "kgCO2" },
    [TL_BASE_CH4] = { "tl_kg_methane", "kgCH4" },
    [TL_BASE_N2O] = { "tl_kg_nitrous_oxide", "kgN2O" },
    [TL_BASE_SF6] = { "tl_kg_sulfur_hexafluoride", "kgSF6" },
    [TL_BASE_NF3] = { "tl_kg_nitrogen_trifluoride", "kgNF3" },
    [TL_BASE_CF4] = { "tl_kg_tetrafluoromethane", "kgCF4" },
    [TL_BASE_C2F6] = { "tl_kg_hexafluoroethane", "kgC2F6" },
    [TL_BASE_C] = { "tl_kg_carbon", "kgC" },
};

const tl_unit_row tl_unit_table[] = {
    { "kg", "kg", "千克|公斤|kilogram|kilograms|KG" },
    { "g", "1e-3 kg", "克|gram|grams" },
    { "mg", "1e-6 kg", "毫克" },
    { "ug", "1e-9 kg", "微克" },
    /* "ton" alone is refused: metric in China, 907 kg in the United States */
    { "t", "1000 kg", "吨|公吨|tonne|tonnes|metric_ton" },
    { "kt", "1e6 kg", "kilotonne|kilotonnes" },
    { "Mt", "1e9 kg", "megatonne|megatonnes" },
    { "Gt", "1e12 kg", "gigatonne|gigatonnes" },
    { "lb", "0.45359237 kg", "磅|pound|pounds" }, /* international pound, 1959 */

    { "m", "m", "米|meter|metre|meters|metres" },
    { "km", "1000 m", "千米|公里|kilometer|kilometre|kilometers|kilometres" },
    { "cm", "0.01 m", "厘米" },
    { "mm", "0.001 m", "毫米" },
    { "mi", "1609.344 m", "英里|mile|miles" },
    { "ha", "1e4 m2", "公顷|hectare|hectares" },
    { "m2", "m2", "平方米|sqm" },
    { "km2", "1e6 m2", "平方千米|平方公里" },
    { "m3", "m3", "立方米|立方|cbm" },
    { "L", "1e-3 m3", "升|公升|l|liter|litre|liters|litres" },
    { "mL", "1e-6 m3", "毫升|ml" },
    { "US_gal", "3.785411784e-3 m3", "美加仑" },         /* 231 cubic inches, NIST SP 811 B.8 */
    { "bbl", "0.158987294928 m3", "桶|barrel|barrels" }, /* 42 US gallons */
    /* gas at 0 degC and 101.325 kPa, the condition of the Chinese accounting guides */
    { "Nm3", "tl_normal_volume", "标准立方米|标立方米|标方|标立方|Ncbm" },

    { "J", "J", "焦|焦耳|joule|joules" },
    { "kJ", "1e3 J", "千焦|千焦耳" },
    { "MJ", "1e6 J", "兆焦|兆焦耳|megajoule|megajoules" },
    { "GJ", "1e9 J", "吉焦|吉焦耳|百万千焦" },
    { "TJ", "1e12 J", "太焦|太焦耳" },
    { "PJ", "1e15 J", "拍焦" },
    { "EJ", "1e18 J", "艾焦" },
    { "Wh", "3600 J", "瓦时" },
    { "kWh", "3.6e6 J", "千瓦时|度|千瓦小时|kilowatt_hour|KWh|KWH" },
    { "MWh", "3.6e9 J", "兆瓦时" },
    { "GWh", "3.6e12 J", "吉瓦时" },
    { "TWh", "3.6e15 J", "太瓦时" },
    { "kcal", "4186.8 J", "千卡|大卡" }, /* the calorie of the International Table, 4.1868 J */
    { "Mcal", "4.1868e6 J", "兆卡" },
    { "Gcal", "4.1868e9 J", "吉卡|百万千卡" },
    { "MMBtu", "1055.05585262e6 J", "百万英热单位" }, /* Btu(IT), NIST SP 811 B.8 */
    /* GB/T 2589: 1 kgce = 29.3076 MJ, that is 7000 kcal at 4.1868 kJ */
    { "kgce", "29.3076e6 J", "千克标准煤|公斤标准煤|千克标煤" },
    { "gce", "29.3076e3 J", "克标准煤|克标煤" },
    { "tce", "29.3076e9 J", "吨标准煤|吨标煤" },
    { "Mtce", "29.3076e15 J", "兆吨标准煤" },
    { "toe", "41.868e9 J", "吨油当量|吨标准油" }, /* IEA: 10 Gcal(IT) */

    { "W", "W", "瓦|瓦特" },
    { "kW", "1e3 W", "千瓦" },
    { "MW", "1e6 W", "兆瓦" },
    { "GW", "1e9 W", "吉瓦" },
    { "Pa", "Pa", "帕" },
    { "kPa", "1e3 Pa", "千帕" },
    { "MPa", "1e6 Pa", "兆帕" },
    { "V", "V", "伏" },
    { "A", "A", "安" },
    { "Ah", "3600 A.s", "安时" },
    { "K", "K", "开尔文" },
    { "degC", "K @ 273.15", "摄氏度|°C|℃" },
    { "mol", "mol", "摩尔" },
    { "kmol", "1e3 mol", "千摩尔" },

    { "s", "s", "秒|second|seconds" },
    { "min", "60 s", "分钟|minute|minutes" },
    { "h", "3600 s", "小时|hour|hours" },
    { "day", "86400 s", "天|日|days" },
    { "year", "tl_year", "年|years|yr" },

    { "tkm", "1e6 kg.m", "吨公里|吨千米|t-km|ton_kilometer|tonne-km" },
    { "pkm", "1e3 tl_person.m", "人公里|人千米|p-km|passenger-km" },
    { "vkm", "1e3 tl_vehicle.m", "车公里|车千米|v-km|vehicle-km" },
    { "vehicle", "tl_vehicle", "辆|辆车|vehicles" },
    { "person", "tl_person", "人|persons|passenger" },
    { "piece", "tl_piece", "件|个|只|台|套|pieces|pcs|unit|item" },
    { "CNY", "tl_cny", "元|人民币元|RMB|yuan" },
    { "USD", "tl_usd", "美元" },
    { "EUR", "tl_eur", "欧元" },

    { "1", "1", "fraction" },
    { "%", "0.01", "percent" },
    { "ppm", "1e-6", "百万分之一" },
};
const size_t tl_unit_table_size = sizeof tl_unit_table / sizeof *tl_unit_table;

/* Gases that may stand behind a mass unit; the longest spelling that fits is taken, so the order is
 * free. */
const tl_gas_row tl_gas_table[] = {
    { TL_BASE_CO2E, "CO2e|CO2eq|CO2-eq|CO2-e|CO2当量|二氧化碳当量" },
    { TL_BASE_CO2, "CO2|二氧化碳" },
    { TL_BASE_CH4, "CH4|甲烷" },
    { TL_BASE_N2O, "N2O|氧化亚氮" },
    { TL_BASE_SF6, "SF6|六氟化硫" },
    { TL_BASE_NF3, "NF3|三氟化氮" },
    { TL_BASE_CF4, "CF4|四氟化碳" },
    { TL_BASE_C2F6, "C2F6|六氟乙烷" },
    { TL_BASE_C, "C|碳" },
};
const size_t tl_gas_table_size = sizeof tl_gas_table / sizeof *tl_gas_table;

/* Words for dimensions; what an emission is measured in stands first, so that "mass of CO2e per
 * energy" is found before any other way to read it. */
const tl_dimension_row tl_dimension_table[] = {
    { "mass of CO2e", "kgCO2e" },
    { "mass of CO2", "kgCO2" },
    { "mass of CH4", "kgCH4" },
    { "mass of N2O", "kgN2O" },
    { "mass of SF6", "kgSF6" },
    { "mass of NF3", "kgNF3" },
    { "mass of CF4", "kgCF4" },
    { "mass of C2F6", "kgC2F6" },
    { "mass of carbon", "kgC" },
    { "energy", "J" },
    { "power", "W" },
    { "freight transport", "tkm" },
    { "passenger transport", "pkm" },
    { "vehicle transport", "vkm" },
    { "normal volume of gas", "Nm3" },
    { "volume", "m3" },
    { "area", "m2" },
    { "mass", "kg" },
    { "length", "m" },
    { "time", "s" },
    { "calendar time", "year" },
    { "temperature", "K" },
    { "amount of substance", "mol" },
    { "pressure", "Pa" },
    { "electric charge", "Ah" },
    { "electric current", "A" },
    { "voltage", "V" },
    { "number of vehicles", "vehicle" },
    { "number of persons", "person" },
    { "number of pieces", "piece" },
    { "money (CNY)", "CNY" },
    { "money (USD)", "USD" },
    { "money (EUR)", "EUR" },
    { "ratio", "1" },
};
const size_t tl_dimension_table_size = sizeof tl_dimension_table / sizeof *tl_dimension_table;
