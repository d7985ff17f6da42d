import { describe, expect, test } from 'vitest'
import { answersCsv, answersOf, blank, blankProof, pointsFor } from '../../src/lib/desk'
import { asTsv, choicesOf, fits, formatFilters, formatSort, matterOf, nameColumn, parseFilters, parseSort } from '../../src/lib/grid'
import { pathOf } from '../../src/lib/links'
import { csvRows, toCsv, tsvRows } from '../../src/lib/paste'
import { companiesLike } from '../../src/lib/suggest'
import { arrange } from '../../src/lib/table'
import { isEmpty, type Row, type Table, type View } from '../../src/lib/view'

const table: Table = {
  key: 'companies',
  title: { zh: '企业', en: 'Companies' },
  columns: [
    { key: 'rank', name: { zh: '名次', en: 'rank' }, kind: 'int' },
    { key: 'name', name: { zh: '企业', en: 'company' }, kind: 'label' },
    { key: 'total', name: { zh: '总分', en: 'total' }, kind: 'exact', unit: 'points' },
    { key: 'band', name: { zh: '分档', en: 'band' }, kind: 'word' },
    { key: 'note', name: { zh: '备注', en: 'note' }, kind: 'text', more: true }
  ],
  rows: [
    [1, { zh: '宝马', en: 'BMW' }, '62.9', { code: 'leading', zh: '领先', en: 'Leading' }, null],
    [2, { zh: '奇瑞', en: 'Chery' }, '9.5', { code: 'behind', zh: '落后', en: 'Behind' }, 'a\tb'],
    [3, { zh: '', en: 'ARCFOX' }, { why: { zh: '未披露', en: 'not disclosed' } }, { code: '', zh: null, en: null }, ''],
    [4, { zh: '比亚迪', en: 'BYD' }, '16.3', { code: 'behind', zh: '落后', en: 'Behind' }, null]
  ]
}
const ranks = (rows: Row[]): unknown[] => rows.map((r) => r[0])
const how = { lang: 'en' as const, sort: null, filters: {}, words: '' }

describe('order and filters', () => {
  const rows: [string, Parameters<typeof arrange>[1], number[]][] = [
    ['as it came', how, [1, 2, 3, 4]],
    ['numbers by size, up; empty last', { ...how, sort: { key: 'total', down: false } }, [2, 4, 1, 3]],
    ['numbers by size, down; empty last', { ...how, sort: { key: 'total', down: true } }, [1, 4, 2, 3]],
    ['names in English', { ...how, sort: { key: 'name', down: false } }, [3, 1, 4, 2]],
    ['names in Chinese, by pinyin', { ...how, lang: 'zh', sort: { key: 'name', down: false } }, [1, 4, 2, 3]],
    ['a column that is not there', { ...how, sort: { key: 'none', down: false } }, [1, 2, 3, 4]],
    ['a code', { ...how, filters: { band: 'behind' } }, [2, 4]],
    ['larger than', { ...how, filters: { total: '>10' } }, [1, 4]],
    ['a range', { ...how, filters: { total: '9-17' } }, [2, 4]],
    ['exactly', { ...how, filters: { total: '=9.5' } }, [2]],
    ['part of a name in the other language', { ...how, filters: { name: '比亚' } }, [4]],
    ['two at once', { ...how, filters: { band: 'behind', total: '<10' } }, [2]],
    ['a filter of a column that is not there', { ...how, filters: { gone: 'x' } }, [1, 2, 3, 4]],
    ['words over all columns', { ...how, words: 'lead' }, [1]]
  ]
  test.each(rows)('%s', (_, arranged, want) => {
    expect(ranks(arrange(table, arranged))).toEqual(want)
  })
  test('why there is nothing can be looked for', () => expect(fits(table.rows[2]![2]!, '未披露', table.columns[2]!)).toBe(true))
  test('state as text', () => {
    expect(formatSort(parseSort('-total'))).toBe('-total')
    expect(formatSort(parseSort('total'))).toBe('total')
    expect(parseSort('')).toBeNull()
    expect(parseFilters(['band:leading', 'url:a:b', ':x', 'bad'])).toEqual({ band: 'leading', url: 'a:b' })
    expect(formatFilters({ band: 'leading', total: ' ' })).toEqual(['band:leading'])
  })
  test('choices of a column of words, without the empty one', () =>
    expect(choicesOf(table.rows, 3, table.columns[3]!, 'en')).toEqual([
      { value: 'behind', text: 'Behind' },
      { value: 'leading', text: 'Leading' }
    ]))
  test('which columns a phone shows', () => {
    expect(nameColumn(table.columns)).toBe(1)
    expect(matterOf(table.columns, undefined)).toEqual(['rank', 'total', 'band'])
    expect(matterOf(table.columns, ['band', 'gone'])).toEqual(['band'])
  })
  test('empty and not', () => expect([0, false, null, '', { why: {} }, { code: '' }, { zh: '', en: '' }, { zh: '甲' }].map((c) => isEmpty(c))).toEqual([false, false, true, true, true, true, true, false]))
})

test('copied cells have their headings and units', () => {
  const columns = [1, 2, 4].map((at) => ({ column: table.columns[at]!, at }))
  expect(asTsv(table.rows.slice(1, 3), columns, 'en')).toBe('company\ttotal (points)\tnote\r\nChery\t9.5\ta b\r\nARCFOX\tnot disclosed\t\r\n')
})

test('pasted cells become CSV', () => {
  expect(tsvRows('a\tb\r\n"x ""y""\nz"\t2\r\n\r\n')).toEqual([
    ['a', 'b'],
    ['x "y"\nz', '2']
  ])
  expect(toCsv(tsvRows('a\tb,c\n1\t2\n'))).toBe('a,"b,c"\r\n1,2\r\n')
  expect(csvRows('\ufeffa;b\r\n1,5;"x;y"\r\n')).toEqual([['a', 'b'], ['1,5', 'x;y']])
})

test('things have a page only where there is one', () => {
  expect(pathOf('company', 'a b', ['/companies/{company}'])).toBe('/companies/a%20b')
  expect(pathOf('epd', 'x', ['/companies/{company}'])).toBe('')
  expect(pathOf('unknown', 'x', [])).toBe('')
})

test('companies are found by either name and by id', () => {
  const view = {
    report: 'company-list',
    title: {},
    facts: [],
    notes: [],
    tables: [
      {
        key: 'companies',
        title: {},
        columns: ['id', 'name', 'country'].map((key) => ({ key, name: {}, kind: key === 'name' ? ('label' as const) : ('text' as const) })),
        rows: [
          ['great-wall', { zh: '长城汽车', en: 'Great Wall Motors' }, 'CN'],
          ['byd', { zh: '比亚迪', en: 'BYD' }, 'CN']
        ]
      }
    ]
  }
  expect(companiesLike(view, '长城', 'zh').map((h) => h.id)).toEqual(['great-wall'])
  expect(companiesLike(view, 'BY', 'en').map((h) => h.id)).toEqual(['byd'])
  expect(companiesLike(view, ' ', 'en')).toEqual([])
})

describe('the desk', () => {
  test('points by one key', () => {
    const item = { code: '2.1.1', max: 5 }
    expect(['0', 'h', 'f', 'x'].map((k) => pointsFor(k, item))).toEqual([0, 2.5, 5, null])
  })
  test('points without a document are held back, nothing needs none', () => {
    const answers = new Map([
      ['1.1', { ...blank(), points: 2, document: 'Report, 2025', quote: 'said "so"' }],
      ['1.2', { ...blank(), points: 1 }],
      ['1.3', { ...blank(), points: 0 }],
      ['1.4', { ...blank(), points: 'not_disclosed' as const }],
      ['1.5', blank()]
    ])
    const made = answersCsv('byd', answers)
    expect([made.rows, made.held]).toEqual([3, 1])
    expect(made.csv).toBe('company,slot,points,document,page,quote,language,url,dated,retrieved,sha256,assessor,note\r\nbyd,1.1,2,"Report, 2025",,"said ""so""",,,,,,,\r\nbyd,1.3,0,,,,,,,,,,\r\nbyd,1.4,not_disclosed,,,,,,,,,,\r\n')
  })
  test('further evidence and the checksum go with their answer', () => {
    const more = { ...blankProof(), document: 'Reply', page: '7' }
    const made = answersCsv('byd', new Map([['1.1', { ...blank(), points: 2, document: 'Report', sha256: 'ab', more: [more] }]]))
    expect(made.csv.split('\r\n').slice(1, 3)).toEqual(['byd,1.1,2,Report,,,,,,,ab,,', 'byd,1.1,,Reply,7,,,,,,,,'])
  })
  test('a card gives back what was answered, nothing disclosed too', () => {
    const column = (key: string) => ({ key, name: {}, kind: 'text' as const })
    const card: View = {
      report: 'rate-score',
      title: {},
      facts: [],
      notes: [],
      tables: [
        { key: 'answers', title: {}, columns: ['slot', 'points', 'assessor', 'note'].map(column), rows: [['1.1', '2', 'ann', ''], ['1.2', { why: { en: 'not disclosed', zh: '未披露' } }, '', '']] },
        { key: 'evidence', title: {}, columns: ['slot', 'document', 'sha256'].map(column), rows: [['1.1', 'Report', 'ab'], ['1.1', 'Reply', '']] }
      ]
    }
    const got = new Map(answersOf(card))
    expect([got.get('1.1')!.points, got.get('1.1')!.document, got.get('1.1')!.sha256, got.get('1.1')!.more.map((m) => m.document)]).toEqual([2, 'Report', 'ab', ['Reply']])
    expect(got.get('1.2')!.points).toBe('not_disclosed')
    expect(answersOf(null)).toEqual([])
  })
})
