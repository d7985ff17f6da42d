import { words } from '../lib/i18n'

export default words({
  all: ['全部声明', 'All declarations'],
  print: ['声明（PDF）', 'The declaration (PDF)']
})
