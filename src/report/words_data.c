/* words_data.c - the words of the sets that ship; English as it stands in them. */
#include "report/words_data.h"

#include <string.h>

struct word {
    const char *code, *zh;
};

static tl_label look_up(const struct word *table, size_t n, const char *code)
{
    for (size_t i = 0; code && i < n; i++)
        if (strcmp(table[i].code, code) == 0)
            return (tl_label){ code, table[i].zh };
    return (tl_label){ code, code };
}

#define LOOK_UP(table, code) look_up(table, sizeof(table) / sizeof *(table), code)

tl_label tl_word_set_kind(const char *code)
{
    static const struct word table[] = {
        { "companies", "企业名录" },     { "factors", "排放因子" },
        { "gwp", "全球增温潜势" },       { "index", "评价指数" },
        { "index-results", "评价结果" }, { "published-statistics", "公布的统计" },
        { "rule", "核算规则" },          { "synonyms", "同义词" },
        { "system", "产品系统" },        { "text", "文本" },
        { "vehicles", "车型" },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_factor_category(const char *code)
{
    static const struct word table[] = {
        { "battery", "电池" },        { "construction", "建材" },
        { "electrical", "电子电器" }, { "electricity", "电力" },
        { "fuel", "燃料" },           { "gas release", "气体逸散" },
        { "heat", "热力" },           { "material", "材料" },
        { "metal", "金属" },          { "metal input", "金属原料" },
        { "organic", "有机物" },      { "paper", "纸" },
        { "plastic", "塑料" },        { "process", "工业过程" },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_factor_boundary(const char *code)
{
    static const struct word table[] = {
        { "anode consumption per tonne of liquid aluminium, CO2 only",
          "每吨铝液的阳极消耗，仅 CO2" },
        { "anode effect per tonne of aluminium", "每吨铝的阳极效应" },
        { "as disclosed", "按披露" },
        { "battery materials, without assembly", "电池材料，不含组装" },
        { "carbon fixed in the product (to be deducted), CO2 only", "产品固碳（应扣除），仅 CO2" },
        { "carbon in the purchased input, CO2 only", "外购原料含碳，仅 CO2" },
        { "combustion, CO2 only", "燃烧，仅 CO2" },
        { "cradle to gate", "摇篮到大门" },
        { "cradle to gate (mine to cast house)", "摇篮到大门（矿山到铸造）" },
        { "cradle to grave", "摇篮到坟墓" },
        { "decomposition of the flux, CO2 only", "熔剂分解，仅 CO2" },
        { "decomposition of the pure carbonate, CO2 only", "纯碳酸盐分解，仅 CO2" },
        { "decomposition per tonne of CaO, CO2 only", "每吨 CaO 的分解，仅 CO2" },
        { "decomposition per tonne of MgO, CO2 only", "每吨 MgO 的分解，仅 CO2" },
        { "decomposition, CO2 only", "分解，仅 CO2" },
        { "embodied emissions, default", "隐含排放，默认值" },
        { "generation, CO2 only", "发电，仅 CO2" },
        { "grid losses", "电网损耗" },
        { "life cycle", "全生命周期" },
        { "process emission per tonne of HNO3", "每吨硝酸的过程排放" },
        { "production, CO2 only", "生产，仅 CO2" },
        { "purchased heat, CO2 only", "外购热力，仅 CO2" },
        { "release of the gas itself", "气体直接逸散" },
        { "scope 1, scope 2 and upstream; CO2 only", "范围一、范围二及上游，仅 CO2" },
        { "well to tank", "油井到油箱" },
        { "well to tank of generation", "发电燃料的油井到油箱" },
        { "well to tank of grid losses", "电网损耗的油井到油箱" },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_factor_technology(const char *code)
{
    static const struct word table[] = {
        { "BF-BOF", "高炉-转炉长流程" },
        { "BOF", "转炉" },
        { "EAF", "电炉短流程" },
        { "GB/T 32151.22-2024 Table C.1", "GB/T 32151.22-2024 表 C.1" },
        { "IPCC 2006 Guidelines", "IPCC 2006 年指南" },
        { "MEE sector guides of 2023/24", "生态环境部 2023/24 年行业指南" },
        { "NDRC first-batch guides (2013)", "发改委首批指南（2013）" },
        { "aluminium", "铝" },
        { "average", "平均" },
        { "average excluding market-traded non-fossil electricity",
          "平均，不含市场化交易的非化石电力" },
        { "average of supply", "供应平均" },
        { "biomass", "生物质" },
        { "carbon market reporting default", "碳市场报送默认值" },
        { "carbonates", "碳酸盐" },
        { "cement", "水泥" },
        { "closed loop", "闭环回收" },
        { "default", "默认值" },
        { "disclosed by the company", "企业披露" },
        { "fossil electricity only", "仅化石电力" },
        { "gross calorific value", "高位发热量" },
        { "hydropower, disclosed by the company", "水电，企业披露" },
        { "iron and steel", "钢铁" },
        { "magnesium", "镁" },
        { "net calorific value", "低位发热量" },
        { "non-fossil", "非化石" },
        { "prebaked anode", "预焙阳极" },
        { "primary", "原生" },
        { "recycled", "再生" },
        { "renewable power", "可再生电力" },
        { "reused", "再利用" },
        { "solar PV", "光伏" },
        { "wind", "风电" },
        { "world average", "世界平均" },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_part_kind(const char *code)
{
    static const struct word table[] = {
        { "indicator", "指标" },
        { "material", "材料" },
        { "stage", "阶段" },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_industry(const char *code)
{
    static const struct word table[] = {
        { "auto-parts", "汽车零部件" },
        { "automobile", "汽车" },
        { "bicycle-moped", "自行车/助力车" },
        { "brewing", "啤酒" },
        { "building-materials", "建材" },
        { "civil-aviation", "民航" },
        { "dairy", "乳制品" },
        { "diversified", "多元化" },
        { "environment-waste-management", "环保产业" },
        { "food-beverage", "食品饮料" },
        { "gas", "燃气" },
        { "household-appliance", "家电" },
        { "household-personal-care", "日化" },
        { "industrial-chemicals", "化工" },
        { "interior-decoration", "家装" },
        { "iron-steel", "钢铁" },
        { "it", "IT" },
        { "leather-pu", "皮革" },
        { "liquor", "白酒" },
        { "logistics", "物流" },
        { "machinery", "机械设备" },
        { "non-ferrous-metal", "有色" },
        { "paper", "纸业" },
        { "petrochemicals", "石化" },
        { "pharmaceuticals", "制药" },
        { "photovoltaic", "光伏" },
        { "power-generation", "电力" },
        { "real-estate", "房地产" },
        { "retailers", "零售" },
        { "textile", "纺织" },
        { "transportation", "交通" },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_metal(const char *code)
{
    static const struct word table[] = {
        { "alumina", "氧化铝" },
        { "aluminium", "铝" },
        { "primary-aluminium", "原铝" },
        { "steel", "钢" },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_threshold(const char *code)
{
    static const struct word table[] = {
        { "level 1", "1 级" },   { "level 2", "2 级" },    { "level 3", "3 级" },
        { "level 4", "4 级" },   { "low-carbon", "低碳" }, { "near-zero", "近零排放" },
        { "smelter", "冶炼厂" },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_rule_note(const char *text)
{
    static const struct word table[] = {
        { "CO2 of generation only: no upstream of fuels, no grid losses; not the same boundary as "
          "the national footprint factor",
          "仅含发电的 CO2：不含燃料上游与电网损耗；边界与全国电力碳足迹因子不同" },
        { "compressed natural gas: consumption is given by volume and no sourced density is held",
          "压缩天然气：消耗量按体积给出，没有可依据的密度" },
        { "default where a car does not say: our own declaration",
          "车型未说明时的默认值：本程序设定" },
        { "ethanol E85: no licensed factor for making ethanol is held",
          "乙醇汽油 E85：没有获许可的乙醇生产因子" },
        { "for the mass of the pack", "用于电池包质量" },
        { "functional unit: 1 km", "功能单位：1 km" },
        { "longer than the life of the car: no replacement", "长于整车寿命：不更换" },
        { "measured on used tyres in the United States; 20 lb before 2021",
          "美国旧轮胎实测；2021 年前为 20 磅" },
        { "no sourced figure is held", "没有可依据的数值" },
        { "no sourced figure is held; its lead stands inside other metals until a value is given",
          "没有可依据的数值；给出数值前，其中的铅计入其他金属" },
        { "no sourced leak rate is held", "没有可依据的泄漏率" },
        { "no sourced rate is held, so no scrap allowance is made",
          "没有可依据的利用率，因此不计加工废料" },
        { "no spare wheel", "不含备胎" },
        { "one maker’s body in white, taken for all sheet steel",
          "取自一家车企的白车身，用于全部钢板" },
        { "our own declaration", "本程序设定" },
        { "used where a car’s energy use does not include charging losses, and to turn mains "
          "energy into battery energy",
          "用于电耗不含充电损耗的车型，以及将电网电量换算为电池电量" },
        { "without effect while lead_acid.mass_kg is not given",
          "未给出 lead_acid.mass_kg 时不起作用" },
    };
    return LOOK_UP(table, text);
}

tl_label tl_word_mark_subject(const char *code)
{
    static const struct word table[] = {
        { "bands", "分档" },       { "evidence", "佐证说明" }, { "full-points", "满分" },
        { "groups", "权重组" },    { "items", "指标" },        { "names", "名称" },
        { "score", "得分" },       { "stars", "星级" },        { "step", "步长" },
        { "subject", "评价对象" }, { "themes", "主题" },       { "totals", "总分" },
        { "weighting", "权重" },
    };
    return LOOK_UP(table, code);
}
