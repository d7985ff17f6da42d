import { words } from '../lib/i18n'

export default words({
  title: ['如果改变方法，名次会怎样？', 'What if the method were another?'],
  method: ['方法', 'The method'],
  how: [
    '在这里试改各指标的满分与行业权重，查看上一期结果按新方法的名次。已公布的结果不会改变；地址栏保存了全部改动，可直接分享。',
    'Try other full points and weights here and see where everybody would have stood last time. Published results do not move; the address holds every change, to be shared.'
  ],
  weights: ['各行业范围一、范围二的权重', 'Share of scope 1 and 2 by industry'],
  points: ['{n} 分', '{n} points'],
  unit: ['分', 'points'],
  sumGood: ['合计 {n} 分，等于满分。', 'Together {n} points, as it must be.'],
  sumBad: ['合计 {n} 分，必须等于 {full} 分。', 'Together {n} points; it has to be {full}.'],
  uneven: ['范围一、范围二共 {a} 分，范围三共 {b} 分，两者必须相等。', 'Scope 1 and 2 come to {a} points, scope 3 to {b}: both have to be worth the same.'],
  preview: ['查看名次变化', 'Show who would move'],
  reset: ['恢复原方法', 'Back to the method as it is'],
  refused: ['此方法不成立：', 'This is no method:'],
  moved: ['名次变化', 'Who would move'],
  take: ['作为新版本', 'As a new version'],
  takeHow: ['下载为数据集包，由管理员安装；此后发布的评价可按新版本计分，已公布的不变。', 'Take it as a pack that an administrator installs; ratings from then on can use it, those published stay.'],
  version: ['版本号', 'Version'],
  download: ['下载数据集包', 'Download the pack'],
  install: ['安装数据集', 'Install data sets']
})
