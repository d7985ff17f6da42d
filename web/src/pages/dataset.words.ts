import { words } from '../lib/i18n'

export default words({
  title: ['这个数据集从哪里来？', 'Where does this data set come from?'],
  all: ['全部数据集', 'All data sets'],
  current: ['现行版本', 'the current version'],
  replaced: ['已被 {v} 取代', 'replaced by {v}'],
  toCurrent: ['现行版本', 'The current version'],
  diff: ['与 {v} 相比改了什么', 'What changed since {v}'],
  method: ['方法', 'The method'],
  revise: ['试改权重', 'Try other weights'],
  uses: ['哪些结果依据它', 'What rests on it'],
  records: ['{n} 个已公布碳足迹按此版本计算', '{n} published footprints were computed with this version'],
  ratings: ['{n} 个已发布企业评价按此版本计分', '{n} published ratings were scored with this version'],
  brought: ['{n} 个已发布企业评价由它录入', '{n} published ratings came with it'],
  unused: ['没有已公布的碳足迹或企业评价依据此版本。', 'No published footprint or rating rests on this version.'],
  terms: ['许可、来源与校验和', 'Licence, source and checksum'],
  compareWith: ['与其他版本比较：', 'Compare with version'],
  chain: ['审计链中的记录', 'In the audit chain']
})
