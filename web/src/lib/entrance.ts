/* Ways into the service: what it offers, the token of a link in a mail, what is wrong with a password. */
import { API, getJson, Refused, send } from './api'
import type { Both, Lang } from './i18n'

export interface Provider {
  name_en: string
  name_zh: string
  linked?: boolean
}
export interface Ways {
  /** a forgotten password can be set anew by mail */
  reset: boolean
  providers: Provider[]
}
/** The second factor of an account. */
export interface Factor {
  on: boolean
  /** seconds since 1970 */
  since: number | null
  recovery_left: number
  /** the service wants one of everybody */
  required: boolean
}

export const nameOf = (p: Provider): Both => ({ en: p.name_en, zh: p.name_zh })

/** What the service offers; nothing where it cannot be asked. */
export const askWays = (): Promise<Ways> => getJson<Ways>(`${API}/login`).catch(() => ({ reset: false, providers: [] }))

/** To the provider; the page is left. link: joins it to the account of who is signed in. */
export async function toProvider(next: string, link = false): Promise<void> {
  const told = await send<{ url: string }>('POST', '/login/provider', { next, ...(link ? { link: 'yes' } : {}) })
  if (told) location.assign(told.url)
}

/** Where to go after signing in: a path of ours, without the language; anything else is the first page. */
export const ownPath = (next: string): string => (/^\/(?![/\\])[^\\\s]*$/.test(next) ? next : '/')

const tokens = new Map<string, string>()

/** The token behind '#' of the link. It is kept in memory when the language is switched, which drops it
 * from the address, and nowhere else. */
export function tokenOf(page: string, hash: string): string {
  const found = /^#([\w-]{43})$/.exec(hash)?.[1]
  if (found) tokens.set(page, found)
  return found ?? tokens.get(page) ?? ''
}

/** The link was used: forgotten, and out of the address and its history. */
export function dropToken(page: string): void {
  tokens.delete(page)
  history.replaceState(history.state, '', location.pathname + location.search)
}

export type PasswordFault = 'short' | 'long' | 'common' | 'own'
const LEAST = 12
const MOST = 128

/** By what can be known here: its length in characters, as the service counts. */
export function lengthFault(password: string): PasswordFault | null {
  const n = [...password].length
  return n < LEAST ? 'short' : n > MOST ? 'long' : null
}

/** Why the service did not take a new password; null for any other refusal. */
export function passwordFault(cause: Refused): PasswordFault | null {
  const said = cause.problem.detail ?? ''
  if (cause.problem.status !== 422) return null
  const of = (form: RegExp): boolean => form.test(said)
  return of(/most common|过于常见/) ? 'common' : of(/hardly more than|邮箱或姓名|名称过于相近/) ? 'own' : of(/too long|过长/) ? 'long' : of(/has \d+ characters|密码有 \d+ 个字符/) ? 'short' : null
}

const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger\//, 'WeChat'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
  [/^python/i, 'Python']
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux/, 'Linux']
]

/** "Firefox, Windows": what a browser says of itself, short; '' where it says nothing known. */
export function deviceOf(agent: string | null, lang: Lang): string {
  const of = (list: readonly [RegExp, string][]): string => list.find(([form]) => form.test(agent ?? ''))?.[1] ?? ''
  return [of(BROWSERS), of(SYSTEMS)].filter(Boolean).join(lang === 'zh' ? '，' : ', ')
}
