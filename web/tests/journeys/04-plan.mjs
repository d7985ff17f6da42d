/* A sustainability manager asks why the company stands where it stands, and what would lift it: with the mouse, and with
 * nothing but the keyboard. */
import { same, truth } from '../tap.mjs'

const T = {
  zh: { plan: '怎样提高得分？', find: '找出来', question: '比亚迪为什么是 16.3 分，怎样提高？', gain: /可增加 ([\d.]+) 分/, quotes: '他们怎么说' },
  en: { plan: 'What would lift it?', find: 'Find them', question: 'Why is BYD at 16.3, and what would lift it?', gain: /bring ([\d.]+) points/, quotes: 'What they say' }
}
const resultOf = async (page, t) => Number(t.gain.exec(await page.innerText('.result'))?.[1])

/** Tab until the focus is where it should be: what can be clicked can be reached. */
async function tabTo(page, test, most = 400) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(test)) {
      const shown = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement)
        return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0
      })
      truth(shown, 'the focus can be seen')
      return
    }
  }
  throw new Error(`not reached by ${most} steps of Tab: ${test}`)
}

export function journey(tap, { story }) {
  story('why are we at 16.3, and which five things give 20 more', async ({ as, lang }) => {
    const t = T[lang]
    const mei = await as('mei')
    await mei.step('opens the own card and what would lift it', async () => {
      await mei.go('/companies/byd')
      await mei.click(`main header a:has-text("${t.plan}")`)
      await mei.waitForURL('**/plan/cati-auto/byd')
      await mei.waitForFunction((s) => document.querySelector('main h1')?.textContent === s, t.question)
    })
    await mei.step('has the five found', async () => {
      await mei.click(`button:has-text("${t.find}")`)
      await mei.waitForURL('**take=*')
      same(await mei.locator('section ol li').count() <= 5, true)
      truth((await resultOf(mei, t)) >= 20, await mei.innerText('.result'))
    })
    await mei.step('knows better about an effort', async () => {
      const first = mei.locator('main ul > li').first()
      await first.locator('select').selectOption('3')
      await mei.waitForURL('**effort=*')
      await mei.selectOption('section .between select', 'gain')
      await mei.waitForURL('**by=gain')
    })
    await mei.step('the address brings it all back', async () => {
      const before = await mei.innerText('.result')
      await mei.reload()
      await mei.waitForSelector('.result strong')
      same(await mei.innerText('.result'), before)
    })
    const li = await as('li', { phone: true })
    await li.step('a mill reads what peers say, on a phone', async () => {
      await li.go('/plan/foundry-climate/river-iron')
      await li.locator(`summary:has-text("${t.quotes}")`).first().click()
      truth((await li.locator('details[open] blockquote').first().innerText()).length > 10, 'a quote')
    })
  })

  story('the same with nothing but the keyboard', async ({ as, lang }) => {
    const t = T[lang]
    const mei = await as('mei')
    await mei.go('/companies/byd')
    await mei.step('reaches the link and follows it', async () => {
      await tabTo(mei, `document.activeElement.textContent === ${JSON.stringify(t.plan)}`)
      await mei.keyboard.press('Enter')
      await mei.waitForURL('**/plan/cati-auto/byd')
      await mei.waitForFunction(() => document.activeElement?.tagName === 'H1')
    })
    await mei.step('has the five found', async () => {
      await tabTo(mei, `document.activeElement.textContent === ${JSON.stringify(t.find)}`)
      await mei.keyboard.press('Enter')
      await mei.waitForURL('**take=*')
      await mei.waitForSelector('.result strong')
      same(await mei.evaluate(() => document.activeElement.tagName), 'BUTTON', 'the focus stays')
    })
    await mei.step('takes one away and another order', async () => {
      const before = await resultOf(mei, t)
      await tabTo(mei, `document.activeElement.type === 'checkbox' && document.activeElement.checked`)
      await mei.keyboard.press('Space')
      await mei.waitForFunction((b) => !document.querySelector('.result').textContent.includes(b), String(before))
      truth((await resultOf(mei, t)) < before, 'fewer points')
      await tabTo(mei, `document.activeElement.tagName === 'SELECT'`)
      await mei.keyboard.press('ArrowDown')
      await mei.waitForURL('**effort=*')
    })
  })

  story('the desk with nothing but the keyboard', async ({ as, lang }) => {
    const anna = await as('anna')
    await anna.go('/desk/cati-auto/byd?period=2025')
    await anna.step('gives points, names the document, goes on', async () => {
      await anna.keyboard.press('f')
      truth(await anna.locator('.marks [aria-pressed=true]').count(), 'full points by one key')
      await tabTo(anna, `document.activeElement.closest('.fields .wide') && document.activeElement.tagName === 'INPUT'`)
      await anna.keyboard.type('Report f0h')
      same(await anna.inputValue('.fields .wide input'), 'Report f0h', 'keys in a field are letters')
      await tabTo(anna, `document.activeElement.tagName === 'TEXTAREA'`)
      await anna.keyboard.type('quoted')
      await tabTo(anna, `document.activeElement.matches('.side button.first')`)
      await anna.keyboard.press('Enter')
      await anna.waitForSelector('.side h2:has-text("1.1.2")')
      await anna.keyboard.press('0')
      await anna.waitForSelector(`[role=status]:has-text("${lang === 'zh' ? '已自动保存 2 项' : 'Saved by itself: 2'}")`)
    })
    await anna.step('opens the list and chooses from it', async () => {
      await tabTo(anna, `document.activeElement.tagName === 'SUMMARY' && document.activeElement.parentElement.matches('.list')`)
      await anna.keyboard.press('Enter')
      await tabTo(anna, `document.activeElement.textContent.includes('1.2.2')`)
      await anna.keyboard.press('Enter')
      await anna.waitForSelector('.side h2:has-text("1.2.2")')
    })
  })
}
