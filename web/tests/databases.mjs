/* Databases of tests that can be copied: files, or where TANLIAN_DB names a PostgreSQL server (or tools/with-postgres
 * has started one) databases of that server. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'

export class Databases {
  #server = process.env.TANLIAN_DB ?? process.env.TANLIAN_TEST_DB ?? ''
  #made = 0

  #sql(text, address = this.#server) {
    execFileSync('psql', ['-qX', '-v', 'ON_ERROR_STOP=1', '-c', text, address], { stdio: ['ignore', 'ignore', 'inherit'] })
  }

  /** Changes a database behind the program's back: a clock that cannot be turned, a row that grew old. */
  change(address, text) {
    if (this.#server) return this.#sql(text, address)
    const script = 'import sqlite3, sys\nwith sqlite3.connect(sys.argv[1], timeout=20) as c: c.execute(sys.argv[2])'
    execFileSync('python3', ['-c', script, address, text], { stdio: ['ignore', 'ignore', 'inherit'] })
  }

  /** An empty database; with `from` a copy of one that nobody has open. */
  create(folder, from) {
    const file = join(folder, 't.db')
    if (!this.#server) {
      // what is in the log and not yet in the file is part of it
      for (const end of from ? ['', '-wal'] : []) if (existsSync(from + end)) copyFileSync(from + end, file + end)
      return file
    }
    if (!/^postgres(ql)?:/.test(this.#server)) throw new Error('TANLIAN_DB must be the address of a PostgreSQL server: without it files are used')
    const name = `web_${process.pid}_${++this.#made}`
    this.#sql(`CREATE DATABASE ${name}` + (from ? ` TEMPLATE ${this.#name(from)}` : ''))
    const [head, settings] = this.#server.split('?')
    return `${head.slice(0, head.lastIndexOf('/'))}/${name}${settings ? '?' + settings : ''}`
  }

  #name(address) {
    return address.split('?')[0].split('/').pop()
  }

  /** A file goes with its folder. */
  drop(address) {
    if (this.#server) this.#sql(`DROP DATABASE ${this.#name(address)} WITH (FORCE)`)
  }
}
