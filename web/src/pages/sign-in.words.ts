import { words } from '../lib/i18n'

export default words({
  title: ['登录', 'Sign in'],
  signedIn: ['您已登录', 'You are signed in'],
  name: ['电子邮箱', 'E-mail'],
  out: ['退出登录', 'Sign out'],
  account: ['我的账户', 'My account'],
  password: ['密码', 'Password'],
  go: ['登录', 'Sign in'],
  forgot: ['忘记密码？', 'Forgot your password?'],
  noMail: ['忘记密码时，请联系您的管理员。', 'If you forgot your password, ask your administrator.'],
  wrong: ['邮箱或密码不正确。', 'E-mail or password is wrong.'],
  wait: ['邮箱或密码不正确。尝试次数过多，请等待 {t} 后再试。', 'E-mail or password is wrong. After so many tries, wait {t} before the next.'],
  second: ['两步验证', 'One more step'],
  secondWhy: ['{who} 已启用第二验证因素。', 'A second factor is on for {who}.'],
  or: ['或使用机构账户', 'Or with an account you already have'],
  failedrefused: ['您在身份提供方处取消了登录。', 'The login was stopped at the provider.'],
  failedlate: ['本次登录已失效：用时过长、已使用过，或不是在此浏览器开始的。请重试。', 'This login does not count any more: it took too long, was used, or began in another browser. Try again.'],
  failedstranger: ['此账户尚未关联本平台。请打开邀请邮件中的链接，或用密码登录后在“我的账户”中关联。', 'Nobody here is linked to that account. Open the link of your invitation, or sign in with your password and link it under “My account”.'],
  failedtaken: ['此账户已关联到其他人。', 'That account is linked to somebody else here.'],
  failedprovider: ['身份提供方没有正常应答，请稍后重试。', 'The provider did not answer as it should. Try again in a moment.'],
  failedweak: ['登录强度不足：本服务要求更严格的验证，例如第二因素。请在身份提供方启用后重试，或咨询您的管理员。', 'The login was weaker than this service asks for: a second factor, for example, was missing. Set it up at the provider and try again, or ask your administrator.'],
  none: ['本服务尚未开放登录', 'This service has no sign-in yet'],
  noneDo: ['已公布的内容无需登录即可查看。内部工作可在命令行完成：tanlian rate、tanlian company。', 'What is published can be read without one. Work inside goes through the command line: tanlian rate, tanlian company.'],
  already: ['已登录：{who}', 'Signed in as {who}'],
  home: ['看排名', 'See the league table']
})
