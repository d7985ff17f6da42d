/* A server of its own for the tests: fresh database, free port, ended by its process id. */
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const WEB = resolve(dirname(fileURLToPath(import.meta.url)), '..')
export const ROOT = resolve(WEB, '..')

/** What the program is told by its surroundings is what a test tells it, and nothing else. */
const ENV = { ...Object.fromEntries(Object.entries(process.env).filter(([k]) => !k.startsWith('TANLIAN_'))), LC_ALL: 'C.UTF-8' }

export const newFolder = () => mkdtempSync(join(tmpdir(), 'tanlian-web-'))
export const removeFolder = (folder) => rmSync(folder, { recursive: true, force: true })

/** run('rate', 'list') is one call of the program on a database, run.as('clara', ...) in somebody's name; its output comes back. */
export function caller(program, database, folder) {
  const call = (actor, words) =>
    execFileSync(program, ['--db', database, '--quiet', ...words], { env: { ...ENV, TANLIAN_ACTOR: actor }, cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 2 ** 26 })
  const run = (...words) => call('anna', words)
  run.as = (actor, ...words) => call(actor, words)
  return run
}

/** Published results that ship, and an index of our own with answers, evidence and a reply. */
export function fillDatabase(run, folder) {
  run('init')
  run('vehicle', 'import', join(WEB, '../tests/vehicle/cars.csv'), '--map', 'ademe')
  // on a day that is over: what a story publishes comes after it
  for (const words of [['add'], ['ask', '--day', '2024-06-03'], ['publish', '--day', '2024-06-03']]) run('registry', 'batch', 'first', ...words)
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

/** The server on a database: its address, and how to end it. Options are words of `tanlian serve`. */
export async function serve(program, database, folder, options = []) {
  const server = spawn(program, ['--db', database, 'serve', '--listen', '127.0.0.1:0', '--no-access-log', ...options], { env: ENV, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  const port = await new Promise((good, bad) => {
    server.stderr.on('data', (chunk) => {
      said = (said + chunk).slice(-4000)
      const found = /port (\d+)/.exec(said)
      if (found) good(Number(found[1]))
    })
    server.on('exit', (code) => bad(new Error(`the server ended with ${code}: ${said}`)))
  })
  const stop = () =>
    new Promise((good) => {
      server.removeAllListeners('exit')
      if (server.exitCode !== null || server.signalCode !== null) good()
      server.on('exit', good)
      server.kill('SIGTERM')
    })
  return { base: `http://127.0.0.1:${port}`, stop }
}

export async function startService(program) {
  const folder = newFolder()
  const database = join(folder, 't.db')
  const run = caller(program, database, folder)
  fillDatabase(run, folder)
  const server = await serve(program, database, folder)
  const stop = async () => {
    await server.stop()
    removeFolder(folder)
  }
  return { base: server.base, stop, run, folder }
}
