import { words } from '../lib/i18n'

export default words({
  title: ['全行业的碳足迹如何？', 'How does the whole sector stand?'],
  menu: ['行业统计', 'Sector'],
  lead: ['{makers} 家生产企业，{cars} 款车型；均值 {mean}；经核查 {share}%', '{makers} makers, {cars} cars; mean {mean}; {share} % verified'],
  powertrain: ['动力类型', 'Powertrain'],
  size: ['级别', 'Size class'],
  body: ['车身', 'Body'],
  all: ['全部', 'all'],
  makers: ['选择生产企业', 'Choose makers'],
  makersChosen: ['已选 {n} 家生产企业', '{n} makers chosen'],
  pack: ['下载数据包（附定义）', 'Take it all away, with definitions'],
  packHint: ['压缩包：各表、定义、行数与校验和、重新生成的命令。', 'A zip: every table, what each column means, counts, checksums, and how to ask again.'],
  stages: ['全部车型，按阶段的均值', 'All cars: mean by stage'],
  definitions: ['指标定义', 'What is counted'],
  none: ['尚未公布任何车型', 'No car is published yet'],
  noneDo: ['公布一个批次后，这里按生产企业给出统计。', 'Once a round is published, the makers stand here.'],
  noneFound: ['没有符合条件的车型', 'No car fits these conditions'],
  noneFoundDo: ['减少条件后再试。', 'Take a condition away.'],
  printed: ['外部公布的统计', 'Statistics as others printed them'],
  printedHint: ['原文数据与其中不一致之处；上表由本系统的记录计算，两者范围不同。', 'What they printed, and what does not fit in it. The table above is computed from the records here; the two cover different cars.'],
  printedAll: ['全部原文数据', 'Everything that was printed']
})
