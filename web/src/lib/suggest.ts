/* What the search box offers: the service's search where it has one, else its companies. */
import { getView, maybeView } from './api'
import { say, type Both, type Lang } from './i18n'
import { cellOf, codeOf, isWord, labelOf, tableOf, type View } from './view'

export interface Hit {
  kind: string
  kindName: Both | null
  id: string
  name: Both
  hint: string
}

let searches = true

export function hitsOf(view: View, lang: Lang): Hit[] {
  const table = tableOf(view, 'hits') ?? view.tables[0]
  if (!table) return []
  return table.rows.map((row) => {
    const kind = cellOf(table, row, 'kind')
    return { kind: codeOf(kind), kindName: isWord(kind) ? kind : null, id: codeOf(cellOf(table, row, 'id')), name: labelOf(cellOf(table, row, 'name')), hint: say(labelOf(cellOf(table, row, 'hint')), lang) }
  })
}

/** Companies whose name or id has the words; those that begin with them first. */
export function companiesLike(view: View, text: string, lang: Lang): Hit[] {
  const table = view.tables[0]
  const wanted = text.trim().toLowerCase()
  if (!table || !wanted) return []
  const hits: { hit: Hit; place: number }[] = []
  for (const row of table.rows) {
    const name = labelOf(cellOf(table, row, 'name'))
    const id = codeOf(cellOf(table, row, 'id'))
    const places = [name.zh, name.en, id].map((t) => (t ?? '').toLowerCase().indexOf(wanted)).filter((p) => p >= 0)
    if (!places.length) continue
    hits.push({ hit: { kind: 'company', kindName: null, id, name, hint: say(labelOf(cellOf(table, row, 'country')), lang) }, place: Math.min(...places) })
  }
  return hits.sort((a, b) => a.place - b.place).map((h) => h.hit)
}

export async function suggest(text: string, lang: Lang, limit = 12): Promise<Hit[]> {
  if (text.trim() === '') return []
  if (searches) {
    const found = await maybeView('/search', { q: text, limit: String(limit) })
    if (found) return hitsOf(found, lang)
    searches = false
  }
  return companiesLike(await getView('/companies'), text, lang).slice(0, limit)
}
