/* Passages of a document, and those likely to speak of what an indicator asks: by the words they share with its name
 * and with what counts as evidence for it, rare words more than frequent ones. A hint where to look, no judgement. */
export interface Passage {
  /** from 1; 0: the document has no pages */
  page: number
  text: string
}

const LONGEST = 320
const SHORTEST = 12
const MANY = 20000
const STOP = new Set(
  'a an and any are as at be been by can company companies do each for from has have how in into is it its made more not of on one or other our such than that the their them these they this to under used we what when where which who will with year years report document section text'.split(' ')
)
/** pairs of signs that stand in every report and say nothing */
const STOP_ZH = new Set('企业 公司 以及 其中 或者 报告 文件 说明 进行 相关 以下 列出 或其'.split(' '))

/** Lines of one paragraph run together; between Chinese signs without a blank. */
const joined = (text: string): string => text.replace(/(\p{L})-\n(\p{Ll})/gu, '$1$2').replace(/([⺀-鿿，。；：、）】])\n([⺀-鿿（【])/g, '$1$2').replace(/\n/g, ' ')

/** Sentences of a page, short ones together, up to a length that can be read at a glance. */
function sentences(page: string): string[] {
  const out: string[] = []
  for (const paragraph of page.split(/\n{2,}/)) {
    let now = ''
    for (const part of joined(paragraph).split(/(?<=[。！？；])|(?<=[.!?;])\s+/)) {
      const next = part.trim()
      if (now && (now.length > 80 || now.length + next.length > LONGEST)) {
        out.push(now)
        now = ''
      }
      now = now ? now + (/[⺀-鿿。！？；]$/.test(now) ? '' : ' ') + next : next
      while (now.length > LONGEST) {
        const cut = Math.max(now.lastIndexOf(' ', LONGEST), now.lastIndexOf('，', LONGEST), LONGEST / 2)
        out.push(now.slice(0, cut + 1).trim())
        now = now.slice(cut + 1)
      }
    }
    if (now) out.push(now)
  }
  return out.filter((s) => s.length >= SHORTEST)
}

export function passagesOf(pages: readonly string[]): Passage[] {
  return pages.flatMap((page, i) => sentences(page).map((text) => ({ page: pages.length > 1 ? i + 1 : 0, text }))).slice(0, MANY)
}

/** The same word in its plural or past is the same word. */
const stem = (word: string): string => word.replace(/(ies)$/, 'y').replace(/(sses)$/, 'ss').replace(/([^su])s$/, '$1').replace(/(ing|ed|ly)$/, '')

/** Words of a Latin text, and pairs of neighbouring Chinese signs. */
export function terms(text: string): Set<string> {
  const out = new Set<string>()
  for (const word of text.toLowerCase().match(/[a-z][a-z0-9]+|\d+(?:\.\d+)?/g) ?? []) if (!STOP.has(word) && word.length > 1) out.add(word.length > 4 ? stem(word) : word)
  for (const run of text.match(/[⺀-鿿]+/g) ?? [])
    for (let i = 0; i + 1 < run.length; i++) {
      const pair = run.slice(i, i + 2)
      if (!STOP_ZH.has(pair)) out.add(pair)
    }
  return out
}

export interface Question {
  code: string
  /** its name and what counts as evidence, in both languages */
  names: readonly string[]
  about: readonly string[]
}

const SHARE = 0.2
/** 0: Latin, 1: Chinese */
const side = (term: string): 0 | 1 => (term.charCodeAt(0) > 0x2000 ? 1 : 0)

/** For each question its likely passages, the likeliest first. */
export function likely(passages: readonly Passage[], questions: readonly Question[], most = 4): Map<string, Passage[]> {
  const sets = passages.map((p) => terms(p.text))
  const count = new Map<string, number>()
  for (const set of sets) for (const t of set) count.set(t, (count.get(t) ?? 0) + 1)
  const idf = (t: string): number => Math.log(1 + passages.length / (count.get(t) ?? 1))
  const out = new Map<string, Passage[]>()
  for (const q of questions) {
    const wanted = [...wantedOf(q)]
    // a text in one language is not held against the words of the other
    const all = [0, 0]
    for (const [t, w] of wanted) all[side(t)]! += w * idf(t)
    const found: { score: number; i: number }[] = []
    sets.forEach((set, i) => {
      const score = [0, 0]
      let named = 0
      for (const [t, w] of wanted)
        if (set.has(t)) {
          score[side(t)]! += w * idf(t)
          if (w > 1) named++
        }
      const share = Math.max(score[0]! / (all[0] || 1), score[1]! / (all[1] || 1))
      if (named && share >= SHARE) found.push({ score: share, i })
    })
    found.sort((a, b) => b.score - a.score || a.i - b.i)
    out.set(q.code, found.slice(0, most).map((f) => passages[f.i]!))
  }
  return out
}

function wantedOf(q: Question): Map<string, number> {
  const weight = new Map<string, number>()
  for (const text of q.about) for (const t of terms(text)) weight.set(t, 0.4)
  for (const text of q.names) for (const t of terms(text)) weight.set(t, 3)
  return weight
}
