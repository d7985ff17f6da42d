import { words } from '../lib/i18n'

export default words({
  title: ['首页', 'Home'],
  sentence: ['查一查 {n} 家整车企业的气候行动，每个数字都有出处。', 'Check the climate record of {n} automakers: every number with its source.'],
  plain: ['查一查企业的气候行动，每个数字都有出处。', 'Check the climate record of companies: every number with its source.'],
  league: ['谁走在前列，谁落在后面', 'Who leads, who is behind'],
  bottom: ['末五名', 'Last five'],
  wholeTable: ['查看全部 {n} 家', 'See all {n}'],
  themes: ['行动做到了几成', 'How far they have come'],
  themesHint: ['各主题平均得分率', 'Mean scoring rate by theme'],
  findCar: ['查一款车', 'Find a car'],
  findCarHint: ['登记在册的整车碳足迹 {n} 条', '{n} vehicle carbon footprints on record'],
  steel: ['钢铝减排行动，现在', 'Steel and aluminium action, now'],
  steelNone: ['{n} 家企业得分为零', '{n} companies score zero'],
  steelSome: ['{n} / {all} 家企业有得分，平均得分率 {rate}%', '{n} of {all} companies score at all; mean scoring rate {rate} %'],
  who: ['看谁做到了', 'See who does it'],
  tasks: ['从这里开始', 'Start here'],
  forCompany: ['企业：我们缺什么？', 'Companies: what are we missing?'],
  forCompanyDo: ['打开本企业评分卡，按可增加分值看缺项与同行做法', 'Open your card: gaps by points, and what peers do'],
  forAnalyst: ['分析人员：评价一家企业', 'Analysts: assess a company'],
  forAnalystDo: ['文件在左，指标在右，逐项给分并摘录原文', 'Document left, indicator right, a quote for each answer'],
  forReader: ['记者与研究者：取走数据', 'Journalists and researchers: take the data'],
  forReaderDo: ['排名表 XLSX，附来源与说明', 'The league table as XLSX, with sources and notes'],
  forMethod: ['想知道怎么算的？', 'How is it worked out?'],
  forMethodDo: ['指标、满分、行业权重与推算之处', 'Indicators, points, weights, and what is inferred']
})
