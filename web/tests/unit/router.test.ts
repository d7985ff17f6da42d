import { describe, expect, test } from 'vitest'
import { changed, fillPath, findRoute, formatPlace, matchPath, parsePlace, parseQuery } from '../../src/lib/router'

describe('places', () => {
  const rows: [string, string, string, ReturnType<typeof parsePlace>][] = [
    ['home', '/zh/', '', { lang: 'zh', path: '/', query: {} }],
    ['home without a stroke', '/en', '', { lang: 'en', path: '/', query: {} }],
    ['a page', '/en/companies/byd', '?index=cati-auto', { lang: 'en', path: '/companies/byd', query: { index: ['cati-auto'] } }],
    ['a stroke too many', '/zh/league/', '', { lang: 'zh', path: '/league', query: {} }],
    ['repeated names', '/zh/compare', '?company=a&company=b', { lang: 'zh', path: '/compare', query: { company: ['a', 'b'] } }],
    ['no language', '/league', '', null],
    ['another language', '/fr/league', '', null],
    ['the interface for programs', '/api/v1/companies', '', null]
  ]
  test.each(rows)('%s', (_, path, search, want) => expect(parsePlace(path, search)).toEqual(want))

  test('an address survives reading and writing', () => {
    const place = parsePlace('/zh/compare', '?company=byd&company=%E6%B1%BD%26&f=band%3Aleading')!
    expect(parsePlace('/zh/compare', formatPlace(place).replace(/^[^?]*/, ''))).toEqual(place)
  })
  test('names of a link touch no object of the page', () => {
    const query = parseQuery('?__proto__=a&constructor=b&toString=c&__proto__=d')
    expect(Object.keys(query).sort()).toEqual(['__proto__', 'constructor', 'toString'])
    expect(query['__proto__']).toEqual(['a', 'd'])
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
    expect(formatPlace({ lang: 'en', path: '/', query: changed(query, { x: '1' }) })).toBe('/en/?__proto__=a&__proto__=d&constructor=b&toString=c&x=1')
  })
  test('changing takes out what is empty', () => {
    const query = parseQuery('?a=1&b=2&b=3')
    expect(changed(query, { a: '', c: 'x', b: ['4'] })).toEqual({ b: ['4'], c: ['x'] })
    expect(changed(query, { b: [] })).toEqual({ a: ['1'] })
    expect(query).toEqual({ a: ['1'], b: ['2', '3'] })
  })
})

describe('patterns', () => {
  const rows: [string, string, string, Record<string, string> | null][] = [
    ['plain', '/league', '/league', {}],
    ['another', '/league', '/leagues', null],
    ['a placeholder', '/companies/{company}', '/companies/byd', { company: 'byd' }],
    ['an encoded one', '/companies/{company}', '/companies/%E6%AF%94%2F', { company: '比/' }],
    ['an empty one', '/companies/{company}', '/companies/', null],
    ['a broken one', '/companies/{company}', '/companies/%E6', null],
    ['too long', '/companies/{company}', '/companies/byd/x', null],
    ['two', '/indicators/{index}/{code}', '/indicators/cati-auto/5.3.2', { index: 'cati-auto', code: '5.3.2' }]
  ]
  test.each(rows)('%s', (_, pattern, path, want) => expect(matchPath(pattern, path)).toEqual(want))

  test('the plainer route goes first', () => {
    const routes = [{ path: '/companies/{company}' }, { path: '/companies/import' }]
    expect(findRoute(routes, '/companies/import')?.route.path).toBe('/companies/import')
    expect(findRoute(routes, '/companies/byd')?.params).toEqual({ company: 'byd' })
    expect(findRoute(routes, '/nowhere')).toBeNull()
  })
  test('filling encodes', () => expect(fillPath('/companies/{company}', { company: 'a/b 比' })).toBe('/companies/a%2Fb%20%E6%AF%94'))
})
