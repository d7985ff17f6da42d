/* The page in a browser against a real server: every page in both languages, at the desk and on a
 * phone, by eye of axe; what people do; how much is sent; the journeys of people of several organisations. TAP.
 *
 * usage: node web/tests/run.mjs PROGRAM [WORD]    WORD: only cases whose name has it ("journey", "journey 13")
 * TANLIAN_DB=postgresql://...  the journeys on databases of that server (tools/with-postgres sets one too)
 * TANLIAN_SHOTS=FOLDER         a picture of each step of a journey
 * TANLIAN_SLOW=N               a processor N times slower and answers 20 N ms later: what does not wait, fails
 * TANLIAN_LOOKS=none           what only looks at pages is left out: the program is another build, the page is the same */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { behaviour } from './behaviour.mjs'
import { everyPage } from './every-page.mjs'
import { longTables } from './long-tables.mjs'
import { Stories } from './people.mjs'
import { startService, WEB } from './service.mjs'
import { Tap } from './tap.mjs'
import { weight } from './weight.mjs'

const [program, only] = process.argv.slice(2)
const tap = new Tap()
// found out when a case wants it
const service = { base: '', folder: '', run: null, stop: async () => {} }
const browser = await chromium.launch({
  executablePath: process.env.TANLIAN_CHROMIUM ?? '/usr/bin/chromium',
  // Chromium's own walls cannot be put up by root
  args: process.getuid() === 0 ? ['--no-sandbox'] : []
})

const SLOW = Number(process.env.TANLIAN_SLOW ?? 0)
async function slowDown(page) {
  const tools = await page.context().newCDPSession(page)
  await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOW })
  await tools.send('Network.enable')
  await tools.send('Network.emulateNetworkConditions', { offline: false, latency: 20 * SLOW, downloadThroughput: -1, uploadThroughput: -1 })
}

/** A fresh browser profile; what the page complains about is collected in page.said. */
async function open({ lang = 'en', phone = false, dark = false } = {}, { base } = service) {
  const context = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 900 },
    hasTouch: phone,
    isMobile: phone,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
    permissions: ['clipboard-read', 'clipboard-write']
  })
  const page = await context.newPage()
  page.setDefaultTimeout(SLOW ? 60000 : 30000) // only who waits in vain waits so long
  if (SLOW) await slowDown(page)
  page.said = []
  page.on('pageerror', (e) => page.said.push(`error: ${e.message}`))
  page.on('console', (m) => {
    // a refusal of the service is an answer, not a fault of the page
    if (m.type() === 'error' && !/status of (401|403|404|422)/.test(m.text())) page.said.push(m.text())
  })
  page.on('request', (r) => {
    if (!r.url().startsWith(base) && !/^(data|blob):/.test(r.url())) page.said.push(`asked elsewhere: ${r.url()}`)
  })
  page.go = async (path) => {
    await page.goto(base + path)
    await page.waitForSelector('main[aria-busy="false"] h1')
    await page.waitForLoadState('networkidle')
  }
  page.done = () => context.close()
  return page
}

const tools = { open, service }
/** "journey 1" is not "journey 13" */
const wanted = (name) => !only || (/\d$/.test(only) ? new RegExp(only.replace(/[^\w ]/g, '\\$&') + '(?!\\d)').test(name) : name.includes(only))
const add = (before) => ({ test: (name, body) => wanted(name) && tap.test(name, async () => (await before(), body())) })
const always = add(async () => {})
const served = add(async () => {
  if (!service.base) Object.assign(service, await startService(resolve(program)))
})

always.test('units of the page (vitest)', () => {
  const done = spawnSync('npx', ['--no-install', 'vitest', 'run', '--reporter=dot'], { cwd: WEB, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
  if (done.status !== 0) throw new Error(done.stdout + done.stderr)
})
behaviour(served, tools)
longTables(served, tools)
if (process.env.TANLIAN_LOOKS !== 'none') {
  weight(served, tools)
  everyPage(served, tools)
}

const stories = new Stories(resolve(program), open)
for (const file of readdirSync(join(WEB, 'tests/journeys')).filter((f) => f.endsWith('.mjs')).sort()) {
  const { journey } = await import(`./journeys/${file}`)
  journey(always, { story: stories.teller(always, Number.parseInt(file, 10)) })
}

let failed = 1
try {
  failed = await tap.run()
} finally {
  await browser.close()
  await service.stop()
  stories.end()
}
process.exit(failed || tap.size === 0 ? 1 : 0)
