/* Frozen pages: the answers a page was made of, put away by the service for who quotes it. An
 * address with "frozen=ID" is the page as it was; what it asks comes from there. */
import { answeredBy, getView, post } from './api'
import { keptOf, questionOf, type Kept } from './frozen'
import { first, formatQuery, parseQuery } from './router'
import type { Source } from './source'

const MOST = 32

let now = $state.raw<Kept | null>(null)
let beyond = $state(false)
let asked: string[] = [] // the latest last
let askedOn = ''

export const frozen = {
  /** The frozen page that is shown; null: it is live. */
  get page() {
    return now
  },
  /** Some of what is shown was not put away and is of today. */
  get beyond() {
    return beyond
  }
}

const idOf = (search: string): string => first(parseQuery(search), 'frozen')
const load = async (id: string): Promise<Kept> => keptOf(await getView(`/frozen/${encodeURIComponent(id)}`))

/** Where the answer lies now, for links to files of it. */
export function placed(source: Source): Source {
  const place = now?.places.get(questionOf(source))
  return now && place !== undefined ? { path: `/frozen/${now.id}/${place}` } : source
}

/** Remembers what the page asks, and sends it to the frozen page where the address names one. */
async function find(source: Source): Promise<Source> {
  if (source.path.startsWith('/frozen')) return source
  const { pathname, search } = location
  await null // whoever asks may be drawing: nothing is changed meanwhile
  const page = pathname.replace(/^\/(zh|en)/, '')
  if (page !== askedOn) {
    asked = []
    askedOn = page
    beyond = false
  }
  const question = questionOf(source)
  asked = [...asked.filter((q) => q !== question), question]
  const id = idOf(search)
  if (!id) {
    now = null
    return source
  }
  if (now?.id !== id) {
    const kept = await load(id)
    if (idOf(location.search) === id) now = kept
  }
  if (now?.id === id && !now.places.has(question)) beyond = true
  return placed(source)
}

answeredBy(find)

/** Puts the page away as it is, the source first, which is what is quoted. */
export async function freeze(source: Source, path: string): Promise<Kept> {
  const question = questionOf(source)
  const others = asked.filter((q) => q !== question).reverse()
  const page = path + formatQuery({ ...parseQuery(location.search), frozen: [], cited: [] })
  const done = await post('/frozen', { answer: [question, ...others].slice(0, MOST), page })
  if (!('view' in done)) throw new Error('a job')
  return keptOf(done.view)
}
