/* What a frozen page is made of: questions and where their answers were put away. */
import { cellOf, factOf, type View } from './view'
import type { Source } from './source'

export interface Kept {
  id: string
  /** the day on which it was put away */
  day: string
  /** its address without language */
  page: string
  /** how many answers were left out, since not everybody may see them */
  left: number
  /** by question: which of the answers it is */
  places: ReadonlyMap<string, string>
}

const FORM = ['format', 'lang', 'table']

/** Path and arguments in an order of their own, so that the same question is the same text. */
export function questionOf({ path, args = {} }: Source): string {
  const search = new URLSearchParams()
  for (const name of Object.keys(args).sort())
    for (const value of [args[name] ?? []].flat()) if (value !== '' && !FORM.includes(name)) search.append(name, value)
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

export function keptOf(view: View): Kept {
  const answers = view.tables.find((t) => t.key === 'answers')!
  const places = new Map<string, string>()
  for (const row of answers.rows) {
    const query = String(cellOf(answers, row, 'query') ?? '')
    places.set(String(cellOf(answers, row, 'path')) + (query ? `?${query}` : ''), String(cellOf(answers, row, 'place')))
  }
  const fact = (key: string): string => String(factOf(view, key)?.value ?? '')
  return { id: fact('id'), day: fact('kept_on'), page: fact('page'), left: view.tables.find((t) => t.key === 'left_out')?.rows.length ?? 0, places }
}
