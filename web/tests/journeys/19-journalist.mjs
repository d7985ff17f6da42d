/* A journalist takes a chart into a story: citation, code for the own page, the data as a file, an
 * address that says later whether the numbers are still the same. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { same, truth } from '../tap.mjs'
import { moreSedans } from './17-buyer.mjs'

const barsSaid = () => [...document.querySelectorAll('.plot button')].map((b) => b.getAttribute('aria-label')).join('; ')

export function journey(tap, { story }) {
  story('a journalist takes a chart along: citation, embed code, data, an address that remembers', async (world) => {
    const { visitor, base, lang } = world
    const zh = lang === 'zh'
    const page = await visitor()
    const sheet = page.locator('dialog[open]')
    let citation = ''
    let code = ''
    await page.step('opens the bar with the most cars and sees them', async () => {
      await page.go('/cars')
      const bar = page.locator('.plot button[aria-label*=": 3"], .plot button[aria-label*="：3"]').first()
      const label = await bar.getAttribute('aria-label')
      await bar.click()
      await page.waitForURL('**?bar=**')
      await page.waitForSelector('main[aria-busy="false"] tbody td')
      const rows = await page.locator('section:has(> section.table) table tbody tr').first().locator('xpath=..').locator('tr').count()
      truth(label.includes(String(rows)), `${rows} rows behind "${label}"`)
    })
    await page.step('what is not known is said in words', async () => {
      truth((await page.innerText('main')).includes(zh ? '不分级' : 'no class'), 'a car without class')
    })
    await page.step('takes the citation', async () => {
      await page.locator('figure button', { hasText: zh ? '引用' : 'Cite' }).first().click()
      await sheet.locator('.box').first().waitFor()
      await sheet.locator('button', { hasText: zh ? '复制引用' : 'Copy the citation' }).click()
      citation = await page.evaluate(() => navigator.clipboard.readText())
      const title = await page.locator('figure h2').first().innerText()
      truth(citation.includes(title.replace(/\s+/g, ' ')), `the finding in: ${citation}`)
      for (const want of ['class-rule@', 'peer-rule@', 'SHA-256', 'CC-BY-4.0', base]) truth(citation.includes(want), `${want} in: ${citation}`)
      truth(/\d{4}-\d{2}-\d{2}/.test(citation), 'a day')
    })
    await page.step('the file is the data that are cited', async () => {
      const [file] = await Promise.all([page.waitForEvent('download'), sheet.locator('a', { hasText: 'CSV' }).click()])
      const sum = createHash('sha256').update(readFileSync(await file.path())).digest('hex')
      truth(citation.includes(`SHA-256 ${sum.slice(0, 16)}`), `${sum} in: ${citation}`)
    })
    await page.step('the code works in a page elsewhere', async () => {
      code = await sheet.locator('textarea').inputValue()
      same((code.match(/<(\w+)/g) ?? []).join(' '), '<a <img')
      const elsewhere = await page.context().newPage() // another origin: a page of nobody
      await elsewhere.setContent(`<!doctype html><body>${code}</body>`)
      await elsewhere.waitForFunction(() => document.images[0]?.complete)
      truth((await elsewhere.evaluate(() => document.images[0].naturalWidth)) > 0, 'the picture is shown')
      truth((await elsewhere.getAttribute('a', 'href')).startsWith(`${base}/${lang}/cars?`), 'and leads back')
      await elsewhere.close()
    })
    let lasting = ''
    let before = ''
    await page.step('makes a frozen link, which the citation then has', async () => {
      await sheet.locator('button', { hasText: zh ? '生成存档链接' : 'Make a frozen link' }).click()
      await sheet.locator('button', { hasText: zh ? '复制存档链接' : 'Copy the frozen link' }).click()
      lasting = await page.evaluate(() => navigator.clipboard.readText())
      truth(new RegExp(`^${base}/${lang}/frozen/[0-9a-f]{32}$`).test(lasting), lasting)
      truth((await sheet.locator('.box').first().innerText()).includes(lasting), 'in the citation')
      truth((await sheet.locator('textarea').inputValue()).includes(`/api/v1/frozen/${lasting.slice(-32)}/0?format=svg`), 'in the code')
      before = await page.evaluate(barsSaid)
    })
    const address = new RegExp(`${base}\\S+?cited=[\\w.-]+`).exec(citation)[0].replace(/[，,。.]+$/, '')
    const reader = await visitor()
    await reader.step('a reader follows the address: unchanged', async () => {
      await reader.go(address.slice(base.length))
      await reader.waitForSelector(`figure [role=status]:has-text("${zh ? '未变' : 'unchanged'}")`)
    })
    moreSedans(world)
    await reader.step('more cars are published: the address says that the data have changed', async () => {
      for (let i = 0; i < 40; i++) {
        await reader.go(address.slice(base.length))
        if ((await reader.locator('figure [role=status]').first().innerText().catch(() => '')).includes(zh ? '已更新' : 'have changed')) return
        await reader.waitForTimeout(250)
      }
      throw new Error('the change is not said')
    })
    await reader.step('the frozen link shows the numbers as they were, in both languages, with their files', async () => {
      await reader.go(lasting.slice(base.length))
      await reader.waitForURL(`**/cars?**frozen=${lasting.slice(-32)}`)
      await reader.waitForSelector(`main > [role=status]:has-text("${zh ? '存档的数据' : 'as kept on'}")`)
      same(await reader.evaluate(barsSaid), before)
      const [file] = await Promise.all([reader.waitForEvent('download'), reader.locator('figure .files a', { hasText: 'CSV' }).first().click()])
      const sum = createHash('sha256').update(readFileSync(await file.path())).digest('hex')
      truth(citation.includes(`SHA-256 ${sum.slice(0, 16)}`), 'the file of the day it was cited')
      await reader.locator('a[hreflang]').first().click()
      await reader.waitForSelector(`main > [role=status]:has-text("${zh ? 'as kept on' : '存档的数据'}")`)
      await reader.locator('a[hreflang]').first().click()
      await reader.waitForSelector(`main > [role=status]:has-text("${zh ? '存档的数据' : 'as kept on'}")`)
      await reader.locator('main > [role=status] a').click()
      await reader.waitForSelector('main > [role=status]', { state: 'detached' })
      await reader.waitForSelector('main[aria-busy="false"] .plot button')
      truth((await reader.evaluate(barsSaid)) !== before, 'the numbers of today')
    })
    await reader.step('a row has a citation of its own', async () => {
      await reader.go('/cars?powertrain=bev')
      await reader.locator('section.table td[data-r="0"][data-c="1"]').first().click()
      await reader.locator('.help button', { hasText: zh ? '引用此行' : 'Cite this row' }).first().click()
      const text = await reader.locator('dialog[open] .box').first().innerText()
      truth(text.includes('E (150kW)') && text.includes('185.5') && text.includes(`${base}/${lang}/vehicles/ademe-300e36e90930`), text)
    })
  })
}
