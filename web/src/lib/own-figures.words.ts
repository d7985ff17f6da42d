import { words } from './i18n'

export const ownFigures = words({
  title: ['与本企业数据逐阶段比较', 'Beside your own figures, stage by stage'],
  hint: ['填写有不同数据的阶段，其余保持不变；填写内容保存在地址中。', 'Fill in the stages you have figures of your own for; the others stay as they are. What you type stands in the address.'],
  stage: ['阶段', 'Stage'],
  ours: ['初步结果', 'Preliminary'],
  own: ['本企业数据', 'Your figure'],
  difference: ['差值', 'Difference'],
  share: ['差值大小', 'Size of the difference'],
  total: ['合计', 'Total'],
  why: ['差异原因', 'Why they differ'],
  evidence: ['佐证（网址或文件）', 'Evidence: address or file'],
  by: ['填写人', 'Your name'],
  say: ['提交意见', 'Send as a remark'],
  correct: ['按本企业数据更正草稿', 'Correct the draft with your figures'],
  noNumber: ['不是数字，例如 12.5', 'No number; write it like 12.5'],
  after: ['意见只作记录，不改数值；更正须写明原因，并由审批人确认重算后才能公布。', 'A remark is kept and changes no value. A correction needs the reason, and is published only after the approver has taken it for recalculated.']
})
