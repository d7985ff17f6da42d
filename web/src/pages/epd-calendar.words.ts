import { words } from '../lib/i18n'

export default words({
  title: ['哪些声明即将到期，哪些车型依据它们？', 'Which declarations end, and which cars stand on them?'],
  all: ['全部声明', 'All declarations'],
  until: ['截止日期', 'Ending by'],
  finding: ['{day} 之前有 {n} 份声明到期', 'Declarations that end by {day}: {n}'],
  days: ['{n} 天', '{n} days'],
  none: ['到该日没有声明到期', 'No declaration ends by that day'],
  noneDo: ['选择更晚的日期可以看得更远。', 'Choose a later day to look further ahead.']
})
