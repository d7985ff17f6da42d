/* The half-year test of a signed facility: what changed since the last one, explained car by car,
 * kept under the officer's name, run again by a supervisor. */
import { createHash } from 'node:crypto'
import { publishCar, publishFleet, TEN_CARS, TERMS } from '../fleet.mjs'
import { same, truth } from '../tap.mjs'

const T = {
  zh: { due: /检验已到期/, now: '检验今天', corrected: '碳足迹已更正', keep: '留存检验并署名', kept: /已留存/, since: /^对比/, next: /下次检验/, list: /待检验/ },
  en: { due: /A test is due/, now: 'Test today', corrected: 'the footprint was corrected', keep: 'Keep this test under your name', kept: /is kept/, since: /^Compared with/, next: /Next test/, list: /to be tested/ }
}

export function journey(tap, { story }) {
  story('a facility is tested, and a supervisor runs the test again', async (world) => {
    const { as, ask, must, lang } = world
    const t = T[lang]
    publishFleet(world)
    await must('bob', 'POST', '/loans/rental', TERMS)
    await must('bob', 'POST', '/loans/rental/cars', TEN_CARS)
    await must('bob', 'POST', '/loans/rental/sign', { day: '2024-08-01' })
    publishCar(world, 1, 205, '2024-12-01', { reason: 'measured anew' })
    await must('bob', 'POST', '/loans/rental/tests', { day: '2025-02-01' })
    publishCar(world, 3, 226, '2025-03-01', { reason: 'battery was wrong' })

    const page = await as('bob')
    await page.step('is told that a test is due', async () => {
      await page.go('/loans')
      await page.locator('.lead', { hasText: t.list }).waitFor()
      await page.getByRole('link', { name: 'rental' }).click()
      await page.getByText(t.due).waitFor()
    })
    const today = new Date().toISOString().slice(0, 10)
    await page.step('tests today, against the last test', async () => {
      await page.getByRole('button', { name: t.now }).click()
      await page.waitForURL(new RegExp(`day=${today}.*since=2025-02-01`))
      const section = page.locator('main section', { has: page.getByRole('button', { name: t.now }) })
      await section.getByText(t.corrected).first().waitFor()
      const rows = await section.locator('tr').allInnerTexts()
      truth(rows.some((r) => r.includes('car-3')) && !rows.some((r) => r.includes('car-1')), `only car-3 changed since: ${rows}`)
    })
    await page.step('against the signing both changed', async () => {
      await page.getByLabel(t.since).selectOption('')
      await page.waitForURL((url) => !url.search.includes('since='))
      await page.locator('tr', { hasText: 'car-1' }).filter({ hasText: t.corrected }).first().waitFor()
    })
    await page.step('keeps the test', async () => {
      await page.getByRole('button', { name: t.keep }).click()
      await page.getByText(t.kept).first().waitFor()
      await page.getByText(t.next).waitFor()
    })
    const kept = await must('bob', 'GET', '/loans/rental/tests')
    same([kept.tests.length, kept.tests[0].day, kept.tests[0].who], [2, today, 'Bob'], 'the tests that were kept')

    const rita = await as('rita')
    await rita.step('a supervisor sees it and runs it again', async () => {
      await rita.go('/loans/rental')
      truth((await rita.innerText('main')).includes(kept.tests[0].report_sha256.slice(0, 12)), 'the hash stands there')
      const report = await rita.request.get(`${world.base}/api/v1/loans/rental/report?day=${today}`)
      same(createHash('sha256').update(await report.body()).digest('hex'), kept.tests[0].report_sha256, 'the report of the day')
      same(await rita.getByRole('button', { name: t.keep }).count(), 0, 'a supervisor keeps none')
    })
    same((await ask('rita', 'POST', '/loans/rental/tests', {})).status, 403, 'a supervisor changes nothing')
  })
}
