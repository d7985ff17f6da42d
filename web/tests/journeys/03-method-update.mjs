/* A new year, another method: an analyst tries other numbers on last year's answers, an administrator
 * installs them as a new version, and anybody sees what changed and whom it moved. */
import { same, truth } from '../tap.mjs'

export function journey(tap, { story }) {
  story('a changed method is tried, installed, and seen by all', async ({ as, ask, visitor, lang, folder }) => {
    const zh = lang === 'zh'
    const before = (await ask(null, 'GET', '/ratings/league')).body
    const anna = await as('anna')
    await anna.step('opens the method', async () => {
      await anna.go('/method/cati-auto')
      await anna.click(`main a[href="/${lang}/method/cati-auto/revise"]`)
      await anna.waitForURL('**/method/cati-auto/revise')
      await anna.waitForSelector('main form input')
    })
    const field = (name) => anna.locator(`main form input[aria-label^="${name}"]`)
    await anna.step('a method that does not add up is refused in words', async () => {
      await anna.locator('main summary', { hasText: /^1 / }).click()
      await field('1.1.1 ').fill('2')
      truth((await anna.innerText('main form [role=status]')).includes('101'), 'the sum is 101')
      await anna.click('main form button.first')
      await anna.waitForSelector('main [role=alert]')
      truth((await anna.innerText('main [role=alert]')).includes('101'), 'what is wrong')
    })
    await anna.step('other weights, and who would move', async () => {
      await field('1.1.3 ').fill('1')
      await field(zh ? '汽车' : 'Automobile').fill('50')
      await anna.click('main form button.first')
      await anna.waitForSelector('#moved')
      const said = await anna.innerText('main section:has(#moved)')
      truth(said.includes('51') && /▲|▼/.test(said), `who moves: ${said.slice(0, 200)}`)
      truth(new URL(anna.url()).searchParams.getAll('change').includes('industry:automobile=50%'), 'the address holds the changes')
    })
    const trial = (await ask(null, 'GET', `/ratings/rescore${new URL(anna.url()).search}&index=cati-auto`)).body
    const pack = `${folder}/pack.zip`
    await anna.step('takes it as a pack', async () => {
      const [download] = await Promise.all([anna.waitForEvent('download'), anna.click('main a[href*="format=zip"]')])
      await download.saveAs(pack)
      same(download.suggestedFilename(), 'cati-auto-2024.1.zip')
    })
    same((await ask('anna', 'POST', '/datasets', 'no pack')).status, 403, 'an analyst installs nothing')

    const ada = await as('ada')
    await ada.step('the administrator installs it', async () => {
      await ada.go('/datasets')
      await ada.setInputFiles('main input[type=file]', pack)
      await ada.click('main section:has(#install) button.first')
      await ada.waitForSelector(`main section:has(#install) a[href="/${lang}/datasets/cati-auto%402024.1"]`, { timeout: 30000 })
    })
    await ada.step('the data set knows its versions', async () => {
      await ada.click('main section:has(#install) ul a')
      await ada.waitForURL('**/datasets/cati-auto%402024.1')
      await ada.waitForSelector('#uses')
      await ada.click('main a[href*="/datasets/diff"]')
      await ada.waitForURL('**/datasets/diff?**')
      await ada.waitForSelector('#changed')
    })

    const page = await visitor()
    await page.step('anybody sees what changed and whom it moved', async () => {
      await page.go('/datasets/diff?from=cati-auto%402024&to=cati-auto%402024.1')
      const said = await page.innerText('main')
      for (const word of ['items.csv', 'weights.csv', '1.1.1', zh ? '原名次' : 'old rank', zh ? '原权重' : 'old share']) truth(said.includes(word), `${word} in ${said.slice(0, 400)}`)
    })
    const old = (await ask(null, 'GET', '/ratings/rescore?index=cati-auto@2024&to=cati-auto@2024.1')).body
    same(old.companies, trial.companies, 'what was installed gives what was tried')
    same(old.companies.every((c) => c.total_before === before[Object.keys(before).find((k) => Array.isArray(before[k]))].find((r) => r.company === c.company).total), true, 'old totals are the published ones')
    same((await ask(null, 'GET', '/ratings/league')).body, before, 'nothing published has moved')
  })
}
