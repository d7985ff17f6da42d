/* A company disputes two answers of what is published: one is accepted, one is not, version 2 follows. */
import { same, truth } from '../tap.mjs'

const T = {
  zh: { own: '回复这份评价', accepted: '已采纳', rejected: '未采纳', log: '采纳', reason: ['报告第 7 页写明', '文件晚于截止日'] },
  en: { own: 'Reply to this rating', accepted: 'Accepted', rejected: 'Not accepted', log: 'accepted', reason: ['page 7 of the report says so', 'it appeared after the cut-off'] }
}
const place = '/replies/foundry-climate/river-iron'
const base = '/ratings/companies/river-iron'
const rating = { index: 'foundry-climate', period: '2025' }

async function dispute(page, slot, words, document) {
  await page.selectOption('form select', slot)
  await page.waitForSelector('form .found')
  await page.fill('form textarea >> nth=0', words)
  await page.fill('form fieldset input >> nth=0', document)
  await page.fill('form fieldset input >> nth=1', '7')
  await page.fill('form fieldset textarea', '全部厂区已披露 all sites')
  await page.click('form button.first')
  await page.waitForSelector(`article .said:has-text("${words}")`)
}

export function journey(tap, { story }) {
  story('a company disputes two answers', async ({ as, ask, must, visitor, lang }) => {
    const t = T[lang]
    const wang = await as('wang')
    await wang.step('opens the own card', async () => {
      await wang.go('/companies/river-iron?index=foundry-climate')
      await wang.click(`main a:has-text("${t.own}")`)
      await wang.waitForURL(`**${place}*`)
      await wang.waitForSelector('main[aria-busy="false"] h1')
    })
    await wang.step('disputes one answer with evidence', () => dispute(wang, '1.2', 'See page 7.', 'Own report'))
    await wang.step('and another', () => dispute(wang, '2.1', 'This is newer.', 'News'))
    same((await ask('otto', 'POST', `${base}/reply`, { ...rating, by: 'Otto', text: 'no' })).status, 403, 'nobody replies for another company')
    same((await ask('wang', 'POST', `${base}/replies/2/decide`, { ...rating, decision: 'reject', reason: 'r' })).status, 403, 'nor decides about the own reply')

    const anna = await as('anna')
    const one = anna.locator('article', { hasText: 'See page 7.' })
    const two = anna.locator('article', { hasText: 'This is newer.' })
    await anna.step('sees the evidence of both sides', async () => {
      await anna.go(place)
      truth((await one.innerText()).includes('Own report'), 'theirs')
      truth((await one.locator('.sides section >> nth=0').innerText()).length > 10, 'ours')
    })
    await anna.step('does not accept one, with a reason', async () => {
      await two.locator('input[value=reject]').check()
      await two.locator('form textarea').fill(t.reason[1])
      await two.locator('form button.first').click()
      await two.getByText(t.rejected).waitFor()
    })
    await anna.step('accepts the other', async () => {
      await one.locator('input[value=accept]').check()
      const most = await one.locator('form select option').last().getAttribute('value')
      await one.locator('form select').selectOption(most)
      await one.locator('form textarea').fill(t.reason[0])
      await one.locator('form button.first').click()
      await one.getByText(t.accepted).waitFor()
    })
    same((await must(null, 'GET', `${base}?index=foundry-climate`)).version_of_result, 1, 'what is published has not changed')

    // version 2 goes the way of every version
    const before = (await must(null, 'GET', `${base}?index=foundry-climate`)).total
    await must('anna', 'POST', `${base}/submit`, rating)
    same((await ask('anna', 'POST', `${base}/approve`, rating)).status, 403, 'who decided does not approve')
    await must('rui', 'POST', `${base}/approve`, rating)
    await must('wang', 'POST', `${base}/reply`, { ...rating, by: '王', text: 'agreed to version 2' })
    await must('rui', 'POST', `${base}/finalise`, rating)
    await must('paul', 'POST', `${base}/publish`, rating)

    const anybody = await visitor()
    await anybody.step('anybody reads the log', async () => {
      await anybody.go('/companies/river-iron?index=foundry-climate')
      const text = await anybody.innerText('main')
      for (const words of ['See page 7.', 'This is newer.', ...t.reason, t.log]) truth(text.includes(words), `"${words}" on the card`)
      const after = await must(null, 'GET', `${base}?index=foundry-climate`)
      same(after.version_of_result, 2)
      truth(after.total > before, `${before} became ${after.total}`)
    })
  })
}
