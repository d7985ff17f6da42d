import { words } from '../lib/i18n'

export default words({
  title: ['谁可以在这里做什么？', 'Who may do what here?'],
  menu: ['人员与角色', 'People and roles'],
  finding: ['{name}：{n} 人', '{n} people in {name}'],
  findingAll: ['{m} 个机构，{n} 个任职', '{n} places of people in {m} organisations'],
  organisation: ['机构', 'Organisation'],
  organisations: ['全部机构', 'All organisations'],
  everybody: ['全部', 'all of them'],
  keys: ['API 密钥', 'API keys'],
  invite: ['邀请加入', 'Invite somebody'],
  inviteHow: [
    '被邀请人通过链接自行设置密码。链接 7 天内有效，只能使用一次；再次邀请同一邮箱，先前的链接即失效。',
    'The person chooses a password behind a link. It works for 7 days and once; a newer invitation of the same address replaces it.'
  ],
  email: ['邮箱', 'E-mail'],
  name: ['姓名', 'Name'],
  language: ['使用语言', 'Language'],
  roles: ['角色', 'Roles'],
  needRole: ['请至少选择一个角色。', 'Choose at least one role.'],
  send: ['生成邀请', 'Make the invitation'],
  link: ['给 {who} 的邀请链接，仅显示这一次', 'Invitation for {who}, shown this once'],
  may: ['各角色可以做什么', 'What each role may'],
  noPassword: ['尚未设置密码', 'no password yet'],
  save: ['保存角色', 'Save roles'],
  leave: ['移出本机构', 'Take out of the organisation'],
  leaves: ['未选任何角色：此人将退出本机构，其在本机构的会话与密钥随即结束。', 'No role: the person leaves the organisation, and sessions and keys there end at once.'],
  rolesSaved: ['角色已保存，立即生效。', 'Roles saved; they hold at once.'],
  account: ['账户', 'Account'],
  sessionsWhat: ['电脑或手机丢失时请结束其全部会话；密码与角色不变。', 'After a lost computer or phone end all sessions; password and roles stay.'],
  endSessions: ['结束全部会话', 'End all sessions'],
  sessionsEnded: ['会话已全部结束。', 'All sessions have ended.'],
  disable: ['停用账户', 'Disable the account'],
  disabled: ['账户已停用。', 'The account is disabled.'],
  enable: ['启用账户', 'Enable the account'],
  enabled: ['账户已启用。', 'The account is enabled.'],
  audit: ['此人做过什么', 'What this person did']
})
