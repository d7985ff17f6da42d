/* Versions of a record: what changed between two of them, its stages beside figures of one's own, and
 * which steps a record in a state can take. */
import { cellOf, codeOf, factOf, labelOf, numberOf, tableOf, type Cell, type Row, type Table, type View } from './view'
import type { Both } from './i18n'

export interface Stage {
  key: string
  name: Both
  value: number
  unit: string
}

/** Its parts of one kind: "stage" or "material". */
export function partsOf(view: View, kind: string): Stage[] {
  const table = tableOf(view, 'parts')
  if (!table) return []
  return table.rows
    .filter((row) => codeOf(cellOf(table, row, 'kind')) === kind)
    .map((row) => {
      const key = cellOf(table, row, 'key')
      return { key: codeOf(key), name: labelOf(key), value: numberOf(cellOf(table, row, 'value')), unit: codeOf(cellOf(table, row, 'unit')) }
    })
}

export interface Beside extends Stage {
  own: number
  difference: number
}
/** Stages beside one's own; a stage that was not filled in stands as it is and differs by nothing. */
export function beside(stages: readonly Stage[], own: Readonly<Record<string, string>>): { rows: Beside[]; total: number; ours: number; filled: number } {
  const rows = stages.map((s): Beside => {
    const text = (own[s.key] ?? '').trim().replace(',', '.')
    const value = text === '' ? NaN : Number(text)
    return { ...s, own: value, difference: Number.isFinite(value) ? value - s.value : 0 }
  })
  const ours = stages.reduce((sum, s) => sum + s.value, 0)
  return { rows, ours, total: ours + rows.reduce((sum, r) => sum + r.difference, 0), filled: rows.filter((r) => Number.isFinite(r.own)).length }
}

const NOT_COMPARED = new Set(['version', 'state', 'seal', 'replaced_by', 'published_on', 'reason', 'category_mean', 'to_mean_percent', 'class', 'peers', 'rank_in_peers'])

/** What differs between two versions: facts and parts, each with both values; a table like any other. */
export function difference(from: View, to: View, names: { was: Both; is: Both; change: Both; field: Both; title: Both }): Table {
  const rows: Row[] = []
  const keys = [...new Set([...from.facts, ...to.facts].map((f) => f.key))].filter((k) => !NOT_COMPARED.has(k))
  for (const key of keys) {
    const [a, b] = [factOf(from, key), factOf(to, key)]
    if (a?.value === b?.value) continue
    const [x, y] = [numberOf(a?.value ?? null), numberOf(b?.value ?? null)]
    rows.push([(b ?? a)!.name, text(a?.word ?? a?.value), text(b?.word ?? b?.value), Number.isFinite(y - x) && typeof b?.value === 'number' ? y - x : null])
  }
  for (const kind of ['stage', 'material', 'indicator']) {
    const [a, b] = [partsOf(from, kind), partsOf(to, kind)]
    for (const key of new Set([...a, ...b].map((p) => p.key))) {
      const [x, y] = [a.find((p) => p.key === key), b.find((p) => p.key === key)]
      if (x?.value === y?.value) continue
      rows.push([(y ?? x)!.name, text(x?.value), text(y?.value), (y?.value ?? 0) - (x?.value ?? 0)])
    }
  }
  return {
    key: 'difference',
    title: names.title,
    columns: [
      { key: 'field', name: names.field, kind: 'label' },
      { key: 'was', name: names.was, kind: 'label' },
      { key: 'is', name: names.is, kind: 'label' },
      { key: 'change', name: names.change, kind: 'number', decimals: 2 }
    ],
    rows
  }
}
function text(value: Both | string | number | undefined): Cell {
  if (value === undefined) return null
  if (typeof value === 'object') return value
  const said = typeof value === 'number' ? String(Math.round(value * 100) / 100) : value
  return { zh: said, en: said }
}

export type Step = 'ask' | 'recalculate' | 'publish' | 'expire' | 'withdraw'
const STEPS: Record<string, readonly { step: Step; needs: string }[]> = {
  preliminary: [{ step: 'ask', needs: 'record-step' }],
  review: [
    { step: 'recalculate', needs: 'record-step' },
    { step: 'publish', needs: 'record-publish' }
  ],
  recalculated: [{ step: 'publish', needs: 'record-publish' }],
  published: [
    { step: 'expire', needs: 'record-publish' },
    { step: 'withdraw', needs: 'record-publish' }
  ]
}
/** The steps somebody with these rights may take; the service has the last word. */
export const stepsOf = (state: string, may: (right: string) => boolean): Step[] => (STEPS[state] ?? []).filter((s) => may(s.needs)).map((s) => s.step)

/** The code of a word or a plain value of a fact. */
export const factCode = (view: View, key: string): string => {
  const value = factOf(view, key)?.value
  return value === undefined ? '' : String(value)
}
