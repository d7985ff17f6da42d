import { words } from '../lib/i18n'

export default words({
  title: ['谁做到了？', 'Who does it?'],
  question: ['“{name}”谁做到了？', '{name}: who does it?'],
  finding: ['{all} 家企业中 {n} 家有得分，{full} 家得满分', '{n} of {all} companies score, {full} in full'],
  findingNone: ['没有企业有得分', 'No company scores'],
  zero: ['得分为零：{n} 家', 'At zero: {n}'],
  unit: ['得分率，%', 'Scoring rate, %'],
  points: ['得分，满分 {n}', 'Points of {n}'],
  full: ['满分 {n} 分', 'full points: {n}'],
  evidence: ['佐证要求', 'What counts as evidence'],
  members: ['包含的三级指标', 'Indicators in it'],
  quotes: ['企业怎么做、怎么说', 'How they do it, in their words'],
  noQuotes: ['此处没有逐条佐证：已公布的结果只到分组得分。', 'There are no quotes here: what is published goes down to group results only.'],
  onlyGroups: ['已公布的结果只有分组得分，未披露这一指标的得分。下面是它所在的组。', 'What is published are group results; points of this indicator are not disclosed. These are the groups it belongs to.'],
  company: ['企业', 'company'],
  rate: ['得分率', 'scoring rate'],
  pointsShort: ['得分', 'points'],
  method: ['看整套指标', 'See the whole method'],
  rank: ['名次', 'rank']
})
