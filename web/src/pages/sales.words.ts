import { words } from '../lib/i18n'

export default words({
  title: ['已导入哪些销量？', 'What sales are loaded?'],
  lead: ['{n} 个地区月份', '{n} months of regions'],
  one: ['一款车的全部数据', 'Every figure of one car'],
  record: ['记录编号', 'Id of its record'],
  show: ['查看', 'Show'],
  noFigures: ['没有 {id} 的销量。', 'No sales of {id} are loaded.'],
  none: ['还没有销量', 'No sales are loaded'],
  noneDo: ['导入月度销量后会列在这里；均值可按销量加权。', 'Once sales by month are imported they stand here, and means can be weighted by them.'],
  import: ['导入销量', 'Import sales'],
  importHint: [
    '每行一款车、一个月、一个地区；再次导入不同数值即为更正，旧值保留。',
    'A car, month and region a row. Another figure for the same is a correction; the old one stays known.'
  ]
})
