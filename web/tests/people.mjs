/* People of organisations of every kind, in a filled database; what they do in a browser is a story.
 *
 * The database is filled once a run, by the program, and everybody's invitation is accepted over HTTP with a password. Each
 * case gets a copy of it with a server of its own, so that no story sees what another has done; the sessions are in the copy. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Databases } from './databases.mjs'
import { caller, fillDatabase, newFolder, removeFolder, ROOT, serve } from './service.mjs'
import { same } from './tap.mjs'

export const PASSWORD = 'correct horse battery'

/** company: whose data the organisation's people may see */
export const ORGANISATIONS = {
  house: { kind: 'operator', en: 'House of Tanlian', zh: '碳链之家' },
  maker: { kind: 'company', en: 'BYD', zh: '比亚迪', company: 'byd' },
  rival: { kind: 'company', en: 'Geely', zh: '吉利', company: 'geely-auto' },
  mill: { kind: 'company', en: 'River Iron', zh: '河川铸铁', company: 'river-iron' },
  verity: { kind: 'verifier', en: 'Verity', zh: '求真', company: 'verity' },
  bank: { kind: 'bank', en: 'First Bank', zh: '第一银行' },
  'other-bank': { kind: 'bank', en: 'Second Bank', zh: '第二银行' },
  ministry: { kind: 'regulator', en: 'Ministry', zh: '监管部门' }
}

/** e-mail: NAME@ORGANISATION.example */
export const PEOPLE = {
  ada: { of: 'house', roles: ['administrator'], name: 'Ada' },
  anna: { of: 'house', roles: ['analyst'], name: '安娜' },
  amir: { of: 'house', roles: ['analyst', 'reviewer'], name: 'Amir' },
  rui: { of: 'house', roles: ['reviewer'], name: '芮' },
  paul: { of: 'house', roles: ['publisher'], name: 'Paul' },
  mei: { of: 'maker', roles: ['company-editor'], name: '梅' },
  ming: { of: 'maker', roles: ['company-approver'], name: '明' },
  mia: { of: 'maker', roles: ['administrator'], name: 'Mia' },
  otto: { of: 'rival', roles: ['company-editor', 'company-approver'], name: 'Otto' },
  li: { of: 'mill', roles: ['company-editor'], name: '李' },
  wang: { of: 'mill', roles: ['company-approver'], name: '王' },
  vera: { of: 'verity', roles: ['verifier'], name: 'Vera' },
  bob: { of: 'bank', roles: ['bank-officer'], name: 'Bob' },
  bea: { of: 'bank', roles: ['administrator'], name: 'Bea' },
  olga: { of: 'other-bank', roles: ['bank-officer'], name: 'Olga' },
  rita: { of: 'ministry', roles: ['regulator-reader'], name: 'Rita' },
  vito: { of: 'house', roles: ['visitor'], name: 'Vito' }
}
export const emailOf = (person) => `${person}@${PEOPLE[person].of}.example`

const linkOf = (said) => JSON.parse(said).link.split('#')[1]
const languageOf = (person) => (/^\p{Script=Han}/u.test(PEOPLE[person].name) ? 'zh' : 'en')

/** The organisations, and an invitation for each person. */
function invite(run) {
  const { house, ...others } = ORGANISATIONS
  const links = { ada: linkOf(run('--json', 'user', 'first', emailOf('ada'), '--name', PEOPLE.ada.name, '--tenant', 'house', '--name-en', house.en, '--name-zh', house.zh, '--base', 'http://t')) }
  for (const [id, o] of Object.entries(others)) run('tenant', 'add', id, '--kind', o.kind, '--name-en', o.en, '--name-zh', o.zh, ...(o.company ? ['--company', o.company] : []))
  for (const [id, p] of Object.entries(PEOPLE))
    if (id !== 'ada')
      links[id] = linkOf(run('--json', 'user', 'invite', emailOf(id), '--name', p.name, '--tenant', p.of, ...p.roles.flatMap((r) => ['--role', r]), '--language', languageOf(id), '--base', 'http://t'))
  return links
}

/** Everybody chooses a password: the session that begins with it. */
async function accept(base, links) {
  const sessions = {}
  for (const [id, token] of Object.entries(links)) {
    const answer = await fetch(`${base}/api/v1/invitation/acceptance`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token, password: PASSWORD }) })
    const body = await answer.json()
    same(answer.status, 200, `${id} accepts: ${JSON.stringify(body)}`)
    const [name, value] = answer.headers.getSetCookie()[0].split(';')[0].split('=')
    sessions[id] = { cookie: { name, value }, csrf: body.csrf }
  }
  return sessions
}

async function makeTemplate(program, databases) {
  const folder = newFolder()
  const database = databases.create(folder)
  const run = caller(program, database, folder)
  fillDatabase(run, folder)
  run('company', 'import', join(ROOT, 'tests/registry/verifier.csv'))
  const links = invite(run)
  const server = await serve(program, database, folder)
  const sessions = await accept(server.base, links)
  await server.stop() // a database is copied while nobody has it open
  return { folder, database, sessions }
}

/** One copy of the database with its server: what a story is told with. `open` makes a page of the browser. */
async function startWorld(program, databases, template, open, lang, label, options) {
  const folder = newFolder()
  const database = databases.create(folder, template.database)
  const change = (text) => databases.change(database, text)
  change(`UPDATE account_session SET proved_at = ${Math.floor(Date.now() / 1000)}`) // as if everybody had just signed in
  const server = await serve(program, database, folder, options(folder))
  const run = caller(program, database, folder)
  const pages = []
  const shots = process.env.TANLIAN_SHOTS && join(process.env.TANLIAN_SHOTS, label.replace(/[^\w]+/g, '-'))
  let shot = 0

  async function newPage(look, who) {
    const page = await open({ lang, ...look }, server)
    const go = page.go
    page.go = (path) => go(/^\/(zh|en)(\/|\?|$)/.test(path) ? path : `/${look?.lang ?? lang}${path}`)
    page.shot = async (name) => {
      if (!shots) return
      mkdirSync(shots, { recursive: true })
      await page.screenshot({ path: join(shots, `${String(++shot).padStart(2, '0')}-${who}-${name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)}.png`), fullPage: true })
    }
    page.step = async (name, body) => {
      try {
        const made = await body()
        await page.shot(name)
        return made
      } catch (e) {
        await page.shot(`failed ${name}`)
        e.stack = `step "${name}" of ${who}, at ${page.url()}\n${e.stack}`
        throw e
      }
    }
    pages.push(page)
    return page
  }

  async function as(person, look = {}) {
    const page = await newPage(look, person)
    if (!look.form) {
      await page.context().addCookies([{ ...template.sessions[person].cookie, url: server.base, httpOnly: true, sameSite: 'Lax' }])
      return page
    }
    await page.go('/sign-in')
    await page.fill('main input[autocomplete=username]', emailOf(person))
    await page.fill('main input[type=password]', PASSWORD)
    await page.click('main form button.first')
    await page.step('signs in', async () => {
      await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
      await page.waitForSelector('main[aria-busy="false"] h1')
    })
    return page
  }

  async function ask(person, method, path, body) {
    const { cookie, csrf } = person ? template.sessions[person] : { cookie: null, csrf: '' }
    const headers = { ...(cookie ? { Cookie: `${cookie.name}=${cookie.value}` } : {}), ...(method === 'GET' ? {} : { 'X-CSRF-Token': csrf }) }
    if (body !== undefined) headers['Content-Type'] = typeof body === 'string' || body instanceof Uint8Array ? 'application/octet-stream' : 'application/json'
    const answer = await fetch(`${server.base}/api/v1${path}`, { method, headers, body: body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) })
    const text = await answer.text()
    return { status: answer.status, body: /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text }
  }

  async function must(person, method, path, body) {
    let told = await ask(person, method, path, body)
    const job = told.status === 202 ? told.body.job : ''
    for (const until = Date.now() + 60_000; job && Date.now() < until; ) {
      const state = (await ask(person, 'GET', `/jobs/${job}`)).body
      if (state.ended_at) {
        told = state.state === 'done' ? await ask(person, 'GET', `/jobs/${job}/result`) : { status: 409, body: state }
        break
      }
      await new Promise((good) => setTimeout(good, 50))
    }
    if (told.status !== 200) throw new Error(`${person}: ${method} ${path} gives ${told.status} ${JSON.stringify(told.body).slice(0, 500)}`)
    return told.body
  }

  const stop = async () => {
    for (const page of pages) await page.done()
    await server.stop()
    databases.drop(database)
    removeFolder(folder)
  }
  return { lang, base: server.base, folder, run, change, pages, as, visitor: (look) => newPage(look, 'visitor'), ask, must, stop }
}

/** `tools` of the journeys: see web/README.md. `number` is what the name of the file begins with. */
export class Stories {
  #databases = new Databases()
  #template = null

  constructor(program, open) {
    this.program = program
    this.open = open
  }

  /** Registers a story: told in both languages, each time in a world of its own. options: further words of `tanlian
   * serve`, made for the folder of that world. */
  teller(tap, number) {
    return (name, body, { langs = ['zh', 'en'], options = () => [] } = {}) => {
      for (const lang of langs) {
        const label = `journey ${number}: ${name} (${lang})`
        tap.test(label, async () => {
          const world = await startWorld(this.program, this.#databases, await this.#fresh(), this.open, lang, label, options)
          try {
            await body(world)
            for (const page of world.pages) same(page.said, [], `complaints at ${page.url()}`)
          } finally {
            await world.stop()
          }
        })
      }
    }
  }

  /** The filled database; made anew before the sessions in it have been unused for too long (30 minutes). */
  async #fresh() {
    if (this.#template && Date.now() - this.#template.at > 15 * 60_000) this.end()
    return (this.#template ??= { ...(await makeTemplate(this.program, this.#databases)), at: Date.now() })
  }

  end() {
    if (!this.#template) return
    this.#databases.drop(this.#template.database)
    removeFolder(this.#template.folder)
    this.#template = null
  }
}
