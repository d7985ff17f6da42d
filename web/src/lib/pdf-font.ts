/* What the codes of a PDF font mean and how wide they are (ISO 32000-1, 9.6 to 9.10). */
import { Name, Reader, Ref, Text, type Dict, type Pdf, type PdfFile } from './pdf-objects'

export interface Font {
  /** the letters of a string with their widths, in thousandths of the size; code 32 of one byte is a blank to be stretched */
  read: (bytes: string) => { text: string; width: number; blank: boolean }[]
}

const GLYPHS: Record<string, string> = {
  space: ' ', exclam: '!', quotedbl: '"', numbersign: '#', dollar: '$', percent: '%', ampersand: '&', quotesingle: "'", parenleft: '(', parenright: ')',
  asterisk: '*', plus: '+', comma: ',', hyphen: '-', period: '.', slash: '/', zero: '0', one: '1', two: '2', three: '3', four: '4', five: '5', six: '6',
  seven: '7', eight: '8', nine: '9', colon: ':', semicolon: ';', less: '<', equal: '=', greater: '>', question: '?', at: '@', endash: '–', emdash: '—',
  quoteleft: '‘', quoteright: '’', quotedblleft: '“', quotedblright: '”', bullet: '•', ellipsis: '…', degree: '°', fi: 'fi', fl: 'fl', ff: 'ff', ffi: 'ffi',
  ffl: 'ffl', twosuperior: '²', threesuperior: '³', percentperthousand: '‰', underscore: '_', multiply: '×', minus: '−'
}

const glyph = (name: string): string => {
  if (GLYPHS[name]) return GLYPHS[name]
  const code = /^(?:uni|u)([0-9A-F]{4,6})$/.exec(name)?.[1]
  return code ? String.fromCodePoint(Number.parseInt(code, 16)) : name.length === 1 ? name : ''
}

const numberOf = (bytes: string): number => [...bytes].reduce((n, c) => n * 256 + c.charCodeAt(0), 0)
const utf16 = (bytes: string): string => {
  let out = ''
  for (let i = 0; i + 1 < bytes.length; i += 2) out += String.fromCharCode(numberOf(bytes.slice(i, i + 2)))
  return out
}
const toBytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))

interface CMap {
  /** bytes of a code */
  size: number
  to: Map<number, string>
}

/** bfchar, bfrange and codespacerange of a ToUnicode map (9.10.3). */
export function readCMap(text: string): CMap {
  const map: CMap = { size: 0, to: new Map() }
  const r = new Reader(text)
  let stack: (Pdf | string)[] = []
  for (let i = 0; i < 2_000_000; i++) {
    const v = r.value()
    if (v === '') break
    if (typeof v !== 'string') {
      stack.push(v)
      continue
    }
    const texts = stack
    if (v === 'endcodespacerange') for (const t of texts) map.size = Math.max(map.size, t instanceof Text ? t.bytes.length : 0)
    if (v === 'endbfchar')
      for (let k = 0; k + 1 < texts.length; k += 2) {
        const [from, to] = [texts[k], texts[k + 1]]
        if (from instanceof Text && to instanceof Text) map.to.set(numberOf(from.bytes), utf16(to.bytes))
      }
    if (v === 'endbfrange')
      for (let k = 0; k + 2 < texts.length; k += 3) {
        const [low, high, to] = [texts[k], texts[k + 1], texts[k + 2]]
        if (!(low instanceof Text) || !(high instanceof Text)) continue
        const [a, b] = [numberOf(low.bytes), numberOf(high.bytes)]
        for (let c = a; c <= Math.min(b, a + 65535); c++)
          if (Array.isArray(to)) {
            const t = to[c - a]
            if (t instanceof Text) map.to.set(c, utf16(t.bytes))
          } else if (to instanceof Text) {
            const base = utf16(to.bytes)
            map.to.set(c, base.slice(0, -1) + String.fromCharCode(base.charCodeAt(base.length - 1) + c - a))
          }
      }
    if (/^(begin|end)/.test(v)) stack = []
  }
  return map
}

/** Widths of a composite font: c [w w w] or c c w (9.7.4.3). */
function wideOf(file: PdfFile, font: Dict): (code: number) => number {
  const widths = new Map<number, number>()
  const base = file.get(font.get('DW'))
  const list = file.list(font.get('W')).map((v) => file.get(v))
  for (let i = 0; i + 1 < list.length; ) {
    const [first, second, third] = [list[i], list[i + 1], list[i + 2]]
    if (typeof first !== 'number') break
    if (Array.isArray(second)) {
      second.forEach((w, k) => typeof w === 'number' && widths.set(first + k, w))
      i += 2
    } else if (typeof second === 'number' && typeof third === 'number') {
      for (let c = first; c <= Math.min(second, first + 65535); c++) widths.set(c, third)
      i += 3
    } else break
  }
  return (code) => widths.get(code) ?? (typeof base === 'number' ? base : 1000)
}

function composite(file: PdfFile, font: Dict, map: CMap | null): Font {
  const width = wideOf(file, file.dict(file.list(font.get('DescendantFonts'))[0]))
  const encoding = file.nameOf(font.get('Encoding'))
  if (!map && /^(GB|GBK)/.test(encoding)) {
    const decoder = new TextDecoder('gb18030')
    return { read: (bytes) => [{ text: decoder.decode(toBytes(bytes)), width: 500 * bytes.length, blank: false }] }
  }
  const unicode = /^Uni.*(UCS2|UTF16)/.test(encoding)
  const size = map?.size || 2
  return {
    read: (bytes) => {
      const out = []
      for (let i = 0; i + size <= bytes.length; i += size) {
        const code = numberOf(bytes.slice(i, i + size))
        out.push({ text: map?.to.get(code) ?? (unicode ? String.fromCharCode(code) : ''), width: width(code), blank: false })
      }
      return out
    }
  }
}

function simple(file: PdfFile, font: Dict, map: CMap | null): Font {
  const decoder = new TextDecoder('windows-1252')
  const named = new Map<number, string>()
  const encoding = file.get(font.get('Encoding'))
  let code = 0
  for (const item of encoding instanceof Map ? file.list(encoding.get('Differences')) : [])
    if (typeof item === 'number') code = item
    else if (item instanceof Name) named.set(code++, glyph(item.name))
  const first = file.get(font.get('FirstChar'))
  const widths = file.list(font.get('Widths')).map((v) => file.get(v))
  const start = typeof first === 'number' ? first : 0
  return {
    read: (bytes) =>
      [...bytes].map((c) => {
        const n = c.charCodeAt(0)
        const width = widths[n - start]
        return { text: map?.to.get(n) ?? named.get(n) ?? decoder.decode(toBytes(c)), width: typeof width === 'number' ? width : 500, blank: n === 32 }
      })
  }
}

export async function openFont(file: PdfFile, value: Pdf): Promise<Font> {
  const font = file.dict(value)
  const to = font.get('ToUnicode')
  const map = to instanceof Ref ? readCMap(await file.stream(to)) : null
  const known = map && map.to.size ? map : null
  return file.nameOf(font.get('Subtype')) === 'Type0' ? composite(file, font, known) : simple(file, font, known)
}
