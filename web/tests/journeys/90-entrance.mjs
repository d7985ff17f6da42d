/* People come in: an administrator invites, the mail has a link, a password opens; a forgotten one is set anew by mail,
 * and old sessions end; one's own account. Mails lie in a folder. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { emailOf, PASSWORD } from '../people.mjs'
import { same, soon, truth } from '../tap.mjs'

const BASE = 'https://tl.example'
const FRESH = 'seven quiet herons fly'
const options = (folder) => {
  mkdirSync(join(folder, 'mails'))
  return ['--base', BASE, '--mail', 'mails', '--mail-from', 'no-reply@tl.example']
}

/** The text of a mail as it was written, without the transport's encoding. */
function textOf(file) {
  const [head, body] = readFileSync(file, 'latin1').split(/\r\n\r\n([^]*)/)
  return /base64/i.test(head) ? Buffer.from(body, 'base64').toString('utf8') : Buffer.from(body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString('utf8')
}

/** Waits for a mail with a word in it. */
async function mail(folder, word) {
  for (const until = Date.now() + 20_000; Date.now() < until; ) {
    for (const name of readdirSync(join(folder, 'mails')).filter((n) => n.endsWith('.eml'))) {
      const text = textOf(join(folder, 'mails', name))
      if (text.includes(word)) return text
    }
    await new Promise((good) => setTimeout(good, 100))
  }
  throw new Error(`no mail with ${word}`)
}

/** Opens the link of a mail: of its address only the host is another one here. */
async function openLink(page, base, text, what) {
  const link = new RegExp(`${BASE}(/${what}#[\\w-]{43})`).exec(text)
  truth(link, `a link to /${what} in: ${text}`)
  await page.goto(base + link[1])
  await page.waitForSelector('main[aria-busy="false"] h1')
  await page.waitForLoadState('networkidle')
}

const signIn = async (page, email, password) => {
  await page.go('/sign-in')
  await page.fill('main input[autocomplete=username]', email)
  await page.fill('main input[type=password]', password)
  await page.click('main form button.first')
}

export function journey(tap, { story }) {
  story(
    'invited by mail, a password, and in',
    async ({ must, visitor, folder, base, lang }) => {
      const zh = lang === 'zh'
      await must('mia', 'POST', '/people/invitations', { user: 'xin@maker.example', name: zh ? '新' : 'Xin', role: 'company-editor', language: lang })
      const text = await mail(folder, '/invitation#')
      truth(text.includes(zh ? '比亚迪' : 'BYD'), text)
      const page = await visitor()
      await page.step('opens the link', async () => {
        await openLink(page, base, text, 'invitation')
        truth(page.url().includes(`/${lang}/invitation`), `the language of the browser: ${page.url()}`)
        const seen = await page.innerText('main')
        for (const word of zh ? ['比亚迪', '新', 'xin@maker.example', '企业填报员'] : ['BYD', 'Xin', 'xin@maker.example', 'company editor']) truth(seen.includes(word), `${word} in ${seen}`)
      })
      await page.step('a short password is refused beside the field, and kept', async () => {
        await page.fill('main input[type=password]', 'short')
        await page.click('main form button.first')
        await page.waitForSelector('main [role=alert]')
        same(await page.getAttribute('main input[type=password]', 'aria-invalid'), 'true')
        same(await page.inputValue('main input[type=password]'), 'short')
      })
      await page.step('so is a common one, by the service', async () => {
        await page.fill('main input[type=password]', 'password1234')
        await page.click('main form button.first')
        await page.waitForFunction((word) => document.querySelector('main [role=alert]')?.textContent.includes(word), zh ? '常见' : 'common')
      })
      await page.step('shows what was typed, and comes in', async () => {
        await page.fill('main input[type=password]', PASSWORD)
        await page.click('main .both button')
        same(await page.inputValue('main .both input[type=text]'), PASSWORD)
        await page.click('main form button.first')
        await page.waitForURL((url) => url.pathname.endsWith('/account'))
        await page.waitForSelector('main[aria-busy="false"] h1')
        truth((await page.innerText('main')).includes('xin@maker.example'), 'the own account')
        truth(!page.url().includes('#'), 'no token in the address')
      })
      const late = await visitor()
      await late.step('the link works once', async () => {
        await openLink(late, base, text, 'invitation')
        truth((await late.innerText('main')).includes(zh ? '已失效' : 'does not work'), 'told so')
      })
    },
    { options }
  )

  story(
    'forgot the password, by mail to a new one, and old sessions end',
    async ({ visitor, as, ask, folder, base, lang }) => {
      const zh = lang === 'zh'
      const page = await visitor()
      await page.step('asks for a link', async () => {
        await page.go('/sign-in')
        await page.click(`main form a`)
        await page.waitForURL((url) => url.pathname.endsWith('/reset'))
        // the page before has such a field too
        await page.waitForFunction(() => document.querySelector('main form input[type=email]') && !document.querySelector('main input[type=password]'))
        await page.fill('main input[type=email]', emailOf('bob'))
        await page.click('main form button.first')
        await page.waitForSelector('main [role=status]')
      })
      const text = await mail(folder, '/reset#')
      const old = await as('bob')
      await old.go('/account')
      truth((await old.innerText('main')).includes(emailOf('bob')), 'the session from before')
      await page.step('opens the link; switching the language keeps it', async () => {
        await openLink(page, base, text, 'reset')
        await page.click('header .lang')
        await page.waitForSelector(`html[lang=${zh ? 'en' : 'zh-Hans'}]`)
        await page.waitForSelector('main input[autocomplete=new-password]')
        await page.click('header .lang')
        await page.waitForSelector(`html[lang=${zh ? 'zh-Hans' : 'en'}]`)
        await page.waitForSelector('main input[autocomplete=new-password]')
      })
      await page.step('sets a new password', async () => {
        await page.fill('main input[autocomplete=new-password]', FRESH)
        await page.click('main form button.first')
        await page.waitForSelector('main [role=status]')
        truth(!page.url().includes('#'), 'no token in the address')
      })
      same((await ask('bob', 'GET', '/account')).status, 401, 'the old session has ended')
      await page.step('comes in with it', async () => {
        await signIn(page, emailOf('bob'), PASSWORD)
        await page.waitForSelector('main [role=alert]')
        await signIn(page, emailOf('bob'), FRESH)
        await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
      })
      await mail(folder, 'UTC')
    },
    { options }
  )

  story(
    'signing out is in sight, and leaves nothing behind; names are text',
    async ({ as, visitor, ask, must, lang }) => {
      const zh = lang === 'zh'
      const page = await as('bob')
      await page.step('a hostile name is shown as text', async () => {
        await must('bob', 'POST', '/keys', { name: '<img src=x onerror="document.title=1"><b>x</b>' })
        await page.go('/keys')
        truth((await page.innerText('main')).includes('<img src=x onerror'), 'as it was written')
        same(await page.locator('main img').count(), 0, 'no element of it')
      })
      await page.step('nothing of the person is in the storage of the browser', async () => {
        await page.evaluate(() => localStorage.setItem('tanlian.columns.test', 'a,b'))
        const kept = await page.evaluate(async () => ({
          local: Object.entries(localStorage),
          session: Object.entries(sessionStorage),
          cookies: document.cookie,
          databases: (await indexedDB.databases()).length,
          caches: (await caches.keys()).length
        }))
        same(kept, { local: [['tanlian.columns.test', 'a,b']], session: [], cookies: '', databases: 0, caches: 0 })
      })
      await page.step('signs out from the menu', async () => {
        await page.click('header nav button[aria-controls]:has-text("Bob")')
        await page.click(`header nav button:has-text("${zh ? '退出登录' : 'Sign out'}")`)
        await page.waitForSelector(`header nav a[href*="/sign-in"]`)
        same(await page.evaluate(() => localStorage.length), 0, 'what was kept is gone')
        same((await ask('bob', 'GET', '/account')).status, 401, 'the session has ended')
      })
      await page.step('going back shows nothing of it', async () => {
        await page.goBack()
        await page.waitForSelector('main[aria-busy="false"] h1')
        truth(!(await page.innerText('main')).includes(emailOf('bob')), 'no private page')
      })
      const other = await visitor()
      await other.step('a password can be pasted and is masked', async () => {
        await other.go('/sign-in')
        same(await other.getAttribute('main .both input', 'type'), 'password')
        same(await other.getAttribute('main .both input', 'autocomplete'), 'current-password')
        await other.evaluate((text) => navigator.clipboard.writeText(text), PASSWORD)
        await other.focus('main .both input')
        await other.keyboard.press('Control+V')
        same(await other.inputValue('main .both input'), PASSWORD)
      })
      await other.step('a link with odd names in it breaks nothing', async () => {
        await other.go('/league?__proto__=x&constructor=y&__proto__[polluted]=1')
        same(await other.evaluate(() => [({}).polluted, Object.hasOwn(Object.prototype, 'x')]), [undefined, false])
      })
    },
    { options }
  )

  story(
    'what was refused once stays, and is marked as the language it was said in',
    async ({ as, lang }) => {
      const zh = lang === 'zh'
      const page = await as('ada')
      const form = 'section[aria-labelledby=invite]'
      const own = zh ? 'zh-Hans' : 'en'
      await page.step('is refused an invitation', async () => {
        await page.go('/people')
        await page.fill(`${form} input[type=email]`, 'nobody@nowhere')
        await page.fill(`${form} input:not([type=email]):not([type=checkbox])`, 'N'.repeat(500))
        await page.locator(`${form} input[type=checkbox]`).first().check()
        await page.click(`${form} button.first`)
        await page.waitForSelector(`${form} .detail span`)
      })
      const title = await page.innerText(`${form} [role=alert] h2`)
      const detail = await page.innerText(`${form} .detail span`)
      same(await page.getAttribute(`${form} .detail span`, 'lang'), own)
      await page.step('switches the language: the words of the page change, those of the answer are marked', async () => {
        await page.click('header .lang')
        await page.waitForSelector(`html[lang=${zh ? 'en' : 'zh-Hans'}]`)
        await soon(async () => truth((await page.innerText(`${form} [role=alert] h2`)) !== title, 'the title is in the other language'))
        same([await page.innerText(`${form} .detail span`), await page.getAttribute(`${form} .detail span`, 'lang')], [detail, own])
        same(await page.inputValue(`${form} input[type=email]`), 'nobody@nowhere', 'what was typed stays')
      })
    },
    { options }
  )

  story(
    'the password once more, for what is sensitive',
    async ({ as, change, lang }) => {
      const zh = lang === 'zh'
      const page = await as('ada')
      const grow = () => change('UPDATE account_session SET proved_at = 1')
      const keys = () => page.evaluate(async () => (await (await fetch('/api/v1/keys?own=true')).json()).keys.length) // as the page: its session is renewed on the way
      const form = 'section[aria-labelledby=add] form'
      await page.step('asks for a key when the password was given long ago: a dialog, and the page stays as it was', async () => {
        await page.go('/keys')
        await page.fill(`${form} input[required]`, 'nightly copy')
        grow()
        await page.click(`${form} button`)
        await page.waitForSelector('dialog[open] input[type=password]')
        same(await page.evaluate(() => document.activeElement.matches('dialog input[type=password]')), true, 'the cursor is in the field')
        truth((await page.innerText('dialog[open]')).includes(zh ? '再次验证' : 'once more'), 'why')
        same(await page.inputValue(`${form} input[required]`), 'nightly copy')
      })
      await page.step('would rather not: nothing is done, and it says so', async () => {
        await page.keyboard.press('Escape')
        await page.waitForSelector('section[aria-labelledby=add] [role=alert]')
        truth((await page.innerText('section[aria-labelledby=add] [role=alert]')).includes(zh ? '未执行' : 'Not done'), 'what happened')
        same(await page.inputValue(`${form} input[required]`), 'nightly copy', 'what was typed')
        same(await page.evaluate(() => document.activeElement.matches('section[aria-labelledby=add] form button')), true, 'the focus is back')
        same(await keys(), 0)
      })
      await page.step('a wrong password is said at its field, and kept', async () => {
        await page.click(`${form} button`)
        await page.fill('dialog[open] input[type=password]', 'not that one')
        await page.keyboard.press('Enter')
        await page.waitForSelector('dialog[open] [role=alert]')
        same(await page.getAttribute('dialog[open] input[type=password]', 'aria-invalid'), 'true')
        same(await page.inputValue('dialog[open] input[type=password]'), 'not that one')
      })
      await page.step('the right one makes the key', async () => {
        await page.fill('dialog[open] input[type=password]', PASSWORD)
        await page.keyboard.press('Enter')
        await page.waitForSelector('main .once input')
        same(await page.locator('dialog[open]').count(), 0)
      })
      await page.step('a second one within ten minutes is not asked for', async () => {
        await page.fill(`${form} input[required]`, 'another')
        await page.click(`${form} button`)
        for (let i = 0; i < 60 && (await keys()) < 2; i++) await page.waitForTimeout(100)
        same(await keys(), 2)
        same(await page.locator('dialog[open]').count(), 0)
      })
    },
    { options }
  )

  story(
    'the own account: organisations, sessions, password, keys',
    async ({ as, visitor, run, ask, lang }) => {
      const zh = lang === 'zh'
      run('user', 'roles', emailOf('bob'), '--tenant', 'other-bank', '--role', 'bank-officer')
      const nobody = await visitor()
      await nobody.step('nobody is told to sign in', async () => {
        await nobody.go('/account')
        truth(await nobody.locator('main a[href*="sign-in"]').count(), 'a way to sign in')
      })
      const elsewhere = await as('bob', { form: true })
      const page = await as('bob')
      await page.step('sees it', async () => {
        await page.go('/account')
        truth((await page.innerText('main')).includes(zh ? '第二银行' : 'Second Bank'), 'both organisations')
      })
      await page.step('acts for the other bank', async () => {
        await page.click('main section[aria-labelledby=places] button')
        await page.waitForFunction((word) => document.querySelector('#person, header')?.textContent.includes(word), zh ? '第二银行' : 'Second Bank')
      })
      await page.step('ends all other sessions', async () => {
        await page.click(`main section[aria-labelledby=sessions] > div button`)
        await page.waitForFunction(() => document.querySelectorAll('section[aria-labelledby=sessions] li').length === 1)
        await elsewhere.go('/account')
        truth(await elsewhere.locator('main a[href*="sign-in"]').count(), 'the other one has ended')
      })
      await page.step('makes a key, seen once, and copies it', async () => {
        await page.click('section[aria-labelledby=keys] a[href*="/keys"]')
        await page.waitForURL(/\/keys$/)
        await page.fill('section[aria-labelledby=add] input[required]', 'nightly copy')
        await page.click('section[aria-labelledby=add] form button.first')
        const key = await page.inputValue('section[aria-labelledby=add] .once input')
        truth(/^tl_[0-9a-f]{16}_[\w-]{43}$/.test(key), key)
        await page.click('section[aria-labelledby=add] .once button.first')
        same(await page.evaluate(() => navigator.clipboard.readText()), key, 'copied')
        await page.getByRole('link', { name: key.slice(3, 19) }).or(page.getByRole('link', { name: 'nightly copy' })).first().waitFor()
        await page.go('/account')
        truth(!(await page.content()).includes(key), 'shown once')
        truth(/\b1\b/.test(await page.innerText('section[aria-labelledby=keys]')), 'counted here')
      })
      await page.step('ends the key', async () => {
        await page.go('/keys')
        await page.click('main tbody a')
        await page.click('dialog form button')
        await page.waitForFunction(() => !document.querySelector('dialog form button'))
        await page.go('/account')
        truth(!/\d/.test(await page.innerText('section[aria-labelledby=keys] p')), 'none works')
      })
      await page.step('changes the password: a wrong one is said at its field', async () => {
        await page.fill('main input[autocomplete=current-password]', 'not the old one')
        await page.fill('main input[autocomplete=new-password]', FRESH)
        await page.click('section[aria-labelledby=password] form > div button:not(.both button)')
        await page.waitForSelector('section[aria-labelledby=password] [role=alert]')
        await page.fill('main input[autocomplete=current-password]', PASSWORD)
        await page.click('section[aria-labelledby=password] form > div:last-child button')
        await page.waitForURL((url) => url.pathname.endsWith('/sign-in'))
      })
      await page.step('and comes back with the new one', async () => {
        await signIn(page, emailOf('bob'), FRESH)
        await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
      })
      same((await ask('bob', 'GET', '/account')).status, 401, 'the session from before')
    },
    { options }
  )
}
