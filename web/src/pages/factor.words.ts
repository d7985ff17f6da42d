import { words } from '../lib/i18n'

export default words({
  title: ['排放因子', 'Emission factor'],
  all: ['全部因子', 'All factors'],
  limits: ['低碳钢与原铝的限值', 'Limits of low-carbon steel and aluminium']
})
