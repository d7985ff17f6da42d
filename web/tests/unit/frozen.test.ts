/* Frozen pages: the same question is the same text, and an answer is found by it. */
import { expect, test } from 'vitest'
import { keptOf, questionOf } from '../../src/lib/frozen'
import type { View } from '../../src/lib/view'

test.each([
  [{ path: '/ratings/league' }, '/ratings/league'],
  [{ path: '/ratings/league', args: { by: '', country: undefined } }, '/ratings/league'],
  [{ path: '/ratings/league', args: { product: 'suv', by: 'group' } }, '/ratings/league?by=group&product=suv'],
  [{ path: '/ratings/comparison', args: { company: ['b', 'a'] } }, '/ratings/comparison?company=b&company=a'],
  [{ path: '/factors', args: { q: 'crude steel 钢&' } }, '/factors?q=crude+steel+%E9%92%A2%26'],
  [{ path: '/factors', args: { q: 'x', format: 'csv', lang: 'zh', table: 't' } }, '/factors?q=x']
])('%j', (source, question) => {
  expect(questionOf(source)).toBe(question)
})

test('answers by their question', () => {
  const column = (key: string) => ({ key, name: { en: key }, kind: 'text' as const })
  const view: View = {
    report: 'frozen',
    title: { en: 'Frozen page' },
    facts: [
      { key: 'id', name: { en: 'id' }, value: '0a' },
      { key: 'kept_on', name: { en: 'kept on' }, value: '2026-11-22' },
      { key: 'page', name: { en: 'page' }, value: '/league' }
    ],
    tables: [
      {
        key: 'answers',
        title: { en: '' },
        columns: ['place', 'path', 'query'].map(column),
        rows: [
          [0, '/ratings/league', 'by=group'],
          [1, '/ratings/indices', '']
        ]
      },
      { key: 'left_out', title: { en: '' }, columns: [column('question')], rows: [['/audit']] }
    ],
    notes: []
  }
  const kept = keptOf(view)
  expect(kept).toMatchObject({ id: '0a', day: '2026-11-22', page: '/league', left: 1 })
  expect([...kept.places]).toEqual([
    ['/ratings/league?by=group', '0'],
    ['/ratings/indices', '1']
  ])
})
