/* Limits of low-carbon metal as lines, and the furthest level of each scheme that is met. */
import { cellOf, codeOf, numberOf, type Table } from './view'

/** What limits speak of. */
export const METALS = ['steel', 'primary-aluminium'] as const
export type Metal = (typeof METALS)[number]

export interface Curve {
  scheme: string
  name: string
  at0: number
  at100: number
}

/** The lines that speak of the metal asked about; the others have no ends. */
export function curvesOf(table: Table): Curve[] {
  return table.rows
    .map((row) => ({
      scheme: codeOf(cellOf(table, row, 'scheme')),
      name: `${codeOf(cellOf(table, row, 'scheme'))} ${codeOf(cellOf(table, row, 'level'))}`,
      at0: numberOf(cellOf(table, row, 'limit_0_scrap')),
      at100: numberOf(cellOf(table, row, 'limit_100_scrap'))
    }))
    .filter((c) => Number.isFinite(c.at0) && Number.isFinite(c.at100))
}

/** Levels rise within a scheme: the last that is met stands for the ones before. */
export function levelsMet(table: Table): string[] {
  const last = new Map<string, string>()
  for (const row of table.rows)
    if (codeOf(cellOf(table, row, 'met')) === 'yes') last.set(codeOf(cellOf(table, row, 'scheme')), codeOf(cellOf(table, row, 'level')))
  return [...last].map(([scheme, level]) => `${scheme} ${level}`)
}

/** "kg CO2e/t" and the like in t CO2e per t; NaN where the unit is no mass per mass. */
export function tonnesPerTonne(value: number, unit: string): number {
  const found = /^(g|kg|t)\s?CO2e?q?\s?\/\s?(g|kg|t)$/i.exec(unit.trim())
  if (!found) return NaN
  const grams: Record<string, number> = { g: 1, kg: 1e3, t: 1e6 }
  return (value * grams[found[1]!.toLowerCase()]!) / grams[found[2]!.toLowerCase()]!
}

/** The kind of product a text speaks of, as a first guess that people can change. */
export const metalOf = (text: string): Metal => (/alumin|铝/i.test(text) ? 'primary-aluminium' : 'steel')
