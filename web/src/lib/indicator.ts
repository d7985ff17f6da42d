/* Who does what one indicator or theme asks: from the league table where it has a column for it,
 * else from the cards of the companies that are known so finely. */
import { getView, maybeView } from './api'
import type { Both } from './i18n'
import { standings } from './ratings'
import { cellOf, codeOf, columnAt, isWhy, labelOf, numberOf, tableOf, type View } from './view'

export interface Doer {
  id: string
  name: Both
  value: number
  inferred: boolean
  quotes: { quote: string; document: string; page: string; url: string; language: string }[]
}
export interface Doing {
  doers: Doer[]
  /** 'rate' in %, 'points', or nothing is known */
  unit: 'rate' | 'points' | 'none'
  known: number
}

const CARDS = 60

function onCard(card: View, code: string): Pick<Doer, 'value' | 'inferred' | 'quotes'> | null {
  const answers = tableOf(card, 'answers')
  const row = answers?.rows.find((r) => codeOf(cellOf(answers, r, 'slot')) === code)
  if (!answers || !row || isWhy(cellOf(answers, row, 'points'))) return null
  const evidence = tableOf(card, 'evidence')
  const text = (r: View['tables'][number]['rows'][number], key: string): string => codeOf(cellOf(evidence!, r, key))
  const quotes = (evidence?.rows ?? [])
    .filter((r) => text(r, 'slot') === code && cellOf(evidence!, r, 'counts') === true)
    .map((r) => ({ quote: text(r, 'quote'), document: text(r, 'document'), page: text(r, 'page'), url: text(r, 'url'), language: text(r, 'language') }))
  return { value: numberOf(cellOf(answers, row, 'counted')), inferred: cellOf(answers, row, 'inferred') === true, quotes }
}

export async function whoDoes(index: string, code: string): Promise<Doing> {
  const league = await maybeView('/ratings/league', { index })
  const table = league?.tables[0]
  if (!table) return { doers: [], unit: 'none', known: 0 }
  const column = code.replaceAll('-', '_') + '_rate'
  const all = standings(table)
  if (columnAt(table, column) >= 0) {
    const doers = all.map((s) => ({ id: s.id, name: s.name, value: numberOf(cellOf(table, s.row, column)), inferred: false, quotes: [] }))
    const known = doers.filter((d) => Number.isFinite(d.value))
    return { doers: known.sort((a, b) => b.value - a.value), unit: 'rate', known: known.length }
  }
  const fine = all.filter((s) => s.level === 'indicator' || (s.level === 'theme' && !/^\d/.test(code))).slice(0, CARDS)
  const cards = await Promise.all(fine.map((s) => maybeView(`/ratings/companies/${encodeURIComponent(s.id)}`, { index })))
  const doers = fine.flatMap((s, i) => {
    const found = cards[i] ? onCard(cards[i], code) : null
    return found && Number.isFinite(found.value) ? [{ id: s.id, name: s.name, ...found }] : []
  })
  return { doers: doers.sort((a, b) => b.value - a.value), unit: doers.length ? 'points' : 'none', known: doers.length }
}

export interface Asked {
  name: Both
  max: number
  evidence: Both | null
  /** codes of the indicators in a theme */
  members: string[]
  /** themes an indicator belongs to */
  themes: { code: string; name: Both }[]
}

/** What is asked, from the definition of the index; null where it has no such code. */
export async function whatIsAsked(index: string, code: string): Promise<Asked | null> {
  const view = await getView('/ratings/indices', { index })
  const items = tableOf(view, 'items')
  const themes = tableOf(view, 'themes')
  const theme = themes?.rows.find((r) => codeOf(cellOf(themes, r, 'theme')) === code)
  const memberList = (r: View['tables'][number]['rows'][number]): string[] => codeOf(cellOf(themes!, r, 'members')).split(' ').filter(Boolean)
  if (theme) return { name: labelOf(cellOf(themes!, theme, 'theme')), max: numberOf(cellOf(themes!, theme, 'max')), evidence: null, members: memberList(theme), themes: [] }
  const item = items?.rows.find((r) => codeOf(cellOf(items, r, 'code')) === code)
  if (!item) return null
  const evidence = cellOf(items!, item, 'evidence')
  return {
    name: labelOf(cellOf(items!, item, 'name')),
    max: numberOf(cellOf(items!, item, 'max')),
    evidence: evidence === null ? null : labelOf(evidence),
    members: [],
    themes: (themes?.rows ?? []).filter((r) => memberList(r).includes(code)).map((r) => ({ code: codeOf(cellOf(themes!, r, 'theme')), name: labelOf(cellOf(themes!, r, 'theme')) }))
  }
}

export async function nameOfItem(index: string): Promise<Map<string, Both>> {
  const items = tableOf(await getView('/ratings/indices', { index }), 'items')
  return new Map((items?.rows ?? []).map((r) => [codeOf(cellOf(items!, r, 'code')), labelOf(cellOf(items!, r, 'name'))]))
}
