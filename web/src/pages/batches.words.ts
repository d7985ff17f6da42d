import { words } from '../lib/i18n'

export default words({
  title: ['哪些批次正在公示前复核？', 'Which rounds are under way?'],
  menu: ['公示批次', 'Rounds'],
  lead: ['初步结果先交企业复核，再重算、公布。', 'Preliminary footprints go to the companies for review, are recalculated, then published.'],
  none: ['没有批次', 'There is no round'],
  noneDo: ['在下面开始一个批次：计算全部车型并列为初步结果。', 'Begin one below: every car is computed and stands there as a preliminary result.'],
  noneOfYours: ['本企业的车型进入批次后会列在这里。', 'Once cars of your company are in a round, it stands here.'],
  open: ['开始一个批次', 'Begin a round'],
  openHint: ['计算全部车型；已公布且数值未变的保持原样，复核中的不受影响。', 'Every car is computed. Published ones whose value is the same stay as they are, and so do those in review.'],
  id: ['批次编号', 'Id of the round'],
  idHint: ['小写字母、数字与连字符', 'Small letters, digits and hyphens, such as 2026-q4'],
  idWrong: ['编号只能用小写字母、数字与连字符。', 'An id has small letters, digits and hyphens only.'],
  name: ['名称', 'Name'],
  compute: ['计算并加入', 'Compute and add'],
  feedback: ['导入企业反馈表', 'Import a feedback form'],
  feedbackHint: ['每行一条意见；未填写意见的行会被跳过，重复导入不会产生重复。', 'A remark a row. Rows in which nothing is written are passed over, and nothing comes twice.']
})
