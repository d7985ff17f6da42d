/* A buyer before a car: types its name, picks it among a few, and has class, mean and better cars. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../service.mjs'
import { same, truth } from '../tap.mjs'

/** Eight sedans beside one that ships, so that there are peers enough for classes. */
export function moreSedans({ run, folder }) {
  const [head, first] = readFileSync(join(ROOT, 'tests/vehicle/cars.csv'), 'utf8').split('\n')
  const names = head.split(';')
  const at = (name) => names.findIndex((n) => n.startsWith(name))
  const rows = Array.from({ length: 8 }, (_, i) => {
    const cells = first.split(';')
    cells[at('Libellé modèle')] = `S${i}`
    cells[at('Description')] = `S${i} SEDAN`
    for (const name of names.filter((n) => /^Conso .* (Min|Max)/i.test(n))) {
      const value = Number((cells[at(name)] ?? '').replace(',', '.'))
      if (value) cells[at(name)] = (value * (0.8 + 0.05 * i)).toFixed(2).replace('.', ',')
    }
    return cells.join(';')
  })
  writeFileSync(join(folder, 'sedans.csv'), [head, ...rows, ''].join('\n'))
  run('vehicle', 'import', join(folder, 'sedans.csv'), '--map', 'ademe')
  for (const step of ['add', 'ask', 'publish']) run('registry', 'batch', 'second', step)
}

export function journey(tap, { story }) {
  story('a buyer before a car has its card in ten seconds', async (world) => {
    moreSedans(world)
    const { visitor, ask, lang } = world
    const page = await visitor({ phone: true })
    await page.go('/')
    const began = Date.now()
    await page.step('types a name and sees a few candidates', async () => {
      await page.fill('main [role=combobox]', 'sedan')
      await page.waitForSelector('main [role=option]')
      const found = await page.locator('main [role=option]').count()
      truth(found >= 5, `${found} candidates`)
    })
    await page.step('picks one: class, mean, better cars', async () => {
      await page.locator('main [role=option]', { hasText: 'S6 SEDAN' }).click()
      await page.waitForURL('**/vehicles/**')
      await page.waitForSelector('main[aria-busy="false"] h1:has-text("S6 SEDAN")')
      await page.waitForSelector('.cards li')
    })
    truth(Date.now() - began < 10_000, `${Date.now() - began} ms`)
    const id = decodeURIComponent(new URL(page.url()).pathname.split('/').pop())
    const bench = (await ask(null, 'GET', `/records/${id}/benchmarks`)).body.benchmarks
    const peers = bench.find((b) => b.benchmark === 'peers')
    const mean = bench.find((b) => b.benchmark === 'category')
    const text = await page.innerText('main header')
    truth(peers.class >= 1 && text.includes(lang === 'zh' ? `${peers.class} 级` : `class ${peers.class}`), `class ${peers.class} in: ${text}`)
    truth(text.includes(mean.mean_g_km.toFixed(1)) && text.includes(Math.abs(mean.to_mean).toFixed(1)), `mean ${mean.mean_g_km}, ${mean.to_mean} in: ${text}`)
    const better = (await ask(null, 'GET', `/records/${id}/better`)).body.list
    same(better.length, 3, 'three better cars')
    const cards = await page.locator('.cards li').allInnerTexts()
    same(cards.length, 3)
    better.forEach((b, i) => truth(cards[i].includes(b.product_en) && cards[i].includes(b.g_km.toFixed(1)), `card ${i}: ${cards[i]} against ${JSON.stringify(b)}`))
    truth(better.every((b) => b.less_g_km > 0 && b.size_class === better[0].size_class), 'all of them emit less')
  })

  story('a buyer asks what other steel, aluminium, grid and mileage would make of it', async ({ visitor, ask, base, lang }) => {
    const id = 'ademe-300e36e90930'
    const page = await visitor()
    await page.go(`/vehicles/${id}`)
    const g = async (...set) => (await ask(null, 'GET', `/vehicles/${id}/footprint?${set.map((s) => `set=${encodeURIComponent(s)}`).join('&')}`)).body
    const then = async () => page.locator('figure h2', { hasText: lang === 'zh' ? '假设情景' : 'What if' }).first().innerText()
    await page.step('40% of the steel from scrap', async () => {
      await page.locator('main input[type=range]').first().fill('40')
      await page.waitForURL('**?steel=40')
      const want = await g('steel.route=bf-bof:60/scrap-eaf:40')
      await page.waitForSelector(`figure h2:has-text("${want.after.g_co2e_per_km.toFixed(1)}")`).catch(() => undefined)
      truth((await then()).includes(want.after.g_co2e_per_km.toFixed(1)), `${await then()} has not ${want.after.g_co2e_per_km}`)
    })
    await page.step('hydropower aluminium, Yunnan, a longer life too', async () => {
      await page.locator('main input[type=range]').nth(1).fill('100')
      await page.waitForURL('**aluminium=100**')
      await page.locator('main select').nth(1).selectOption('CN-YN')
      await page.waitForURL('**grid=CN-YN**')
      await page.locator('main input[type=range]').nth(2).fill('250000')
      await page.waitForURL('**km=250000**')
      await page.waitForSelector('main[aria-busy="false"]')
      const want = await g('steel.route=bf-bof:60/scrap-eaf:40', 'aluminium.power=hydro', 'electricity.region=CN-YN', 'lifetime_km=250000')
      await page.waitForSelector(`figure h2:has-text("${want.after.g_co2e_per_km.toFixed(1)}")`)
      // a difference for each stage; together they are that of the whole, up to their rounding
      const stages = page.locator('figure', { hasText: lang === 'zh' ? '阶段' : 'maintenance' }).filter({ has: page.locator('td.change') }).first()
      const numbers = (await stages.locator('td.change').allInnerTexts()).map((t) => Number(t.replace('−', '-')))
      const sum = numbers.reduce((a, b) => a + b, 0)
      const whole = want.after.g_co2e_per_km - want.before.g_co2e_per_km
      same(numbers.length, want.before.stages.length, 'stages')
      truth(Math.abs(sum - whole) < 0.3, `differences come to ${sum}, the whole changes by ${whole}`)
    })
    await page.step('the address tells it to somebody else, reset takes it back', async () => {
      const other = await visitor()
      await other.go(page.url().slice(base.length))
      same(await other.locator('main input[type=range]').first().inputValue(), '40')
      await page.click(`main >> text=${lang === 'zh' ? '恢复现状' : 'Back to as it is'}`)
      await page.waitForURL(`${base}/${lang}/vehicles/${id}`)
      await page.waitForSelector('td.change', { state: 'detached' })
    })
  })
}
