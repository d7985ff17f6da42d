import { words } from '../lib/i18n'

export default words({
  title: ['这种金属达到哪些低碳限值？', 'Which low-carbon limits does this metal meet?'],
  heading: ['{metal}：达到哪些低碳限值？', 'Which low-carbon limits does this metal meet: {metal}?'],
  steel: ['钢', 'steel'],
  aluminium: ['原铝', 'primary aluminium'],
  value: ['吨二氧化碳当量/吨', 't CO2e per t'],
  scrap: ['废钢（废铝）比例：{n} %', 'Share of scrap: {n} %'],
  scrapShare: ['废料比例', 'share of scrap'],
  thisMetal: ['此金属', 'this metal'],
  curves: ['限值随废料比例变化；填写数值可看达到的等级', 'Limits by share of scrap; give a value to see what it meets'],
  meets: ['{v} t CO2e/t、废料 {share}：达到 {levels}', '{v} t CO2e/t with {share} scrap meets {levels}'],
  meetsNone: ['{v} t CO2e/t、废料 {share}：未达到任何限值', '{v} t CO2e/t with {share} scrap meets none of the limits'],
  notApplicable: ['没有适用于此产品的限值', 'No limit speaks of this product'],
  notApplicableDo: ['已有限值只适用于钢与原铝；氧化铝等其他产品不适用。', 'The limits there are speak of steel and of primary aluminium, not of alumina or other products.'],
  sources: ['来源', 'Sources'],
  since: ['自 {day}', 'since {day}']
})
