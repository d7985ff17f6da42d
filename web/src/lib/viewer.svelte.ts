/* Who looks at the page, as far as the service knows. What is hidden here is only tidied away: the
 * service decides each time it is asked. */
import { whoAmI, type Session } from './api'

let session = $state.raw<Session | null>(null)

export const viewer = {
  /** '' where nobody has signed in */
  get name() {
    return session?.csrf ? (session.name ?? session.email ?? session.user ?? '') : ''
  },
  get tenant() {
    return { en: session?.tenant_en ?? '', zh: session?.tenant_zh ?? '' }
  },
  /** the company in the register that the organisation is; '' where it is none */
  get company() {
    return session?.csrf ? (session.company ?? '') : ''
  },
  get id() {
    return session?.csrf ? (session.user ?? '') : ''
  },
  /** to turn on a second factor before anything else is open */
  get needsFactor() {
    return session?.needs_factor === true
  },
  /** the service has people at all */
  get canSignIn() {
    return session !== null
  },
  may: (right: string): boolean => right === '' || (session?.rights ?? []).includes(right)
}

/** Asks again; cheap while nothing has changed. */
export async function meet(): Promise<void> {
  session = await whoAmI()
}
