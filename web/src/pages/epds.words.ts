import { words } from '../lib/i18n'

export default words({
  title: ['哪些钢与铝已有环境产品声明？', 'Which steel and aluminium has a declaration?'],
  menu: ['声明', 'Declarations'],
  none: ['尚无已注册的声明', 'No declaration is registered yet'],
  noneDo: ['钢厂或铝厂的声明经核查并注册后，会列在这里。', 'Declarations of mills and smelters stand here once they are verified and registered.'],
  make: ['编写新的声明', 'Write a declaration'],
  calendar: ['到期日历', 'Calendar of ends'],
  limits: ['低碳钢与原铝的限值', 'Limits of low-carbon steel and aluminium'],
  import: ['导入声明表', 'Import a table of declarations'],
  importHint: [
    '一行一个声明，保存为本企业的草稿；新声明须写明规则编号与项目。导出的列表可直接导回，未改动的行保持不变；已提交核查或已注册的声明不会被改动。其他指标各占一列，例如 indicator:gwp-fossil [kg CO2e/t]。',
    'One declaration a row, saved as drafts of your company; a new one names its rules (pcr) and its programme. The list that was exported goes back in, rows without a change stay as they are; what the verifier has or what is registered is not changed. Further indicators have a column each, such as indicator:gwp-fossil [kg CO2e/t].'
  ],
  rules: ['产品种类规则', 'Product category rules'],
  addRules: ['登记规则', 'Enter rules'],
  id: ['规则编号', 'Id of the rules'],
  titleZh: ['中文名称', 'Title in Chinese'],
  titleEn: ['英文名称', 'Title in English'],
  edition: ['版次', 'Edition'],
  until: ['有效期至', 'Valid until'],
  source: ['来源', 'Source']
})
