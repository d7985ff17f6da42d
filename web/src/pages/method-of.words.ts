import { words } from '../lib/i18n'

export default words({
  title: ['这个指数考察什么？', 'What does this index look at?'],
  finding: ['{n} 个三级指标，满分 {full} 分', '{n} indicators, {full} points in full'],
  tree: ['指标与满分', 'Indicators and their points'],
  evidence: ['佐证要求', 'What counts as evidence'],
  parallel: ['与 {code} 平行，只计其一', 'parallel to {code}: one of the two counts'],
  points: ['{n} 分', '{n} points'],
  revise: ['试改权重', 'Try other weights'],
  versions: ['版本与来源', 'Versions and sources'],
  all: ['全部指数', 'All indices']
})
