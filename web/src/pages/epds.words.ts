import { words } from '../lib/i18n'

export default words({
  title: ['哪些钢与铝已有环境产品声明？', 'Which steel and aluminium has a declaration?'],
  menu: ['声明', 'Declarations'],
  none: ['尚无已注册的声明', 'No declaration is registered yet'],
  noneDo: ['钢厂或铝厂的声明经核查并注册后，会列在这里。', 'Declarations of mills and smelters stand here once they are verified and registered.'],
  make: ['编写新的声明', 'Write a declaration'],
  calendar: ['到期日历', 'Calendar of ends'],
  limits: ['低碳钢与原铝的限值', 'Limits of low-carbon steel and aluminium'],
  rules: ['产品种类规则', 'Product category rules'],
  addRules: ['登记规则', 'Enter rules'],
  id: ['规则编号', 'Id of the rules'],
  titleZh: ['中文名称', 'Title in Chinese'],
  titleEn: ['英文名称', 'Title in English'],
  edition: ['版次', 'Edition'],
  until: ['有效期至', 'Valid until'],
  source: ['来源', 'Source']
})
