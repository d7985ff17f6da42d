/* Who is who: everybody comes in by the form, has the own rights, and nobody else's. */
import { emailOf, ORGANISATIONS, PEOPLE } from '../people.mjs'
import { same, truth } from '../tap.mjs'

export function journey(tap, { story }) {
  story('people come in by the form and are who they are', async ({ as, ask, visitor, lang }) => {
    for (const person of ['anna', 'mei', 'vera', 'bob', 'rita']) {
      const page = await as(person, { form: true })
      await page.step('has signed in', async () => {
        await page.go('/sign-in')
        truth((await page.innerText('main')).includes(PEOPLE[person].name), `the name of ${person}`)
      })
      await page.context().close()
    }
    for (const person of Object.keys(PEOPLE)) {
      const { status, body } = await ask(person, 'GET', '/session')
      same([status, body.email, body[`tenant_${lang}`], body.company ?? null], [200, emailOf(person), ORGANISATIONS[PEOPLE[person].of][lang], ORGANISATIONS[PEOPLE[person].of].company ?? null], person)
    }
    same((await ask('mei', 'GET', '/loans')).status, 403, 'a car maker and loans')
    same((await ask('bob', 'GET', '/loans')).status, 200, 'a bank and loans')
    const page = await visitor()
    await page.step('a visitor looks around', () => page.go('/'))
    same((await ask(null, 'GET', '/loans')).status, 401, 'a visitor and loans')
  })
}
