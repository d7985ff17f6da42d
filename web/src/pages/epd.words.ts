import { words } from '../lib/i18n'

export default words({
  title: ['环境产品声明', 'Environmental product declaration'],
  all: ['全部声明', 'All declarations'],
  print: ['声明（PDF）', 'The declaration (PDF)']
})
