/* What a company lacks, and which few things would bring it a wished number of points for the least effort. */
import type { Both } from './i18n'
import { cellOf, codeOf, factOf, labelOf, numberOf, tableOf, type View } from './view'

/** 1 little, 2 some, 3 much: a guess by how many others do it, until somebody who knows says otherwise */
export type Effort = 1 | 2 | 3
export interface Gap {
  slot: string
  name: Both
  has: number
  max: number
  gain: number
  others: number
  effort: Effort
  quotes: { company: Both; id: string; quote: string; document: string; page: string; url: string }[]
  peers: Both
}

/** What at least half of the others do more of is little effort, what hardly a fifth does is much. */
export const guess = (others: number, rated: number): Effort => (others * 2 >= rated ? 1 : others * 5 >= rated ? 2 : 3)

export function gapsOf(view: View, rated: number, said: ReadonlyMap<string, Effort>): Gap[] {
  const t = tableOf(view, 'gaps')
  const q = tableOf(view, 'peer_evidence')
  return (t?.rows ?? []).map((row) => {
    const slot = codeOf(cellOf(t!, row, 'slot'))
    const others = numberOf(cellOf(t!, row, 'with_more')) || 0
    return {
      slot,
      name: labelOf(cellOf(t!, row, 'name')),
      has: numberOf(cellOf(t!, row, 'has')),
      max: numberOf(cellOf(t!, row, 'max')),
      gain: numberOf(cellOf(t!, row, 'gain')) || 0,
      others,
      effort: said.get(slot) ?? guess(others, rated),
      peers: labelOf(cellOf(t!, row, 'peers')),
      quotes: (q?.rows ?? [])
        .filter((r) => codeOf(cellOf(q!, r, 'slot')) === slot)
        .map((r) => ({ company: labelOf(cellOf(q!, r, 'name')), id: codeOf(cellOf(q!, r, 'company')), quote: codeOf(cellOf(q!, r, 'quote')), document: codeOf(cellOf(q!, r, 'document')), page: codeOf(cellOf(q!, r, 'page')), url: codeOf(cellOf(q!, r, 'url')) }))
    }
  })
}

export type Order = 'worth' | 'gain' | 'effort' | 'others'
const KEYS: Record<Order, (g: Gap) => number> = { worth: (g) => g.gain / g.effort, gain: (g) => g.gain, effort: (g) => -g.effort, others: (g) => g.others }

export const ordered = (gaps: readonly Gap[], by: Order): Gap[] => [...gaps].sort((a, b) => KEYS[by](b) - KEYS[by](a) || b.gain - a.gain || (a.slot < b.slot ? -1 : 1))

const WIDTH = 20
/** much that is missing is more work than little */
const cost = (g: Gap): number => g.effort * Math.max(g.max - g.has, 0)

/** At most `count` of them that bring `target` with the least effort; those that bring most where none do. */
export function choose(gaps: readonly Gap[], target: number, count: number): Gap[] {
  // half by what they bring, half by what they bring for their effort: the rest is in no best choice worth the wait
  const some = [...new Set([...ordered(gaps, 'gain').slice(0, WIDTH / 2), ...ordered(gaps, 'worth').slice(0, WIDTH / 2)])]
  let best: { effort: number; gain: number; taken: Gap[] } | null = null
  const stack: { at: number; effort: number; gain: number; taken: Gap[] }[] = [{ at: 0, effort: 0, gain: 0, taken: [] }]
  while (stack.length) {
    const now = stack.pop()!
    if (now.gain >= target - 1e-9 && (!best || now.effort < best.effort || (now.effort === best.effort && now.gain > best.gain))) best = now
    if (now.taken.length >= count || (best && now.effort >= best.effort && now.gain >= target)) continue
    for (let i = now.at; i < some.length; i++) stack.push({ at: i + 1, effort: now.effort + cost(some[i]!), gain: now.gain + some[i]!.gain, taken: [...now.taken, some[i]!] })
  }
  return ordered(best ? best.taken : ordered(gaps, 'gain').slice(0, count), 'gain')
}

export const totalOf = (view: View): number => Number(factOf(view, 'total')?.value ?? NaN)
