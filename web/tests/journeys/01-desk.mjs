/* An analyst scores a company from a PDF; a second person returns and approves; it is published. */
import { same, truth } from '../tap.mjs'

const REPORT = `<html lang="zh"><body style="font: 16px 'Noto Sans CJK SC', sans-serif">
  <h1>可持续发展报告 2025 Sustainability report</h1><p>本报告由集团编制，覆盖全部生产基地与总部。</p>
  <p style="break-before: page">公司公开承诺到 2045 年实现碳中和。We make a public climate pledge: carbon neutrality by 2045.</p>
  <p style="break-before: page">董事会负责监督气候事务，每季度听取汇报。The board oversees climate matters and hears a report each quarter.</p>
  <p style="break-before: page">食堂每天供应午餐和晚餐，员工满意度很高。The canteen serves lunch and dinner every day.</p></body></html>`

const T = {
  zh: { quote: '用作原文', submit: '提交第二人复核', back: '退回作者', approve: '复核通过', finalise: '定稿', publish: '发布', saved: '已自动保存 52 项', stop: '首页原文不全' },
  en: { quote: 'Take as quote', submit: 'Send to the second person', back: 'Send back', approve: 'Approve', finalise: 'Finish', publish: 'Publish', saved: 'Saved by itself: 52 answers', stop: 'the quote is cut short' }
}

async function makeReport(page) {
  const sheet = await page.context().newPage()
  await sheet.setContent(REPORT)
  const buffer = await sheet.pdf({ format: 'A4' })
  await sheet.close()
  return { name: 'Report 2025.pdf', mimeType: 'application/pdf', buffer }
}
const desk = '/desk/cati-auto/byd?period=2025'
/** A step is done when the place where it stood says something else. */
const take = async (page, text, state) => {
  await page.click(`.steps button:has-text("${text}")`)
  await page.waitForFunction((s) => document.querySelector('.steps .state')?.textContent === s, state)
}
const STATES = {
  zh: { review: '待第二人复核', draft: '草稿', company: '待企业回复', final: '已定稿', published: '已发布' },
  en: { review: 'With the second person', draft: 'Draft', company: 'With the company', final: 'Final', published: 'Published' }
}

export function journey(tap, { story }) {
  story('an analyst scores a report, a second person looks, it is published', async ({ as, ask, visitor, lang }) => {
    const [t, state] = [T[lang], STATES[lang]]
    const anna = await as('anna')
    await anna.step('drops the report', async () => {
      await anna.go(desk)
      await anna.setInputFiles('input[type=file]', await makeReport(anna))
      await anna.waitForSelector('.likely .passage')
      same(await anna.locator('.document [data-page]').count(), 4, 'pages')
    })
    await anna.step('takes a passage as quote and gives full points', async () => {
      truth((await anna.innerText('.likely .passage >> nth=0')).includes('2045'), await anna.innerText('.likely'))
      await anna.click(`.likely .passage >> nth=0 >> text=${t.quote}`)
      same(await anna.inputValue('.fields input >> nth=1'), '2', 'the page')
      truth((await anna.inputValue('textarea >> nth=0')).includes('2045'), 'the quote')
      await anna.locator('main h1').click()
      await anna.keyboard.press('f')
    })
    await anna.step('finds the board by the list of indicators', async () => {
      await anna.click('details.list summary')
      await anna.click('details.list button:has-text("1.2.2")')
      truth((await anna.innerText('.likely .passage >> nth=0')).match(/董事会|board/), await anna.innerText('.likely'))
      await anna.click('.likely .passage >> nth=0 >> button >> nth=0')
      await anna.waitForSelector('.document mark')
      same(await anna.locator('.document mark').evaluate((m) => m.closest('[data-page]').dataset.page), '3')
      await anna.click(`.likely .passage >> nth=0 >> text=${t.quote}`)
      await anna.locator('main h1').click()
      await anna.keyboard.press('f')
      await anna.click('details.list button:has-text("1.1.1")')
      await anna.locator('main h1').click()
    })
    await anna.step('answers all others by key', async () => {
      for (let i = 1; i < 52; i++) {
        await anna.keyboard.press('n')
        if (!(await anna.locator('.marks [aria-pressed=true]').count())) await anna.keyboard.press('0')
      }
      await anna.waitForSelector(`[role=status]:has-text("${t.saved}")`, { timeout: 30000 })
      await anna.waitForSelector('.preview:has-text("2.0")')
    })
    same((await ask(null, 'GET', '/ratings/companies/byd?index=cati-auto&period=2025')).status, 404, 'nobody else sees a draft')
    same((await ask('ming', 'GET', '/ratings/companies/byd?index=cati-auto&period=2025')).status, 404, 'nor does the company')
    await anna.step('hands it in', () => take(anna, t.submit, state.review))
    same((await ask('anna', 'POST', '/ratings/companies/byd/approve', { index: 'cati-auto', period: '2025' })).status, 403, 'nobody approves what they wrote')

    const rui = await as('rui')
    await rui.step('finds it among the assessments', async () => {
      await rui.go('/assessments')
      truth((await rui.innerText('main')).includes('2025'), 'the list')
    })
    await rui.step('sends it back with a reason', async () => {
      await rui.go(desk)
      await rui.click(`.steps button:has-text("${t.back}")`)
      await rui.fill('.steps textarea', t.stop)
      await rui.click('.steps form button.first')
      await rui.waitForFunction((s) => document.querySelector('.steps .state')?.textContent === s, state.draft)
    })
    await anna.step('hands it in again', async () => {
      await anna.go(desk)
      await take(anna, t.submit, state.review)
    })
    await rui.step('approves: it goes to the company', async () => {
      await rui.go(desk)
      same(await rui.locator('.marks button:not([disabled])').count(), 0, 'who reviews changes nothing')
      await take(rui, t.approve, state.company)
    })
    const ming = await as('ming')
    await ming.step('the company agrees', async () => {
      await ming.go('/replies/cati-auto/byd?period=2025')
      await ming.fill('form textarea >> nth=0', 'OK')
      await ming.click('form button.first')
      await ming.waitForSelector('article .said:has-text("OK")')
    })
    await rui.step('finishes it', async () => {
      await rui.go(desk)
      await take(rui, t.finalise, state.final)
    })
    const paul = await as('paul')
    await paul.step('publishes it', async () => {
      await paul.go(desk)
      await take(paul, t.publish, state.published)
    })
    const anybody = await visitor()
    await anybody.step('anybody reads score and quote', async () => {
      await anybody.go('/companies/byd?index=cati-auto&period=2025')
      truth((await anybody.innerText('main h1')).includes('2.0'), await anybody.innerText('main h1'))
      await anybody.locator('ol button', { hasText: '1.1.1' }).click()
      const drawer = await anybody.innerText('dialog[open]')
      truth(drawer.includes('2045') && drawer.includes('Report 2025') && drawer.includes('SHA-256'), drawer)
    })
  })
}
