import { words } from '../lib/i18n'

export default words({
  title: ['各组企业有多大差别？', 'How far apart are the groups?'],
  histogram: ['{n} / {all} 家企业在 {to} 分以下', '{n} of {all} companies stay below {to} points'],
  perBin: ['每 10 分一档的企业数', 'Companies per 10 points'],
  by: ['分组方式', 'Group by'],
  group: ['地区组', 'Region'],
  country: ['国家', 'Country'],
  listed: ['是否上市', 'Listed'],
  product: ['主要产品', 'Main product'],
  finding: ['{a}平均 {x} 分，{b}平均 {y} 分', '{a}: mean {x}; {b}: mean {y}'],
  unit: ['点为平均分，竖线为中位数，线段为最低至最高；总分', 'Dot: mean; tick: median; line: lowest to highest total'],
  mean: ['平均', 'mean'],
  league: ['回到排名', 'Back to the league table'],
  companies: ['{n} 家', '{n} companies']
})
