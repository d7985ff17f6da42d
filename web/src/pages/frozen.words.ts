import { words } from '../lib/i18n'

export default words({
  title: ['存档页面', 'Frozen page'],
  since: ['存档日期：{day}', 'Kept on {day}'],
  open: ['打开页面', 'Open the page']
})
