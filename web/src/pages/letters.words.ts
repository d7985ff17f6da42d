import { words } from '../lib/i18n'

export default words({
  title: ['邮件都发出去了吗？', 'Did the mails go out?'],
  menu: ['系统邮件', 'Mails'],
  finding: ['已发送 {n} 封，待发送 {a} 封，已放弃 {b} 封', '{n} sent, {a} waiting, {b} given up'],
  failedDo: ['已放弃的邮件不会重发：请检查邮箱地址；邀请请重新发出。', 'What was given up is not sent again: check the address, and invite anew.'],
  none: ['还没有邮件', 'No mail yet'],
  noneDo: ['邀请、重置密码、碳足迹更正和环境产品声明到期的通知会列在这里。', 'Invitations, new passwords, corrected footprints and declarations that end will be listed here.'],
  off: ['本服务未配置邮件：链接由管理员转交。', 'This service sends no mail: administrators pass links on themselves.']
})
