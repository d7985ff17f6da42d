/* Tables of more than 200 rows, of which the screen has only those in sight. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { same, soon, truth } from './tap.mjs'

/** 400 companies more than there are. */
function many(service) {
  const file = join(service.folder, 'many.csv')
  writeFileSync(file, 'id,name_en,source\n' + Array.from({ length: 400 }, (_, i) => `many-${i},Many ${i},xxx`).join('\n') + '\n')
  service.run('company', 'import', file)
}

export function longTables(tap, { open, service }) {
  const on = (name, look, body) =>
    tap.test(name, async () => {
      const page = await open(look)
      try {
        await body(page)
        same(page.said, [], 'complaints')
      } finally {
        await page.done()
      }
    })

  on('a long table draws only what is seen', {}, async (page) => {
    many(service)
    await page.go('/en/companies')
    truth((await page.locator('tbody tr').count()) < 120, `${await page.locator('tbody tr').count()} rows drawn`)
    same(await page.getAttribute('table', 'aria-rowcount'), '478')
    await page.click('td[data-r="0"][data-c="0"]')
    await page.keyboard.press('Control+End')
    await page.waitForSelector('td[data-r="476"]')
    await page.waitForFunction(() => document.activeElement.dataset.r === '476')
  })

  on('a long table is printed whole, and its heads are texts that repeat overleaf', {}, async (page) => {
    many(service)
    await page.go('/en/companies')
    const drawn = () => page.locator('tbody tr').count()
    truth((await drawn()) < 120, 'on the screen only what is seen')
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    same(await drawn(), 477, 'on paper all')
    same(await page.evaluate(() => getComputedStyle(document.querySelector('th button')).display), 'contents')
    same(await page.isVisible('main .tools'), false, 'no tools on paper')
    truth((await page.innerText('footer')).includes('/en/companies'), 'and where it comes from')
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await page.emulateMedia({ media: null })
    await soon(async () => truth((await drawn()) < 120, 'the screen is as before'))
  })
}
