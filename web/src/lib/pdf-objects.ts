/* The objects of a PDF file (ISO 32000-1, 7): found by looking through the file, so that a damaged cross-reference
 * does no harm. What comes in is hostile: depths and sizes are limited, what is not understood is left out. */
export type Pdf = null | boolean | number | Name | Text | Ref | Pdf[] | Dict
export class Name {
  constructor(readonly name: string) {}
}
/** a string of bytes, each a character below 256 */
export class Text {
  constructor(readonly bytes: string) {}
}
export class Ref {
  constructor(readonly id: number) {}
}
export type Dict = Map<string, Pdf>

const DEEPEST = 40
const LARGEST = 64 << 20
const SPACE = /[\0\t\n\f\r ]/
const DELIMITER = /[\0\t\n\f\r ()<>[\]{}/%]/
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** Reads values and operators one after another. */
export class Reader {
  constructor(
    readonly text: string,
    public at = 0
  ) {}

  /** Past white space and comments. */
  toNextToken(): void {
    for (;;) {
      while (this.at < this.text.length && SPACE.test(this.text[this.at]!)) this.at++
      if (this.text[this.at] !== '%') return
      while (this.at < this.text.length && !/[\r\n]/.test(this.text[this.at]!)) this.at++
    }
  }

  private word(): string {
    const from = this.at
    while (this.at < this.text.length && !DELIMITER.test(this.text[this.at]!)) this.at++
    return this.text.slice(from, this.at)
  }

  private literal(): Text {
    let depth = 1
    let out = ''
    this.at++
    while (this.at < this.text.length && depth > 0) {
      const c = this.text[this.at++]!
      if (c === '\\') {
        const next = this.text[this.at++] ?? ''
        const octal = /^[0-7]{1,3}/.exec(this.text.slice(this.at - 1, this.at + 2))?.[0]
        if (octal) {
          out += String.fromCharCode(Number.parseInt(octal, 8) & 255)
          this.at += octal.length - 1
        } else if (next === '\r' || next === '\n') {
          if (next === '\r' && this.text[this.at] === '\n') this.at++
        } else out += ESCAPES[next] ?? next
        continue
      }
      if (c === '(') depth++
      if (c === ')' && --depth === 0) break
      out += c
    }
    return new Text(out)
  }

  private hex(): Text {
    const end = this.text.indexOf('>', this.at)
    const digits = this.text.slice(this.at + 1, end < 0 ? undefined : end).replace(/[^0-9a-fA-F]/g, '')
    this.at = end < 0 ? this.text.length : end + 1
    let out = ''
    for (let i = 0; i < digits.length; i += 2) out += String.fromCharCode(Number.parseInt(digits.slice(i, i + 2).padEnd(2, '0'), 16))
    return new Text(out)
  }

  private dictionary(depth: number): Dict {
    const out: Dict = new Map()
    this.at += 2
    for (;;) {
      this.toNextToken()
      if (this.at >= this.text.length || this.text.startsWith('>>', this.at)) break
      const key = this.value(depth + 1)
      if (!(key instanceof Name)) continue
      const value = this.value(depth + 1)
      if (typeof value !== 'string') out.set(key.name, value)
    }
    this.at += 2
    return out
  }

  private array(depth: number): Pdf[] {
    const out: Pdf[] = []
    this.at++
    for (;;) {
      this.toNextToken()
      if (this.at >= this.text.length || this.text[this.at] === ']') break
      const value = this.value(depth + 1)
      if (typeof value !== 'string') out.push(value)
    }
    this.at++
    return out
  }

  /** A value; an operator or keyword comes as a string, '' at the end. */
  value(depth = 0): Pdf | string {
    this.toNextToken()
    const c = this.text[this.at]
    if (c === undefined || depth > DEEPEST) {
      this.at = depth > DEEPEST ? this.text.length : this.at
      return ''
    }
    if (c === '/') {
      this.at++
      return new Name(this.word().replace(/#([0-9a-fA-F]{2})/g, (_, h: string) => String.fromCharCode(Number.parseInt(h, 16))))
    }
    if (c === '(') return this.literal()
    if (c === '[') return this.array(depth)
    if (this.text.startsWith('<<', this.at)) return this.dictionary(depth)
    if (c === '<') return this.hex()
    if (/[)>\]{}]/.test(c)) {
      this.at++
      return c
    }
    const reference = /^(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+R(?![A-Za-z0-9])/.exec(this.text.slice(this.at, this.at + 24))
    if (reference) {
      this.at += reference[0].length
      return new Ref(Number(reference[1]))
    }
    const word = this.word()
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return Number(word)
    return word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : word
  }
}

export const latin = (bytes: Uint8Array): string => {
  let out = ''
  for (let i = 0; i < bytes.length; i += 32768) out += String.fromCharCode(...bytes.subarray(i, i + 32768))
  return out
}

/** zlib; of a damaged stream as much as came out. */
async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    const reader = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('deflate')).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      parts.push(value)
      size += value.length
      if (size > LARGEST) break
    }
  } catch {
    // bytes behind the end, or an end that is missing
  }
  const out = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

interface Found {
  value: Pdf
  /** where the bytes of its stream begin and end */
  from: number
  to: number
}

export class PdfFile {
  private readonly found = new Map<number, Found>()
  private readonly streams = new Map<number, string>()
  encrypted = false
  root: Dict | null = null

  private constructor(private readonly bytes: Uint8Array) {}

  static async open(bytes: Uint8Array): Promise<PdfFile> {
    const file = new PdfFile(bytes)
    file.scan(latin(bytes))
    await file.unpack()
    return file
  }

  /** "12 0 obj ..." one after another; what stands in a stream is passed over. */
  private scan(text: string): void {
    const next = /(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+obj\b|\btrailer\b/g
    for (let m = next.exec(text); m; m = next.exec(text)) {
      const r = new Reader(text, m.index + m[0].length)
      const value = r.value()
      if (typeof value === 'string') continue
      r.toNextToken()
      const entry: Found = { value, from: -1, to: -1 }
      if (value instanceof Map && text.startsWith('stream', r.at)) {
        entry.from = r.at + 6 + (text[r.at + 6] === '\r' ? 1 : 0) + (text[r.at + 6] === '\r' && text[r.at + 7] !== '\n' ? 0 : 1)
        const length = value.get('Length')
        const said = typeof length === 'number' ? entry.from + length : -1
        const end = said > 0 && /^\s*endstream/.test(text.slice(said, said + 20)) ? said : text.indexOf('endstream', entry.from)
        entry.to = end < 0 ? text.length : end
        r.at = entry.to
      }
      if (value instanceof Map && (value.has('Encrypt') || !m[1])) this.encrypted ||= value.has('Encrypt')
      if (value instanceof Map && value.get('Root') instanceof Ref) this.rootRef = value.get('Root') as Ref
      if (m[1]) this.found.set(Number(m[1]), entry)
      next.lastIndex = Math.max(r.at, next.lastIndex)
    }
  }
  private rootRef: Ref | null = null

  /** Objects within object streams (7.5.7). */
  private async unpack(): Promise<void> {
    for (const [id, { value }] of [...this.found]) {
      if (!(value instanceof Map) || this.nameOf(value.get('Type')) !== 'ObjStm') continue
      const text = await this.stream(new Ref(id))
      const [n, first] = [this.get(value.get('N')), this.get(value.get('First'))]
      if (typeof n !== 'number' || typeof first !== 'number') continue
      const head = new Reader(text)
      for (let i = 0; i < Math.min(n, 100000); i++) {
        const [number, offset] = [head.value(), head.value()]
        if (typeof number !== 'number' || typeof offset !== 'number') break
        const inner = new Reader(text, first + offset).value()
        if (typeof inner !== 'string' && !this.found.has(number)) this.found.set(number, { value: inner, from: -1, to: -1 })
      }
    }
    const root = this.get(this.rootRef)
    this.root = root instanceof Map ? root : null
    if (!this.root)
      for (const { value } of this.found.values()) if (value instanceof Map && this.nameOf(value.get('Type')) === 'Catalog') this.root = value
  }

  /** What a reference stands for. */
  get(value: Pdf | undefined): Pdf {
    for (let i = 0; value instanceof Ref && i < DEEPEST; i++) value = this.found.get(value.id)?.value
    return value === undefined || value instanceof Ref ? null : value
  }
  dict(value: Pdf | undefined): Dict {
    const v = this.get(value)
    return v instanceof Map ? v : new Map()
  }
  list(value: Pdf | undefined): Pdf[] {
    const v = this.get(value)
    return Array.isArray(v) ? v : []
  }
  nameOf(value: Pdf | undefined): string {
    const v = this.get(value)
    return v instanceof Name ? v.name : ''
  }

  /** The bytes of a stream, unpacked, as a text of characters below 256; '' where its filter is not known here. */
  async stream(ref: Pdf | undefined): Promise<string> {
    if (!(ref instanceof Ref)) return ''
    const had = this.streams.get(ref.id)
    if (had !== undefined) return had
    const entry = this.found.get(ref.id)
    let out = ''
    if (entry && entry.from >= 0 && entry.value instanceof Map) {
      const filter = this.get(entry.value.get('Filter'))
      const filters = (Array.isArray(filter) ? filter : filter ? [filter] : []).map((f) => this.nameOf(f))
      let bytes: Uint8Array | null = this.bytes.subarray(entry.from, entry.to)
      for (const f of filters) bytes = bytes && (f === 'FlateDecode' || f === 'Fl') ? await inflate(bytes) : null
      out = bytes ? latin(bytes) : ''
    }
    this.streams.set(ref.id, out)
    return out
  }
}
