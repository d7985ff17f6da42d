import { describe, expect, test } from 'vitest'
import { cellPlain, cellText, duration, factText, groupDigits, number, signed } from '../../src/lib/format'
import type { Cell, Column, Kind } from '../../src/lib/view'

describe('numbers', () => {
  const rows: [string, number, number | undefined, string][] = [
    ['as short as it is', 73.1, undefined, '73.1'],
    ['thousands', 1234567.5, undefined, '1,234,567.5'],
    ['half away from zero', 2.5, 0, '3'],
    ['half below zero', -2.5, 0, '−3'],
    ['a half that binary does not hold', 1.005, 2, '1.01'],
    ['decimals kept', 46, 1, '46.0'],
    ['no minus zero', -0.04, 1, '0.0'],
    ['not a number', NaN, 1, ''],
    ['small', 0.0000001, undefined, '0.0000001'],
    ['large', 1e20, undefined, '100,000,000,000,000,000,000']
  ]
  test.each(rows)('%s', (_, value, decimals, want) => expect(number(value, decimals)).toBe(want))
  test('signs', () => expect([signed(3), signed(-2), signed(0)]).toEqual(['+3', '−2', '0']))
  test('digits as given', () => expect(['1234.50', '007', 'n/a', '-1000'].map(groupDigits)).toEqual(['1,234.50', '007', 'n/a', '−1,000']))
  test('time', () => expect([duration(5), duration(95), duration(3725), duration(-1)]).toEqual(['0:05', '1:35', '1:02:05', '0:00']))
})

describe('cells', () => {
  const column = (kind: Kind, more: Partial<Column> = {}): Column => ({ key: 'x', name: { zh: '甲', en: 'x' }, kind, ...more })
  const rows: [string, Cell, Column, string, string][] = [
    ['a real zero', 0, column('exact'), '0', '0'],
    ['nothing', null, column('exact'), '无数据', 'no data'],
    ['why there is nothing', { why: { zh: '未披露', en: 'not disclosed' } }, column('exact'), '未披露', 'not disclosed'],
    ['a word', { code: 'leading', zh: '领先', en: 'Leading' }, column('word'), '领先', 'Leading'],
    ['an empty word', { code: '', zh: null, en: null }, column('word'), '无数据', 'no data'],
    ['a word without its twin', { code: 'x', zh: null, en: 'only' }, column('word'), 'only', 'only'],
    ['a label', { zh: '宝马', en: 'BMW' }, column('label'), '宝马', 'BMW'],
    ['an empty label', { zh: '', en: '' }, column('label'), '无数据', 'no data'],
    ['a number with decimals', 21.568627450980394, column('number', { decimals: 1 }), '21.6', '21.6'],
    ['decimal text', '1234.50', column('exact'), '1,234.50', '1,234.50'],
    ['text that looks like a number', '1234', column('text'), '1234', '1234'],
    ['yes', true, column('bool'), '是', 'yes'],
    ['no', false, column('bool'), '否', 'no'],
    ['a year', 2024, column('int', { key: 'period' }), '2024', '2024']
  ]
  test.each(rows)('%s', (_, cell, c, zh, en) => expect([cellText(cell, c, 'zh'), cellText(cell, c, 'en')]).toEqual([zh, en]))
  test('for a spreadsheet', () => {
    expect(cellPlain(1234.5, column('number'), 'en')).toBe('1234.5')
    expect(cellPlain(null, column('text'), 'en')).toBe('')
    expect(cellPlain('a\tb\nc', column('text'), 'en')).toBe('a b c')
  })
  test('facts', () => {
    expect(factText({ key: 'a', name: {}, value: 'CN', word: { zh: '中国', en: 'China' } }, 'zh')).toBe('中国')
    expect(factText({ key: 'a', name: {}, value: 7679 }, 'en')).toBe('7,679')
  })
})
