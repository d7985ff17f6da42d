import { words } from '../lib/i18n'

export default words({
  title: ['这些企业差在哪里？', 'Where do these companies differ?'],
  menu: ['对比', 'Compare'],
  pick: ['选择两至五家企业', 'Choose two to five companies'],
  add: ['加入一家企业', 'Add a company'],
  remove: ['移除{name}', 'Remove {name}'],
  finding: ['差距最大：{theme}（{high} {a}%，{low} {b}%）', 'Furthest apart: {theme} ({high} {a} %, {low} {b} %)'],
  same: ['各主题得分率相同', 'The same scoring rate in every theme'],
  unit: ['得分率，%', 'Scoring rate, %'],
  need: ['还需选择 {n} 家', '{n} more to choose'],
  empty: ['选两家企业，即可逐主题对比', 'Choose two companies to see them side by side, theme by theme'],
  sample: ['示例：排名前三', 'For example: the first three']
})
