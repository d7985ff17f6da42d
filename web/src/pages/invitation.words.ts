import { words } from '../lib/i18n'

export default words({
  title: ['邀请', 'Invitation'],
  to: ['您受邀加入{organisation}', 'You are invited to {organisation}'],
  name: ['姓名', 'Name'],
  email: ['电子邮箱', 'E-mail'],
  roles: ['角色', 'Roles'],
  until: ['有效期至', 'Works until'],
  password: ['设置密码', 'Choose a password'],
  accept: ['接受邀请', 'Accept and come in'],
  or: ['或使用机构账户，无需密码', 'Or come in with an account you already have, without a password'],
  joinHow: ['接受后，您可以在“我的账户”中切换机构。', 'Once you accept, you can switch between your organisations under “My account”.'],
  join: ['接受邀请', 'Accept'],
  hasAccount: ['此邮箱已有账户。请先登录，再接受邀请。', 'This e-mail has an account already. Sign in first, then accept.'],
  another: ['您现在以 {who} 登录，而邀请发给了另一个邮箱。请换账户登录。', 'You are signed in as {who}, but the invitation went to another e-mail. Sign in with that one.'],
  signIn: ['去登录', 'Go to sign in'],
  dead: ['此邀请已失效', 'This invitation does not work any more'],
  deadDo: ['邀请已使用、已过期，或已被更新的邀请取代。请联系邀请您的人；如果您已接受过，请直接登录。', 'It was used, has expired, or a newer one took its place. Ask who invited you; if you have accepted it before, sign in.'],
  cut: ['链接不完整', 'The link is not complete'],
  cutDo: ['请从邮件中复制完整的链接，再打开一次。', 'Copy the whole link from the mail and open it again.']
})
