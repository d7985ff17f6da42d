import { words } from '../lib/i18n'

export default words({
  title: ['谁是低碳领跑者？', 'Who are the Top Runners?'],
  menu: ['领跑者', 'Top Runner'],
  lead: ['每个细分市场中碳足迹最低的车型；全部候选一并公布。', 'The lowest footprint of each segment; every candidate is published with it.'],
  none: ['还没有评选', 'Nothing was awarded yet'],
  noneDo: ['下面可查看按当前数据会评出谁。', 'See below who would win with the footprints of today.'],
  today: ['按当前数据会评出谁？', 'Who would win today?'],
  todayHint: ['上市时间窗口内的已公布车型；结果不留存。', 'Published cars launched in a window of months. Nothing of it is kept.'],
  from: ['上市自（年-月）', 'Launched from, year and month'],
  until: ['至', 'until'],
  show: ['查看', 'Show'],
  nothing: ['{from} 至 {until} 期间没有上市的已公布车型。', 'No published car was launched from {from} to {until}.'],
  name: ['评选编号', 'Id of the award'],
  decide: ['评选并留存', 'Decide and keep'],
  decideHint: ['留存的评选不再改变；之后的更正只显示“会如何改变”。', 'A kept award does not change any more; a later correction only shows how it would.']
})
