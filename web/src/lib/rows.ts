/* Rows of a table on their way into the service: pasted from a spreadsheet or typed, sent as CSV, each with
 * the verdict it came back with. Rows that were taken are not sent again. */
import type { Both } from './i18n'
import { csvRows, toCsv, tsvRows } from './paste'

export interface SheetRow {
  cells: readonly string[]
  state: 'open' | 'taken' | 'refused'
  /** why it was refused, and in which column */
  why: Both
  column: string
}
export interface Sheet {
  columns: readonly string[]
  rows: readonly SheetRow[]
}
export interface Refusal {
  row: number
  reason: string
  reason_zh?: string | null
}

const NOTHING: Both = { zh: '', en: '' }
const open = (cells: readonly string[]): SheetRow => ({ cells, state: 'open', why: NOTHING, column: '' })
const blank = (row: SheetRow): boolean => row.cells.every((c) => c.trim() === '')

export const emptySheet = (columns: readonly string[], rows = 3): Sheet => ({
  columns,
  rows: Array.from({ length: rows }, () => open(columns.map(() => '')))
})

/** Rows of a text from the clipboard or a small file: tabs are a spreadsheet's, else it is CSV. */
export const textRows = (text: string): string[][] => (text.includes('\t') ? tsvRows(text) : csvRows(text))

/** Where the headings are: in the first rows, below those for people. -1: there are none. */
export function headingAt(rows: readonly (readonly string[])[], known: readonly string[]): number {
  const fits = (row: readonly string[]): number => row.filter((c) => known.includes(c.trim())).length
  for (let i = 0; i < Math.min(3, rows.length); i++) if (fits(rows[i]!) >= Math.max(1, Math.min(2, rows[i]!.length))) return i
  return -1
}

/** A whole table with headings takes the place of what was there; cells without go in from the cell at hand. */
export function pasteInto(sheet: Sheet, text: string, at: { row: number; column: number }): Sheet {
  const rows = textRows(text)
  const head = headingAt(rows, sheet.columns)
  if (head >= 0) {
    const columns = rows[head]!.map((c) => c.trim())
    return { columns, rows: rows.slice(head + 1).map((row) => open(columns.map((_, i) => row[i] ?? ''))) }
  }
  const next = sheet.rows.map((row) => row)
  rows.forEach((cells, i) => {
    const to = at.row + i
    while (next.length <= to) next.push(open(sheet.columns.map(() => '')))
    const old = next[to]!
    if (old.state === 'taken') return
    const filled = old.cells.map((was, c) => (c >= at.column && c - at.column < cells.length ? cells[c - at.column]! : was))
    next[to] = { ...old, cells: filled }
  })
  return { ...sheet, rows: next }
}

/** A typed cell; the row is open again, what was said of it stays until it is sent. */
export const typed = (sheet: Sheet, row: number, column: number, text: string): Sheet => ({
  ...sheet,
  rows: sheet.rows.map((r, i) => (i === row ? { ...r, cells: r.cells.map((c, k) => (k === column ? text : c)) } : r))
})

export const addRow = (sheet: Sheet): Sheet => ({ ...sheet, rows: [...sheet.rows, open(sheet.columns.map(() => ''))] })
export const waiting = (sheet: Sheet): number => sheet.rows.filter((r) => r.state !== 'taken' && !blank(r)).length

/** What is to be sent: a line a row, and which row each line is. */
export function toSend(sheet: Sheet): { csv: string; rows: number[] } {
  const rows: number[] = []
  const lines: string[][] = [[...sheet.columns]]
  sheet.rows.forEach((row, i) => {
    if (row.state === 'taken' || blank(row)) return
    rows.push(i)
    lines.push(row.cells.map((c) => c.replace(/[\r\n]+/g, ' ').trim()))
  })
  return { csv: toCsv(lines), rows }
}

/** "upload:3: column 'value': expected a number" without the place of it. */
export const plainReason = (reason: string): string =>
  reason
    .replace(/^upload(:\d+)?(:\s*|：)/, '')
    .replace(/^column '([^']*)'( \(cell [^)]*\))?:\s*/, '$1: ')
    .replace(/^“([^”]*)”列(（工作表“[^）]*）)?：/, '$1：')
/** In both languages; verdicts of before have English alone. */
export const reasonOf = (r: Refusal): Both => ({ en: plainReason(r.reason), zh: plainReason(r.reason_zh ?? r.reason) })
const columnOf = (reason: string): string => /column '([^']*)'/.exec(reason)?.[1] ?? ''

/** The verdict of the service, row by row. The heading is line 1 of what was sent. */
export function judged(sheet: Sheet, sent: readonly number[], refusals: readonly Refusal[]): Sheet {
  const said = new Map(refusals.map((r) => [sent[r.row - 2] ?? -1, r]))
  return {
    ...sheet,
    rows: sheet.rows.map((row, i) => {
      if (!sent.includes(i)) return row
      const refusal = said.get(i)
      return refusal === undefined
        ? { ...row, state: 'taken', why: NOTHING, column: '' }
        : { ...row, state: 'refused', why: reasonOf(refusal), column: columnOf(refusal.reason) }
    })
  }
}

/** A file of which nothing could be taken says it of its first bad row: that row is told. */
export function refusalIn(error: string, zh?: string | null): Refusal[] {
  const found = /^upload:(\d+):/.exec(error)
  return found ? [{ row: Number(found[1]), reason: error, reason_zh: zh }] : []
}

/** Objects of a JSON list, or of the first list in an object, as rows with headings. */
export function jsonRows(text: string): string[][] {
  const root: unknown = JSON.parse(text)
  const list = Array.isArray(root) ? root : Object.values((root ?? {}) as object).find((v) => Array.isArray(v) && v.length > 0 && v.every((x) => typeof x === 'object'))
  if (!Array.isArray(list)) return []
  const rows = list as Record<string, unknown>[]
  const columns = [...new Set(rows.flatMap((r) => Object.keys(r)))]
  const cell = (v: unknown): string => (typeof v === 'string' || typeof v === 'number' || typeof v === 'boolean' ? String(v) : '')
  return [columns, ...rows.map((r) => columns.map((c) => cell(r[c])))]
}
