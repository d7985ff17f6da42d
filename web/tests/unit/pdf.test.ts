import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { pdfText } from '../../src/lib/pdf'
import { readCMap } from '../../src/lib/pdf-font'

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))
const binary = (b: Uint8Array): string => [...b].map((c) => String.fromCharCode(c)).join('')
const packed = (text: string): string => binary(deflateSync(bytes(text)))
const stream = (id: number, content: string, more = ''): string => `${id} 0 obj\n<< /Length ${content.length} ${more}>>\nstream\n${content}\nendstream\nendobj\n`

/** One page with a font of one byte, widths of 500. */
function simple(content: string, filter = ''): Uint8Array {
  return bytes(
    '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n' +
      '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n' +
      '3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n' +
      stream(4, content, filter) +
      '5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [1 /fi 2 /uni4E2D] >> >>\nendobj\n' +
      'trailer\n<< /Root 1 0 R >>\n'
  )
}

describe('the text of a PDF', () => {
  const cases: [string, string, string][] = [
    ['a string', 'BT /F1 10 Tf 50 700 Td (We pledge) Tj ET', 'We pledge'],
    ['escapes and hexadecimal', 'BT /F1 10 Tf (a\\(b\\)\\101 ) Tj <43 44> Tj ET', 'a(b)A CD'],
    ['glyph names', 'BT /F1 10 Tf <01> Tj <02> Tj ET', 'fi中'],
    ['a gap is a blank, kerning is none', 'BT /F1 10 Tf [(We) -600 (cut) -20 (s)] TJ ET', 'We cuts'],
    ['lines and paragraphs', 'BT /F1 10 Tf 12 TL 0 700 Td (one) Tj T* (two) Tj 0 -40 Td (three) Tj ET', 'one\ntwo\n\nthree'],
    ['a picture within the text', 'BI /W 1 ID \x01(\x02 EI BT /F1 10 Tf (after) Tj ET', 'after'],
    ['garbage at the end', 'BT /F1 10 Tf (so far) Tj [ << (', 'so far']
  ]
  test.each(cases)('%s', async (_, content, want) => {
    expect(await pdfText(simple(content))).toEqual({ pages: [want], why: '' })
    expect(await pdfText(simple(packed(content), '/Filter /FlateDecode '))).toEqual({ pages: [want], why: '' })
  })

  test('objects within a stream of objects, pages in order, codes of two bytes', async () => {
    const inner = ['<< /Type /Catalog /Pages 12 0 R >>', '<< /Kids [13 0 R 14 0 R] >>', '<< /Type /Page /Contents 20 0 R /Resources 15 0 R >>', '<< /Type /Page /Contents 21 0 R /Resources 15 0 R >>', '<< /Font << /F 30 0 R >> >>', '<< /Subtype /Type0 /Encoding /Identity-H /ToUnicode 31 0 R /DescendantFonts [<< /DW 1000 >>] >>']
    const numbers = [11, 12, 13, 14, 15, 30]
    let at = 0
    const head = inner.map((o, i) => [numbers[i], (at += i ? inner[i - 1]!.length + 1 : 0)].join(' ')).join(' ') + ' '
    const map = 'begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <0001> <78B3> endbfchar 1 beginbfrange <0002> <0003> <94FE> endbfrange'
    const file =
      '%PDF-1.5\n' +
      stream(1, packed(head + inner.join(' ')), `/Type /ObjStm /N 6 /First ${head.length} /Filter /FlateDecode `) +
      stream(20, 'BT /F 10 Tf <00010002> Tj ET') +
      stream(21, 'BT /F 10 Tf <0003> Tj ET') +
      stream(31, packed(map), '/Filter [/FlateDecode] ') +
      'trailer\n<< /Root 11 0 R >>\n'
    expect(await pdfText(bytes(file))).toEqual({ pages: ['碳链', '链'.replace('链', String.fromCharCode(0x94ff))], why: '' })
  })

  test('what cannot be read says why', async () => {
    expect((await pdfText(bytes('hello'))).why).toBe('no-pdf')
    expect((await pdfText(simple(''))).why).toBe('no-text')
    expect((await pdfText(bytes('%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R /Encrypt 9 0 R >>'))).why).toBe('encrypted')
  })

  test('circles and depths end', async () => {
    expect((await pdfText(bytes('%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Kids [2 0 R 3 0 R] >> endobj\n3 0 obj 3 0 R endobj\ntrailer << /Root 1 0 R >>'))).pages.length).toBeLessThan(3)
    expect((await pdfText(bytes('%PDF-1.4\n1 0 obj ' + '['.repeat(100000)))).why).toBe('no-text')
  })

  test('any cut of a good file ends without an error', async () => {
    const whole = simple(packed('BT /F1 10 Tf (We pledge) Tj ET'), '/Filter /FlateDecode ')
    for (let n = 0; n < whole.length; n += 7) expect(Array.isArray((await pdfText(whole.subarray(0, n))).pages)).toBe(true)
  })

  test('ranges of a map', () => {
    expect([...readCMap('beginbfrange <01> <02> [<0041> <00420043>] <10> <11> <0061> endbfrange').to]).toEqual([
      [1, 'A'],
      [2, 'BC'],
      [16, 'a'],
      [17, 'b']
    ])
  })
})
