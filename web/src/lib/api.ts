/* What the service is asked. A refusal is thrown as Refused, with the problem (RFC 9457) it gave. */
import type { Lang } from './i18n'
import { parsePlace } from './router'
import type { Source } from './source'
import { isView, type View } from './view'

export interface ProblemAnswer {
  type: string
  title: string
  status: number
  detail?: string
  /** the detail by language, as far as it is known in it */
  said?: Partial<Record<Lang, string>>
  instance?: string
  /** seconds after which it may be tried again */
  wait?: number
}

export class Refused extends Error {
  constructor(readonly problem: ProblemAnswer) {
    super(problem.detail ?? problem.title)
  }
}

/** The session is to give its password again before this is done. */
export const isReauthenticate = (problem: ProblemAnswer): boolean => problem.type === '/problems/reauthenticate'
/** The password was right, and a code of the second factor is missing. */
export const isSecondFactor = (problem: ProblemAnswer): boolean => problem.type === '/problems/second-factor'

const KINDS = [401, 403, 404, 409, 413, 422, 429, 503] as const
/** What kind of refusal it is, behind "problem" in the words of the page. */
export const kindOf = (problem: ProblemAnswer): 'Again' | 'Network' | 500 | (typeof KINDS)[number] =>
  isReauthenticate(problem) ? 'Again' : problem.status === 0 ? 'Network' : problem.status === 400 ? 422 : (KINDS.find((k) => k === problem.status) ?? 500)

export const API = '/api/v1'
const KEPT = 64
const FRESH_MS = 30_000
const kept = new Map<string, { at: number; answer: Promise<unknown> }>()

/** "/ratings/league" and arguments: the address of an answer. */
export function apiUrl(path: string, args: Record<string, string | readonly string[] | undefined> = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(args))
    for (const v of typeof value === 'string' ? [value] : (value ?? [])) if (v !== '') search.append(name, v)
  const text = search.toString()
  return API + path + (text ? '?' + text : '')
}

/** The language shown: the address says it. */
const shownIn = (): Lang => (typeof location === 'undefined' ? 'en' : (parsePlace(location.pathname, location.search)?.lang ?? 'en'))

/** What is wrong, in the language asked for where it is known in it. */
export function detailIn(problem: ProblemAnswer, lang: Lang): { text: string; lang: Lang } | null {
  const other = lang === 'zh' ? 'en' : 'zh'
  const found = ([lang, other] as const).find((l) => problem.said?.[l])
  if (found) return { text: problem.said![found]!, lang: found }
  return problem.detail ? { text: problem.detail, lang: 'en' } : null
}

async function problemOf(answer: Response): Promise<ProblemAnswer> {
  const wait = Number(answer.headers.get('Retry-After')) || undefined
  try {
    const body = (await answer.json()) as Partial<ProblemAnswer>
    const lang: Lang = answer.headers.get('Content-Language') === 'zh' ? 'zh' : 'en'
    const said = body.detail ? { [lang]: body.detail } : undefined
    if (body.title) return { type: body.type ?? 'about:blank', title: body.title, status: answer.status, detail: body.detail, said, instance: body.instance, wait }
  } catch {
    // not a problem answer: said below
  }
  return { type: 'about:blank', title: answer.statusText || `HTTP ${answer.status}`, status: answer.status }
}

export interface Session {
  /** null: nobody has signed in */
  user: string | null
  name?: string | null
  email?: string | null
  tenant_en?: string | null
  tenant_zh?: string | null
  /** id in the register of companies, where the organisation stands for one */
  company?: string | null
  csrf?: string | null
  rights?: string[]
  /** the service wants a second factor, and the person has none: until then the rights of a visitor */
  needs_factor?: boolean
}

let session: Promise<Session | null> | null = null

/** Who has signed in; null where the service has no sessions. */
export function whoAmI(): Promise<Session | null> {
  session ??= fetch(`${API}/session`, { credentials: 'same-origin' }).then(
    async (a) => {
      const text = await a.text()
      return a.ok ? (JSON.parse(text) as Session) : null
    },
    () => null
  )
  return session
}

/** After signing in or out nothing asked before holds. */
export function forgetSession(): void {
  session = null
  kept.clear()
}

/** What is wrong is told in the language shown; changes carry the word that only pages of this service know.
 * A view holds both languages, so it is kept by its address alone. */
async function headersOf(init?: RequestInit): Promise<HeadersInit> {
  const headers = { 'Accept-Language': shownIn(), ...(init?.headers as Record<string, string> | undefined) }
  if (!init?.method || init.method === 'GET') return headers
  const csrf = (await whoAmI())?.csrf
  return csrf ? { ...headers, 'X-CSRF-Token': csrf } : headers
}

/** Who gives the password again (parts/Again.svelte): false where the person would rather not. */
let giveAgain: (() => Promise<boolean>) | null = null
let giving: Promise<boolean> | null = null
export function onReauthenticate(how: () => Promise<boolean>): () => void {
  giveAgain = how
  return () => (giveAgain = null)
}
/** Several requests at once ask the person once. */
const again = async (): Promise<boolean> => (giveAgain ? (giving ??= giveAgain().finally(() => (giving = null))) : false)

/** One request; a network that is away is a problem with status 0. */
export async function ask(url: string, init?: RequestInit): Promise<Response> {
  const headers = await headersOf(init)
  let answer: Response
  try {
    answer = await fetch(url, { credentials: 'same-origin', ...init, headers })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new Refused({ type: 'about:blank', title: 'network', status: 0, detail: String(cause) })
  }
  if (answer.status === 401) session = null // it may have ended: the next page asks who this is
  if (answer.ok) return answer
  const problem = await problemOf(answer)
  if (isReauthenticate(problem) && (await again())) return ask(url, init)
  throw new Refused(problem)
}

/** Answers are kept for half a minute, so that back and language switches are at once. */
function keep<T>(url: string, get: () => Promise<T>): Promise<T> {
  const had = kept.get(url)
  if (had && performance.now() - had.at < FRESH_MS) return had.answer as Promise<T>
  const answer = get()
  kept.delete(url)
  kept.set(url, { at: performance.now(), answer })
  answer.catch(() => kept.delete(url))
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
  return answer
}

export const forget = (): void => kept.clear()

let find: (source: Source) => Promise<Source> = (source) => Promise.resolve(source)

/** Frozen pages say where an answer lies instead of where it is asked for. */
export function answeredBy(finder: typeof find): void {
  find = finder
}

export async function getView(path: string, args: Record<string, string | readonly string[] | undefined> = {}): Promise<View> {
  const place = await find({ path, args })
  const url = apiUrl(place.path, { ...place.args, format: 'view' })
  return keep(url, async () => {
    const body: unknown = await (await ask(url)).json()
    if (!isView(body)) throw new Refused({ type: 'about:blank', title: 'no view', status: 502, detail: url })
    return body
  })
}

export const getJson = async <T>(url: string): Promise<T> => (await (await ask(url)).json()) as T
export const getText = (url: string): Promise<string> => keep(`${shownIn()} ${url}`, async () => (await ask(url)).text())

/** Something of the service that is no operation: sessions, links. null where the answer is empty. */
export async function send<T>(method: 'POST' | 'DELETE', path: string, body?: object): Promise<T | null> {
  const answer = await ask(API + path, { method, ...(body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}) })
  return answer.status === 204 ? null : ((await answer.json()) as T)
}

/** Does it; a refusal is given back, anything else is thrown. */
export async function tried(what: () => Promise<unknown>): Promise<Refused | null> {
  try {
    await what()
    return null
  } catch (cause) {
    if (cause instanceof Refused) return cause
    throw cause
  }
}

/** A view that may be missing: null where the service says 404, or that it may not be seen. */
export async function maybeView(path: string, args: Record<string, string | readonly string[] | undefined> = {}): Promise<View | null> {
  try {
    return await getView(path, args)
  } catch (e) {
    if (e instanceof Refused && [401, 403, 404, 422].includes(e.problem.status)) return null
    throw e
  }
}

/** What a change came to: a view at once, or a job that is under way. */
export type Done = { view: View } | { job: string }

export async function post(path: string, body: Blob | object, args: Record<string, string> = {}): Promise<Done> {
  const file = body instanceof Blob
  const answer = await ask(apiUrl(path, { ...args, ...(file ? {} : { format: 'view' }) }), {
    method: 'POST',
    body: file ? body : JSON.stringify(body),
    headers: { 'Content-Type': file ? 'application/octet-stream' : 'application/json' }
  })
  forget()
  const said: unknown = await answer.json()
  return isView(said) ? { view: said } : { job: (said as { job: string }).job }
}
