import { words } from '../lib/i18n'

export default words({
  title: ['哪些名称还缺译文？', 'Which names still lack a translation?'],
  all: ['全部数据集', 'All data sets'],
  finding: ['{n} 处文字只有一种语言', '{n} texts exist in one language only'],
  findingOne: ['{n} 处文字只有一种语言', '{n} text exists in one language only'],
  what: ['缺译文时，页面显示另一种语言的名称，不留空白。译文须有来源，因此不自行翻译。', 'Where a translation is missing, pages show the other language, never a blank. A name needs a source, so none is made up.'],
  lacks: ['缺少', 'Lacking'],
  either: ['任一语言', 'either language'],
  zh: ['中文', 'Chinese'],
  en: ['英文', 'English'],
  know: ['知道某个译名？请告诉我们出处。', 'You know one? Tell us where it is printed.'],
  none: ['没有缺少的译文', 'Nothing is missing'],
  noneDo: ['全部名称都有中文与英文。', 'Every name is there in Chinese and English.']
})
