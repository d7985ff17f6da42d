/* The page of a car: what-if in the address and as settings, parts before and after. */
import { describe, expect, test } from 'vitest'
import { NOTHING, optionsOf, partsOf, readWhatIf, segmentsOf, settingsOf, writeWhatIf } from '../../src/lib/car'
import { changed, parseQuery } from '../../src/lib/router'
import type { Column, Row, View } from '../../src/lib/view'

describe('what-if', () => {
  test.each([
    ['', []],
    ['steel=40', ['steel.route=bf-bof:60/scrap-eaf:40']],
    ['steel=100&route=dri-eaf', ['steel.route=dri-eaf']],
    ['steel=0&aluminium=25', ['aluminium.power=grid:75/hydro:25']],
    ['grid=CN-YN&km=250000', ['electricity.region=CN-YN', 'lifetime_km=250000']],
    ['steel=101', []],
    ['steel=-5', []],
    ['steel=4.5&km=far&route=magic', []]
  ])('?%s', (query, want) => expect(settingsOf(readWhatIf(parseQuery(query)))).toEqual(want))

  test('there and back', () => {
    const what = { steel: 40, route: 'dri-eaf', aluminium: 0, grid: 'CN-YN', km: '' }
    expect(readWhatIf(changed({}, writeWhatIf(what)))).toEqual(what)
    expect(changed({}, writeWhatIf(NOTHING))).toEqual({})
  })
})

const table = (key: string, keys: readonly string[], rows: readonly Row[]): View['tables'][number] => ({
  key,
  title: { en: key },
  columns: keys.map((k): Column => ({ key: k, name: { en: k }, kind: 'text' })),
  rows
})
const word = (code: string): { code: string; en: string } => ({ code, en: code })
const view: View = {
  report: 'vehicle-footprint',
  title: { en: 'A car' },
  facts: [],
  notes: [],
  tables: [
    table('stages', ['stage', 'g_co2e_per_km'], [[word('materials'), 90], [word('driving'), 100]]),
    table('materials', ['material', 'g_co2e_per_km'], [[word('tyres'), 3], [word('steel'), 20], [word('battery'), 25], [word('glass'), 1], [word('aluminium'), 40], [word('plastics'), 1]]),
    table('what_if_change', ['part', 'before', 'after', 'change'], [
      [word('materials'), 90, 80, -10],
      [word('driving'), 100, 100, 0],
      [word('steel'), 20, 10, -10],
      [word('total'), 190, 180, -10]
    ])
  ]
}

test('parts with what they would be', () => {
  expect(partsOf(view, 'stages', 'en').map((p) => [p.id, p.g, p.then])).toEqual([['materials', 90, 80], ['driving', 100, 100]])
  expect(partsOf(view, 'materials', 'en').filter((p) => p.g !== p.then).map((p) => p.id)).toEqual(['steel'])
})

test('steel and aluminium come first, what is small comes together', () => {
  const now = segmentsOf(partsOf(view, 'materials', 'en'), false, 'rest')
  expect(now.map((s) => [s.id, s.g])).toEqual([['steel', 20], ['aluminium', 40], ['battery', 25], ['tyres', 3], ['rest', 2]])
  expect(now.reduce((sum, s) => sum + s.share, 0)).toBeCloseTo(1)
  expect(segmentsOf(partsOf(view, 'materials', 'en'), true, 'rest')[0]!.g).toBe(10)
})

test('grids: the newest year of each', () => {
  const parameters: View = {
    ...view,
    tables: [table('choices', ['parameter', 'option', 'meaning', 'note'], ['CN', 'CN-2024', 'CN-BJ', 'CN-BJ-2022', 'CN-wind'].map((o) => ['electricity.region', o, { en: o }, '']))]
  }
  expect(optionsOf(parameters, 'electricity.region', 'en').map((o) => o.value)).toEqual(['CN', 'CN-2024', 'CN-BJ', 'CN-wind'])
  expect(optionsOf(null, 'electricity.region', 'en')).toEqual([])
})
