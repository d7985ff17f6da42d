/* What several pages read out of views of ratings. */
import { say, type Both, type Lang } from './i18n'
import { first, type Query } from './router'
import { cellOf, codeOf, columnAt, isWord, labelOf, numberOf, type Row, type Table, type View } from './view'

export const INDEX = 'cati-auto'
export const RATING_ARGS = ['index', 'period'] as const
export const FILTERS = ['group', 'country', 'listed', 'product', 'band'] as const
/** column of the league table that holds what a filter chooses */
export const FILTER_COLUMN: Record<(typeof FILTERS)[number], string> = {
  group: 'region_group',
  country: 'country',
  listed: 'listed',
  product: 'product_type',
  band: 'band'
}

export function argsOf(query: Query, names: readonly string[]): Record<string, string> {
  const args: Record<string, string> = {}
  for (const name of names) if (first(query, name)) args[name] = first(query, name)
  return args
}

export interface Standing {
  id: string
  name: Both
  rank: number
  total: number
  band: { code: string; name: Both } | null
  change: number
  inferred: boolean
  stars: number
  level: string
  row: Row
}

export function standings(table: Table): Standing[] {
  return table.rows.map((row) => {
    const band = cellOf(table, row, 'band')
    return {
      id: codeOf(cellOf(table, row, 'company')),
      name: labelOf(cellOf(table, row, 'name')),
      rank: numberOf(cellOf(table, row, 'rank')),
      total: numberOf(cellOf(table, row, 'total')),
      band: isWord(band) && band.code ? { code: band.code, name: band } : null,
      change: numberOf(cellOf(table, row, 'rank_change')),
      inferred: cellOf(table, row, 'inferred') === true,
      stars: numberOf(cellOf(table, row, 'stars')),
      level: codeOf(cellOf(table, row, 'level')),
      row
    }
  })
}

/** The columns of the league table that hold a scoring rate, with the theme each belongs to. */
export const rateColumns = (table: Table): { key: string; name: Both; theme: string }[] =>
  table.columns.filter((c) => c.key.endsWith('_rate')).map((c) => ({ key: c.key, name: c.name, theme: c.key.replace(/_rate$/, '').replaceAll('_', '-') }))

/** The full name of a theme, which the heading of its column shortens. */
export function themeNames(statistics: View | null): Map<string, Both> {
  const table = statistics?.tables.find((t) => t.key === 'themes')
  const names = new Map<string, Both>()
  for (const row of table?.rows ?? []) {
    const theme = cellOf(table!, row, 'theme')
    if (isWord(theme)) names.set(theme.code, theme)
  }
  return names
}

export interface Band {
  code: string
  name: Both
  from: number
  companies: number
}
export function bandsOf(statistics: View | null): Band[] {
  const table = statistics?.tables.find((t) => t.key === 'bands')
  return (table?.rows ?? []).flatMap((row) => {
    const band = cellOf(table!, row, 'band')
    return isWord(band)
      ? [{ code: band.code, name: band, from: numberOf(cellOf(table!, row, 'from')), companies: numberOf(cellOf(table!, row, 'companies')) }]
      : []
  })
}

/** The top of the scale: 100, or more where a score is above it. */
export const scaleOf = (rows: readonly { total: number }[]): number => Math.max(100, Math.ceil(Math.max(0, ...rows.map((r) => r.total)) / 10) * 10)

/** The choices a filter has in the whole table. */
export function choices(table: Table, key: string, lang: Lang): { value: string; text: string }[] {
  const i = columnAt(table, key)
  const found = new Map<string, string>()
  for (const row of i < 0 ? [] : table.rows) {
    const cell = row[i] ?? null
    if (isWord(cell) && cell.code) found.set(cell.code, say(cell, lang) || cell.code)
  }
  return [...found].map(([value, text]) => ({ value, text }))
}
