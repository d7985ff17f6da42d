/* What people do: search, read a card, filter, compare, copy, weigh otherwise, assess. */
import { same, soon, truth } from './tap.mjs'

export function behaviour(tap, { open, service }) {
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
  const h1 = (page) => page.innerText('main h1')
  const where = (page) => new URL(page.url()).pathname + new URL(page.url()).search

  on('the service sends the page under a strict policy', {}, async (page) => {
    const answer = await page.goto(service.base + '/en/')
    const policy = answer.headers()['content-security-policy']
    truth(policy.includes("default-src 'none'") && policy.includes("script-src 'self'") && policy.includes("style-src 'self'"), policy)
    truth(!policy.includes('unsafe'), policy)
  })

  on('"/" brings the cursor to the search, arrows and Enter open a company', {}, async (page) => {
    await page.go('/zh/league')
    await page.keyboard.press('/')
    await page.keyboard.type('比亚')
    await page.waitForSelector('[role=option]')
    await soon(async () => truth((await page.innerText('header [role=option] >> nth=0')).includes('比亚迪'), 'found by a part of its name'))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/zh/companies/byd')
    await page.waitForSelector('main[aria-busy="false"] h1')
    await soon(async () => same(await h1(page), '比亚迪为什么是 16.3 分？'))
    await soon(async () => same(await page.evaluate(() => document.activeElement.tagName), 'H1', 'the focus goes with the page'))
  })

  on('nothing found is said', {}, async (page) => {
    await page.go('/en/')
    await page.fill('header [role=combobox]', 'zzzz')
    await page.waitForSelector('header [role=option]')
    await soon(async () => truth((await page.innerText('header [role=listbox]')).includes('zzzz'), 'what was looked for'))
  })

  on('the other language is the same place', {}, async (page) => {
    await page.go('/zh/league?group=chinese&by=steel_aluminium_rate')
    await page.click('header nav .lang')
    await page.waitForURL('**/en/league?group=chinese&by=steel_aluminium_rate')
    await page.waitForFunction(() => document.querySelector('main h1')?.textContent === 'Whose climate action leads?')
    same(await page.getAttribute('html', 'lang'), 'en')
  })

  on('what a page was refused is said in the other language too', {}, async (page) => {
    for (const [path, at] of [
      ['/companies/no-such', 'main .detail span'],
      ['/vehicles/compare?car=no-such&car=neither', 'main p[role=alert] span']
    ]) {
      const told = async () => [await page.getAttribute(at, 'lang'), /\p{Script=Han}/u.test(await page.innerText(at)), (await page.innerText(at)).includes('no-such')]
      await page.go('/zh' + path)
      await soon(async () => same(await told(), ['zh-Hans', true, true], path))
      await page.click('header nav .lang')
      await soon(async () => same(await told(), ['en', false, true], path))
      await page.goBack()
      await soon(async () => same(await told(), ['zh-Hans', true, true], path))
    }
  })

  on('filters stand in the address, back takes them away', {}, async (page) => {
    await page.go('/en/league')
    const rows = () => page.locator('figure ol li').count()
    same(await rows(), 51)
    await page.selectOption('aside label:has-text("Region") select', 'european')
    await page.waitForURL('**/league?group=european')
    await page.waitForFunction(() => document.querySelectorAll('figure ol li').length === 8)
    await page.goBack()
    await page.waitForFunction(() => document.querySelectorAll('figure ol li').length === 51)
    same(where(page), '/en/league')
  })

  on('another weight moves ranks on the screen only', {}, async (page) => {
    await page.go('/en/league')
    await page.locator('aside input[type=range]').fill('60')
    await page.waitForURL('**/league?w12=60')
    await page.waitForSelector('.spread')
    const asked = await (await page.request.get(service.base + '/api/v1/ratings/what-if?w12=0.6&range=0.2:0.4')).json()
    const moved = asked.companies.filter((c) => c.rank !== c.published_rank).length
    await soon(async () => truth((await page.innerText('figure h2')).includes(`${moved} companies`), await page.innerText('figure h2')))
    same(await page.locator('figure ol li').count(), 51)
    await page.click('text=Back to the published share (30 %)')
    await page.waitForURL('**/league')
  })

  on('an answer opens its evidence, Escape closes it', {}, async (page) => {
    await page.go('/en/companies/river-iron?index=foundry-climate')
    same(await h1(page), 'Why does River Iron stand at 11.6?')
    await page.click('ol button:has-text("Furnaces on green electricity")')
    const drawer = page.locator('dialog[open]')
    await soon(async () => truth((await drawer.innerText()).includes('绿证 4000 个'), 'the quote'))
    truth((await drawer.innerText()).includes('Certificates 2025'), 'the document')
    await page.keyboard.press('Escape')
    await page.waitForSelector('dialog:not([open])', { state: 'attached' })
    truth((await page.innerText('main')).includes('agreed'), 'the reply of the company')
  })

  on('cells are reached by keyboard and copied for a spreadsheet', {}, async (page) => {
    await page.go('/en/league')
    await page.click('figure .tabs >> text=Table')
    await page.click('td[data-r="0"][data-c="1"]')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Control+c')
    await page.waitForSelector('.help:has-text("Copied")')
    same(await page.evaluate(() => navigator.clipboard.readText()), 'company\ttotal\r\nMercedes-Benz\t73.1\r\nVolvo Cars\t65.2\r\n')
    await page.keyboard.press('ArrowDown')
    await soon(async () => same(await page.evaluate(() => document.activeElement.dataset.r), '2'))
  })

  on('tables sort and filter by the address; columns are remembered', {}, async (page) => {
    await page.go('/en/companies?sort=-name')
    await soon(async () => same(await page.getAttribute('th:has-text("name")', 'aria-sort'), 'descending'))
    await page.click('text=By column')
    await page.selectOption('.filters select[aria-label="Filter country"]', 'JP')
    await page.waitForURL('**f=country%3AJP')
    await soon(async () => {
      const shown = await page.locator('tbody tr').count()
      truth(shown > 0 && shown < 74, `${shown} rows`)
    })
    await page.click('button:has-text("Columns")')
    await page.click('fieldset label:has-text("source")')
    await page.reload()
    await page.waitForSelector('th:has-text("source")')
    await soon(async () => same(await page.evaluate(() => Object.keys(localStorage).sort()), ['tanlian.columns.company-list.companies']))
  })

  on('two companies side by side', {}, async (page) => {
    await page.go('/en/compare')
    await page.selectOption('select', 'byd')
    await page.waitForURL('**company=byd')
    await page.selectOption('select', 'tesla')
    await page.waitForSelector('figure svg')
    await soon(async () => same(await page.innerText('figure h2'), 'Furthest apart: Scope 3 disclosure (Tesla 100 %, BYD 0 %)'))
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('figure button:has-text("PNG")')])
    same(download.suggestedFilename(), 'comparison.png')
  })

  on('what may not be seen says how to get there', {}, async (page) => {
    await page.go('/en/jobs')
    same(await h1(page), 'You need to sign in')
    await page.click('main a:has-text("Sign in")')
    await page.waitForURL('**/en/sign-in?next=%2Fjobs')
  })

  on('the desk: a text beside the indicator, points by key, a quote taken, nothing lost', {}, async (page) => {
    await page.go('/en/desk/cati-auto/byd?period=2026')
    await page.setInputFiles('input[type=file]', { name: 'Report 2025.txt', mimeType: 'text/plain', buffer: Buffer.from('first page\fWe pledge to cut emissions.') })
    await page.waitForSelector('.document pre')
    await page.evaluate(() => {
      const node = document.querySelector('.document [data-page="2"] pre').firstChild
      const range = document.createRange()
      range.setStart(node, 0)
      range.setEnd(node, 9)
      getSelection().removeAllRanges()
      getSelection().addRange(range)
    })
    await page.click('text=Take the selected words as quote')
    await soon(async () => same(await page.inputValue('textarea >> nth=0'), 'We pledge'))
    same(await page.inputValue('.fields input >> nth=0'), 'Report 2025', 'the document')
    same(await page.inputValue('.fields input >> nth=1'), '2', 'the page')
    await page.locator('main h1').click()
    await page.keyboard.press('f')
    await soon(async () => same(await page.getAttribute('.marks button:has-text("full")', 'aria-pressed'), 'true'))
    await page.waitForSelector('[role=status]:has-text("Not saved")')
    await page.keyboard.press('n')
    await page.keyboard.press('0')
    await soon(async () => truth((await page.innerText('main')).includes('2 of 52 answered'), 'progress'))
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Keep as CSV')])
    const stream = await download.createReadStream()
    let text = ''
    for await (const chunk of stream) text += chunk
    const [head, first, second] = text.split('\r\n')
    same(head, '\ufeffcompany,slot,points,document,page,quote,language,url,dated,retrieved,sha256,assessor,note')
    truth(/^byd,1\.1\.1,1,Report 2025,2,We pledge,,,,,[0-9a-f]{64},,$/.test(first), first)
    same(second, 'byd,1.1.2,0,,,,,,,,,,')
  })

  on('an import is for those who may, others are shown the way in', {}, async (page) => {
    await page.go('/en/companies')
    same(await page.locator('main input[type=file]').count(), 0)
    await page.click('main p:has-text("Import a table") a')
    await page.waitForURL('**/en/sign-in?next=%2Fcompanies')
  })

  on('the keyboard reaches the content first', {}, async (page) => {
    await page.go('/en/league')
    await page.evaluate(() => document.activeElement.blur())
    await page.keyboard.press('Tab')
    same(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content')
    await page.keyboard.press('Enter')
    await soon(async () => same(await page.evaluate(() => document.activeElement.id), 'main'))
  })

  on('a phone shows cards with what matters', { phone: true }, async (page) => {
    await page.go('/zh/league')
    await page.click('figure .tabs >> text=表')
    const first = page.locator('figure ol li').first()
    await soon(async () => truth((await first.innerText()).includes('73.1'), await first.innerText()))
    same(await page.locator('figure table').count(), 0)
    await first.locator('summary').click()
    await soon(async () => truth((await first.innerText()).includes('欧洲'), 'all of it'))
  })

  on('a page keeps its place going back', {}, async (page) => {
    await page.go('/en/league')
    await page.evaluate(() => scrollTo(0, 900))
    await page.click('a:has-text("SAIC-GM")')
    await page.waitForURL('**/companies/saic-gm')
    await page.waitForSelector('main[aria-busy="false"] h1')
    await soon(async () => same(await page.evaluate(() => scrollY), 0))
    await page.goBack()
    await page.waitForFunction(() => scrollY > 600)
  })
}
