/* Limits of low-carbon metal as lines, and the furthest level of each scheme that is met. */
import { say, type Lang } from './i18n'
import { cellOf, codeOf, labelOf, numberOf, type Row, type Table } from './view'

/** What limits speak of. */
export const METALS = ['steel', 'primary-aluminium'] as const
export type Metal = (typeof METALS)[number]

export interface Curve {
  scheme: string
  name: string
  at0: number
  at100: number
}

const nameOf = (table: Table, row: Row, lang: Lang): string => `${codeOf(cellOf(table, row, 'scheme'))} ${say(labelOf(cellOf(table, row, 'level')), lang)}`

/** The lines that speak of the metal asked about; the others have no ends. */
export function curvesOf(table: Table, lang: Lang): Curve[] {
  return table.rows
    .map((row) => ({
      scheme: codeOf(cellOf(table, row, 'scheme')),
      name: nameOf(table, row, lang),
      at0: numberOf(cellOf(table, row, 'limit_0_scrap')),
      at100: numberOf(cellOf(table, row, 'limit_100_scrap'))
    }))
    .filter((c) => Number.isFinite(c.at0) && Number.isFinite(c.at100))
}

/** Levels rise within a scheme: the last that is met stands for the ones before. */
export function levelsMet(table: Table, lang: Lang): string[] {
  const last = new Map<string, string>()
  for (const row of table.rows)
    if (codeOf(cellOf(table, row, 'met')) === 'yes') last.set(codeOf(cellOf(table, row, 'scheme')), nameOf(table, row, lang))
  return [...last.values()]
}

/** "kg CO2e/t" and the like in t CO2e per t; NaN where the unit is no mass per mass. */
export function tonnesPerTonne(value: number, unit: string): number {
  const found = /^(g|kg|t)\s?CO2eq?\s?\/\s?(g|kg|t)$/i.exec(unit.trim())
  if (!found) return NaN
  const grams: Record<string, number> = { g: 1, kg: 1e3, t: 1e6 }
  return (value * grams[found[1]!.toLowerCase()]!) / grams[found[2]!.toLowerCase()]!
}

/** The kind of product a text speaks of, as a first guess that people can change. */
export const metalOf = (text: string): Metal => (/alumin|铝/i.test(text) ? 'primary-aluminium' : 'steel')

/** Steel and aluminium, of which limits speak; not alumina, nor what is made for them. */
export const isMetal = (text: string): boolean => /steel|alumini?um|钢|铝/i.test(text) && !/alumina|氧化铝/i.test(text)
