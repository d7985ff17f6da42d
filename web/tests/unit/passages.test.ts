import { expect, test } from 'vitest'
import { likely, passagesOf, terms } from '../../src/lib/passages'

test('lines of a paragraph run together, sentences stand apart, pages are counted', () => {
  const first = '本公司承诺到2045年实现\n碳中和，董事会下设气候委员会负责监督，并把减排目标写进高管考核，每季度向董事会报告进展情况，同时公开披露年度排放数据与减排成效供各方查阅。供应商须每年报送排放数据。'
  expect(passagesOf([first, 'We set a target and green-\nhouse gases fall.\n\nToo short'])).toEqual([
    { page: 1, text: first.slice(0, first.indexOf('。') + 1).replace('\n', '') },
    { page: 1, text: '供应商须每年报送排放数据。' },
    { page: 2, text: 'We set a target and greenhouse gases fall.' }
  ])
  expect(passagesOf(['one page has no number'])[0]!.page).toBe(0)
})

test('words are compared without their endings, Chinese by pairs of signs', () => {
  expect([...terms('The targets of suppliers, 2030')]).toEqual(['target', 'supplier', '2030'])
  expect([...terms('碳中和')]).toEqual(['碳中', '中和'])
})

test('a passage is likely by rare words it shares with the question, in either language', () => {
  const passages = passagesOf([
    'The board of directors has a climate committee that oversees the strategy.',
    'Green steel: we buy steel from electric arc furnaces with renewable power.',
    'Our canteen is open from eight to six and serves rice and noodles.'
  ])
  const questions = [
    { code: 'board', names: ['Board oversight of climate', '董事会气候监督'], about: ['The rules of a board committee'] },
    { code: 'steel', names: ['Low-carbon steel', '低碳钢'], about: [] },
    { code: 'water', names: ['Waste water', '废水'], about: [] }
  ]
  const found = likely(passages, questions)
  expect(found.get('board')!.map((p) => p.page)).toEqual([1])
  expect(found.get('steel')!.map((p) => p.page)).toEqual([2])
  expect(found.get('water')).toEqual([])
})
