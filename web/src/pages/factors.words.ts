import { words } from '../lib/i18n'

export default words({
  title: ['哪个排放因子适用？', 'Which emission factor fits?'],
  menu: ['因子', 'Factors'],
  search: ['材料、燃料或工艺', 'Material, fuel or process'],
  hint: ['中文、拼音、英文均可', 'Chinese, pinyin or English'],
  go: ['查找', 'Find'],
  none: ['没有符合的因子', 'No factor fits'],
  noneDo: ['换一个词，或去掉一个词再试。', 'Try another word, or one word less.']
})
