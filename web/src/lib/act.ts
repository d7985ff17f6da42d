/* One act of a person: sent, waited for where it becomes a job, and what it came to as a view. */
import { apiUrl, ask, forget, Refused } from './api'
import { ended, follow, jobRefused, jobResult, type Job } from './jobs'
import { isView, type View } from './view'

export type Values = Record<string, string | readonly string[] | undefined>

/** Only what was filled in. */
function filled(values: Values): Record<string, string | readonly string[]> {
  const out: Record<string, string | readonly string[]> = {}
  for (const [name, value] of Object.entries(values)) if (value !== undefined && value.length > 0) out[name] = value
  return out
}

const waitFor = (id: string, tell?: (job: Job) => void): Promise<Job> =>
  new Promise((good, bad) =>
    follow(
      id,
      (job) => {
        tell?.(job)
        if (ended(job)) good(job)
      },
      bad
    )
  )

/** `body` is a file, or the values of a form; a refusal of either kind is thrown as Refused. */
export async function act(path: string, body: Blob | Values, args: Values = {}, tell?: (job: Job) => void): Promise<View> {
  const file = body instanceof Blob
  const answer = await ask(apiUrl(path, { ...args, format: 'view' }), {
    method: 'POST',
    body: file ? body : JSON.stringify(filled(body)),
    headers: { 'Content-Type': file ? 'application/octet-stream' : 'application/json' }
  })
  forget()
  let said: unknown = await answer.json()
  if (!isView(said)) {
    const job = await waitFor((said as { job: string }).job, tell)
    forget()
    if (job.state !== 'done') throw jobRefused(job)
    said = await jobResult(job.job)
  }
  if (!isView(said)) throw new Refused({ type: 'about:blank', title: 'no view', status: 502, detail: path })
  return said
}
