import { words } from '../lib/i18n'

export default words({
  title: ['批次“{name}”进展如何？', 'How far is the round “{name}”?'],
  lead: ['{n} 条记录', '{n} records'],
  refused: ['（{n} 款车型无法计算）', '({n} cars could not be computed)'],
  preliminary: ['初步结果', 'preliminary'],
  review: ['企业复核', 'in review by the company'],
  recalculated: ['已重算', 'recalculated'],
  published: ['已公布', 'published'],
  next: ['下一步', 'What comes next'],
  ask: ['全部交企业复核', 'Ask all companies'],
  publish: ['公布复核完成的记录', 'Publish what is through the review'],
  approver: ['在每条记录页上确认重算。', 'Take what was corrected for recalculated on the page of each record.'],
  records: ['批次中的记录', 'Records of the round'],
  find: ['产品、生产企业或编号', 'Product, maker or id'],
  go: ['查找', 'Find'],
  none: ['没有符合条件的记录', 'No record fits these conditions'],
  form: ['企业反馈表', 'Feedback form'],
  formHint: ['表中每行一款车型，附各阶段初步结果；填写不同意见后导入即可。', 'A row a car, with its preliminary stages: fill in where you see it differently and import it here.'],
  formXlsx: ['下载反馈表（Excel）', 'Download the form (Excel)'],
  send: ['导入填好的反馈表', 'Import the form you filled in'],
  sendHint: ['可直接拖入填好的表格；每行的结果显示在该行旁。', 'Drop the form you filled in, or paste its rows; the verdict stands beside each row.']
})
