/* Somebody doubts a published number: from the page of a car along hash and data sets to who changed what. */
import { same, truth } from '../tap.mjs'

const CAR = 'ademe-08cf67dd93c2'

export function journey(tap, { story }) {
  story('a regulator follows a number to its inputs and to who changed what', async ({ as, ask, lang }) => {
    const zh = lang === 'zh'
    const rita = await as('rita')
    await rita.step('doubts a car', async () => {
      await rita.go(`/vehicles/${CAR}`)
      await rita.click(`main a[href="/${lang}/origin?record=${CAR}"]`)
      await rita.waitForURL('**/origin?**')
      await rita.waitForSelector('main .verdict')
    })
    await rita.step('all of it agrees', async () => {
      const said = await rita.innerText('main')
      const record = (await ask(null, 'GET', `/records/${CAR}`)).body
      for (const word of [record.seal, record.input_hash, 'car-rule', 'gwp', '2025.1', zh ? '全部相符' : 'All of it agrees', zh ? '批次公布' : 'batch published']) truth(said.includes(word), `${word} on the page`)
      truth(/\banna\b/.test(said), 'who did it')
    })
    await rita.step('looks at a data set it rests on', async () => {
      await rita.click('main a[href*="/datasets/gwp%40"]')
      await rita.waitForURL('**/datasets/gwp%402025.1')
      await rita.waitForSelector('#uses')
      truth((await rita.innerText('main')).includes('10'), 'ten footprints use it')
      await rita.goBack()
      await rita.waitForSelector('main .verdict')
    })
    await rita.step('opens the entry of the audit chain', async () => {
      await rita.locator('main a[href*="/audit?about=batch"]').first().click()
      await rita.waitForSelector('dialog[open]')
      const entry = await rita.innerText('dialog[open]')
      truth(entry.includes('batch/first') && entry.includes('anna'), entry)
      await rita.keyboard.press('Escape')
      await rita.waitForSelector('dialog[open]', { state: 'detached' })
    })
    await rita.step('is the chain sound?', async () => {
      await rita.click('main form.check button')
      await rita.waitForSelector('main .verdict')
      const verdict = await rita.innerText('main .verdict')
      truth(verdict.includes(zh ? '完好' : 'Sound') && /\d+:[0-9a-f]{64}/.test(verdict), verdict)
    })
    await rita.step('finds what one thing went through', async () => {
      await rita.fill('main form.find input[name=about]', 'dataset/gwp')
      await rita.click('main form.find button')
      await rita.waitForURL('**about=dataset%2Fgwp**')
      await rita.waitForFunction(() => document.querySelectorAll('main section[aria-label] [role=row], main section.table li').length < 5)
    })
    const noted = /\d+:[0-9a-f]{64}/.exec(await rita.innerText('main .verdict'))[0]
    same((await ask('rita', 'GET', `/audit/verify?head=${noted}`)).body.sound, 'yes', 'the noted entry is there')
    same((await ask('rita', 'GET', `/audit/verify?head=${noted.replace(/:.*/, ':' + '0'.repeat(64))}`)).body.sound, 'no', 'another is not')
    for (const who of [null, 'mei', 'bob']) truth([401, 403].includes((await ask(who, 'GET', '/audit')).status), `the chain is not for ${who}`)
  })

  story('a correction is public, with what it was before', async ({ run, ask, visitor, lang }) => {
    const zh = lang === 'zh'
    const index = ['--index', 'foundry-climate']
    const card = JSON.parse(run('--json', 'rate', 'score', 'river-iron', ...index))
    const evidence = card.evidence.find((e) => card.answers.find((a) => a.slot === e.slot)?.points > 0)
    run.as('clara', 'rate', 'withdraw', 'river-iron', String(evidence.id ?? evidence.evidence), ...index, '--reason', 'the report was retracted')
    const page = await visitor()
    await page.step('the list of corrections', async () => {
      await page.go('/corrections')
      const said = await page.innerText('main ol')
      truth(said.includes('the report was retracted') && said.includes('foundry-climate'), said)
      same(await page.locator('main ol del').count(), 1, 'one old number')
    })
    await page.step('how it came about, for a visitor', async () => {
      await page.click('main ol a')
      await page.waitForURL('**/origin?**')
      await page.waitForSelector('main .verdict')
      const said = await page.innerText('main')
      truth(said.includes(zh ? '不公开' : 'not public') && !said.includes('clara'), 'who did it is not public')
      truth(said.includes(zh ? '撤回佐证' : 'evidence withdrawn'), said)
    })
    const told = (await ask(null, 'GET', '/corrections')).body.corrections
    same(told.length, 1)
    truth(Number(told[0].after) < Number(told[0].before), JSON.stringify(told[0]))
    const feed = (await ask(null, 'GET', `/corrections?format=atom&lang=${lang}`)).body
    truth(feed.includes('<feed xmlns="http://www.w3.org/2005/Atom"') && feed.includes('the report was retracted'), feed)
  })
}
