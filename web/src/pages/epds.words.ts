import { words } from '../lib/i18n'

export default words({
  title: ['哪些钢与铝已有环境产品声明？', 'Which steel and aluminium has a declaration?'],
  menu: ['声明', 'Declarations'],
  none: ['尚无已注册的声明', 'No declaration is registered yet'],
  noneDo: ['钢厂或铝厂的声明经核查并注册后，会列在这里。', 'Declarations of mills and smelters stand here once they are verified and registered.']
})
