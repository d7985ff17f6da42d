import { expect, test } from 'vitest'
import { choose, guess, ordered, type Effort, type Gap } from '../../src/lib/plan'

const gap = (slot: string, gain: number, effort: Effort, others = 0): Gap => ({ slot, name: {}, has: 0, max: 1, gain, others, effort, peers: {}, quotes: [] })
const slots = (gaps: Gap[]): string => gaps.map((g) => g.slot).join(' ')

test('effort is guessed by how many others do more', () => expect([25, 11, 10, 9, 0].map((n) => guess(n, 50))).toEqual([1, 2, 2, 3, 3]))

test('by worth, by gain, by effort', () => {
  const gaps = [gap('a', 10, 3), gap('b', 6, 1), gap('c', 8, 2)]
  expect(slots(ordered(gaps, 'worth'))).toBe('b c a')
  expect(slots(ordered(gaps, 'gain'))).toBe('a c b')
  expect(slots(ordered(gaps, 'effort'))).toBe('b c a')
})

test('the least effort that reaches the target, at most so many', () => {
  const gaps = [gap('a', 12, 3), gap('b', 9, 3), gap('c', 7, 1), gap('d', 7, 1), gap('e', 6, 1), gap('f', 1, 1)]
  expect(slots(choose(gaps, 20, 5))).toBe('c d e') // 20 for an effort of 3
  expect(slots(choose(gaps, 20, 2))).toBe('a b') // only two: 21
  expect(slots(choose(gaps, 26, 5))).toBe('a c d') // 26 for 5; c d e f are 21
})

test('where nothing reaches it, what brings most', () => expect(slots(choose([gap('a', 3, 1), gap('b', 5, 3)], 20, 5))).toBe('b a'))
