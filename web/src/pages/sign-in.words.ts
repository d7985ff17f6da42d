import { words } from '../lib/i18n'

export default words({
  title: ['登录', 'Sign in'],
  name: ['电子邮箱', 'E-mail'],
  out: ['退出登录', 'Sign out'],
  password: ['密码', 'Password'],
  go: ['登录', 'Sign in'],
  none: ['本服务尚未开放登录', 'This service has no sign-in yet'],
  noneDo: ['已公布的内容无需登录即可查看。内部工作可在命令行完成：tanlian rate、tanlian company。', 'What is published can be read without one. Work inside goes through the command line: tanlian rate, tanlian company.'],
  already: ['已登录：{who}', 'Signed in as {who}'],
  home: ['看排名', 'See the league table']
})
