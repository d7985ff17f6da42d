import { words } from '../lib/i18n'

export default words({
  title: ['忘记密码', 'Forgot your password?'],
  fresh: ['设置新密码', 'Set a new password'],
  how: ['填写您的邮箱，我们会发送一个链接，用它设置新密码。', 'Give your e-mail: a link to set a new password is sent there.'],
  email: ['电子邮箱', 'E-mail'],
  send: ['发送链接', 'Send the link'],
  often: ['从此处申请的次数过多，请一小时后再试。', 'Too many links were asked for from here. Try again in an hour.'],
  asked: ['如果此邮箱有账户，链接正在发送。', 'If there is an account with this e-mail, the link is on its way.'],
  askedDo: ['链接有效一小时，只能使用一次。十分钟内没有收到，请查看垃圾邮件，再重新申请。', 'It works for an hour, once. If nothing has come after ten minutes, look among the unwanted mails, then ask again.'],
  other: ['更换邮箱', 'Another e-mail'],
  password: ['新密码', 'New password'],
  ends: ['设置后，您在所有设备上的登录都会结束。', 'This ends your sessions on all devices.'],
  set: ['设置密码', 'Set the password'],
  done: ['新密码已生效。所有旧的登录都已结束。', 'The new password holds. All earlier sessions have ended.'],
  signIn: ['去登录', 'Go to sign in'],
  dead: ['此链接已失效', 'This link does not work any more'],
  deadDo: ['链接已使用、已过期，或已被更新的链接取代。', 'It was used, has expired, or a newer one took its place.'],
  again: ['重新申请', 'Ask for a new one'],
  noMail: ['本服务不发送邮件', 'This service sends no mail'],
  noMailDo: ['请联系您的管理员获取设置新密码的链接。', 'Ask your administrator for a link to set a new password.']
})
