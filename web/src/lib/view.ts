/* A view as the service writes it (?format=view): facts, tables with their columns, notes. */
import type { Both } from './i18n'

export type Kind = 'text' | 'label' | 'word' | 'number' | 'exact' | 'int' | 'bool'
export type Word = { code: string } & Both
export type Why = { why: Both }
export type Cell = string | number | boolean | null | Both | Word | Why
export type Row = readonly Cell[]

export interface Column {
  key: string
  name: Both
  kind: Kind
  unit?: string
  decimals?: number
  /** only where there is room */
  more?: boolean
}
export interface Table {
  key: string
  title: Both
  columns: readonly Column[]
  rows: readonly Row[]
}
export interface Fact {
  key: string
  name: Both
  value: string | number
  word?: Both
}
export interface View {
  report: string
  title: Both
  facts: readonly Fact[]
  tables: readonly Table[]
  notes: readonly Both[]
  /** where a long list goes on: given back as `cursor` */
  next?: string
}

export const isView = (x: unknown): x is View =>
  typeof x === 'object' && x !== null && 'report' in x && Array.isArray((x as View).tables)

export const factOf = (view: View, key: string): Fact | undefined => view.facts.find((f) => f.key === key)
export const tableOf = (view: View, key: string): Table | undefined => view.tables.find((t) => t.key === key)
export const columnAt = (table: Table, key: string): number => table.columns.findIndex((c) => c.key === key)

/** The cell of a row by the key of its column; null where the table has no such column. */
export function cellOf(table: Table, row: Row, key: string): Cell {
  const i = columnAt(table, key)
  return i < 0 ? null : (row[i] ?? null)
}

export const isWhy = (cell: Cell): cell is Why => typeof cell === 'object' && cell !== null && 'why' in cell
export const isWord = (cell: Cell): cell is Word => typeof cell === 'object' && cell !== null && 'code' in cell
export const isNumeric = (kind: Kind): boolean => kind === 'number' || kind === 'exact' || kind === 'int'

/** No value: nothing, an empty text, or a reason in place of one. A 0 is a value. */
export const isEmpty = (cell: Cell): boolean =>
  cell === null || cell === '' || isWhy(cell) || (isWord(cell) && cell.code === '') ||
  (typeof cell === 'object' && !('code' in cell) && !('zh' in cell && cell.zh) && !('en' in cell && cell.en))

/** The cell as a number, NaN where it is none. */
export function numberOf(cell: Cell): number {
  if (typeof cell === 'number') return cell
  return typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : NaN
}

/** The cell as a code or plain text, for links and comparisons. */
export function codeOf(cell: Cell): string {
  if (cell === null || isWhy(cell)) return ''
  if (typeof cell !== 'object') return String(cell)
  return isWord(cell) ? cell.code : ''
}

/** The cell as a text in both languages. */
export const labelOf = (cell: Cell): Both =>
  typeof cell === 'object' && cell !== null && !isWhy(cell) ? cell : { zh: codeOf(cell), en: codeOf(cell) }
