/* The text of a PDF, page by page, with its lines: enough to find a passage and quote it. A scanned page has none. */
import { openFont, type Font } from './pdf-font'
import { Name, PdfFile, Reader, Ref, Text, type Dict, type Pdf } from './pdf-objects'

const PAGES = 2000
const FORMS = 5
const OPERATIONS = 3_000_000

type Matrix = [number, number, number, number, number, number]
const times = (a: Matrix, b: Matrix): Matrix => [
  a[0] * b[0] + a[1] * b[2],
  a[0] * b[1] + a[1] * b[3],
  a[2] * b[0] + a[3] * b[2],
  a[2] * b[1] + a[3] * b[3],
  a[4] * b[0] + a[5] * b[2] + b[4],
  a[4] * b[1] + a[5] * b[3] + b[5]
]
const ONE: Matrix = [1, 0, 0, 1, 0, 0]

/** Letters as they are shown, with a new line where they move down and a blank where they leave a gap. */
class Page {
  text = ''
  private x = 0
  private y = 0
  put(text: string, at: Matrix, size: number, end: number): void {
    if (!text) return
    const high = Math.max(size * Math.hypot(at[2], at[3]), 1)
    const [x, y] = [at[4], at[5]]
    if (this.text && Math.abs(y - this.y) > 0.4 * high) this.text += Math.abs(y - this.y) > 2.2 * high ? '\n\n' : '\n'
    else if (this.text && (x - this.x > 0.17 * high || x < this.x - 2 * high) && !/\s$/.test(this.text) && !/^\s/.test(text)) this.text += ' '
    this.text += text
    this.x = end
    this.y = y
  }
}

interface State {
  ctm: Matrix
  font: Font | null
  size: number
  letter: number
  word: number
  scale: number
  leading: number
  rise: number
}

class Painter {
  private left = OPERATIONS
  private readonly fonts = new Map<number, Font>()
  constructor(private readonly file: PdfFile) {}

  private async font(value: Pdf | undefined): Promise<Font | null> {
    if (value === undefined || value === null) return null
    const id = value instanceof Ref ? value.id : -1
    const had = this.fonts.get(id)
    if (had) return had
    const made = await openFont(this.file, value)
    if (id >= 0) this.fonts.set(id, made)
    return made
  }

  /** Runs a content stream (9.4); forms are run where they are drawn. */
  async run(content: string, resources: Dict, page: Page, ctm: Matrix, depth = 0): Promise<void> {
    const file = this.file
    const fonts = file.dict(resources.get('Font'))
    const r = new Reader(content)
    const saved: State[] = []
    let s: State = { ctm, font: null, size: 1, letter: 0, word: 0, scale: 1, leading: 0, rise: 0 }
    let tm: Matrix = ONE
    let line: Matrix = ONE
    let given: Pdf[] = []
    const n = (i: number): number => (typeof given[i] === 'number' ? (given[i] as number) : 0)
    const matrix = (): Matrix => [n(0), n(1), n(2), n(3), n(4), n(5)]
    const move = (x: number, y: number): void => {
      line = times([1, 0, 0, 1, x, y], line)
      tm = line
    }
    const show = (value: Pdf): void => {
      if (!(value instanceof Text) || !s.font) return
      for (const letter of s.font.read(value.bytes)) {
        const start = times(tm, s.ctm)
        const wide = ((letter.width / 1000) * s.size + s.letter + (letter.blank ? s.word : 0)) * s.scale
        tm = times([1, 0, 0, 1, wide, 0], tm)
        page.put(letter.text, start, s.size, times(tm, s.ctm)[4])
      }
    }
    while (this.left-- > 0) {
      const v = r.value()
      if (v === '') break
      if (typeof v !== 'string') {
        given.push(v)
        if (given.length > 1000) given = []
        continue
      }
      if (v === 'q') saved.push({ ...s })
      else if (v === 'Q') s = saved.pop() ?? s
      else if (v === 'cm') s.ctm = times(matrix(), s.ctm)
      else if (v === 'BT') tm = line = ONE
      else if (v === 'Tf') {
        s.font = given[0] instanceof Name ? await this.font(fonts.get(given[0].name)) : null
        s.size = n(1)
      } else if (v === 'Tc') s.letter = n(0)
      else if (v === 'Tw') s.word = n(0)
      else if (v === 'Tz') s.scale = n(0) / 100
      else if (v === 'TL') s.leading = n(0)
      else if (v === 'Td') move(n(0), n(1))
      else if (v === 'TD') {
        s.leading = -n(1)
        move(n(0), n(1))
      } else if (v === 'Tm') tm = line = matrix()
      else if (v === 'T*') move(0, -s.leading)
      else if (v === 'Tj') show(given[0] ?? null)
      else if (v === "'" || v === '"') {
        if (v === '"') [s.word, s.letter] = [n(0), n(1)]
        move(0, -s.leading)
        show(given.at(-1) ?? null)
      } else if (v === 'TJ')
        for (const item of Array.isArray(given[0]) ? given[0] : [])
          if (typeof item === 'number') tm = times([1, 0, 0, 1, (-item / 1000) * s.size * s.scale, 0], tm)
          else show(item)
      else if (v === 'Do' && depth < FORMS && given[0] instanceof Name) {
        const ref = file.dict(resources.get('XObject')).get(given[0].name)
        const form = file.dict(ref)
        if (file.nameOf(form.get('Subtype')) === 'Form') {
          const m = file.list(form.get('Matrix'))
          const own = m.length === 6 && m.every((x) => typeof x === 'number') ? (m as Matrix) : ONE
          await this.run(await file.stream(ref), form.has('Resources') ? file.dict(form.get('Resources')) : resources, page, times(own, s.ctm), depth + 1)
        }
      } else if (v === 'BI') r.at = Math.max(r.at, content.indexOf('EI', r.at) < 0 ? content.length : content.indexOf('EI', r.at) + 2)
      given = []
    }
  }
}

/** The pages in their order, with the resources they inherit. */
function pagesOf(file: PdfFile): { page: Dict; resources: Dict }[] {
  const out: { page: Dict; resources: Dict }[] = []
  const seen = new Set<Dict>()
  const waiting: { node: Dict; resources: Dict }[] = [{ node: file.dict(file.root?.get('Pages')), resources: new Map() }]
  while (waiting.length && out.length < PAGES) {
    const { node, resources } = waiting.pop()!
    if (seen.has(node)) continue
    seen.add(node)
    const own = node.has('Resources') ? file.dict(node.get('Resources')) : resources
    const kids = file.list(node.get('Kids'))
    if (kids.length) for (const kid of [...kids].reverse()) waiting.push({ node: file.dict(kid), resources: own })
    else if (node.has('Contents') || file.nameOf(node.get('Type')) === 'Page') out.push({ page: node, resources: own })
  }
  return out
}

/** Signs that stand for letters (radicals, ligatures) as the letters; no control characters. */
const tidy = (text: string): string =>
  text
    .replace(/[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]/g, (c) => c.normalize('NFKC'))
    .replace(/[\p{Cc}\p{Co}]/gu, (c) => (c === '\n' ? c : ' '))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .trim()

export type PdfText = { pages: string[]; why: '' | 'encrypted' | 'no-pdf' | 'no-text' }

/** The text of each page; `why` says what is in the way where there is none. */
export async function pdfText(bytes: Uint8Array): Promise<PdfText> {
  if (!/%PDF-/.test(String.fromCharCode(...bytes.subarray(0, 1024)))) return { pages: [], why: 'no-pdf' }
  const file = await PdfFile.open(bytes)
  if (file.encrypted) return { pages: [], why: 'encrypted' }
  const pages: string[] = []
  for (const { page, resources } of pagesOf(file)) {
    const contents = page.get('Contents')
    const parts = file.get(contents)
    let content = ''
    for (const part of Array.isArray(parts) ? parts : [contents ?? null]) content += (await file.stream(part)) + '\n'
    const out = new Page()
    await new Painter(file).run(content, resources, out, ONE)
    pages.push(tidy(out.text))
  }
  return { pages, why: pages.some((p) => p) ? '' : 'no-text' }
}
