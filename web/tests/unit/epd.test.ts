/* Figures of a declaration: a sheet with a verdict on every row, the record they become, limits. */
import { describe, expect, test } from 'vitest'
import { falling, figuresOf, filledColumns, newFigures, readSheet, recordOf, sealed, takeSheet, typed } from '../../src/lib/epd'
import { curvesOf, levelsMet, metalOf, tonnesPerTonne } from '../../src/lib/threshold'
import type { Column, Table } from '../../src/lib/view'

describe('the sheet of a plant', () => {
  const rows = readSheet('\ufeffIndicator\tValue\tUnit\ngwp\t1,850\tkg CO2e/t\nAP\t4.5\tkg SO2e/t\nodp\tlittle\tkg\nep\t3\t\n\t3\tkg')
  test('every row has a verdict', () => expect(rows.map((r) => [r.row, r.key, r.why])).toEqual([[2, 'gwp', ''], [3, 'ap', ''], [4, 'odp', 'value'], [5, 'ep', 'unit'], [6, '', 'key']]))
  test('good rows go into the form, again nothing comes twice', () => {
    const once = takeSheet(newFigures(), rows)
    expect([once.value, once.unit, once.indicators]).toEqual(['1,850', 'kg CO2e/t', [{ key: 'ap', value: '4.5', unit: 'kg SO2e/t' }]])
    expect(takeSheet(once, rows)).toEqual(once)
  })
  test('commas and semicolons part cells too', () => {
    expect(readSheet('gwp,1.5,kg CO2e/kg')[0]).toMatchObject({ key: 'gwp', value: '1.5', unit: 'kg CO2e/kg', why: '' })
    expect(readSheet('gwp;1.5;kg CO2e/kg')[0]).toMatchObject({ value: '1.5', why: '' })
  })
})

test('numbers as people type them', () => {
  expect(['1,234.5', '−3', '1.2e-12', '.5'].map(typed)).toEqual([1234.5, -3, 1.2e-12, 0.5])
  expect(['', '1.', 'x', '--1'].map(typed).every(Number.isNaN)).toBe(true)
})

test('a record goes through the form unharmed', () => {
  const record = { id: 'coil', kind: 'epd', product: 'Coil', maker: 'Mill', company: 'mill', value: 1.5, unit: 't CO2e/t', boundary: 'cradle to gate', region: 'CN', year: 2025, grade: 'A', parts: [{ kind: 'stage', key: 'a1', value: 1, unit: 't CO2e/t' }, { kind: 'indicator', key: 'ap', value: 0.004, unit: 'kg SO2e/kg' }] }
  expect(recordOf(figuresOf(record), '', record)).toEqual(record)
  expect(recordOf({ ...figuresOf(record), value: '0.93', year: '' }, '', record, 'new furnace')).toMatchObject({ value: 0.93, reason: 'new furnace', grade: 'A' })
  expect(recordOf({ ...figuresOf(record), year: '' }, '', record)).not.toHaveProperty('year')
})

test('the version sealed last, without what only a seal has', () => {
  const chain = { versions: [{ record: { id: 'a', value: 1 } }, { record: { id: 'a', value: 2, version: 2, reason: 'why', published_on: '2026-01-01', region: '', pins: [] } }] }
  expect(sealed(chain as never)).toEqual({ id: 'a', value: 2 })
})

describe('limits', () => {
  const column = (key: string): Column => ({ key, kind: 'text', name: {} })
  const table: Table = {
    key: 'thresholds',
    title: {},
    columns: ['scheme', 'level', 'met', 'limit_0_scrap', 'limit_100_scrap'].map(column),
    rows: [
      ['RS', 'level 1', { code: 'yes', en: 'yes', zh: '是' }, 2.8, 0.35],
      ['RS', { code: 'level 2', en: '2nd', zh: '2 级' }, { code: 'yes', en: 'yes', zh: '是' }, 2, 0.25],
      ['RS', 'level 3', { code: 'no', en: 'no', zh: '否' }, 1.2, 0.15],
      ['ASI', 'smelter', { why: { en: 'not applicable', zh: '不适用' } }, { why: { en: '', zh: '' } }, { why: { en: '', zh: '' } }]
    ]
  }
  test('lines of what applies, the furthest level met', () => {
    expect(curvesOf(table, 'en').map((c) => [c.name, c.at0, c.at100])).toEqual([['RS level 1', 2.8, 0.35], ['RS 2nd', 2, 0.25], ['RS level 3', 1.2, 0.15]])
    expect(levelsMet(table, 'en')).toEqual(['RS 2nd'])
    expect(levelsMet(table, 'zh')).toEqual(['RS 2 级'])
  })
  test('tonnes per tonne', () => {
    expect(tonnesPerTonne(1850, 'kg CO2e/t')).toBeCloseTo(1.85, 12)
    expect(tonnesPerTonne(1.5, 'kgCO2e/kg')).toBeCloseTo(1.5, 12)
    expect(tonnesPerTonne(2, 'kg CO2e/m2')).toBeNaN()
  })
  test('what a name speaks of', () => expect([metalOf('Aluminium ingot'), metalOf('原铝锭'), metalOf('热镀锌钢卷')]).toEqual(['primary-aluminium', 'primary-aluminium', 'steel']))
})

test('cars that come to less, by what is computed or by what is published', () => {
  const column = (key: string): Column => ({ key, kind: 'number', name: {} })
  const hidden = { why: { en: 'not shown', zh: '不显示' } }
  const cars: Table = {
    key: 'cars',
    title: {},
    columns: ['car', 'before_g_km', 'after_g_km', 'published_g_km', 'preview_g_km'].map(column),
    rows: [
      ['a', hidden, hidden, 200, 190],
      ['b', hidden, hidden, 200, 200],
      ['c', hidden, hidden, 200, 201]
    ]
  }
  expect(falling(cars).rows.map((row) => row[0])).toEqual(['a'])
  expect(filledColumns(falling(cars)).columns.map((c) => c.key)).toEqual(['car', 'published_g_km', 'preview_g_km'])
  expect(falling({ ...cars, rows: [['d', 200, 199, null, null]] }).rows).toHaveLength(1)
})
