import { words } from '../lib/i18n'

export default words({
  title: ['哪些程序可以代人访问？', 'Which programs may ask in whose name?'],
  menu: ['API 密钥', 'API keys'],
  finding: ['{n} 个有效密钥，共 {all} 个', 'Keys that work: {n}, of {all} ever made'],
  own: ['此处列出您本人的密钥。密钥的权限不会超过您本人的权限。', 'These are your own keys. A key never may more than you may at that moment.'],
  whose: ['此处列出您可管理的全部密钥。密钥的权限不会超过其所属人员的权限。', 'These are the keys you keep. A key never may more than its person may at that moment.'],
  account: ['本人的密码与会话', 'Your own password and sessions'],
  none: ['还没有密钥', 'No key yet'],
  noneDo: ['程序（例如每晚的数据同步）用密钥代替密码。在下方新建。', 'A program, such as a nightly copy, uses a key in place of a password. Make one below.'],
  add: ['新建密钥', 'Make a key'],
  name: ['用途', 'What it is for'],
  nameHint: ['例如“每晚同步”；日后据此判断能否吊销。', 'Such as “nightly copy”: by it you decide later whether it may go.'],
  days: ['有效天数（最多 366）', 'Days it works (366 at most)'],
  user: ['所属人员的邮箱', 'Whose, by e-mail'],
  userHint: ['不填则为本人。', 'Your own if left empty.'],
  readOnly: ['只读：不能更改任何内容', 'Read only: changes nothing'],
  rights: ['权限', 'What it may'],
  rightsHint: ['不勾选则为所属人员的全部权限。', 'Nothing ticked: all that the person may.'],
  allRights: ['所属人员的全部权限', 'all that the person may'],
  make: ['新建', 'Make the key'],
  once: ['密钥，仅显示这一次', 'The key, shown this once'],
  until: ['有效期至 {t}', 'works until {t}'],
  revokeWhat: ['吊销后立即失效，不可恢复。', 'It ends at once and for ever.'],
  revoke: ['吊销', 'Revoke']
})
