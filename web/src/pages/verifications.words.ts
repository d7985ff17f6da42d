import { words } from '../lib/i18n'

export default words({
  title: ['有哪些待核查？', 'What is there to verify?'],
  menu: ['待核查', 'To verify'],
  finding: ['核查中的环境产品声明 {n} 项，被指定核查的碳足迹与批次 {m} 项', '{n} declarations are with you, {m} footprints and rounds name you'],
  declared: ['核查中的环境产品声明', 'Declarations with you'],
  named: ['被指定核查的碳足迹与批次', 'Footprints and rounds that name you'],
  none: ['暂无待核查事项', 'Nothing to verify'],
  noneDo: ['企业或发布员指定贵机构后，碳足迹、批次与声明会列在这里。', 'Once a company or the publisher names your body, its footprints, rounds and declarations stand here.']
})
