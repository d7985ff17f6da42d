/* A car as its page shows it: what-if settings in the address, stages and materials as numbers. */
import { say, type Lang } from './i18n'
import { first, type Query } from './router'
import { cellOf, codeOf, labelOf, numberOf, tableOf, type View } from './view'

/** What the page can change. The words are those of the address. */
export interface WhatIf {
  /** share of steel by the other route, % */
  steel: number
  /** the other route: an option of steel.route */
  route: string
  /** share of aluminium by hydropower, % */
  aluminium: number
  /** option of electricity.region, '' as it is */
  grid: string
  /** mileage, '' as it is */
  km: string
}

export const ROUTES = ['scrap-eaf', 'dri-eaf'] as const
const share = (text: string): number => (/^\d{1,3}$/.test(text) && Number(text) <= 100 ? Number(text) : 0)

export function readWhatIf(query: Query): WhatIf {
  const route = first(query, 'route')
  const km = first(query, 'km')
  return {
    steel: share(first(query, 'steel')),
    route: ROUTES.find((r) => r === route) ?? ROUTES[0],
    aluminium: share(first(query, 'aluminium')),
    grid: first(query, 'grid'),
    km: /^\d{4,7}$/.test(km) ? km : ''
  }
}

/** The same as a change of the address; '' takes a word out. */
export const writeWhatIf = (w: WhatIf): Record<keyof WhatIf, string> => ({
  steel: w.steel > 0 ? String(w.steel) : '',
  route: w.steel > 0 && w.route !== ROUTES[0] ? w.route : '',
  aluminium: w.aluminium > 0 ? String(w.aluminium) : '',
  grid: w.grid,
  km: w.km
})
export const NOTHING: WhatIf = { steel: 0, route: ROUTES[0], aluminium: 0, grid: '', km: '' }

const mix = (base: string, other: string, percent: number): string => (percent >= 100 ? other : `${base}:${100 - percent}/${other}:${percent}`)

/** What the service is asked with: "steel.route=bf-bof:60/scrap-eaf:40". */
export function settingsOf(w: WhatIf): string[] {
  const list: string[] = []
  if (w.steel > 0) list.push(`steel.route=${mix('bf-bof', w.route, w.steel)}`)
  if (w.aluminium > 0) list.push(`aluminium.power=${mix('grid', 'hydro', w.aluminium)}`)
  if (w.grid) list.push(`electricity.region=${w.grid}`)
  if (w.km) list.push(`lifetime_km=${w.km}`)
  return list
}

export interface Option {
  value: string
  text: string
  note: string
}

/** Options of a choice as the service lists them; grids of a year before the newest are left out. */
export function optionsOf(parameters: View | null, parameter: string, lang: Lang): Option[] {
  const table = parameters ? tableOf(parameters, 'choices') : undefined
  const all = (table?.rows ?? [])
    .filter((row) => codeOf(cellOf(table!, row, 'parameter')) === parameter)
    .map((row) => ({ value: codeOf(cellOf(table!, row, 'option')), text: say(labelOf(cellOf(table!, row, 'meaning')), lang), note: say(labelOf(cellOf(table!, row, 'note')), lang) }))
  return all.filter((o) => !/-\d{4}$/.test(o.value) || !all.some((other) => other.value === o.value.replace(/-\d{4}$/, '') && /-[A-Z]{2}$/.test(other.value)))
}

export interface Part {
  id: string
  name: string
  g: number
  /** with the what-if; the same without */
  then: number
}

/** Rows of a table of parts with what a what-if makes of them. `all` are the rows of the change. */
export function partsOf(view: View, key: 'stages' | 'materials', lang: Lang): Part[] {
  const table = tableOf(view, key)
  const changes = tableOf(view, 'what_if_change')
  if (!table) return []
  const stages = tableOf(view, 'stages')?.rows.length ?? 0
  // the change has the stages first, then the materials that change, then the total
  const rows = (changes?.rows ?? []).slice(key === 'stages' ? 0 : stages, key === 'stages' ? stages : -1)
  return table.rows.map((row) => {
    const word = cellOf(table, row, key === 'stages' ? 'stage' : 'material')
    const id = codeOf(word)
    const g = numberOf(cellOf(table, row, 'g_co2e_per_km'))
    const change = rows.find((r) => codeOf(cellOf(changes!, r, 'part')) === id)
    return { id, name: say(labelOf(word), lang), g, then: change ? numberOf(cellOf(changes!, change, 'after')) : g }
  })
}

export interface Segment {
  id: string
  name: string
  g: number
  share: number
}

/** Materials for a bar: steel and aluminium first, then the others by size, small ones together. */
export function segmentsOf(parts: readonly Part[], then: boolean, rest: string): Segment[] {
  const value = (p: Part): number => Math.max(0, then ? p.then : p.g)
  const sum = parts.reduce((total, p) => total + value(p), 0)
  const first = ['steel', 'aluminium'].flatMap((id) => parts.filter((p) => p.id === id))
  const others = parts.filter((p) => !first.includes(p)).sort((a, b) => b.g - a.g)
  const shown = [...first, ...others.slice(0, 2)]
  const small = others.slice(2)
  const list = shown.map((p) => ({ id: p.id, name: p.name, g: value(p), share: sum ? value(p) / sum : 0 }))
  const left = small.reduce((total, p) => total + value(p), 0)
  return left > 0 ? [...list, { id: 'rest', name: rest, g: left, share: sum ? left / sum : 0 }] : list
}

export interface Link {
  item: string
  activity: string
  material: string
  stage: string
  kg: number
  amount: number
  unit: string
  grade: string
}

/** What the footprint is added up from, largest first. */
export function chainOf(view: View, lang: Lang): Link[] {
  const table = tableOf(view, 'lines')
  if (!table) return []
  const word = (row: (typeof table.rows)[number], key: string): string => say(labelOf(cellOf(table, row, key)), lang)
  return table.rows
    .map((row) => ({
      item: codeOf(cellOf(table, row, 'item')),
      activity: word(row, 'activity'),
      material: word(row, 'material'),
      stage: word(row, 'stage'),
      kg: numberOf(cellOf(table, row, 'kg_co2e')),
      amount: numberOf(cellOf(table, row, 'amount')),
      unit: codeOf(cellOf(table, row, 'unit')),
      grade: codeOf(cellOf(table, row, 'grade'))
    }))
    .sort((a, b) => b.kg - a.kg)
}
