/* How a chart or a row is cited: who, what, which data, of which day, where, under which licence. */
import { ask, apiUrl } from './api'
import { placed } from './frozen.svelte'
import { say, type Lang } from './i18n'
import type { Source } from './source'
import { cellOf, codeOf, factOf, labelOf, type View } from './view'

export interface Citation {
  title: string
  /** "car-rule@2026.1": data sets and versions */
  versions: readonly string[]
  /** day of the data, '' where it is not stated */
  date: string
  /** the beginning of the SHA-256 of the table as CSV */
  print: string
  address: string
  licences: readonly string[]
  /** day of looking */
  seen: string
}

const PIN = /\b[a-z0-9][a-z0-9-]*@\d[\w.-]*/g

/** Data sets with their versions, as the facts of a view name them. */
export function versionsOf(view: View): string[] {
  const found = new Set<string>()
  for (const fact of view.facts) for (const pin of String(fact.value ?? '').match(PIN) ?? []) found.add(pin)
  const index = factOf(view, 'index')
  const edition = factOf(view, 'index_version')
  if (index && edition) found.add(`${index.value}@${edition.value}`)
  const record = factOf(view, 'record')
  const version = factOf(view, 'version')
  if (record && version) found.add(`${record.value}@${version.value}`)
  return [...found]
}

/** The day of the data; views of what was published before that of today's computation. */
export function dateOf(view: View): string {
  for (const key of ['published_on', 'cut_off', 'date', 'day']) {
    const value = factOf(view, key)?.value
    if (typeof value === 'string' && /^\d{4}/.test(value)) return value
  }
  return ''
}

/** Licences of the data sets named, each once, in their order. */
export function licencesOf(versions: readonly string[], datasets: View | null): string[] {
  const table = datasets?.tables[0]
  if (!table) return []
  const found = new Set<string>()
  for (const version of versions) {
    const id = version.split('@')[0]!
    const row = table.rows.find((r) => codeOf(cellOf(table, r, 'id')) === id)
    const licence = row && cellOf(table, row, 'licence')
    if (licence) found.add(codeOf(licence) || say(labelOf(licence), 'en'))
  }
  return [...found]
}

/** The sentence for a list of sources. */
export function citation(c: Citation, lang: Lang): string {
  const zh = lang === 'zh'
  const versions = [...c.versions, c.print ? `SHA-256 ${c.print}` : ''].filter(Boolean).join(zh ? '、' : ', ')
  const parts = zh
    ? [
        `碳链（Tanlian）：${c.title}`,
        versions && `数据版本 ${versions}`,
        c.date && `数据日期 ${c.date}`,
        `${c.address}，访问日期 ${c.seen}`,
        c.licences.length ? `许可：${c.licences.join('；')}` : '许可：见各数据集'
      ]
    : [
        `Tanlian: ${c.title}`,
        versions && `Data: ${versions}`,
        c.date && `Data of ${c.date}`,
        `${c.address}, accessed ${c.seen}`,
        c.licences.length ? `Licence: ${c.licences.join('; ')}` : 'Licence: see each data set'
      ]
  return parts.filter(Boolean).join(zh ? '。' : '. ') + (zh ? '。' : '.')
}

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** A picture in a link: pages of the service stand in no frame, its drawings may stand anywhere. */
export const embedCode = (address: string, picture: string, title: string): string =>
  `<a href="${escape(address)}"><img src="${escape(picture)}" alt="${escape(title)}" width="760"></a>`

/** "stages.3c494fcf9961436a.2026-11-22": what a cited address remembers of a table. */
export const formatMark = (key: string, print: string, day: string): string => [key, print, day].join('.')
export function parseMark(text: string): { key: string; print: string; day: string } | null {
  const found = /^([\w-]+)\.([0-9a-f]{16})\.(\d{4}-\d{2}-\d{2})$/.exec(text)
  return found ? { key: found[1]!, print: found[2]!, day: found[3]! } : null
}

export function tableUrl(source: Source, key: string): string {
  const { path, args } = placed(source)
  return apiUrl(path, { ...args, format: 'csv', table: key })
}

/** The entity tag of a table as CSV is the beginning of its SHA-256, so anybody can check it. */
export async function printOf(source: Source, key: string): Promise<string> {
  const tag = (await ask(tableUrl(source, key), { method: 'GET', cache: 'no-cache' })).headers.get('ETag') ?? ''
  return /[0-9a-f]{16}/.exec(tag)?.[0] ?? ''
}

/** Today where the person is, ISO. */
export function today(now = new Date()): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
