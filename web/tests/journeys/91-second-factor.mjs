/* A second factor: turned on with an app, asked for at the door and once more before what is sensitive, recovery codes
 * for who has no phone at hand, turned off; and a service that requires one. The app is a few lines here (RFC 6238). */
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { examine } from '../every-page.mjs'
import { emailOf, PASSWORD } from '../people.mjs'
import { same, soon, truth } from '../tap.mjs'

const PART = 'section[aria-labelledby=factor]'
const CODE = 'input[autocomplete=one-time-code]'

/** RFC 4648, section 6, without padding. */
function bytesOf(base32) {
  const bits = [...base32].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g).map((b) => Number.parseInt(b, 2)))
}
/** RFC 4226, section 5.3: the counter is the step of 30 seconds (RFC 6238, section 4.2). */
function codeAt(secret, step) {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest()
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
/** An app whose codes are each used once: a step may be one ahead of the clock, and is waited for beyond that. */
class App {
  #used = 0
  constructor(secret) {
    this.secret = secret
  }
  async code() {
    const now = () => Math.floor(Date.now() / 30_000)
    this.#used = Math.max(this.#used + 1, now())
    while (now() < this.#used - 1) await new Promise((go) => setTimeout(go, 200))
    return codeAt(this.secret, this.#used)
  }
  /** of another day */
  wrong() {
    return codeAt(this.secret, 1000)
  }
}

async function password(page, person) {
  await page.go('/sign-in')
  await page.fill('main input[autocomplete=username]', emailOf(person))
  await page.fill('main input[autocomplete=current-password]', PASSWORD)
  await page.keyboard.press('Enter')
}
async function leave(page) {
  await page.go('/sign-in')
  await page.click('main .row button')
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
}
const inside = (page) => page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
const focused = (page, what) => soon(async () => truth(await page.evaluate((w) => document.activeElement.matches(w), what), `the focus is on ${what}`))
const clean = async (page, where) => same(await examine(page), [], `axe: ${where}`)

/** Turns it on where the page of the account is open: the app, and the recovery codes. */
async function turnOn(page) {
  await page.click(`${PART} > div button`)
  await page.waitForSelector(`${PART} svg path`, { state: 'attached' })
  await focused(page, `${PART} h3`)
  const uri = new URL(await page.getAttribute(`${PART} a[href^=otpauth]`, 'href'))
  const secret = (await page.locator(`${PART} code`).textContent()).replace(/\s/g, '')
  same([uri.searchParams.get('secret'), uri.searchParams.get('digits'), uri.searchParams.get('period')], [secret, '6', '30'], 'what the QR code says')
  await clean(page, 'a new secret')
  const app = new App(secret)
  await page.fill(`${PART} ${CODE}`, app.wrong())
  await page.keyboard.press('Enter')
  await page.waitForSelector(`${PART} [role=alert]`)
  same(await page.getAttribute(`${PART} ${CODE}`, 'aria-invalid'), 'true')
  await page.shot('a wrong code')
  await page.fill(`${PART} ${CODE}`, await app.code())
  await page.keyboard.press('Enter')
  await page.waitForSelector('.recovery li')
  await focused(page, '.recovery h3')
  const recovery = await page.locator('.recovery li').allInnerTexts()
  same([recovery.length, recovery.every((c) => /^\w{4}(-\w{4}){3}$/.test(c))], [10, true], 'recovery codes')
  return { app, recovery }
}

export function journey(tap, { story }) {
  for (const look of [{}, { phone: true, dark: true }])
    story(`a second factor is turned on, asked for and turned off${look.phone ? ', on a phone' : ''}`, async ({ as, visitor, ask, change, lang }) => {
      const zh = lang === 'zh'
      const mine = await as('bob', look)
      let app, recovery
      await mine.step('reads what it is', async () => {
        await mine.go('/account')
        truth((await mine.innerText(PART)).includes(zh ? '身份验证器应用' : 'authenticator app'), 'what it is')
      })
      await mine.step('turns it on', async () => {
        ;({ app, recovery } = await turnOn(mine))
        await clean(mine, 'recovery codes')
      })
      await mine.step('keeps the recovery codes', async () => {
        await mine.click('.recovery .row button >> nth=0')
        same(await mine.evaluate(() => navigator.clipboard.readText()), recovery.join('\n'), 'copied')
        const [download] = await Promise.all([mine.waitForEvent('download'), mine.click('.recovery .row button >> nth=1')])
        const text = readFileSync(await download.path(), 'utf8')
        truth(recovery.every((c) => text.includes(c)) && text.includes(emailOf('bob')), text)
        await mine.click('.recovery button.first')
        await focused(mine, `${PART} h2`)
        truth((await mine.innerText(PART)).includes('10'), 'how many are left')
        const html = await mine.content()
        truth(!html.includes(app.secret) && !recovery.some((c) => html.includes(c)), 'shown once')
        await clean(mine, 'it is on')
      })
      const people = await as('ada')
      await people.step('an administrator sees that there is one', async () => {
        const { body } = await ask('ada', 'GET', '/people')
        same(body.people.filter((p) => p.factor).map((p) => p.email), [emailOf('bob')], 'who has one')
        await people.go(`/people?person=${body.people.find((p) => p.factor).id}&of=bank`)
        await people.waitForSelector('dialog[open]')
        truth((await people.innerText('dialog[open]')).includes(zh ? '已启用第二验证因素' : 'has a second factor'), 'in the sheet of the person')
      })
      await leave(mine)
      const page = await visitor(look)
      await page.step('the password alone does not open', async () => {
        await password(page, 'bob')
        await page.waitForSelector(`main ${CODE}`)
        await focused(page, CODE)
        same(await page.getAttribute(CODE, 'inputmode'), 'numeric')
        await clean(page, 'a code is asked for')
      })
      await page.step('back, and nothing typed is lost', async () => {
        await page.click('main form .row button:not(.first)')
        await focused(page, 'input[autocomplete=current-password]')
        same([await page.inputValue('main input[autocomplete=username]'), await page.inputValue('main .both input')], [emailOf('bob'), PASSWORD])
        await page.keyboard.press('Enter')
        await page.waitForSelector(`main ${CODE}`)
      })
      await page.step('a wrong code is said at its field', async () => {
        await page.fill(CODE, app.wrong())
        await page.keyboard.press('Enter')
        await page.waitForSelector('main [role=alert]')
        truth((await page.innerText('main [role=alert]')).includes(zh ? '验证码不正确' : 'Not taken'), 'what is wrong')
        await focused(page, CODE)
        await clean(page, 'a wrong code')
      })
      await page.step('the right one opens', async () => {
        await page.keyboard.type(await app.code()) // in place of the wrong one, which is selected
        await page.keyboard.press('Enter')
        await inside(page)
      })
      await leave(page)
      await page.step('without the phone a recovery code opens', async () => {
        await password(page, 'bob')
        await page.waitForSelector(`main ${CODE}`)
        await page.click(`main .field > button`)
        await page.shot('asks for a recovery code')
        await focused(page, 'input[inputmode=text]')
        await page.keyboard.type(recovery[0].toUpperCase())
        await page.keyboard.press('Enter')
        await inside(page)
        await page.go('/account')
        truth(/\b9\b/.test(await page.innerText(PART)), 'one fewer')
      })
      await page.step('new recovery codes end the old ones', async () => {
        await page.click(`${PART} .row button >> nth=0`)
        await page.waitForSelector('.recovery li')
        const fresh = await page.locator('.recovery li').allInnerTexts()
        same([fresh.length, fresh.some((c) => recovery.includes(c))], [10, false])
        recovery = fresh
        await page.click('.recovery button.first')
      })
      await page.step('turning it off asks first, and the password and a code once more', async () => {
        change('UPDATE account_session SET proved_at = 1')
        await page.click(`${PART} .row button >> nth=1`)
        await focused(page, '.end button')
        await clean(page, 'about to turn it off')
        await page.keyboard.press('Enter')
        await page.waitForSelector('dialog[open] input[type=password]')
        await page.fill('dialog[open] input[type=password]', PASSWORD)
        await page.keyboard.press('Enter')
        await page.waitForSelector(`dialog[open] ${CODE}`)
        await focused(page, `dialog ${CODE}`)
        await clean(page, 'a code once more')
        await page.shot('a code once more')
        await page.keyboard.type(await app.code())
        await page.keyboard.press('Enter')
        await page.waitForSelector(`${PART} > div:not(.end) > button`)
        same(await page.locator('dialog[open]').count(), 0)
        await focused(page, `${PART} h2`)
      })
      await leave(page)
      await page.step('the password alone opens again', async () => {
        await password(page, 'bob')
        await inside(page)
      })
    })

  story(
    'a service that requires a second factor',
    async ({ visitor, lang }) => {
      const zh = lang === 'zh'
      const page = await visitor()
      const menu = async () => {
        await page.click('header nav button[aria-controls=person]')
        const text = await page.innerText('header #person')
        await page.keyboard.press('Escape')
        return text
      }
      await page.step('who has none yet is told on every page, and has the rights of a visitor', async () => {
        await password(page, 'bob')
        await inside(page)
        await page.waitForSelector('main .note a[href$="/account"]')
        truth(!(await menu()).includes(zh ? '贷款' : 'Loans'), 'no pages of a bank')
        await page.go('/league')
        await page.waitForSelector('main .note a[href$="/account"]')
        await clean(page, 'the note')
      })
      await page.step('the link leads to where it is turned on', async () => {
        await page.click('main .note a')
        await page.waitForSelector(PART)
        same(await page.evaluate(() => document.querySelector('main section')?.getAttribute('aria-labelledby')), 'factor', 'it stands first')
      })
      await page.step('once it is on the note is gone and the rights are there', async () => {
        await turnOn(page)
        await page.click('.recovery button.first')
        await soon(async () => same(await page.locator('main .note').count(), 0))
        truth((await menu()).includes(zh ? '贷款' : 'Loans'), 'the pages of a bank')
        await page.go('/loans')
        same(await page.locator('main [role=alert]').count(), 0)
      })
      await page.step('it cannot be turned off', async () => {
        await page.go('/account')
        same(await page.locator(`${PART} .row button`).count(), 1)
      })
    },
    { options: () => ['--second-factor', 'required'] }
  )
}
