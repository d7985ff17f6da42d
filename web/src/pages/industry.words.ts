import { words } from '../lib/i18n'

export default words({
  title: ['车型的碳足迹如何分布？', 'How are the footprints of cars spread?'],
  menu: ['车型', 'Cars'],
  lead: ['已公布 {n} 款车型', '{n} cars are published'],
  by: ['分组', 'Groups'],
  spread: ['全部已公布车型', 'All published cars'],
  empty: ['尚未公布任何车型', 'No car is published yet'],
  emptyDo: ['公布一个批次后，这里会显示分布与各组均值。', 'Once a round is published, the spread and the means of groups stand here.'],
  powertrain: ['动力类型', 'powertrain'],
  size: ['级别', 'size class'],
  body: ['车身', 'body'],
  maker: ['生产企业', 'maker'],
  group: ['集团', 'group'],
  year: ['上市年份', 'year of launch']
})
