import { words } from '../lib/i18n'

export default words({
  title: ['哪些已公布的数值后来更正了？', 'Which published numbers were corrected?'],
  menu: ['更正记录', 'Corrections'],
  lead: ['已公布的数值从不改写：更正以新版本发布，原值仍可查阅。', 'Nothing published is overwritten: a correction is a new version, and the old number stays readable.'],
  finding: ['{n} 处更正，最新在前；原值仍可查阅', '{n} corrections, newest first; the old numbers stay readable'],
  findingOne: ['{n} 处更正；原值仍可查阅', '{n} correction; the old number stays readable'],
  findingFrom: ['自 {from} 起 {n} 处更正', '{n} corrections since {from}'],
  from: ['起始日期', 'Since'],
  feed: ['订阅更正', 'Feed of corrections (Atom)'],
  wrong: ['发现有误？', 'Found something wrong?'],
  was: ['原值', 'was'],
  is: ['现值', 'is'],
  before: ['原值公布于 {day}；版本 {v}', 'the old number was published on {day}; version {v}'],
  noReason: ['未说明原因', 'no reason given'],
  none: ['还没有更正', 'No correction yet'],
  noneDo: ['碳足迹、环境产品声明与企业评价一经更正或撤回，原值、新值与原因会列在这里。', 'When a footprint, a declaration or a rating is corrected or withdrawn, old and new number and the reason stand here.'],
  noneSince: ['此日期以来没有更正。', 'None since that day.']
})
