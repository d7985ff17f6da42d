/* Journey 15: a regulator wants an overview of the sector: narrows it to some makers, sees their stages and the share
 * with verified data, and takes all of it away with definitions, in a form others come to again. */
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { examine } from '../every-page.mjs'
import { publishFleet } from '../fleet.mjs'
import { same, truth } from '../tap.mjs'

const HEAD = 'id,product,maker,company,size_class,body,powertrain,kerb_mass_kg,value,unit,boundary,method,verifier,grade,primary_share,stage:materials,stage:driving\n'
/** Twelve published cars of three makers; those of the first are verified. */
function publishCars(run, folder) {
  const rows = ['North', 'South', 'West'].flatMap((maker, m) =>
    [1, 2, 3, 4].map((n) => `sector-${m}-${n},Model ${n},${maker},,compact,suv,${n > 2 ? 'bev' : 'phev'},1500,${200 + 10 * n + m},g CO2e/km,cradle to grave,own 1.0,${m === 0 ? 'Verity' : ''},${m === 0 ? 'own' : 'estimate'},${m === 0 ? 0.5 : ''},${60 + n},${140 + 9 * n + m}`)
  )
  writeFileSync(join(folder, 'sector.csv'), HEAD + rows.join('\n') + '\n')
  run('registry', 'import', 'sector.csv', '--kind', 'vehicle')
  for (const line of rows) for (const step of ['ask', 'publish']) run('registry', 'step', line.split(',')[0], step)
}
/** Files of an archive, read by a program that is not ours. */
const unpack = (path) =>
  JSON.parse(execFileSync('python3', ['-c', 'import json,sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);print(json.dumps({n:z.read(n).decode() for n in z.namelist()}))', path], { encoding: 'utf8', maxBuffer: 2 ** 26 }))
const sound = async (page, label) => same(await examine(page), [], `${label}: axe`)

export function journey(tap, { story }) {
  story('the sector is filtered, read stage by stage, and taken away with definitions', async ({ as, must, run, folder, lang, visitor }) => {
    const t = (zh, en) => (lang === 'zh' ? zh : en)
    publishCars(run, folder)
    const rita = await as('rita')
    await rita.step('looks at the whole sector', async () => {
      await rita.go('/statistics')
      const all = await must('rita', 'GET', '/statistics/sector')
      truth(all.cars >= 12 && all.makers === all.sector.length, 'every maker is counted once')
      const lead = await rita.innerText('main .lead')
      truth(lead.includes(String(all.makers)) && lead.includes(String(all.cars)) && lead.includes(String(all.mean_g_km.toFixed(2))), lead)
      await sound(rita, 'sector')
    })
    await rita.step('chooses two makers', async () => {
      await rita.click(`main summary:has-text("${t('选择生产企业', 'Choose makers')}")`)
      await rita.click('main .makers label:has-text("North")')
      await rita.waitForURL('**maker=North**')
      await rita.click('main .makers label:has-text("South")')
      await rita.waitForURL('**maker=South**')
      await rita.waitForFunction(() => document.querySelectorAll('main [role=grid]')[0]?.querySelectorAll('tbody tr').length === 2)
      const lead = await rita.innerText('main .lead')
      truth(lead.includes('8') && lead.includes('50.0'), lead)
      await sound(rita, 'two makers')
    })
    const told = await must('rita', 'GET', '/statistics/sector?maker=North&maker=South')
    // by hand: 210 220 230 240 of the one, each one more of the other
    same(told.sector.map((r) => [r.maker, r.cars, r.mean_g_km, r.stage_materials, r.verified, r.verified_share]), [['North', 4, 225, 62.5, 4, 100], ['South', 4, 226, 62.5, 0, 0]])
    same(told.sector[0].primary_share, 50)

    let first = null
    await rita.step('takes it away', async () => {
      const [download] = await Promise.all([rita.waitForEvent('download'), rita.click('main a.button.first')])
      first = unpack(await download.path())
      same(Object.keys(first), ['README.md', 'report.json', 'sector.csv', 'stages.csv', 'definitions.csv'])
    })
    const readme = first['README.md']
    for (const word of ['registry sector --maker North --maker South', '经核查', 'verified', 'verified_share', '许可', 'Cite']) truth(readme.includes(word), `README says ${word}`)
    truth(readme.includes(createHash('sha256').update(first['sector.csv']).digest('hex')), 'the checksum of the table')
    truth(/2 行 \/ rows/.test(readme), 'how many rows')
    truth(first['definitions.csv'].includes('cradle to grave'), 'definitions go with it')
    await rita.step('somebody else comes to the same', async () => {
      run('registry', 'sector', '--maker', 'North', '--maker', 'South', '--out', 'again.zip')
      const again = unpack(join(folder, 'again.zip'))
      same(again, first, 'the command line writes the same files')
      truth(readFileSync(join(folder, 'again.zip')).length > 500, 'not empty')
    })
    const reader = await visitor({ phone: true })
    await reader.step('a visitor sees the same by its address, on a phone', async () => {
      await reader.go('/statistics?maker=North&powertrain=bev')
      truth((await reader.innerText('main .lead')).includes('235.00'), await reader.innerText('main .lead'))
    })
    await rita.step('goes on to the records of a maker', async () => {
      await rita.click('main [role=grid] a:has-text("North")')
      await rita.waitForURL('**/records?maker=North')
      await rita.waitForFunction(() => document.querySelectorAll('main [role=grid] tbody tr').length === 4) // not those of the page before
      same(await rita.locator('main [role=grid] tbody tr').allInnerTexts().then((rows) => rows.filter((row) => row.includes('North')).length), 4)
    })
  })

  story('what sold most, and who led a half-year', async (world) => {
    const { run, folder, visitor, lang } = world
    const months = ['2024-06', '2024-07']
    publishFleet(world)
    writeFileSync(join(folder, 'sold.csv'), 'record,month,units,region,source\n' + months.flatMap((m) => [1, 2, 3, 4, 5].map((n) => `car-${n},${m},${n * 1000},CN,invented\n`)).join(''))
    run('registry', 'sales', 'import', 'sold.csv')
    run('registry', 'top-runner', 'award', 'h1', '--from', '2024-04', '--until', '2024-09', '--day', '2024-10-10')
    const page = await visitor()
    await page.step('sees what sold most, said once', async () => {
      await page.go('/best-sellers?month=2024-07')
      await page.waitForSelector('figure .served svg')
      const finding = await page.innerText('figure h2')
      truth(finding.includes('Model 5') && finding.includes('33.3%'), finding)
      same((await page.locator('figure .served svg > text').allTextContents()).filter((text) => finding.startsWith(text)), [], 'not once more in the drawing')
      same(await examine(page), [], 'axe')
    })
    await page.step('sees who led the half-year, and that it would be the same today', async () => {
      await page.go('/top-runner/h1')
      truth((await page.innerText('main')).includes(lang === 'zh' ? '按今天的碳足迹，结果不变' : 'the winners are the same'), await page.innerText('main .lead'))
      truth((await page.innerText('main table')).includes('Model 1'), 'the leader')
    })
    const phone = await visitor({ phone: true })
    await phone.step('on a phone every card is headed by what was sold', async () => {
      await phone.go('/best-sellers?month=2024-07')
      const cards = await phone.locator('main ol li').allInnerTexts()
      for (const n of [1, 2, 3, 4, 5]) truth(cards.some((card) => card.trim().startsWith(`Invented · Model ${n}`)), cards.join(' | '))
    })
  })
}
