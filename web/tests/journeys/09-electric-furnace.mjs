/* An electric furnace with 60 % scrap starts: the mill enters its new figures, is told that an update
 * is demanded, which limits they meet and which cars fall, and takes the update to its registration. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../service.mjs'
import { same, truth } from '../tap.mjs'

const T = {
  zh: { value: '全球变暖潜势', reason: '原因', check: '查看影响（不保存）', demanded: '全球变暖潜势 −38 %：需要更新', level: /ResponsibleSteel V2\.0.*2 级/, falls: (n) => `碳足迹下降的车型：${n} 款`, write: '写入下一版本草稿', submit: '提交给核查人', next: /下一版本在办理中/, verifier: '核查人', body: '核查机构', number: '注册号', register: '注册', registered: '已注册', preview: '查看影响', use: '采用声明值', saved: /已采用/, scrap: /^废钢/, limits: /废料 60 %/ },
  en: { value: 'Global warming potential', reason: 'Reason', check: 'See what follows (nothing is saved)', demanded: 'GWP −38 %: update demanded', level: 'ResponsibleSteel V2.0 level 2', falls: (n) => `Car models whose footprint falls: ${n}`, write: 'Write the draft of the next version', submit: 'Hand it to the verifier', next: /The next version is under way/, verifier: 'Verifier', body: 'Body of the verifier', number: 'Registration number', register: 'Register', registered: 'registered', preview: 'Show the effect', use: 'Save the use', saved: /It is in use/, scrap: /^Share of scrap/, limits: /60 % scrap/ }
}
const BILL = 'part,material,mass_kg,supplier,process,recycled_share\nbody,steel,310,RIVER IRON,bf-bof,0.15\n'

/** epd-coil registered at 1.5 kg/kg, and every car with a body of its steel. */
async function prepare({ must, run, folder }) {
  const figures = JSON.parse(readFileSync(join(ROOT, 'tests/registry/epd.json'), 'utf8'))
  const at = '/epds/epd-coil'
  run('epd', 'pcr', 'steel-pcr', '--title-en', 'Steel', '--title-zh', '钢', '--pcr-version', '1', '--until', '2099-01-01', '--source', 'invented')
  await must('li', 'POST', '/records', JSON.stringify({ ...figures, id: 'epd-coil' }))
  await must('li', 'POST', `${at}/open`, { pcr: 'steel-pcr', owner: 'river-iron', programme: 'Test' })
  await must('li', 'POST', `${at}/submit`, { verifier: 'Vera', 'verifier-company': 'verity' })
  await must('vera', 'POST', `${at}/register`, { number: 'T-1' })
  writeFileSync(join(folder, 'bill.csv'), BILL)
  const cars = (await must('rita', 'GET', '/records?kind=vehicle')).records.map((r) => r.id)
  for (const car of cars) run('vehicle', 'bill', car, 'bill.csv')
  return cars
}

export function journey(tap, { story }) {
  story('new figures of a mill demand an update', async (world) => {
    const { as, ask, lang } = world
    const t = T[lang]
    const cars = await prepare(world)
    const field = (page, name) => page.getByLabel(name, { exact: true })
    const li = await as('li')
    await li.step('sees what its declaration does to cars, and takes it into use', async () => {
      await li.go('/epds/epd-coil')
      await li.getByRole('button', { name: t.preview, exact: true }).click()
      await li.waitForURL(/material=steel/)
      await li.getByRole('button', { name: t.use }).click()
      await li.getByText(t.saved).waitFor()
    })
    await li.step('enters the figures of the electric furnace', async () => {
      const form = li.locator('#update')
      await form.getByLabel(t.value, { exact: true }).fill('0.93')
      await form.getByLabel(t.scrap).fill('60')
      await form.getByLabel(t.reason, { exact: true }).fill('electric furnace, 60 % scrap')
      await form.getByRole('button', { name: t.check }).click()
      await form.getByText(t.demanded).waitFor()
      await form.locator('figure h2', { hasText: t.level }).filter({ hasText: t.limits }).waitFor()
    })
    await li.step('sees every car that falls', async () => {
      await li.getByText(t.falls(cars.length), { exact: true }).waitFor()
      same((await ask('li', 'GET', '/epds/epd-coil')).body.version, 1, 'nothing is saved by looking')
    })
    await li.step('writes the draft and hands it over', async () => {
      await li.getByRole('button', { name: t.write }).click()
      await li.getByText(t.next).waitFor()
      await field(li, t.verifier).fill('Vera')
      await field(li, t.body).fill('verity')
      await li.getByRole('button', { name: t.submit }).click()
      await li.locator('#thread').waitFor()
    })
    same((await ask(null, 'GET', '/epds/epd-coil')).body.value, 1.5, 'the public still sees what is registered')
    const vera = await as('vera')
    await vera.step('the verifier registers the update', async () => {
      await vera.go('/epds/epd-coil')
      await field(vera, t.number).fill('T-1')
      await vera.getByRole('button', { name: t.register, exact: true }).click()
      await vera.locator('.lead', { hasText: t.registered }).first().waitFor()
    })
    const visitor = await world.visitor()
    await visitor.step('everybody sees the new figure', async () => {
      await visitor.go('/epds/epd-coil?scrap=0.6')
      truth((await visitor.innerText('.lead')).includes('0.93'), 'the new figure')
      await visitor.locator('figure h2', { hasText: t.level }).waitFor()
    })
  })
}
