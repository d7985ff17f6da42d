/* Terms of a facility as the service takes them, and where the cars of a list stand on the grid. */
import { describe, expect, test } from 'vitest'
import { bodyOf, byModel, mixOf, newTerms, recordsOf, settings, termsOf } from '../../src/lib/loan'
import { nameColumn } from '../../src/lib/grid'
import type { Cell, Column, Table, View } from '../../src/lib/view'

const column = (key: string, kind: Column['kind'] = 'int'): Column => ({ key, kind, name: { zh: key, en: key } })
const view = (basis: string, grid: Cell[][], cars: Cell[][]): View => ({
  report: 'loan',
  title: {},
  notes: [],
  facts: [
    { key: 'basis', name: {}, value: basis },
    { key: 'weight', name: {}, value: 'count' },
    { key: 'borrower', name: {}, value: 'Fleet' },
    { key: 'currency', name: {}, value: 'CNY' },
    { key: 'limit', name: {}, value: '20000000.00' },
    { key: 'grid_date', name: {}, value: '2026-01-01' }
  ],
  tables: [
    { key: 'grid', title: {}, columns: [column(basis === 'class' ? 'class' : 'up_to_g_km'), column('basis_points')], rows: grid },
    { key: 'cars', title: {}, columns: [column('record', 'text'), column('price', 'exact'), column('g_km', 'number'), column('class')], rows: cars }
  ]
})
const none = { why: { en: 'none', zh: '无' } }

describe('where cars stand', () => {
  test('by class; without one it is the worst step, as a line of its own', () => {
    const mix = mixOf(view('class', [[1, -20], [2, 5]], [['a', '100.00', 90, 1], ['a', '100.00', 90, 1], ['b', '50.50', 120, none]]))
    expect(mix).toEqual([
      { step: '1', basisPoints: -20, cars: 2, price: 200 },
      { step: '2', basisPoints: 5, cars: 0, price: 0 },
      { step: 'none', basisPoints: 5, cars: 1, price: 50.5 }
    ])
  })
  test('by g/km: a limit belongs to its step, the last has none', () => {
    const mix = mixOf(view('g-km', [[150, -10], [{ why: { en: 'above', zh: '以上' } }, 20]], [['a', '1', 150, 1], ['b', '1', 150.1, 1]]))
    expect(mix.map((m) => [m.step, m.cars])).toEqual([['150', 1], ['', 1]])
  })
})

describe('terms', () => {
  test('as the service takes them', () => {
    const terms = { ...newTerms('2026-01-01'), borrower: ' Fleet ', limit: '20,000,000', currency: 'cny' }
    terms.steps[0]!.basisPoints = '−25'
    expect(bodyOf(terms)).toEqual({ borrower: 'Fleet', currency: 'CNY', limit: '20000000', basis: 'class', weight: 'price', 'grid-date': '2026-01-01', step: ['1=-25', '2=-10', '3=0', '4=10', '5=20'] })
  })
  test('of a draft, and back', () => {
    const terms = termsOf(view('g-km', [[150, -10], [{ why: { en: 'above', zh: '以上' } }, 20]], []))
    expect(terms.steps).toEqual([{ limit: '150', basisPoints: '-10' }, { limit: '', basisPoints: '20' }])
    expect(bodyOf(terms)).toMatchObject({ step: ['150=-10', 'above=20'], limit: '20000000.00', weight: 'count' })
  })
  test('settings of the address', () => {
    expect([...settings(['small-ev=4', 'a=b=none'])]).toEqual([['small-ev', '4'], ['a=b', 'none']])
  })
})

test('a car goes by its name, one without a footprint by its id', () => {
  const table: Table = {
    key: 'cars',
    title: { zh: '', en: '' },
    columns: ['number', 'record', 'model'].map((key) => ({ key, name: { zh: key, en: key }, kind: key === 'number' ? 'int' : 'text' })),
    rows: [
      [1, 'car-1', 'Seal'],
      [2, 'car-2', null],
      [3, 'car-1', 'Seal']
    ]
  }
  expect([...recordsOf(table)]).toEqual([
    ['car-1', 'Seal'],
    ['car-2', 'car-2']
  ])
  const named = byModel(table)
  expect(nameColumn(named.columns)).toBe(2)
  expect(named.rows.map((row) => row[2])).toEqual(['Seal', 'car-2', 'Seal'].map((name) => ({ zh: name, en: name })))
  expect(named.rows.map((row) => row[1])).toEqual(['car-1', 'car-2', 'car-1'])
})
