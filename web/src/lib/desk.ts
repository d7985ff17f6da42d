/* Answers given at the desk, and the table they are saved as. */
import { toCsv } from './paste'

export type Nothing = 'not_disclosed' | 'not_asked' | 'not_applicable'
export interface Answer {
  points: number | Nothing | null
  document: string
  page: string
  quote: string
  url: string
  dated: string
  note: string
}
export interface Item {
  code: string
  max: number
}
export const COLUMNS = ['company', 'slot', 'points', 'document', 'page', 'quote', 'url', 'dated', 'note'] as const

export const blank = (): Answer => ({ points: null, document: '', page: '', quote: '', url: '', dated: '', note: '' })

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
    rows.push([company, slot, String(a.points), a.document, a.page, a.quote, a.url, a.dated, a.note])
  }
  return { csv: toCsv([[...COLUMNS], ...rows]), rows: rows.length, held }
}

/** The page of a place in a text whose pages end with a form feed. */
export const pageAt = (text: string, place: number): number => text.slice(0, place).split('\f').length
