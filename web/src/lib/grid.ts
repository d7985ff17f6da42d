/* What a table does with its rows: order, filters, copying. The state is text, so that it fits into
 * an address: sort "-total" (down) or "total" (up), a filter "band:leading" a column. */
import { cellPlain, cellText, heading } from './format'
import type { Lang } from './i18n'
import { codeOf, isEmpty, isNumeric, isWord, numberOf, type Cell, type Column, type Row } from './view'

export interface Sort {
  key: string
  down: boolean
}

export const parseSort = (text: string): Sort | null =>
  text === '' ? null : text.startsWith('-') ? { key: text.slice(1), down: true } : { key: text, down: false }
export const formatSort = (sort: Sort | null): string => (sort ? (sort.down ? '-' : '') + sort.key : '')

export function parseFilters(texts: readonly string[]): Record<string, string> {
  const filters = Object.create(null) as Record<string, string>
  for (const text of texts) {
    const colon = text.indexOf(':')
    if (colon > 0) filters[text.slice(0, colon)] = text.slice(colon + 1)
  }
  return filters
}
export const formatFilters = (filters: Record<string, string>): string[] =>
  Object.entries(filters)
    .filter(([, value]) => value.trim() !== '')
    .map(([key, value]) => `${key}:${value}`)

/** Numbers by size, texts by the order of the language; empty ones at the end either way. */
export function compareCells(a: Cell, b: Cell, column: Column, lang: Lang, order: Intl.Collator): number {
  if (isNumeric(column.kind)) {
    const x = numberOf(a)
    const y = numberOf(b)
    if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y
  }
  return order.compare(cellText(a, column, lang), cellText(b, column, lang))
}

export const collator = (lang: Lang): Intl.Collator =>
  new Intl.Collator(lang === 'zh' ? 'zh-Hans-CN' : 'en', { numeric: true, sensitivity: 'base' })

/** A column of few words is filtered by choosing one of them. */
export function choicesOf(rows: readonly Row[], at: number, column: Column, lang: Lang): { value: string; text: string }[] | null {
  if (column.kind !== 'word' && column.kind !== 'bool') return null
  const found = new Map<string, string>()
  for (const row of rows) {
    const cell = row[at] ?? null
    if (!isEmpty(cell)) found.set(codeOf(cell), cellText(cell, column, lang))
    if (found.size > 40) return null
  }
  const order = collator(lang)
  return [...found].map(([value, text]) => ({ value, text })).sort((a, b) => order.compare(a.text, b.text))
}

/** ">50", "<= 3", "10-20" or "=5" for numbers, else a part of the text in either language. */
export function fits(cell: Cell, filter: string, column: Column): boolean {
  const wanted = filter.trim().toLowerCase()
  if (wanted === '') return true
  if (isNumeric(column.kind)) {
    const x = numberOf(cell)
    const compared = /^(>=|<=|>|<|=)\s*(-?[\d.]+)$/.exec(wanted)
    const range = /^(-?[\d.]+)\s*(?:-|–|~|\.\.)\s*(-?[\d.]+)$/.exec(wanted)
    if (compared) {
      const y = Number(compared[2])
      return { '>': x > y, '<': x < y, '>=': x >= y, '<=': x <= y, '=': x === y }[compared[1]!]!
    }
    if (range) return x >= Number(range[1]) && x <= Number(range[2])
  }
  if (isWord(cell) || typeof cell === 'boolean') {
    if (codeOf(cell).toLowerCase() === wanted) return true
  }
  return ['zh', 'en'].some((lang) => cellText(cell, column, lang as Lang).toLowerCase().includes(wanted))
}

/** Rows of a block as Excel takes them: tabs and lines, headings first. */
export function asTsv(rows: readonly Row[], columns: readonly { column: Column; at: number }[], lang: Lang): string {
  const title = ({ column }: { column: Column }): string => heading(column, lang) + (column.unit ? ` (${column.unit})` : '')
  const lines = [columns.map(title).join('\t')]
  for (const row of rows) lines.push(columns.map(({ column, at }) => cellPlain(row[at] ?? null, column, lang)).join('\t'))
  return lines.join('\r\n') + '\r\n'
}

/** The cells shown first on a phone: the name, then what is measured. */
export function matterOf(columns: readonly Column[], wanted: readonly string[] | undefined, count = 3): string[] {
  if (wanted) return wanted.filter((key) => columns.some((c) => c.key === key)).slice(0, count)
  const shown = columns.filter((c) => !c.more && c.kind !== 'label')
  return [...shown.filter((c) => isNumeric(c.kind)), ...shown.filter((c) => !isNumeric(c.kind))].slice(0, count).map((c) => c.key)
}
export const nameColumn = (columns: readonly Column[]): number => {
  const label = columns.findIndex((c) => c.kind === 'label')
  return label >= 0 ? label : Math.max(0, columns.findIndex((c) => c.kind === 'word' || c.kind === 'text'))
}
