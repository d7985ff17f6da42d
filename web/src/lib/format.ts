/* Numbers, texts and cells as people read them. Rounding is half away from zero, done once. */
import { say, type Lang } from './i18n'
import { shared } from './shared.words'
import { isEmpty, isNumeric, isWhy, isWord, type Cell, type Column, type Fact } from './view'

const GROUP = /\B(?=(\d{3})+(?!\d))/g

/** "1234567.5" with commas; the decimals are as given, since the service wrote them on purpose. */
export function groupDigits(text: string): string {
  const found = /^(-?)(\d+)(\.\d+)?$/.exec(text)
  if (!found) return text
  return (found[1] ? '−' : '') + found[2]!.replace(GROUP, ',') + (found[3] ?? '')
}

/** A number with so many decimals, or as short as it is. */
export function number(value: number, decimals?: number): string {
  if (!Number.isFinite(value)) return ''
  if (decimals === undefined) return groupDigits(plain(value))
  const scale = 10 ** decimals
  const shifted = Math.abs(value) * scale
  // 1.005 is kept as 1.00499...: the shortest text of it is what was meant
  const near = Number(shifted.toPrecision(15))
  const rounded = Math.floor(near + 0.5) / scale
  return groupDigits((value < 0 && rounded !== 0 ? '-' : '') + rounded.toFixed(decimals))
}

function plain(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toFixed(Math.abs(value) < 1 ? 12 : 0).replace(/\.?0+$/, '') : text
}

/** +3 for better, −2 for worse, 0 as a word. */
export function signed(value: number, decimals?: number): string {
  return (value > 0 ? '+' : '') + number(value, decimals)
}

/** What an empty cell says; '' where the service gave no reason. */
export const emptyWord = (cell: Cell, lang: Lang): string => (isWhy(cell) ? say(cell.why, lang) : '')

/** A cell as text. Where there is no value, the word for why. */
export function cellText(cell: Cell, column: Column, lang: Lang): string {
  if (isEmpty(cell)) return emptyWord(cell, lang) || shared(lang).noData
  if (typeof cell === 'boolean') return cell ? shared(lang).yes : shared(lang).no
  if (typeof cell === 'number')
    return column.key === 'period' ? String(cell) : number(cell, column.kind === 'number' ? (column.decimals ?? 0) : undefined)
  if (typeof cell === 'string') return isNumeric(column.kind) ? groupDigits(cell) : cell
  return isWord(cell) ? say(cell, lang) || cell.code : say(cell as { zh?: string }, lang)
}

/** The cell for a spreadsheet: no commas, empty where empty. */
export function cellPlain(cell: Cell, column: Column, lang: Lang): string {
  if (isEmpty(cell)) return emptyWord(cell, lang)
  if (typeof cell === 'number') return String(cell)
  return cellText(cell, column, lang).replace(/[\t\r\n]+/g, ' ')
}

export function factText(fact: Fact, lang: Lang): string {
  if (fact.word) return say(fact.word, lang) || String(fact.value)
  return typeof fact.value === 'number' ? number(fact.value) : fact.value
}

export const heading = (column: Column, lang: Lang): string => say(column.name, lang) || column.key

/** A moment in seconds since 1970 as local date and time, ISO order. */
export function moment(seconds: number): string {
  const d = new Date(seconds * 1000)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`
}

/** 95 -> "1:35"; hours before it where there are any. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds))
  const two = (n: number): string => String(n).padStart(2, '0')
  const h = Math.floor(s / 3600)
  const m = Math.floor((s % 3600) / 60)
  return h ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`
}
