/* Answers given at the desk, and the table they are saved as. */
import { toCsv } from './paste'
import { cellOf, codeOf, isWhy, numberOf, tableOf, type View } from './view'

export type Nothing = 'not_disclosed' | 'not_asked' | 'not_applicable'
export interface Proof {
  document: string
  page: string
  quote: string
  language: string
  url: string
  dated: string
  retrieved: string
  sha256: string
}
export interface Answer extends Proof {
  points: number | Nothing | null
  assessor: string
  note: string
  /** further evidence: shown and kept, changed elsewhere */
  more: readonly Proof[]
}
export interface Item {
  code: string
  max: number
}
const PROOF = ['document', 'page', 'quote', 'language', 'url', 'dated', 'retrieved', 'sha256'] as const
export const COLUMNS = ['company', 'slot', 'points', ...PROOF, 'assessor', 'note'] as const

export const blankProof = (): Proof => ({ document: '', page: '', quote: '', language: '', url: '', dated: '', retrieved: '', sha256: '' })
export const blank = (): Answer => ({ points: null, ...blankProof(), assessor: '', note: '', more: [] })

/** The answers of a card (level indicator), each with all its evidence. */
export function answersOf(card: View | null): [string, Answer][] {
  const given = card && tableOf(card, 'answers')
  const proofs = card && tableOf(card, 'evidence')
  return (given?.rows ?? []).map((row): [string, Answer] => {
    const slot = codeOf(cellOf(given!, row, 'slot'))
    const points = numberOf(cellOf(given!, row, 'points'))
    const cell = cellOf(given!, row, 'points')
    const word = isWhy(cell) ? (cell.why.en ?? '').replaceAll(' ', '_') : ''
    const all = (proofs?.rows ?? [])
      .filter((p) => codeOf(cellOf(proofs!, p, 'slot')) === slot)
      .map((p) => Object.fromEntries(PROOF.map((key) => [key, codeOf(cellOf(proofs!, p, key))])) as unknown as Proof)
    const said = Number.isFinite(points) ? points : isNothing(word) ? word : null
    return [slot, { ...blank(), points: said, assessor: codeOf(cellOf(given!, row, 'assessor')), note: codeOf(cellOf(given!, row, 'note')), ...(all[0] ?? {}), more: all.slice(1) }]
  })
}
const isNothing = (word: string): word is Nothing => word === 'not_disclosed' || word === 'not_asked' || word === 'not_applicable'

/** Points above 0 need a document: without one an answer cannot be saved. */
export const lacksEvidence = (a: Answer): boolean => typeof a.points === 'number' && a.points > 0 && a.document.trim() === ''

/** 0, half and full by one key; half is half the full points. */
export function pointsFor(key: string, item: Item): number | null {
  return key === '0' ? 0 : key === 'h' ? item.max / 2 : key === 'f' ? item.max : null
}

/** The answers that can be saved, as the table the service imports. */
export function answersCsv(company: string, answers: ReadonlyMap<string, Answer>): { csv: string; rows: number; held: number } {
  const rows: string[][] = []
  let held = 0
  for (const [slot, a] of answers) {
    if (a.points === null) continue
    if (lacksEvidence(a)) {
      held++
      continue
    }
    rows.push([company, slot, String(a.points), ...PROOF.map((key) => a[key]), a.assessor, a.note])
    for (const proof of a.more) rows.push([company, slot, '', ...PROOF.map((key) => proof[key]), '', ''])
  }
  return { csv: toCsv([[...COLUMNS], ...rows]), rows: rows.length, held }
}
