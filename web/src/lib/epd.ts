/* A declaration as a form has it, and as the record the service takes. */
import { tsvRows } from './paste'

export interface Indicator {
  key: string
  value: string
  unit: string
}
export interface Figures {
  id: string
  product: string
  maker: string
  value: string
  unit: string
  boundary: string
  method: string
  region: string
  year: string
  indicators: Indicator[]
}

/** What people declare in kg of a steel or aluminium product. */
export const UNITS = ['kg CO2e/kg', 'kg CO2e/t', 't CO2e/t'] as const

export const newFigures = (): Figures => ({ id: '', product: '', maker: '', value: '', unit: UNITS[1], boundary: 'cradle to gate', method: '', region: 'CN', year: String(new Date().getFullYear() - 1), indicators: [] })

interface Part {
  kind: string
  key: string
  value: number
  unit: string
}
/** A record as it was sealed, or as a file has it. */
export type RecordJson = Record<string, unknown> & { parts?: Part[] }

const TEXTS = ['id', 'product', 'maker', 'unit', 'boundary', 'method', 'region'] as const

export function figuresOf(record: RecordJson): Figures {
  const f = newFigures()
  for (const key of TEXTS) if (typeof record[key] === 'string') f[key] = record[key]
  if (typeof record.value === 'number') f.value = String(record.value)
  f.year = typeof record.year === 'number' ? String(record.year) : ''
  f.indicators = (record.parts ?? []).filter((p) => p.kind === 'indicator').map((p) => ({ key: p.key, value: String(p.value), unit: p.unit }))
  return f
}

/** A number as people type it: "1,234.5", "−3"; NaN where it is none. */
export function typed(text: string): number {
  const plain = text.trim().replace(/[\s,]/g, '').replace('−', '-')
  return /^-?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?$/.test(plain) ? Number(plain) : NaN
}

/** The record of a form; what the form does not show is kept of `base`. */
export function recordOf(f: Figures, company: string, base: RecordJson = {}, reason = ''): RecordJson {
  const others = (base.parts ?? []).filter((p) => p.kind !== 'indicator')
  const record: RecordJson = {
    ...base,
    kind: 'epd',
    ...(company ? { company } : {}),
    value: typed(f.value),
    parts: [...others, ...f.indicators.filter((i) => i.key.trim()).map((i) => ({ kind: 'indicator', key: i.key.trim(), value: typed(i.value), unit: i.unit.trim() }))]
  }
  for (const key of TEXTS) record[key] = f[key].trim()
  for (const key of TEXTS) if (record[key] === '') delete record[key]
  delete record.year
  if (Number.isInteger(Number(f.year)) && f.year.trim()) record.year = Number(f.year)
  if (reason.trim()) record.reason = reason.trim()
  return record
}

/** The members of a sealed version that a record file has too. */
const MEMBERS = ['id', 'kind', 'product', 'maker', 'company', 'value', 'unit', 'boundary', 'method', 'region', 'year', 'uncertainty', 'primary_share', 'grade', 'disclosure_id', 'evidence', 'series', 'parts']

export interface SheetRow {
  row: number
  key: string
  value: string
  unit: string
  /** '' where the row was taken */
  why: '' | 'value' | 'unit' | 'key'
}

/** The first of "indicator, value, unit" a row; a heading row is passed over. Cells are parted by
 * tabs, commas or semicolons. */
export function readSheet(text: string): SheetRow[] {
  const clean = text.replace(/^\ufeff/, '')
  const sign = clean.includes('\t') ? '\t' : clean.includes(';') ? ';' : ','
  const rows = sign === '\t' ? tsvRows(clean) : tsvRows(clean.replaceAll(sign, '\t'))
  return rows
    .map((cells, i): SheetRow => {
      const [key = '', value = '', unit = ''] = cells.map((c) => c.trim().replace(/^"|"$/g, ''))
      const why = !key ? 'key' : !Number.isFinite(typed(value)) ? 'value' : !unit ? 'unit' : ''
      return { row: i + 1, key: key.toLowerCase().replace(/\s+/g, '-'), value, unit, why }
    })
    .filter((r) => !(r.row === 1 && /^(indicator|key|指标)/i.test(r.key)))
}

/** Rows of a sheet in a form: gwp is the value of the declaration, the rest its indicators. */
export function takeSheet(f: Figures, rows: readonly SheetRow[]): Figures {
  const next = { ...f, indicators: [...f.indicators] }
  for (const r of rows) {
    if (r.why) continue
    if (/^(gwp|gwp-total|value)$/.test(r.key)) {
      next.value = r.value
      next.unit = r.unit
      continue
    }
    const had = next.indicators.findIndex((i) => i.key === r.key)
    if (had >= 0) next.indicators[had] = { key: r.key, value: r.value, unit: r.unit }
    else next.indicators.push({ key: r.key, value: r.value, unit: r.unit })
  }
  return next
}

/** What `export` gives of a record: the version sealed last, as a record file. */
export function sealed(chain: { versions?: RecordJson[] }): RecordJson {
  const last = chain.versions?.at(-1)
  const from = (last?.record ?? {}) as RecordJson
  return Object.fromEntries(MEMBERS.filter((m) => from[m] !== undefined && from[m] !== null && from[m] !== '').map((m) => [m, from[m]])) as RecordJson
}
