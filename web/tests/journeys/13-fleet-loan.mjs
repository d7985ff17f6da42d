/* A fleet asks its bank for 20 million: terms, a list of cars with a verdict on each row, class mix,
 * stress, signature, term sheet and evidence pack; another bank sees nothing of it. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publishFleet } from '../fleet.mjs'
import { ROOT } from '../service.mjs'
import { same, truth } from '../tap.mjs'

const T = {
  zh: { borrower: '借款人', limit: '额度', id: '授信编号', make: '建立草案', upload: '导入', priced: /−10\.59/, sign: '签署并锁定', sure: '条款与清单已核对', worse: /全部车辆降/, own: /^一种车型/, becomes: /^变为/, add: '加入情景', sheet: /条款清单/, refused: /2 行被拒绝/, signed: /签署起不变/ },
  en: { borrower: 'Borrower', limit: 'Limit', id: 'Id of the facility', make: 'Make the draft', upload: 'Import', priced: /−10\.59/, sign: 'Sign and pin', sure: 'Terms and list are checked', worse: /Every car/, own: /^One model/, becomes: /^becomes/, add: 'Add to the scenario', sheet: /Term sheet/, refused: /2 rows were refused/, signed: /as signed on/ }
}
/* what a borrower sends: twelve rows, a model nobody knows, a car twice */
const LIST = [
  ['vin', 'model', 'price'],
  ...Array.from({ length: 6 }, (_, i) => [`LSVAU2180N218300${i}`, 'model 1', '150000']),
  ...Array.from({ length: 4 }, (_, i) => [`LSVAU2180N218310${i}`, 'Invented Model 3', '200000']),
  ['LSVAU2180N2183200', 'Model 77', '180000'],
  ['LSVAU2180N2183000', 'Model 1', '150000']
]

export function journey(tap, { story }) {
  story('a bank lends on the footprints of a fleet', async (world) => {
    const { as, ask, lang, folder } = world
    const t = T[lang]
    publishFleet(world)
    const page = await as('bob')
    await page.step('writes down the terms', async () => {
      await page.go('/loans')
      await page.getByLabel(t.id, { exact: true }).fill('rental')
      await page.getByLabel(t.borrower, { exact: true }).fill('武汉租车')
      await page.getByLabel(t.limit, { exact: true }).fill('20,000,000')
      await page.locator('input[type=date]').first().fill('2026-01-01')
      await page.getByRole('button', { name: t.make }).click()
      await page.waitForURL(/\/loans\/rental$/)
      await page.waitForSelector('main[aria-busy="false"] h1')
    })
    await page.step('brings in the list of cars', async () => {
      await page.locator('main input[type=file]').first().setInputFiles({ name: 'fleet.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST.map((row) => row.join(',')).join('\n')) })
      await page.getByRole('button', { name: t.upload, exact: true }).click()
      await page.getByText(t.refused).waitFor()
      const verdict = await page.innerText('main')
      truth(verdict.includes(lang === 'zh' ? '没有名为“Model 77”的已公布车型' : "no published car is called 'Model 77'"), 'a model nobody knows')
      truth(verdict.includes(lang === 'zh' ? '重复，另见第 2 行' : 'stands in row 2 too'), 'a car twice')
    })
    await page.step('sees the class mix and the margin', async () => {
      await page.locator('.lead', { hasText: t.priced }).waitFor()
      same((await page.locator('.mix li').allInnerTexts()).map((x) => /(\d+) (辆|cars)/.exec(x)?.[1]), ['6', '0', '4', '0', '0'], 'cars of each class')
    })
    await page.step('stresses corrections', async () => {
      await page.getByLabel(t.worse).fill('3')
      await page.waitForURL(/worse=3/)
      await page.getByLabel(t.own).selectOption('car-3')
      await page.getByLabel(t.becomes).selectOption('none')
      await page.getByRole('button', { name: t.add }).click()
      await page.waitForURL(/set=car-3/)
      // all three classes worse, and no footprint for car-3: (900,000 x 10 + 800,000 x 20) / 1,700,000
      await page.getByText('+14.71').waitFor()
    })
    await page.step('signs', async () => {
      await page.getByLabel(t.sure).check()
      await page.getByRole('button', { name: t.sign }).click()
      await page.locator('.lead', { hasText: t.signed }).waitFor()
      truth(t.priced.test(await page.innerText('.lead')), 'the price as it was shown')
      same(await page.getByRole('button', { name: t.upload, exact: true }).count(), 0, 'nothing is drawn after signing')
    })
    await page.step('takes term sheet and evidence', async () => {
      const sheet = await page.request.get(new URL(await page.getByRole('link', { name: t.sheet }).getAttribute('href'), page.url()).href)
      same((await sheet.body()).subarray(0, 4).toString(), '%PDF', 'the term sheet')
      const pack = await page.request.get(new URL(await page.locator('a[href*="/pack"]').getAttribute('href'), page.url()).href)
      writeFileSync(join(folder, 'rental.zip'), await pack.body())
      const said = execFileSync('python3', [join(ROOT, 'tools/check-loan'), join(folder, 'rental.zip')], { encoding: 'utf8' })
      truth(said.includes('-10.5882'), said)
    })
    const other = await as('olga')
    await other.step('another bank sees none of it', async () => {
      await other.go('/loans')
      truth(!(await other.innerText('main')).includes('rental'), 'the list of another bank')
      await other.go('/loans/rental')
      same(await other.locator('main [role=alert]').count(), 1, 'not found')
    })
    same((await ask('olga', 'GET', '/loans/rental')).status, 404, 'another bank')
    const visitor = await world.visitor()
    await visitor.step('a visitor is asked to sign in', async () => {
      await visitor.go('/loans/rental')
      truth(!(await visitor.innerText('main')).includes('武汉'), 'nothing of the loan')
    })
  })
}
