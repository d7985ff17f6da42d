import { words } from '../lib/i18n'

export default words({
  title: ['“{name}”评出了谁，今天会改变吗？', 'Who won “{name}”, and would it change today?'],
  same: ['按今天的碳足迹，结果不变。', 'With the footprints of today the winners are the same.'],
  wouldChange: ['按今天的碳足迹，{n} 个细分市场的结果会改变；评选本身不变。', 'With the footprints of today {n} segments would have other winners. The award itself stays.'],
  all: ['全部候选', 'Every candidate'],
  allHint: ['任何人都可用此文件重新评出同样的结果。', 'Anybody can decide the award again from this file, and comes to the same winners.'],
  certificates: ['证书', 'Certificates']
})
