/* A mill declares galvanised coil: rules chosen, the sheet of the plant imported, nine questions of the
 * verifier answered, registered; in one place, in both languages and as data, for whoever buys it. */
import { readFileSync } from 'node:fs'
import { examine } from '../every-page.mjs'
import { same, truth } from '../tap.mjs'

const T = {
  zh: { add: '登记规则', save: '保存草稿并开立声明', paste: /复制后在此粘贴/, taken: '4 行中接受 3 行', badRow: /odp/, submit: '提交给核查人', ask: '提问', answer: '答复', close: '关闭此问题', register: '注册', open: /未结问题 9 个/, closed: /均已关闭/, number: '注册号', registered: '已注册', make: '编写新的声明', verifier: '核查人', body: '核查机构', question: '问题', level: /未达到|达到/ },
  en: { add: 'Enter rules', save: 'Save the draft and open the declaration', paste: /paste them here/, taken: '3 of 4 rows taken', badRow: /odp/, submit: 'Hand it to the verifier', ask: 'Ask', answer: 'Answer', close: 'Close this question', register: 'Register', open: /9 of 9 questions are open/, closed: /All 9 questions are closed/, number: 'Registration number', registered: 'registered', make: 'Write a declaration', verifier: 'Verifier', body: 'Body of the verifier', question: 'Question', level: /meets/ }
}
const FIELDS = {
  zh: { id: '声明编号', product: '产品', maker: '生产厂', programme: '项目', rules: /^产品种类规则/, ruleId: '规则编号', zh: '中文名称', en: '英文名称', edition: '版次', until: '有效期至', source: '来源' },
  en: { id: 'Id of the declaration', product: 'Product', maker: 'Mill', programme: 'Programme', rules: /^Product category rules/, ruleId: 'Id of the rules', zh: 'Title in Chinese', en: 'Title in English', edition: 'Edition', until: 'Valid until', source: 'Source' }
}
const SHEET = [['indicator', 'value', 'unit'], ['gwp', '1,850', 'kg CO2e/t'], ['ap', '4.1', 'kg SO2e/t'], ['ep', '0.62', 'kg PO4e/t'], ['odp', 'little', 'kg CFC-11e/t']]
const NINE = Array.from({ length: 9 }, (_, i) => `Question ${i + 1}: where does the figure of process ${i + 1} come from?`)

export function journey(tap, { story }) {
  story('a mill declares galvanised coil and a buyer finds it', async (world) => {
    const { as, ask, lang, base } = world
    const [t, f] = [T[lang], FIELDS[lang]]
    const field = (page, name) => page.getByLabel(name, { exact: true })

    const paul = await as('paul')
    await paul.step('the programme enters its rules', async () => {
      await paul.go('/epds')
      for (const [name, value] of [[f.ruleId, 'coil-pcr'], [f.zh, '热镀锌钢卷'], [f.en, 'Galvanised coil'], [f.edition, '2'], [f.until, '2031-12-31'], [f.source, 'https://example.org/pcr']]) await field(paul, name).fill(value)
      await paul.getByRole('button', { name: t.add }).click()
      await paul.getByText('coil-pcr').waitFor()
    })

    const li = await as('li')
    await li.step('the mill writes a draft from the sheet of the plant', async () => {
      await li.go('/epds')
      await li.getByRole('link', { name: t.make }).click()
      await li.waitForURL(/\/epds\/new$/)
      await li.getByLabel(f.rules).selectOption('coil-pcr')
      for (const [name, value] of [[f.programme, 'CISA EPD'], [f.id, 'coil-1'], [f.product, '热镀锌钢卷 DX51D'], [f.maker, 'River Iron']]) await field(li, name).fill(value)
      await li.getByLabel(t.paste).fill(SHEET.map((row) => row.join('\t')).join('\n'))
      await li.getByText(t.taken).waitFor()
      truth(t.badRow.test(await li.innerText('main')), 'the row that was not taken')
    })
    await li.step('saves it and hands it over', async () => {
      await li.getByRole('button', { name: t.save }).click()
      await li.waitForURL(/\/epds\/coil-1$/)
      await field(li, t.verifier).fill('Vera')
      await field(li, t.body).fill('verity')
      await li.getByRole('button', { name: t.submit }).click()
      await li.locator('#thread').waitFor()
    })
    same((await ask(null, 'GET', '/epds/coil-1')).status, 404, 'not public before it is registered')

    const vera = await as('vera')
    await vera.step('the verifier asks nine questions', async () => {
      await vera.go('/epds')
      await vera.getByRole('link', { name: 'coil-1' }).click()
      for (const [i, text] of NINE.entries()) {
        await field(vera, t.question).fill(text)
        await vera.getByRole('button', { name: t.ask, exact: true }).click()
        await vera.locator(`#thread li:nth-child(${i + 1})`).waitFor()
      }
      await vera.getByText(t.open).waitFor()
      same(await vera.getByRole('button', { name: t.register, exact: true }).isDisabled(), true, 'nothing is registered with open questions')
    })
    await li.step('the mill answers them', async () => {
      await li.go('/epds/coil-1')
      for (const [i, text] of NINE.entries()) {
        const item = li.locator(`#thread li:nth-child(${i + 1})`)
        truth((await item.innerText()).includes(text), `question ${i + 1}`)
        await item.locator('textarea').fill(`From the meter of process ${i + 1}.`)
        await item.getByRole('button', { name: t.answer }).click()
        await item.locator('.answer').waitFor()
      }
    })
    await vera.step('the verifier closes them', async () => {
      await vera.go('/epds/coil-1')
      for (let left = NINE.length; left > 0; left--) {
        await vera.getByRole('button', { name: t.close }).first().click()
        await vera.waitForFunction((n) => [...document.querySelectorAll('#thread form')].filter((form) => !form.querySelector('textarea')).length === n, left - 1)
      }
      await vera.getByText(t.closed).waitFor()
    })
    await vera.step('and registers it', async () => {
      await field(vera, t.number).fill('CISA-2026-001')
      await vera.getByRole('button', { name: t.register, exact: true }).click()
      await vera.locator('.lead', { hasText: t.registered }).first().waitFor()
    })

    const buyer = await as('mei')
    await buyer.step('a car maker finds it, with what limits say of it', async () => {
      await buyer.go('/epds')
      await buyer.getByRole('link', { name: 'coil-1' }).click()
      await buyer.getByText('CISA-2026-001').first().waitFor()
      truth(!(await buyer.innerText('main')).includes('meter of process'), 'the thread stays inside')
      await buyer.locator('figure h2', { hasText: t.level }).waitFor()
    })
    for (const [path, start] of [['/print?format=pdf&lang=zh', '%PDF'], ['/print?format=pdf&lang=en', '%PDF'], ['/export', '<processDataSet']]) {
      const answer = await buyer.request.get(`${base}/api/v1/epds/coil-1${path}`)
      same((await answer.body()).subarray(0, start.length).toString(), start, path)
    }
    const json = await buyer.request.get(`${base}/api/v1/epds/coil-1?format=json`)
    same((await json.json()).value, 1850, 'the figure as data')
    const visitor = await world.visitor()
    await visitor.step('everybody finds it in the calendar of ends', async () => {
      await visitor.go('/epd-calendar?until=2099-01-01')
      await visitor.getByRole('link', { name: 'coil-1' }).waitFor()
    })
  })

  story('a mill brings a table of declarations, mends what was refused, and the list goes out and in', async ({ as, ask, must, lang }) => {
    const t = (zh, en) => (lang === 'zh' ? zh : en)
    await must('paul', 'POST', '/product-category-rules/coil-pcr', { 'title-zh': '钢卷', 'title-en': 'Coil', 'pcr-version': '2', until: '2031-12-31', source: 'https://example.org/pcr' })
    const head = ['record', 'product', 'mill', 'value', 'unit', 'pcr', 'programme', 'indicator:ap [kg SO2e/t]']
    const row = (n, pcr) => [`table-${n}`, `Coil ${n}`, 'River Iron', String(1800 + n), 'kg CO2e/t', pcr, 'CISA EPD', '4.1']
    const states = (page) => page.locator('main .drop tbody tr').evaluateAll((rows) => rows.map((r) => r.className.replace(/ ?svelte-\S+/, '')))
    const counted = (page, zh, en, n) => page.waitForFunction((words) => document.querySelector('main p[role=status]')?.innerText.replace(/\s+/g, ' ').includes(words), `${t(zh, en)} ${n}`)
    const li = await as('li')
    await li.step('pastes three rows of a spreadsheet, one under rules that nobody knows', async () => {
      await li.go('/epds')
      await li.click(`main summary:has-text("${t('导入声明表', 'Import a table of declarations')}")`)
      await li.locator('main .drop input[data-cell="0.0"]').evaluate(
        (cell, text) => {
          const data = new DataTransfer()
          data.setData('text/plain', text)
          cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
        },
        [head, row(1, 'coil-pcr'), row(2, 'coil'), row(3, 'coil-pcr')].map((r) => r.join('\t')).join('\n') + '\n'
      )
      await li.click('main .drop > .row button.first')
      await counted(li, '新增', 'added', 2)
      same(await states(li), ['taken', 'refused', 'taken'])
      same(await li.locator('main .drop [aria-invalid]').evaluateAll((cells) => cells.map((c) => c.dataset.cell)), ['1.5'], 'the cell at fault')
      same((await ask('li', 'GET', '/epds/table-2')).status, 404, 'nothing half done')
      same(await examine(li), [], 'axe')
    })
    await li.step('takes the refused row away as a workbook, and mends it here', async () => {
      const [download] = await Promise.all([li.waitForEvent('download'), li.click('main a[download="refused-rows.xlsx"]')])
      same(readFileSync(await download.path()).subarray(0, 2).toString(), 'PK')
      await li.fill('main input[data-cell="1.5"]', 'coil-pcr')
      await li.click('main .drop > .row button.first')
      await li.waitForFunction(() => !document.querySelector('main .drop tr.refused'))
      await li.getByRole('link', { name: 'table-2' }).waitFor()
    })
    const made = await must('li', 'GET', '/epds/table-2')
    same([made.state, made.owner, made.value], ['preliminary', 'river-iron', 1802])
    same((await ask(null, 'GET', '/epds/table-2')).status, 404, 'a draft is not public')
    await li.step('the workbook of the list goes back in and changes nothing', async () => {
      const [download] = await Promise.all([li.waitForEvent('download'), li.locator('main .files a', { hasText: 'XLSX' }).first().click()])
      await li.locator('main .drop button', { hasText: t('重新开始', 'Start again') }).click()
      await li.locator('main .drop input[type=file]').setInputFiles({ name: 'epds.xlsx', mimeType: 'application/octet-stream', buffer: readFileSync(await download.path()) })
      await li.click('main .drop > .row button.first')
      const all = (await must('li', 'GET', '/epds')).declarations.length
      await counted(li, '未变', 'there already', all)
      truth(/(新增|added)\s+0[\s\S]*(更改|changed)\s+0/.test(await li.innerText('main p[role=status]')), await li.innerText('main p[role=status]'))
    })
    const mei = await as('mei')
    await mei.step('who owns none may import, and takes nothing of others', async () => {
      const told = await ask('mei', 'POST', '/epds/import', 'record,product,value,unit\ntable-1,Taken,1,kg CO2e/t\n')
      same(told.status, 202)
    })
    same((await must('li', 'GET', '/epds/table-1')).value, 1801, 'as it was')
    const vera = await as('vera')
    await vera.go('/epds')
    same(await vera.locator('main summary').filter({ hasText: t('导入声明表', 'Import a table') }).count(), 0, 'a verifier imports none')
  })
}
