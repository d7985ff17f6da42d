/* Every word there is, in both languages: none empty, none in the wrong script, none unused, the same
 * places to fill in; every page with its block. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { fill, otherLang, say, words, type Words } from '../../src/lib/i18n'
import { shared } from '../../src/lib/shared.words'
import { readPages } from '../../vite/pages'

const SRC = fileURLToPath(new URL('../../src/', import.meta.url))
const blocks: Record<string, Words<string>> = Object.fromEntries(
  Object.entries(import.meta.glob<Words<string>>('../../src/pages/*.words.ts', { eager: true, import: 'default' })).map(([path, block]) => [
    path.replace(/^.*\/(.*)\.words\.ts$/, '$1'),
    block
  ])
)
const all: [string, Words<string>][] = [['shared', shared as unknown as Words<string>], ...Object.entries(blocks)]

/** Latin that stays in Chinese text: names, units, codes, file kinds. */
const LATIN = new Set(
  [
    // file kinds, names, keys
    'CSV PDF Excel XLSX JSON API SVG PNG EPD CATI Apache Ctrl C Shift JavaScript tanlian init rate company',
    // units, keys of indicators
    'g kg km t CO e gwp fossil indicator ILCD',
    // places to fill in
    'h f n p path name band n all total low high w x q rows column t max a b who best worst theme gain rank parts page index code full rate to what is why'
  ].flatMap((line) => line.split(' '))
)

describe.each(all)('%s', (name, block) => {
  const keys = Object.keys(block.pairs)
  test.each(keys)('%s', (key) => {
    const [zh, en] = block.pairs[key]!
    expect(zh.trim(), `${name}.${key} in zh`).not.toBe('')
    expect(en.trim(), `${name}.${key} in en`).not.toBe('')
    if (key !== 'language') expect(en, `${name}.${key}: Chinese in the English word`).not.toMatch(/[\u3400-\u9fff]/)
    const latin = (zh.replace(/\{\w+\}/g, '').match(/[A-Za-z]+/g) ?? []).filter((word) => !LATIN.has(word))
    if (key !== 'language') expect(latin, `${name}.${key}: English in the Chinese word`).toEqual([])
    const places = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
    expect(places(en), `${name}.${key}: places to fill in`).toEqual(places(zh))
  })
})

test('every page has a block with a title, every block a page', () => {
  const pages = readPages(join(SRC, 'pages')).map((p) => p.name)
  expect(Object.keys(blocks).sort()).toEqual([...pages].sort())
  for (const name of pages) expect(blocks[name]!.pairs.title, name).toBeDefined()
})

test('every word is used', () => {
  const read = (folder: string): string =>
    readdirSync(join(SRC, folder), { withFileTypes: true })
      .filter((e) => e.isFile() && /\.(svelte|ts)$/.test(e.name) && !e.name.endsWith('.words.ts'))
      .map((e) => readFileSync(join(SRC, folder, e.name), 'utf8'))
      .join('\n')
  const text = ['.', 'pages', 'parts', 'lib'].map(read).join('\n')
  // w[`problem${kind}`], w[`job${state}`], NAMES of groups, w[`state${stage}`], w[`step${name}`], w[`why${why}`]
  const composed = /^(problem|job|group|state|step|why|password|failed)/
  const unused = all.flatMap(([name, block]) =>
    Object.keys(block.pairs).filter((key) => !composed.test(key) && !['title', 'menu'].includes(key) && !new RegExp(`\\b(w|words\\('zh'\\)|shared\\('zh'\\)|shared\\(\\w+(\\.\\w+)?\\))\\.${key}\\b`).test(text)).map((key) => `${name}.${key}`)
  )
  const chosen = ['group', 'country', 'listed', 'product', 'band'] // w[filter]
  expect(unused.filter((u) => !chosen.includes(u.split('.')[1]!))).toEqual([])
})

test('words, places, and a text that lacks one language', () => {
  const w = words({ hello: ['你好，{name}', 'Hello, {name}'] })
  expect(fill(w('zh').hello, { name: '碳链' })).toBe('你好，碳链')
  expect(fill(w('en').hello, {})).toBe('Hello, {name}')
  expect(say({ zh: '', en: 'ARCFOX' }, 'zh')).toBe('ARCFOX')
  expect(otherLang({ zh: '', en: 'ARCFOX' }, 'zh')).toBe('en')
  expect(otherLang({ zh: '宝马', en: 'BMW' }, 'zh')).toBeUndefined()
  expect(say(null, 'en')).toBe('')
})
