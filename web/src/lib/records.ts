/* Records of the register on a page: which columns stand in front, codes with their words. */
import { cellOf, codeOf, isWord, tableOf, type Cell, type Column, type Table, type View, type Word } from './view'

export const KINDS = ['vehicle', 'pcf', 'epd'] as const
export type RecordKind = (typeof KINDS)[number]
export const SORTS = ['product', 'maker', 'value', 'kerb_mass_kg', 'launched', 'published_on', 'state'] as const
export const PAGE = 50

/** Columns of an import: what everybody gives, and what else a record can hold. */
export const COLUMNS = ['id', 'product', 'maker', 'company', 'value', 'unit', 'boundary', 'method', 'year', 'reason'] as const
export const CAR_COLUMNS = ['id', 'product', 'maker', 'company', 'size_class', 'body', 'powertrain', 'launched', 'kerb_mass_kg', 'value', 'unit', 'boundary', 'method', 'reason'] as const
export const MORE_COLUMNS = ['disclosure_id', 'series', 'price', 'currency', 'region', 'grade', 'verifier', 'evidence', 'uncertainty', 'primary_share', 'valid_from', 'valid_until'] as const

const FRONT: Record<RecordKind, readonly string[]> = {
  vehicle: ['product', 'maker', 'size_class', 'body', 'powertrain', 'kerb_mass_kg', 'value', 'state', 'published_on'],
  pcf: ['product', 'maker', 'value', 'unit', 'boundary', 'year', 'state', 'published_on'],
  epd: ['product', 'maker', 'value', 'unit', 'valid_until', 'state', 'published_on']
}
const WORDED = { size_class: 'size_class', body: 'body', powertrain: 'powertrain' } as const

/** A table whose rows go by that column: the link of a row stands there. */
export const namedBy = (table: Table, key: string): Table => ({
  ...table,
  columns: table.columns.map((c) => (c.key === key ? { ...c, kind: 'label' } : c)),
  rows: table.rows.map((r) => r.map((cell, i) => (table.columns[i]!.key === key && typeof cell === 'string' ? { zh: cell, en: cell } : cell)))
})
export const viewNamedBy = (view: View, key: string): View => ({ ...view, tables: view.tables.map((t) => namedBy(t, key)) })

/** Values of a field with their words and how many cars have each; from /statistics/cars/facets. */
export function valuesOf(facets: View | null, field: string): { word: Word; cars: number }[] {
  const table = facets && tableOf(facets, 'facets')
  if (!table) return []
  return table.rows
    .filter((row) => codeOf(cellOf(table, row, 'field')) === field && codeOf(cellOf(table, row, 'value')) !== '')
    .map((row) => ({ word: cellOf(table, row, 'value') as Word, cars: Number(cellOf(table, row, 'cars')) }))
}

/** The list of the service with its columns in the order of a page. */
export function forPage(table: Table, kind: RecordKind, facets: View | null): Table {
  const words = new Map<string, Word>()
  for (const [key, field] of Object.entries(WORDED)) for (const v of valuesOf(facets, field)) if (isWord(v.word)) words.set(`${key}:${v.word.code}`, v.word)
  const front = FRONT[kind]
  const order = [...front, ...table.columns.map((c) => c.key).filter((k) => !front.includes(k))]
  const places = order.map((key) => table.columns.findIndex((c) => c.key === key)).filter((i) => i >= 0)
  const columns = places.map((i): Column => {
    const c = table.columns[i]!
    return { ...c, more: !front.includes(c.key), kind: c.key === 'product' ? 'label' : c.key in WORDED ? 'word' : c.kind, ...(c.key === 'kerb_mass_kg' ? { decimals: 0 } : {}), ...(kind === 'vehicle' && c.key === 'value' ? { unit: 'g CO2e/km' } : {}) }
  })
  const cell = (value: Cell, key: string): Cell => {
    if (key === 'product') return { zh: String(value), en: String(value) }
    if (!(key in WORDED) || typeof value !== 'string') return value
    return words.get(`${key}:${value}`) ?? { code: value, zh: value, en: value }
  }
  return { ...table, columns, rows: table.rows.map((row) => places.map((i, n) => cell(row[i] ?? null, columns[n]!.key))) }
}
