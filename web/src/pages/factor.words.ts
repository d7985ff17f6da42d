import { words } from '../lib/i18n'

export default words({
  all: ['全部因子', 'All factors']
})
