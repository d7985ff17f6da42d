/* Rows pasted, sent and judged: what goes out, and which row each verdict belongs to. */
import { expect, test } from 'vitest'
import { addRow, emptySheet, headingAt, jsonRows, judged, pasteInto, plainReason, refusalIn, textRows, toSend, typed, waiting } from '../../src/lib/rows'

const KNOWN = ['id', 'value', 'unit']

test('headings are found below those for people, and only where they are', () => {
  expect(headingAt([['记录', '数值'], ['record', 'footprint'], ['id', 'value'], ['a', '1']], KNOWN)).toBe(2)
  expect(headingAt([['a', '1'], ['b', '2']], KNOWN)).toBe(-1)
  expect(headingAt([['id'], ['a']], KNOWN)).toBe(0)
})

test('a table with headings takes the place of the grid, a block goes in from a cell', () => {
  const whole = pasteInto(emptySheet(KNOWN), 'unit\tid\tother\r\nkg\ta\tx\r\n', { row: 1, column: 1 })
  expect(whole.columns).toEqual(['unit', 'id', 'other'])
  expect(whole.rows.map((r) => r.cells)).toEqual([['kg', 'a', 'x']])
  const block = pasteInto(emptySheet(KNOWN, 1), '1\tkg\n2\tt\n', { row: 0, column: 1 })
  expect(block.rows.map((r) => r.cells)).toEqual([['', '1', 'kg'], ['', '2', 't']])
})

test('two bad rows among five: they alone are sent again', () => {
  let sheet = pasteInto(emptySheet(KNOWN), 'id\tvalue\na\t1\nb\tx\nc\t3\n\t\nd\ty\ne\t5\n', { row: 0, column: 0 })
  sheet = addRow(sheet)
  const first = toSend(sheet)
  expect(first.csv).toBe('id,value\r\na,1\r\nb,x\r\nc,3\r\nd,y\r\ne,5\r\n')
  sheet = judged(sheet, first.rows, [
    { row: 3, reason: "upload:3: column 'value': 'x' is no number", reason_zh: 'upload:3：“value”列：“x”不是数字' },
    { row: 5, reason: "upload:5: column 'value': 'y' is no number" }
  ])
  expect(sheet.rows.map((r) => r.state)).toEqual(['taken', 'refused', 'taken', 'refused', 'taken', 'open'])
  expect(sheet.rows[1]).toMatchObject({ column: 'value', why: { en: "value: 'x' is no number", zh: 'value：“x”不是数字' } })
  expect(sheet.rows[3]).toMatchObject({ column: 'value', why: { en: "value: 'y' is no number", zh: "value: 'y' is no number" } })
  expect(waiting(sheet)).toBe(2)
  sheet = typed(typed(sheet, 1, 1, '2'), 3, 1, '4')
  const again = toSend(sheet)
  expect(again.csv).toBe('id,value\r\nb,2\r\nd,4\r\n')
  sheet = judged(sheet, again.rows, [])
  expect(waiting(sheet)).toBe(0)
})

test('line ends inside a cell do not move the rows below', () => {
  const sheet = pasteInto(emptySheet(['id', 'text']), 'id\ttext\na\t"one\ntwo"\nb\tthree\n', { row: 0, column: 0 })
  expect(toSend(sheet).csv).toBe('id,text\r\na,one two\r\nb,three\r\n')
})

test('reasons without their place; a file refused as a whole names its row', () => {
  expect(plainReason("upload:12: column 'by' (cell J12 of 'S'): empty")).toBe('by: empty')
  expect(plainReason('upload: no column id')).toBe('no column id')
  expect(plainReason('upload:12：“by”列（工作表“S”的 J12 单元格）：为空')).toBe('by：为空')
  expect(plainReason('upload:12：“by”列：为空')).toBe('by：为空')
  expect(plainReason('upload：没有“id”列')).toBe('没有“id”列')
  expect(refusalIn('upload:2: column x', 'upload:2：x')).toEqual([{ row: 2, reason: 'upload:2: column x', reason_zh: 'upload:2：x' }])
  expect(refusalIn('the database is away')).toEqual([])
})

test('JSON of a list, or with a list in it', () => {
  expect(jsonRows('[{"id":"a","value":1},{"id":"b","unit":"kg"}]')).toEqual([['id', 'value', 'unit'], ['a', '1', ''], ['b', '', 'kg']])
  expect(jsonRows('{"report":"x","notes":[],"records":[{"id":"a"}]}')).toEqual([['id'], ['a']])
  expect(jsonRows('{"report":"x","records":[{"id":"a","more":null,"ok":true}]}')).toEqual([['id', 'more', 'ok'], ['a', '', 'true']])
})

test('a text is cut by tabs, or as CSV', () => {
  expect(textRows('a\tb\n1\t2')).toEqual([['a', 'b'], ['1', '2']])
  expect(textRows('a,b\n1,"2,5"')).toEqual([['a', 'b'], ['1', '2,5']])
})
