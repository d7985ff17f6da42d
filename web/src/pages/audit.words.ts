import { words } from '../lib/i18n'

export default words({
  title: ['谁在何时改了什么？', 'Who changed what, and when?'],
  menu: ['审计链', 'Audit chain'],
  lead: [
    '每项更改留下一条记录，每条记录含上一条的哈希，因此事后改动任何一条都会被发现。',
    'Every change leaves an entry, and each entry carries the hash of the one before: to alter one afterwards breaks all that follow.'
  ],
  soundQuestion: ['数据库是否完好？', 'Is the database still what was put into it?'],
  check: ['立即核对', 'Check now'],
  checking: ['核对中', 'Checking'],
  noted: ['先前另存的末条记录（可不填）', 'A last entry noted before (may stay empty)'],
  notedHint: [
    '从审计链末尾删掉记录，链本身看不出来；填入先前另存的末条记录即可核对。',
    'A chain cannot show by itself that its end was cut off. With an entry noted elsewhere it can: put it in here.'
  ],
  sound: ['完好：审计链、数据集、评价、存证与评选均与存入时一致。', 'Sound: chain, data sets, ratings, seals and awards are what was put in.'],
  broken: ['不完好：下列部分与存入时不一致。', 'Not sound: what is marked below is not what was put in.'],
  headWhat: ['审计链的末条记录。请另存一份，供日后核对：', 'The last entry of the chain. Note it elsewhere for a later check:'],
  copy: ['复制', 'Copy'],
  copied: ['已复制', 'Copied'],
  entries: ['记录', 'Entries'],
  find: ['查找', 'Find'],
  about: ['对象', 'Thing'],
  aboutHint: ['对象以所填文字开头，例如：', 'Things that begin so, for instance:'],
  action: ['操作', 'Action'],
  who: ['操作人', 'Who'],
  from: ['起始日期', 'From'],
  to: ['截止日期', 'Until'],
  all: ['显示全部', 'Show all'],
  older: ['更早的记录', 'Older entries'],
  none: ['没有符合条件的记录', 'No entry fits'],
  noneDo: ['请放宽对象、操作人或日期。', 'Widen the thing, the person or the dates.'],
  entry: ['第 {n} 条记录', 'Entry {n}'],
  at: ['时间（世界时）', 'When (UTC)'],
  sameWho: ['此人的全部记录', 'all by the same'],
  sameThing: ['此对象的全部记录', 'all about the same thing'],
  goThere: ['打开对象', 'open it'],
  field: ['字段', 'Field'],
  before: ['之前', 'Before'],
  after: ['之后', 'After'],
  nothing: ['空', 'nothing'],
  detail: ['内容', 'What was written down'],
  hash: ['本条哈希', 'Hash of this entry']
})
