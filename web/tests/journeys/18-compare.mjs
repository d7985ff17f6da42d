/* Somebody compares an electric car with a hybrid for the own use: break-even and its range, with the
 * assumptions in view; the files of the chart are what the page shows. */
import { readFileSync } from 'node:fs'
import { same, truth } from '../tap.mjs'

const ELECTRIC = 'ademe-300e36e90930'
const HYBRID = 'ademe-49f8dfc26777'

const saved = async (page, button) => {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

export function journey(tap, { story }) {
  story('electric or hybrid for the own use: break-even and range', async ({ visitor, ask, base, lang }) => {
    const zh = lang === 'zh'
    const page = await visitor()
    const asked = async (more) => (await ask(null, 'GET', `/vehicles/break-even?vehicle=${ELECTRIC}&vehicle=${HYBRID}${more}`)).body
    const settled = async (want) => {
      await page.waitForSelector(`main[aria-busy="false"] figure h2:has-text("${want[zh ? 'title_zh' : 'title_en']}")`)
      const text = await page.innerText('main')
      for (const key of ['break_even_years', 'break_even_years_low', 'break_even_years_high']) truth(text.includes(Number(want[key]).toFixed(1)), `${key} ${want[key]} in the page`)
    }
    await page.step('from the car, finds the other by its name', async () => {
      await page.go(`/vehicles/${ELECTRIC}`)
      await page.click(`main header >> text=${zh ? '与另一款车对比' : 'Compare with another car'}`)
      await page.waitForURL('**/vehicles/compare?car=**')
      await page.fill('main form input[type=search]', 'gamma h')
      await page.locator('main form li button').first().waitFor()
      truth((await page.locator('main form li').count()) <= 5, 'five candidates at most')
      await page.locator('main form li button', { hasText: /^H\s/ }).first().click()
      await page.waitForURL(`**car=${ELECTRIC}&car=${HYBRID}`)
      await settled(await asked(''))
    })
    await page.step('12,000 km a year, charged in Yunnan', async () => {
      await page.locator('main input[type=range]').first().fill('12000')
      await page.waitForURL('**&km=12000')
      await page.locator('main select').selectOption('CN-YN')
      await page.waitForURL('**&region=CN-YN')
      await settled(await asked('&km-year=12000&region=CN-YN'))
    })
    await page.step('the assumptions are in view, with what each would change', async () => {
      const want = await asked('&km-year=12000&region=CN-YN')
      const rows = await page.locator('details[open] tbody tr').count()
      same(rows, want.assumptions.length, 'rows of assumptions')
      truth((await page.innerText('details[open]')).includes('CN-YN'), 'the grid')
    })
    await page.step('the address holds it all', async () => {
      const other = await visitor({ phone: true })
      await other.go(page.url().slice(base.length))
      same(await other.locator('main input[type=range]').first().inputValue(), '12000')
      same(await other.locator('main select').inputValue(), 'CN-YN')
    })
    await page.step('files of the chart are what it shows', async () => {
      const figure = page.locator('figure').first()
      const title = await figure.locator('h2').innerText()
      const svg = await saved(page, figure.locator('button', { hasText: 'SVG' }))
      truth(svg.bytes.toString().startsWith('<svg') && !/style=|class=/.test(svg.bytes.toString()), 'a drawing that stands alone')
      const flat = (text) => text.replace(/\s/g, '')
      truth(flat(svg.bytes.toString().replace(/<[^>]+>/g, '')).includes(flat(title)), 'the finding stands in it')
      const png = await saved(page, figure.locator('button', { hasText: 'PNG' }))
      same(png.bytes.subarray(1, 4).toString(), 'PNG')
      const size = [png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]
      truth(size[0] >= 1000 && size[1] >= 500 && png.bytes.length > 10_000, `${size}, ${png.bytes.length} bytes`)
      const csv = await saved(page, figure.locator('a', { hasText: 'CSV' }))
      const want = (await asked('&km-year=12000&region=CN-YN')).by_year
      same(csv.bytes.toString().trim().split(/\r?\n/).length, want.length + 1, 'a row a year and the heading')
    })
  })
}
