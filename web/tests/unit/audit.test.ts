import { describe, expect, test } from 'vitest'
import { changesOf, pageOf } from '../../src/lib/audit'

describe('details of an entry', () => {
  test.each([
    ['nothing', '', []],
    ['no JSON', 'torn', [{ name: '', before: null, after: 'torn', pair: false }]],
    ['only what was done', '{"day":"2026-01-02"}', [{ name: 'day', before: null, after: '2026-01-02', pair: false }]],
    ['old and new', '{"old":{"name_en":"A","note":""},"new":{"name_en":"B","note":""}}', [
      { name: 'name_en', before: 'A', after: 'B', pair: true },
      { name: 'note', before: null, after: null, pair: true }
    ]],
    ['new alone', '{"new":{"name_en":"B"}}', [{ name: 'name_en', before: null, after: 'B', pair: true }]],
    ['value and value_before', '{"value":210.5,"value_before":208.8}', [{ name: 'value', before: '208.8', after: '210.5', pair: true }]],
    ['value and old_value', '{"value":"no","old_value":null}', [{ name: 'value', before: null, after: 'no', pair: true }]],
    ['a before that stands alone', '{"seen_before":true}', [{ name: 'seen_before', before: null, after: 'true', pair: false }]]
  ])('%s', (_, detail, want) => expect(changesOf(detail)).toEqual(want))
})

test.each([
  ['record/ademe-1', '/origin?record=ademe-1'],
  ['dataset/gwp@2025.1', '/datasets/gwp%402025.1'],
  ['assessment/byd/cati-auto@2024/2024/theme', '/origin?company=byd&index=cati-auto@2024&period=2024&level=theme'],
  ['file/answers.csv', ''],
  ['2026.1', '']
])('page of %s', (object, want) => expect(pageOf(object)).toBe(want))
