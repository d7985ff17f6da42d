import { words } from '../lib/i18n'

export default words({
  title: ['登记了哪些碳足迹？', 'Which footprints are in the register?'],
  menu: ['记录', 'Records'],
  lead: ['{kind}：{n} 条', '{n} records: {kind}'],
  find: ['产品、生产企业或编号', 'Product, maker or id'],
  go: ['查找', 'Find'],
  kind: ['类型', 'Kind'],
  vehicle: ['整车碳足迹', 'vehicle carbon footprints'],
  pcf: ['产品碳足迹', 'product carbon footprints'],
  epd: ['环境产品声明', 'environmental product declarations'],
  state: ['状态', 'State'],
  maker: ['生产企业', 'Maker'],
  powertrain: ['动力类型', 'Powertrain'],
  size: ['级别', 'Size class'],
  body: ['车身', 'Body'],
  all: ['全部', 'all'],
  published: ['已公布', 'published'],
  any: ['最新版本，不论状态', 'newest version, any state'],
  preliminary: ['初步结果', 'preliminary'],
  review: ['企业复核', 'in review by the company'],
  recalculated: ['已重算', 'recalculated'],
  expired: ['已到期', 'expired'],
  withdrawn: ['已撤回', 'withdrawn'],
  exportAll: ['全部 {n} 条', 'All {n} records'],
  none: ['还没有这类记录', 'There is no such record yet'],
  noneDo: ['公布一个批次，或导入记录表后，记录会列在这里。', 'Once a round is published or a table is imported, records stand here.'],
  noneFound: ['没有符合条件的记录', 'No record fits these conditions'],
  noneFoundDo: ['减少条件，或换一个名称或编号。', 'Take a condition away, or try another name or id.'],
  import: ['导入记录', 'Import records'],
  importHint: [
    '每行一条记录；同一编号再次导入即为新版本草稿，需写明原因。各阶段可加列，列名用阶段编号。',
    'A record a row. The same id again is a draft of a new version and needs a reason; stages may be further columns, such as stage:materials.'
  ]
})
