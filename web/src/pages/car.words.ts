import { words } from '../lib/i18n'

export default words({
  title: ['{car} 的碳足迹为何是 {value}？', 'Why is the {car} at {value}?'],
  perCar: ['每辆车全生命周期 {n}（{km}）。', '{n} per car over {km}.'],
  mean: ['类别平均值 {mean}：{share}。', 'Mean of its category {mean}: {share}.'],
  above: ['高 {n}%', '{n}% above'],
  below: ['低 {n}%', '{n}% below'],
  peers: ['同类别、整备质量相近的 {n} 款车型中第 {rank}', 'rank {rank} of {n} with a similar kerb mass'],
  noClass: ['不分级：可比车型太少', 'no class: too few to compare with'],
  why: ['两项基准的比较对象不同，结果可以不一致。', 'The two benchmarks compare with different cars, so they can disagree.'],
  stages: ['各阶段', 'By stage'],
  materials: ['各材料', 'By material'],
  label: ['碳标签（PDF）', 'Carbon label (PDF)'],
  record: ['已公布的记录', 'The published record'],
  how: ['如何算出', 'How it was computed'],
  estimated: ['数据等级：{grade}。', 'Data grade: {grade}.'],
  notPublished: ['此车型的结果尚未公布，以下为本库的核算。', 'This car is not published yet: below is what this database computes.']
})
