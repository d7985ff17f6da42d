/* Somebody comes from a search engine: one sentence, a name in the search box, the number with its source, the table. */
import { readFileSync } from 'node:fs'
import { same, truth } from '../tap.mjs'

export function journey(tap, { story }) {
  story('a first visitor finds a number, its source and its licence', async ({ visitor, ask, lang, folder }) => {
    const zh = lang === 'zh'
    const began = Date.now()
    const page = await visitor({ phone: true })
    await page.step('reads what this is', async () => {
      await page.go('/')
      truth((await page.innerText('main h1')).length > 10, 'one sentence')
    })
    await page.step('types a name and presses Enter', async () => {
      await page.fill('header [role=combobox]', zh ? '奔驰' : 'mercedes')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/search?q=*')
      await page.waitForSelector('main h2[id^="group-"]')
      const counts = (await ask(null, 'GET', `/search?q=${encodeURIComponent(zh ? '奔驰' : 'mercedes')}`)).body
      const said = await page.innerText('main')
      truth(said.includes(String(counts.companies ?? counts.company)), `counts of groups: ${said}`)
    })
    await page.step('opens the company', async () => {
      await page.click(`main a[href="/${lang}/companies/mercedes-benz"]`)
      await page.waitForURL('**/companies/mercedes-benz')
      await page.waitForSelector('main .score')
      truth((await page.innerText('main h1')).includes('73.1'), 'the number')
    })
    await page.step('where does it come from?', async () => {
      await page.locator('main a[href*="/origin?company=mercedes-benz"]').first().click()
      await page.waitForURL('**/origin?**')
      await page.waitForSelector('main .verdict')
      truth(/IPE|公众环境研究中心/.test(await page.innerText('main')), 'the source')
      await page.locator('main a[href*="/datasets/cati-auto-2024-results"]').first().click()
      await page.waitForURL('**/datasets/cati-auto-2024-results**')
      await page.waitForSelector('#terms')
      const set = (await ask(null, 'GET', '/datasets/cati-auto-2024-results')).body
      truth(set.licence && (await page.innerText('main')).includes(set.licence), `the licence: ${set.licence}`)
    })
    await page.step('takes the table', async () => {
      await page.go('/league')
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('main a[href*="format=csv"]').first().click()])
      await download.saveAs(`${folder}/table.csv`)
      truth(readFileSync(`${folder}/table.csv`, 'utf8').includes('mercedes-benz'), 'the row')
    })
    truth(Date.now() - began < 60_000, `${Date.now() - began} ms`)
  })

  story('one thing is found under all its names', async ({ visitor, lang }) => {
    const page = await visitor()
    const found = []
    for (const q of ['铁', 'tie', 'iron'])
      await page.step(`looks for ${q}`, async () => {
        await page.go(`/search?q=${encodeURIComponent(q)}&kind=factor`)
        found.push((await page.locator('main section li code').allInnerTexts()).join(' '))
      })
    truth(found[0].length > 50, 'factors')
    same(found[1], found[0], 'tie and 铁')
    same(found[2], found[0], 'iron and 铁')
    await page.step('nothing found is said', async () => {
      await page.go('/search?q=zzzzqq')
      truth((await page.innerText('main')).includes('zzzzqq'), lang)
    })
  })
}
