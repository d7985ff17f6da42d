/* The place shown now, kept with the address bar: links of the page are followed here, back and
 * forward work, the position on the page comes back with them. */
import { changed, formatPlace, formatQuery, parsePlace, type Place, type Query } from './router'

function here(): Place {
  return parsePlace(location.pathname, location.search) ?? { lang: 'en', path: '/', query: {} }
}

let current = $state.raw<Place>(here())
let turns = 0

export const at = {
  get lang() {
    return current.lang
  },
  get path() {
    return current.path
  },
  get query() {
    return current.query
  },
  get place() {
    return current
  },
  /** How often a page was opened by hand, so that the shell knows when to move the focus. */
  get turns() {
    return turns
  }
}

/** The address of another page in the language shown. */
export function link(path: string, query: Record<string, string | readonly string[] | undefined> = {}): string {
  return formatPlace({ lang: current.lang, path, query: changed({}, query) })
}

/** The same page in the other language, or the same page with another query. */
export const sameIn = (lang: Place['lang']): string => formatPlace({ ...current, lang })
export const sameWith = (query: Query): string => `/${current.lang}${current.path}${formatQuery(query)}`

function rememberScroll(): void {
  history.replaceState({ ...(history.state as object | null), y: scrollY }, '')
}

export function go(href: string, how: { replace?: boolean; keep?: boolean } = {}): void {
  const url = new URL(href, location.href)
  const next = parsePlace(url.pathname, url.search)
  if (!next || url.origin !== location.origin) {
    location.assign(href)
    return
  }
  if (how.replace) history.replaceState(history.state, '', href)
  else {
    rememberScroll()
    history.pushState({ y: 0 }, '', href)
  }
  const other = next.path !== current.path
  current = next
  if (other && !how.keep) {
    turns++
    scrollTo(0, 0)
  }
}

/** Changes what the address says about this page, as a new entry or in place of the old. */
export function setQuery(patch: Record<string, string | readonly string[] | undefined>, how: { replace?: boolean } = { replace: true }): void {
  go(sameWith(changed(current.query, patch)), { ...how, keep: true })
}

/** Follows links of ours without loading the page anew. */
export function listen(): () => void {
  const click = (e: MouseEvent): void => {
    if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
    const a = (e.target as Element).closest?.('a')
    if (!a || a.target || a.hasAttribute('download') || a.origin !== location.origin) return
    if (a.hash && a.pathname === location.pathname && a.search === location.search) return
    if (!parsePlace(a.pathname, a.search)) return
    e.preventDefault()
    go(a.pathname + a.search)
  }
  const pop = (e: PopStateEvent): void => {
    current = here()
    const y = (e.state as { y?: number } | null)?.y ?? 0
    setTimeout(() => scrollTo(0, y), 60)
  }
  history.scrollRestoration = 'manual'
  document.addEventListener('click', click)
  addEventListener('popstate', pop)
  return () => {
    document.removeEventListener('click', click)
    removeEventListener('popstate', pop)
  }
}
