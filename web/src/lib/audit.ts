/* An entry of the audit chain for people: its detail as pairs of before and after. */
export interface Change {
  name: string
  /** null: there was, or is, nothing */
  before: string | null
  after: string | null
  /** the entry tells both sides; otherwise only what was written down */
  pair: boolean
}

const text = (v: unknown): string | null => (v === null || v === undefined || v === '' ? null : typeof v === 'object' ? JSON.stringify(v) : String(v))
const isObject = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v)

function pairs(before: Record<string, unknown>, after: Record<string, unknown>): Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((name) => ({ name, before: text(before[name]), after: text(after[name]), pair: true }))
}

/** "old" and "new", "value" and "value_before" or "old_value" are two sides of one thing. */
export function changesOf(detail: string): Change[] {
  let said: unknown
  try {
    said = JSON.parse(detail)
  } catch {
    return detail ? [{ name: '', before: null, after: detail, pair: false }] : []
  }
  if (!isObject(said)) return []
  const { old: was, new: is, ...rest } = said
  const changes = isObject(was) || isObject(is) ? pairs(isObject(was) ? was : {}, isObject(is) ? is : {}) : []
  for (const [name, value] of Object.entries(rest)) {
    const before = [`${name}_before`, `old_${name}`].find((key) => key in rest)
    const after = name.endsWith('_before') ? name.slice(0, -7) : name.startsWith('old_') ? name.slice(4) : ''
    if (after && after in rest) continue
    changes.push({ name, before: before ? text(rest[before]) : null, after: text(value), pair: before !== undefined })
  }
  return changes
}

/** "record/ademe-1": where the page of it is, '' where there is none. */
export function pageOf(object: string): string {
  const cut = object.indexOf('/')
  const kind = object.slice(0, cut)
  const id = encodeURIComponent(object.slice(cut + 1))
  if (kind === 'record') return `/origin?record=${id}`
  if (kind === 'dataset') return `/datasets/${id}`
  if (kind === 'company') return `/companies/${id}`
  const rating = /^assessment\/([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(object)
  return rating ? `/origin?company=${rating[1]}&index=${rating[2]}&period=${rating[3]}&level=${rating[4]}` : ''
}
