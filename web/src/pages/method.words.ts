import { words } from '../lib/i18n'

export default words({
  title: ['分数是怎么算出来的？', 'How are the scores worked out?'],
  menu: ['方法', 'Method'],
  finding: ['已安装 {n} 套指数定义', '{n} index definitions are installed'],
  hint: ['每套定义都有版本、日期与校验值；新版不改旧版的结果。', 'Each has a version, a date and a checksum; a new version leaves the results of older ones as they are.']
})
