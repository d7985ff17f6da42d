/* Journey 6: the preliminary footprint of a round arrives at a car maker: compared with own figures stage by
 * stage, remarked on with the form, corrected, recalculated, and published at the value agreed on. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { examine } from '../every-page.mjs'
import { ROOT } from '../service.mjs'
import { same, truth } from '../tap.mjs'

/** Cars of the company of the maker, and some of others; none of them is in the register yet. */
function importCars(run, folder) {
  const cars = readFileSync(join(ROOT, 'tests/vehicle/cars.csv'), 'utf8')
  writeFileSync(join(folder, 'new-cars.csv'), cars.replaceAll('ALPHA', 'BYD').replaceAll('BETA', 'OTHER').replaceAll('GAMMA', 'THIRD'))
  try {
    run('vehicle', 'import', 'new-cars.csv', '--map', 'ademe')
  } catch (e) {
    if (e.status !== 1) throw e // some rows of the file are meant to be refused
  }
}

/** Cells as a spreadsheet copies them, into the first cell of the grid. */
const paste = (page, rows) =>
  page.locator('main .drop input[data-cell="0.0"]').evaluate((cell, text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, rows.map((r) => r.join('\t')).join('\n') + '\n')

const sends = async (page) => {
  await page.click('main .drop > .row button.first')
  await page.waitForSelector('main p[role=status] .count')
}
const states = (page) => page.locator('main .drop tbody tr').evaluateAll((rows) => rows.map((r) => r.className.replace(/ ?svelte-\S+/, '')))
const sound = async (page, label) => same(await examine(page), [], `${label}: axe`)

export function journey(tap, { story }) {
  story('a preliminary footprint is compared, corrected and agreed on', async ({ as, ask, must, visitor, run, folder, lang }) => {
    const t = (zh, en) => (lang === 'zh' ? zh : en)
    importCars(run, folder)
    const button = (page, zh, en) => page.locator(`main button:has-text("${t(zh, en)}")`).first()

    const paul = await as('paul')
    await paul.step('begins a round', async () => {
      await paul.go('/batches')
      await sound(paul, 'rounds')
      await paul.locator('main .end input').nth(0).fill('batch-4')
      await paul.locator('main .end input').nth(1).fill('Batch 4')
      await button(paul, '计算并加入', 'Compute and add').click()
      await paul.waitForURL('**/batches/batch-4')
      await paul.waitForSelector('main .steps li.some')
    })
    await paul.step('asks the companies', async () => {
      await button(paul, '全部交企业复核', 'Ask all companies').click()
      await paul.waitForSelector('main .steps li.some:nth-child(2)')
      await sound(paul, 'round')
    })

    const mei = await as('mei')
    const mine = (await must('mei', 'GET', '/records?kind=vehicle&batch=batch-4')).records
    const all = (await must('paul', 'GET', '/records?kind=vehicle&batch=batch-4')).records
    const foreign = all.find((r) => r.company !== 'byd')
    truth(mine.length > 0 && mine.every((r) => r.company === 'byd') && all.length > mine.length, 'the own cars alone')
    await mei.step('finds the own cars in the round', async () => {
      await mei.go('/batches')
      await mei.click('main td a')
      await mei.waitForURL('**/batches/batch-4')
      await mei.waitForSelector(`main tbody td a[href*="${mine[0].id}"]`) // the list of rounds has links too
      same(await mei.locator('main [role=grid] tbody tr').count(), mine.length, 'cars shown')
      truth(!(await mei.innerText('main')).includes(foreign.id), 'nothing of others')
      await sound(mei, 'round of a company')
    })

    const car = mine[0]
    const before = Number(car.value)
    const stage = Number(car['stage:materials'])
    await mei.step('sets own figures beside the preliminary ones', async () => {
      await mei.go(`/records/${car.id}`)
      await mei.locator('main tbody td input').nth(0).fill(String(stage + 10))
      await mei.locator('main tbody td input').nth(0).press('Tab')
      await mei.waitForURL('**own=materials**')
      truth((await mei.innerText('main tfoot')).includes('+10.00'), await mei.innerText('main tfoot'))
      await sound(mei, 'own figures')
    })
    await mei.step('says why', async () => {
      await mei.locator('main textarea').fill(t('钢材用量不同', 'Another mass of steel'))
      await button(mei, '提交意见', 'Send as a remark').click()
      await mei.waitForSelector(`main :text("${t('企业反馈', 'Remarks of the company')}")`)
      const now = await must('mei', 'GET', `/records/${car.id}?result=-1`)
      same([now.value, now.feedback.length], [Math.round(before * 100) / 100, 1], 'a remark is kept and changes no value')
    })
    await mei.step('sends the form as it came: nothing is written in it', async () => {
      await mei.go('/batches/batch-4')
      const [download] = await Promise.all([mei.waitForEvent('download'), mei.click(`main a:has-text("Excel")`)])
      await mei.setInputFiles('main input[type=file]', await download.path().then((p) => ({ name: 'form.xlsx', mimeType: 'application/octet-stream', buffer: readFileSync(p) })))
      await mei.waitForSelector('main .drop :text("form.xlsx")')
      await sends(mei)
      const told = await mei.innerText('main p[role=status]')
      truth(new RegExp(`${t('无意见', 'without a remark')} ${mine.length}`).test(told), told)
      await button(mei, '重新开始', 'Start again').click()
    })
    await mei.step('pastes remarks, one about a car of others', async () => {
      await paste(mei, [['record', 'proposed', 'text', 'evidence', 'by'], [mine[1]?.id ?? car.id, '180', 'own test', 'report 7', 'Mei'], [foreign.id, '1', 'not ours', '', 'Mei']])
      await sends(mei)
      same(await states(mei), ['taken', 'refused'])
      truth((await mei.locator('main .drop tr.refused').innerText()).includes(t('没有此记录', 'no such record')), 'the reason stands in its row, and tells nothing of others')
      await sound(mei, 'verdicts')
    })
    await mei.step('corrects the draft', async () => {
      await mei.go(`/records/${car.id}?own=materials:${stage + 10}`)
      await mei.locator('main textarea').fill(t('按实测质量', 'Measured mass'))
      await button(mei, '按本企业数据更正草稿', 'Correct the draft with your figures').click()
      await mei.waitForFunction((text) => document.querySelector('main h1').textContent.includes(text), (before + 10).toFixed(2))
    })
    same((await ask('mei', 'POST', `/records/${car.id}/steps`, { step: 'recalculate' })).status, 403, 'who corrects does not approve')

    const ming = await as('ming')
    await ming.step('takes it for recalculated', async () => {
      await ming.go(`/records/${car.id}`)
      await button(ming, '确认已重算', 'Take it for recalculated').click()
      await ming.waitForSelector(`main .state:text-is("${t('已重算', 'recalculated')}")`)
    })
    await paul.step('publishes the round', async () => {
      await paul.go('/batches/batch-4')
      await button(paul, '公布复核完成的记录', 'Publish what is through the review').click()
      await paul.waitForSelector('main .steps li.some:nth-child(4)')
    })
    const reader = await visitor()
    await reader.step('reads the value agreed on', async () => {
      await reader.go(`/records/${car.id}`)
      truth((await reader.innerText('main h1')).includes((before + 10).toFixed(2)), await reader.innerText('main h1'))
      truth(!(await reader.innerText('main')).includes(t('钢材用量不同', 'Another mass of steel')), 'remarks stay inside')
      await sound(reader, 'published')
    })
    const after = await must(null, 'GET', `/records/${car.id}`)
    same(after.state, 'published')
    same(after.parts.find((p) => p.kind === 'stage' && p.key === 'materials').value.toFixed(5), (stage + 10).toFixed(5), 'the stage that was corrected')
  })

  story('two bad rows among five: the good ones go in, the bad ones are said, fixed and sent again', async ({ as, must, lang }) => {
    const t = (zh, en) => (lang === 'zh' ? zh : en)
    const head = ['id', 'product', 'maker', 'company', 'size_class', 'body', 'powertrain', 'kerb_mass_kg', 'value', 'unit', 'boundary', 'method']
    const row = (n, value) => [`pasted-${n}`, `Pasted ${n}`, 'BYD', 'byd', 'compact', 'suv', 'bev', '1500', value, 'g CO2e/km', 'cradle to grave', 'own 1.0']
    const mei = await as('mei')
    await mei.step('pastes five rows', async () => {
      await mei.go('/records')
      await mei.click(`main summary:has-text("${t('导入记录', 'Import records')}")`)
      await paste(mei, [head, row(1, '201'), row(2, 'two hundred'), row(3, '203'), row(4, '204'), row(5, '')])
      await sends(mei)
      same(await states(mei), ['taken', 'refused', 'taken', 'taken', 'refused'])
      same(await mei.locator('main .drop [aria-invalid]').count(), 2, 'the cells at fault')
      await sound(mei, 'verdicts')
    })
    await mei.step('takes the refused rows away as a workbook', async () => {
      const [download] = await Promise.all([mei.waitForEvent('download'), mei.click('main a[download="refused-rows.xlsx"]')])
      same(readFileSync(await download.path()).subarray(0, 2).toString(), 'PK', 'a workbook')
    })
    await mei.step('fixes them and sends again', async () => {
      for (const [r, value] of [[1, '202'], [4, '205']]) await mei.fill(`main input[data-cell="${r}.8"]`, value)
      await sends(mei)
      await mei.waitForFunction(() => !document.querySelector('main .drop tr.refused'))
      same(await states(mei), ['taken', 'taken', 'taken', 'taken', 'taken'])
      truth(new RegExp(`${t('新增', 'added')} 2`).test(await mei.innerText('main p[role=status]')), 'two more, no more')
    })
    const listed = await must('mei', 'GET', '/records?kind=vehicle&q=pasted-')
    same(listed.records.map((r) => [r.id, r.version, r.value]), [1, 2, 3, 4, 5].map((n) => [`pasted-${n}`, 1, 200 + n]))
    await mei.step('sees the own drafts', async () => {
      await mei.go('/records?state=any&q=pasted')
      same(await mei.locator('main [role=grid] tbody tr').count(), 5)
      await sound(mei, 'drafts')
    })
  })

  story('the company and the publisher name who verifies, and take it back', async ({ as, ask, must, run, lang, folder }) => {
    const t = (zh, en) => (lang === 'zh' ? zh : en)
    importCars(run, folder)
    await must('paul', 'POST', '/batches/batch-5/cars', { title: 'Batch 5' })
    const cars = (await must('mei', 'GET', '/records?kind=vehicle&batch=batch-5')).records
    truth(cars.length > 0, 'cars of the company')
    const at = `/records/${cars[0].id}`
    same((await ask('vera', 'GET', at)).status, 404, 'not named, not seen')

    const mei = await as('mei')
    await mei.step('who edits sees that nobody is named, and names nobody', async () => {
      await mei.go(at)
      await mei.getByText(t('尚未指定核查机构', 'None is named yet')).waitFor()
      same(await mei.getByRole('button', { name: t('指定', 'Name') }).count(), 0)
    })
    const ming = await as('ming')
    await ming.step('who approves names a body', async () => {
      await ming.go(at)
      await ming.getByRole('button', { name: t('指定 求真', 'Name Verity'), exact: true }).click()
      await ming.getByRole('button', { name: t('撤销指定 求真', 'Take back Verity') }).waitFor()
      await sound(ming, 'named')
    })
    same((await ask('vera', 'GET', at)).status, 200, 'named, seen')
    const otto = await as('otto')
    await otto.step('another company is told nothing of it', async () => {
      await otto.go(at)
      truth(!(await otto.innerText('main')).includes(t('求真', 'Verity')))
    })
    await ming.step('and takes it back', async () => {
      await ming.getByRole('button', { name: t('撤销指定 求真', 'Take back Verity') }).click()
      await ming.getByRole('button', { name: t('指定 求真', 'Name Verity'), exact: true }).waitFor()
    })
    same((await ask('vera', 'GET', at)).status, 404, 'no longer named')
    same((await must('vera', 'GET', '/verifications')).verifications, [], 'nothing to verify')

    const paul = await as('paul')
    await paul.step('who publishes names a body for the round', async () => {
      await paul.go('/batches/batch-5')
      await paul.getByRole('button', { name: t('指定 求真', 'Name Verity'), exact: true }).click()
      await paul.getByRole('button', { name: t('撤销指定 求真', 'Take back Verity') }).waitFor()
      await sound(paul, 'round')
    })
    const vera = await as('vera')
    await vera.step('the verifier finds the round among what there is to verify', async () => {
      await vera.go('/verifications')
      await vera.getByRole('link', { name: 'Batch 5' }).waitFor()
      await sound(vera, 'what there is to verify')
    })
    await vera.step('sees it, and names nobody', async () => {
      await vera.getByRole('link', { name: 'Batch 5' }).click()
      await vera.waitForURL('**/batches/batch-5')
      await vera.locator('main li b', { hasText: t('求真', 'Verity') }).waitFor()
      same(await vera.getByRole('button', { name: t('撤销指定', 'Take back') }).count(), 0)
    })
  })
}
