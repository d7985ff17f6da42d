/* A facility as its page needs it: the class mix of its list, the terms as the service takes them. */
import { namedBy } from './records'
import { cellOf, codeOf, factOf, isEmpty, numberOf, tableOf, type Row, type Table, type View } from './view'

export interface Share {
  /** class, or the upper limit of a step in g/km; '' where there is no footprint or none above */
  step: string
  basisPoints: number
  cars: number
  price: number
}

/** Cars and prices at each step of the grid, in its order; those without a footprint come last. */
export function mixOf(view: View): Share[] {
  const grid = tableOf(view, 'grid')
  const cars = tableOf(view, 'cars')
  if (!grid || !cars) return []
  const byClass = factOf(view, 'basis')?.value === 'class'
  const shares: Share[] = grid.rows.map((row) => ({
    step: String(numberOf(cellOf(grid, row, byClass ? 'class' : 'up_to_g_km')) || ''),
    basisPoints: numberOf(cellOf(grid, row, 'basis_points')),
    cars: 0,
    price: 0
  }))
  const none: Share = { step: 'none', basisPoints: Math.max(...shares.map((s) => s.basisPoints)), cars: 0, price: 0 }
  for (const row of cars.rows) {
    const value = numberOf(cellOf(cars, row, byClass ? 'class' : 'g_km'))
    const step = !Number.isFinite(value)
      ? none
      : byClass
        ? (shares.find((s) => Number(s.step) === value) ?? none)
        : (shares.find((s) => s.step === '' || value <= Number(s.step)) ?? none)
    step.cars++
    step.price += numberOf(cellOf(cars, row, 'price')) || 0
  }
  return none.cars ? [...shares, none] : shares
}

export interface Step {
  limit: string
  basisPoints: string
}
export interface Terms {
  borrower: string
  currency: string
  limit: string
  basis: 'class' | 'g-km'
  weight: 'price' | 'count'
  gridDate: string
  steps: Step[]
}

export const newTerms = (day: string): Terms => ({
  borrower: '',
  currency: 'CNY',
  limit: '',
  basis: 'class',
  weight: 'price',
  gridDate: day,
  steps: [-20, -10, 0, 10, 20].map((bp, i) => ({ limit: String(i + 1), basisPoints: String(bp) }))
})

/** The terms of a draft, to be written anew. */
export function termsOf(view: View): Terms {
  const text = (key: string): string => String(factOf(view, key)?.value ?? '')
  const grid = tableOf(view, 'grid')
  const basis = text('basis') === 'g-km' ? 'g-km' : 'class'
  return {
    borrower: text('borrower'),
    currency: text('currency'),
    limit: text('limit'),
    basis,
    weight: text('weight') === 'count' ? 'count' : 'price',
    gridDate: text('grid_date'),
    steps: (grid?.rows ?? []).map((row) => ({
      limit: basis === 'class' ? codeOf(cellOf(grid!, row, 'class')) : codeOf(cellOf(grid!, row, 'up_to_g_km')),
      basisPoints: codeOf(cellOf(grid!, row, 'basis_points'))
    }))
  }
}

/** As the service takes them; the last step of g/km has no limit. */
export const bodyOf = (t: Terms): Record<string, string | string[]> => ({
  borrower: t.borrower.trim(),
  currency: t.currency.trim().toUpperCase(),
  limit: t.limit.replace(/[\s,]/g, ''),
  basis: t.basis,
  weight: t.weight,
  'grid-date': t.gridDate,
  step: t.steps.map((s, i) => `${t.basis === 'class' ? i + 1 : s.limit.trim() || 'above'}=${s.basisPoints.trim().replace('−', '-')}`)
})

/** "small-ev=4" of the address, one a record. */
export const settings = (list: readonly string[]): Map<string, string> =>
  new Map(list.map((text) => [text.slice(0, text.lastIndexOf('=')), text.slice(text.lastIndexOf('=') + 1)]))

/** What a car of a list is called; one without a published footprint goes by its id. */
const modelOf = (table: Table, row: Row): string => {
  const model = cellOf(table, row, 'model')
  return isEmpty(model) ? codeOf(cellOf(table, row, 'record')) : codeOf(model)
}
/** Each record once, with what its car is called. */
export const recordsOf = (table: Table): Map<string, string> => new Map(table.rows.map((row) => [codeOf(cellOf(table, row, 'record')), modelOf(table, row)]))
/** Rows go by the car, and the link of a row stands there. */
export const byModel = (table: Table): Table => namedBy({ ...table, rows: table.rows.map((row) => row.map((cell, i) => (table.columns[i]!.key === 'model' ? modelOf(table, row) : cell))) }, 'model')
