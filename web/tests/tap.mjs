/* Test cases that print TAP, and what they share. */
export class Tap {
  #cases = []
  test(name, body) {
    this.#cases.push({ name, body })
  }
  get size() {
    return this.#cases.length
  }
  async run() {
    let failed = 0
    console.log(`1..${this.#cases.length}`)
    for (const [i, { name, body }] of this.#cases.entries()) {
      try {
        await body()
        console.log(`ok ${i + 1} - ${name}`)
      } catch (e) {
        failed++
        console.log(`not ok ${i + 1} - ${name}`)
        console.log('# ' + String(e?.stack ?? e).replaceAll('\n', '\n# '))
      }
    }
    return failed
  }
}

export function same(got, want, label = '') {
  const [a, b] = [JSON.stringify(got), JSON.stringify(want)]
  if (a !== b) throw new Error(`${label}\n  got  ${a}\n  want ${b}`)
}
export function truth(value, label) {
  if (!value) throw new Error(label)
}

/** What will hold in a moment: asked again until it does, and the last answer if it does not. */
export async function soon(check, most = 15000) {
  for (const until = Date.now() + most; ; ) {
    try {
      return await check()
    } catch (e) {
      if (Date.now() > until) throw e
      await new Promise((go) => setTimeout(go, 50))
    }
  }
}
