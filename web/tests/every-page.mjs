/* Every page, in both languages, wide and on a phone, light and dark: axe finds nothing against WCAG
 * 2.2 AA, nothing runs out of the screen, nothing is refused by the policy, no word is missing. */
import { createRequire } from 'node:module'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { WEB } from './service.mjs'
import { same, truth } from './tap.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A frozen page of the league table, told to stand there. */
const frozenAt = (where) => async (page, lang) => {
  await page.go(`/${lang}/league`)
  const told = await page.evaluate(async (body) => (await fetch('/api/v1/frozen', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })).json(),
    JSON.stringify({ answer: ['/ratings/league', '/ratings/indices'], page: where }))
  return `/frozen/${told.id}`
}

/** Addresses beyond the bare path of a page; one with a place in its path must have some here. */
const ADDRESSES = {
  404: ['/nowhere'],
  award: ['/top-runner/none'],
  batch: ['/batches/first'],
  car: ['/vehicles/ademe-08cf67dd93c2', '/vehicles/ademe-08cf67dd93c2?steel=40&grid=CN-YN&km=250000&powertrain=any'],
  'car-compare': ['/vehicles/compare', '/vehicles/compare?car=ademe-300e36e90930&car=ademe-49f8dfc26777&km=12000&region=CN-YN'],
  companies: ['/companies', '/companies?f=country%3AJP&sort=-name'],
  company: ['/companies/byd', '/companies/river-iron?index=foundry-climate', '/companies/byd?index=foundry-climate', '/companies/great-wall?index=cpp-stars'],
  compare: ['/compare', '/compare?company=byd&company=tesla&company=geely-auto'],
  corrections: ['/corrections', '/corrections?from=2026-01-01'],
  dataset: ['/datasets/gwp', '/datasets/cati-auto%402024'],
  'dataset-diff': ['/datasets/diff', '/datasets/diff?from=gwp%402025.1&to=gwp%402025.1'],
  desk: ['/desk/cati-auto/byd?period=2026'],
  epd: ['/epds/none'],
  factor: ['/factors/materials%2Fcrude-steel-eaf-cn-2018'],
  factors: ['/factors', '/factors?q=steel'],
  frozen: [frozenAt('/league'), frozenAt('/frozen/none')], // the first leads on, the second lists what was kept
  groups: ['/groups?by=country'],
  indicator: ['/indicators/cati-auto/steel-aluminium', '/indicators/cati-auto/5.3.2', '/indicators/foundry-climate/2.2'],
  industry: ['/cars', '/cars?by=maker', '/cars?powertrain=bev&bar=200&mark=ademe-08cf67dd93c2'],
  league: ['/league', '/league?group=chinese&by=steel_aluminium_rate', '/league?w12=60', '/league?index=cpp-stars'],
  loan: ['/loans/none'],
  'metal-thresholds': ['/metal-thresholds/steel?value=1.5&scrap=0.5', '/metal-thresholds/primary-aluminium', '/metal-thresholds/alumina?value=1.2'],
  'method-of': ['/method/cati-auto'],
  record: ['/records/ademe-08cf67dd93c2', '/records/none'],
  records: ['/records', '/records?powertrain=bev&sort=-value', '/records?q=nothing-like-it', '/records?kind=epd'],
  statistics: ['/statistics', '/statistics?powertrain=bev'],
  'top-runner': ['/top-runner', '/top-runner?from=2024-01&until=2024-12'],
  plan: ['/plan/cati-auto/byd', '/plan/foundry-climate/river-iron?take=2.1&effort=2.1%3A1'],
  replies: ['/replies/foundry-climate/river-iron', '/replies/cati-auto/byd'],
  origin: ['/origin', '/origin?record=ademe-08cf67dd93c2', '/origin?company=byd'],
  revise: ['/method/cati-auto/revise', '/method/cati-auto/revise?change=industry%3Aautomobile%3D50%25'],
  search: ['/search', '/search?q=steel', '/search?q=zzzz', '/search?q=hybride'],
  wrong: ['/wrong?page=/league']
}
const PATH = /^\s*export const path = '([^']+)'/m
const PAGES = readdirSync(join(WEB, 'src/pages'))
  .filter((f) => f.endsWith('.svelte'))
  .map((f) => ({ name: f.replace('.svelte', ''), path: PATH.exec(readFileSync(join(WEB, 'src/pages', f), 'utf8'))[1] }))
const LOOKS = [
  { name: 'wide, light', phone: false, dark: false },
  { name: 'phone, dark', phone: true, dark: true }
]

export async function examine(page) {
  await page.evaluate(axe)
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
  return found.violations.map((v) => `${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + n.any.concat(n.all, n.none).map((c) => c.message).join('; ').slice(0, 200)).join(' | ')}`)
}

/** Targets of a finger: 44 px high or wide enough, unless a link stands in a sentence. */
const smallTargets = () =>
  [...document.querySelectorAll('main button, main select, main summary, main input:not([type=checkbox], [type=radio], .hidden), header a, header button, header input')]
    .filter((e) => {
      const box = e.getBoundingClientRect()
      return box.width > 0 && box.height > 0 && box.height < 43.5 && getComputedStyle(e).visibility !== 'hidden'
    })
    .map((e) => `${e.tagName} ${e.textContent.trim().slice(0, 30)} ${Math.round(e.getBoundingClientRect().height)} px`)

export function everyPage(tap, { open }) {
  tap.test('every page has an address, every address a page', () => {
    same(PAGES.filter(({ name, path }) => path.includes('{') && !ADDRESSES[name]).map(({ name }) => name), [], 'a place to fill in, and no address')
    same(Object.keys(ADDRESSES).filter((name) => !PAGES.some((p) => p.name === name)), [], 'no such page')
  })
  for (const look of LOOKS)
    for (const lang of ['zh', 'en'])
      for (const { name, path } of PAGES)
        tap.test(`${name}: ${lang}, ${look.name}`, async () => {
          const page = await open({ lang, ...look })
          try {
            for (const one of ADDRESSES[name] ?? [path]) {
              const address = typeof one === 'function' ? await one(page, lang) : one
              await page.go(`/${lang}${address}`)
              same(await page.getAttribute('html', 'lang'), lang === 'zh' ? 'zh-Hans' : 'en', address)
              same(await page.locator('main h1').count(), 1, `${address}: one h1`)
              truth((await page.title()).includes(lang === 'zh' ? '碳链' : 'Tanlian'), `${address}: title ${await page.title()}`)
              const text = await page.innerText('body')
              truth(!/undefined|NaN|\[object|\{\w+\}/.test(text), `${address}: a hole in the text: ${/.{0,40}(undefined|NaN|\[object|\{\w+\}).{0,40}/.exec(text)?.[0]}`)
              const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
              truth(wide <= 0, `${address}: ${wide} px run out of the screen`)
              if (look.phone) same(await page.evaluate(smallTargets), [], `${address}: targets for a finger`)
              same(await examine(page), [], `${address}: axe`)
              same(page.said, [], `${address}: complaints`)
            }
          } finally {
            await page.done()
          }
        })
}
