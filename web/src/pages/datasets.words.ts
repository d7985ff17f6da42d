import { words } from '../lib/i18n'

export default words({
  title: ['这些数值依据哪些数据？', 'Which data do the numbers rest on?'],
  menu: ['数据集', 'Data sets'],
  finding: ['{n} 个现行数据集，共安装 {all} 个版本', '{n} current data sets, {all} versions installed'],
  never: ['已安装的版本不再更改；更正以新版本发布。', 'An installed version never changes; a correction is a further version.'],
  translations: ['缺少译文的名称', 'Names that lack a translation'],
  corrections: ['已公布数值的更正', 'Corrections of published numbers'],
  install: ['安装新版本', 'Install a new version'],
  installHow: [
    '数据集包为压缩文件，每个数据集一个文件夹，内含清单与表格。全部通过校验才会安装，否则一个也不装。',
    'A pack is a ZIP with a folder for each data set: manifest and tables. All of it is checked and installed, or none.'
  ]
})
