import { words } from '../lib/i18n'

export default words({
  title: ['新版本改了什么，影响了什么？', 'What did the new version change, and what did it move?'],
  all: ['全部数据集', 'All data sets'],
  finding: ['{from} → {to}：{files} 个文件有变化，{n} 处不同', '{from} → {to}: {files} files differ, in {n} places'],
  from: ['原版本', 'Old version'],
  to: ['新版本', 'New version'],
  moved: ['影响了什么', 'What it moved'],
  records: ['{n} 个已公布碳足迹按 {from} 计算；重算并公布之前数值不变。', '{n} published footprints were computed with {from}; they stay until they are computed anew and published.'],
  nothingMoved: ['没有已公布的结果依据原版本。', 'No published result rests on the old version.'],
  changed: ['改了什么', 'What changed'],
  same: ['两个版本的内容相同。', 'Both versions have the same content.'],
  more: ['再列出 {n} 处不同', 'Tell {n} more places'],
  choose: ['请选择两个版本', 'Choose two versions'],
  chooseHow: ['在上方选择同一数据集的两个版本。', 'Pick two versions of one data set above.'],
  noPair: ['目前每个数据集只安装了一个版本；安装新版本后可在此比较。', 'Only one version of each data set is installed; after installing a new one, compare here.']
})
