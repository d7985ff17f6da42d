import { words } from '../lib/i18n'

export default words({
  title: ['在全部内容中搜索', 'Search everything'],
  question: ['关于“{q}”有什么？', 'What is there about “{q}”?'],
  words: ['中文、英文、拼音或编号', 'Chinese, English, pinyin or an id'],
  find: ['搜索', 'Search'],
  finding: ['{n} 条结果', '{n} results'],
  findingOne: ['{n} 条结果', '{n} result'],
  none: ['没有找到“{q}”', 'Nothing found for “{q}”'],
  start: ['请输入要查找的内容', 'What are you looking for?'],
  hint: ['例如车型、企业、材料、因子或编号。同义词与拼音也能找到：铁、拼音与英文找到的内容相同。', 'A car, a company, a material, a factor or an id. Synonyms and pinyin find the same: the Chinese word, its pinyin and the English one lead to the same things.'],
  narrow: ['筛选车型', 'Narrow the cars'],
  everything: ['取消筛选', 'Take the filters off'],
  more: ['全部 {n} 条“{name}”', 'All {n} of “{name}”'],
  first: ['显示前 {n} 条，共 {all} 条；请用更具体的词。', 'The first {n} of {all}; more words narrow it.']
})
