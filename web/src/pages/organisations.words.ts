import { words } from '../lib/i18n'

export default words({
  title: ['哪些机构在使用本平台？', 'Which organisations work here?'],
  menu: ['机构', 'Organisations'],
  finding: ['{n} 个机构', '{n} organisations'],
  add: ['新增机构', 'Add an organisation'],
  zh: ['中文名', 'Chinese name'],
  en: ['英文名', 'English name'],
  id: ['编号', 'Id'],
  idHint: ['小写字母、数字与连字符；以后不可更改。', 'Lower-case letters, digits and hyphens; it cannot change later.'],
  kind: ['类型', 'Kind'],
  company: ['企业名录中的编号', 'Its id in the register of companies'],
  companyHint: ['决定该机构可以看到哪家企业的数据；银行与监管机构可不填。', 'Says whose data its people may see; banks and regulators have none.'],
  save: ['新增', 'Add'],
  made: ['已新增 {name}。', '{name} was added.'],
  invite: ['邀请其管理员', 'Invite its administrator']
})
