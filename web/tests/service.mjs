/* A server of its own for the tests: fresh database, free port, ended by its process id. */
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const WEB = resolve(dirname(fileURLToPath(import.meta.url)), '..')
export const ROOT = resolve(WEB, '..')

/** Published results that ship, and an index of our own with answers, evidence and a reply. */
function fillDatabase(run, folder) {
  run('init')
  run('vehicle', 'import', join(WEB, '../tests/vehicle/cars.csv'), '--map', 'ademe')
  for (const words of [['add'], ['ask'], ['publish']]) run('registry', 'batch', 'first', ...words)
  for (const name of ['own-index', 'companies.csv', 'answers.csv']) cpSync(join(ROOT, 'tests/rating', name), join(folder, name), { recursive: true })
  run('dataset', 'install', 'own-index')
  run('company', 'import', 'companies.csv')
  const index = ['--index', 'foundry-climate']
  run('rate', 'import', 'answers.csv', ...index, '--period', '2025', '--cut-off', '2026-06-30')
  for (const company of ['river-iron', 'hill-castings', 'light-alloys']) {
    run('rate', 'submit', company, ...index)
    run.as('clara', 'rate', 'approve', company, ...index, '--day', '2026-06-05')
    if (company === 'river-iron') run('rate', 'reply', company, ...index, '--by', 'RiverIron', '--text', 'agreed', '--slot', '2.1', '--day', '2026-06-10')
    run('rate', 'finalise', company, ...index, '--day', '2026-07-20')
    run('rate', 'publish', company, ...index, '--day', '2026-07-21')
  }
}

export async function startService(program) {
  const folder = mkdtempSync(join(tmpdir(), 'tanlian-web-'))
  const database = join(folder, 't.db')
  const env = Object.fromEntries(Object.entries(process.env).filter(([k]) => !k.startsWith('TANLIAN_')))
  env.LC_ALL = 'C.UTF-8'
  const call = (actor, words) => execFileSync(program, ['--db', database, '--quiet', ...words], { env: { ...env, TANLIAN_ACTOR: actor }, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  const run = (...words) => call('anna', words)
  run.as = (actor, ...words) => call(actor, words)
  fillDatabase(run, folder)

  const server = spawn(program, ['--db', database, 'serve', '--listen', '127.0.0.1:0', '--no-access-log'], { env, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const port = await new Promise((good, bad) => {
    let said = ''
    server.stderr.on('data', (chunk) => {
      said += chunk
      const found = /port (\d+)/.exec(said)
      if (found) good(Number(found[1]))
    })
    server.on('exit', (code) => bad(new Error(`the server ended with ${code}: ${said}`)))
  })
  const stop = () =>
    new Promise((good) => {
      server.removeAllListeners('exit')
      server.on('exit', () => {
        rmSync(folder, { recursive: true, force: true })
        good()
      })
      server.kill('SIGTERM')
    })
  return { base: `http://127.0.0.1:${port}`, stop, run, folder }
}
