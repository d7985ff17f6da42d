/* Citations: what a view tells of its data, the sentence, the code for other pages, the mark. */
import { describe, expect, test } from 'vitest'
import { citation, dateOf, embedCode, formatMark, licencesOf, parseMark, today, versionsOf } from '../../src/lib/cite'
import { linesOf } from '../../src/lib/drawing'
import type { View } from '../../src/lib/view'

const view = (facts: Record<string, string | number>): View => ({
  report: 'r',
  title: { en: 'R' },
  facts: Object.entries(facts).map(([key, value]) => ({ key, name: { en: key }, value })),
  tables: [],
  notes: []
})
const datasets: View = {
  ...view({}),
  tables: [
    {
      key: 'sets',
      title: { en: '' },
      columns: ['id', 'licence'].map((key) => ({ key, name: { en: key }, kind: 'text' as const })),
      rows: [
        ['car-rule', 'CC-BY-4.0'],
        ['gwp', 'Facts with citation'],
        ['peer-rule', 'CC-BY-4.0']
      ]
    }
  ]
}

test('data sets and versions stand in the facts', () => {
  expect(versionsOf(view({ data: 'car-rule@2026.1, gwp@2025.1', peer_rule: 'peer-rule@2026.1 9ea8573e', who: 'a@b.example' }))).toEqual(['car-rule@2026.1', 'gwp@2025.1', 'peer-rule@2026.1'])
  expect(versionsOf(view({ index: 'cati-auto', index_version: 2024 }))).toEqual(['cati-auto@2024'])
  expect(versionsOf(view({ record: 'car-1', version: 3 }))).toEqual(['car-1@3'])
})

test('the day: published before computed', () => {
  expect(dateOf(view({ day: '2026-11-22', published_on: '2024-10-01' }))).toBe('2024-10-01')
  expect(dateOf(view({ day: '2026-11-22' }))).toBe('2026-11-22')
  expect(dateOf(view({ published_on: '' }))).toBe('')
})

test('each licence once', () => {
  expect(licencesOf(['car-rule@1', 'peer-rule@1', 'gwp@1', 'unknown@1'], datasets)).toEqual(['CC-BY-4.0', 'Facts with citation'])
  expect(licencesOf(['car-rule@1'], null)).toEqual([])
})

const cited = { title: 'Driving is 46 %', versions: ['car-rule@2026.1'], date: '2026-11-22', print: '3c494fcf9961436a', address: 'https://t.example/en/cars', licences: ['CC-BY-4.0'], seen: '2026-12-01' }
test('the sentence in both languages', () => {
  expect(citation(cited, 'en')).toBe(
    'Tanlian: Driving is 46 %. Data: car-rule@2026.1, SHA-256 3c494fcf9961436a. Data of 2026-11-22. https://t.example/en/cars, accessed 2026-12-01. Licence: CC-BY-4.0.'
  )
  expect(citation({ ...cited, date: '', print: '', licences: [] }, 'zh')).toBe('碳链（Tanlian）：Driving is 46 %。数据版本 car-rule@2026.1。https://t.example/en/cars，访问日期 2026-12-01。许可：见各数据集。')
})

test('code for other pages: nothing in it ends an attribute', () => {
  expect(embedCode('https://t.example/?a=1&b=2', '/x.svg', '"<&>')).toBe('<a href="https://t.example/?a=1&amp;b=2"><img src="/x.svg" alt="&quot;&lt;&amp;&gt;" width="760"></a>')
})

describe('the mark in an address', () => {
  test('there and back', () => expect(parseMark(formatMark('by_year', '3c494fcf9961436a', '2026-11-22'))).toEqual({ key: 'by_year', print: '3c494fcf9961436a', day: '2026-11-22' }))
  test.each(['', 'a.b', 'a.3c494fcf9961436.2026-11-22', 'a.3c494fcf9961436a.yesterday', '../x.3c494fcf9961436a.2026-11-22'])('%s is none', (text) => expect(parseMark(text)).toBeNull())
})

test('today, two digits', () => expect(today(new Date(2026, 0, 5))).toBe('2026-01-05'))

test('a title breaks into lines: between words, between Chinese characters', () => {
  expect(linesOf('one two three', 60, 10)).toEqual(['one two', 'three'])
  expect(linesOf('一二三四五', 25, 10)).toEqual(['一二', '三四', '五'])
  expect(linesOf('', 10, 10)).toEqual([])
})
