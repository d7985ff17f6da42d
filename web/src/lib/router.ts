/* Where a page stands: /zh/companies/byd?index=cati-auto. Pure functions over texts; what the
 * browser does with them is in place.svelte.ts. */
import type { Lang } from './i18n'

export type Query = Readonly<Record<string, readonly string[]>>

export interface Place {
  lang: Lang
  /** without the language: "/companies/byd" */
  path: string
  query: Query
}

export function parseQuery(search: string): Query {
  // names come from whoever wrote the link: "__proto__" and "constructor" are names like any other
  const query = Object.create(null) as Record<string, string[]>
  for (const [name, value] of new URLSearchParams(search)) (query[name] ??= []).push(value)
  return query
}

export function formatQuery(query: Query): string {
  const search = new URLSearchParams()
  for (const [name, values] of Object.entries(query)) for (const v of values) if (v !== '') search.append(name, v)
  const text = search.toString()
  return text ? '?' + text : ''
}

/** null where the address is none of ours. */
export function parsePlace(pathname: string, search: string): Place | null {
  const found = /^\/(zh|en)(\/.*)?$/.exec(pathname)
  if (!found) return null
  const path = (found[2] ?? '/').replace(/\/+$/, '') || '/'
  return { lang: found[1] as Lang, path, query: parseQuery(search) }
}

export const formatPlace = (place: Place): string => `/${place.lang}${place.path}${formatQuery(place.query)}`

/** One value of the query, '' where it is not there. */
export const first = (query: Query, name: string): string => query[name]?.[0] ?? ''

/** A query with some names changed; '' or [] takes one out. */
export function changed(query: Query, patch: Record<string, string | readonly string[] | undefined>): Query {
  const next: Record<string, readonly string[]> = { ...query }
  for (const [name, value] of Object.entries(patch)) {
    const list = value === undefined || value === '' ? [] : typeof value === 'string' ? [value] : value
    if (list.length) next[name] = list
    else delete next[name]
  }
  return next
}

/** "/companies/{company}" over "/companies/byd": { company: "byd" }; null where it does not fit. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const want = pattern.split('/')
  const have = path.split('/')
  if (want.length !== have.length) return null
  const params: Record<string, string> = {}
  for (let i = 0; i < want.length; i++) {
    const name = /^\{(\w+)\}$/.exec(want[i]!)?.[1]
    if (!name && want[i] !== have[i]) return null
    if (!name) continue
    if (!have[i]) return null
    try {
      params[name] = decodeURIComponent(have[i]!)
    } catch {
      return null
    }
  }
  return params
}

/** The pattern that fits best: fewest placeholders. */
export function findRoute<T extends { path: string }>(routes: readonly T[], path: string): { route: T; params: Record<string, string> } | null {
  let best: { route: T; params: Record<string, string> } | null = null
  for (const route of routes) {
    const params = matchPath(route.path, path)
    if (params && (!best || Object.keys(params).length < Object.keys(best.params).length)) best = { route, params }
  }
  return best
}

/** "/companies/{company}" and { company: "a b" }: "/companies/a%20b". */
export const fillPath = (pattern: string, params: Record<string, string>): string =>
  pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
