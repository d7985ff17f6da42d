/* Jobs of the service: state, events, cancelling. */
import { API, ask, getJson, Refused } from './api'
import { plainReason } from './rows'

export interface Job {
  job: string
  operation: string
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  stopping: boolean
  what: string
  done: number
  total: number
  queued_at: number
  started_at: number
  ended_at: number
  error_kind: string | null
  error: string | null
  error_zh: string | null
}

export const ended = (job: Job): boolean => job.state !== 'queued' && job.state !== 'running'
/** A job that failed as a refusal, in both languages where both are known. */
export const jobRefused = (job: Job): Refused => {
  const en = plainReason(job.error ?? job.state)
  return new Refused({ type: 'about:blank', title: en, status: 422, detail: en, said: { en, ...(job.error_zh ? { zh: plainReason(job.error_zh) } : {}) } })
}
export const getJob = (id: string): Promise<Job> => getJson<Job>(`${API}/jobs/${encodeURIComponent(id)}`)
export const jobResult = (id: string): Promise<Record<string, unknown>> => getJson(`${API}/jobs/${encodeURIComponent(id)}/result`)
export const listJobs = async (): Promise<Job[]> => (await getJson<{ jobs: Job[] }>(`${API}/jobs`)).jobs
export const cancelJob = (id: string): Promise<Response> => ask(`${API}/jobs/${encodeURIComponent(id)}`, { method: 'DELETE' })

/** Seconds left at the pace so far; null before anything can be said. */
export function secondsLeft(job: Job, now: number): number | null {
  if (job.state !== 'running' || job.total <= 0 || job.done <= 0 || job.started_at <= 0) return null
  return Math.max(0, ((now - job.started_at) / job.done) * (job.total - job.done))
}

/** Follows a job until it ends; where events do not get through, it is asked every two seconds. */
export function follow(id: string, tell: (job: Job) => void, fail: (e: unknown) => void): () => void {
  let timer: ReturnType<typeof setInterval> | undefined
  const events = new EventSource(`${API}/jobs/${encodeURIComponent(id)}/events`)
  const stop = (): void => {
    events.close()
    clearInterval(timer)
  }
  const told = (job: Job): void => {
    tell(job)
    if (ended(job)) stop()
  }
  events.addEventListener('job', (e) => told(JSON.parse((e as MessageEvent<string>).data) as Job))
  events.onerror = () => {
    events.close()
    timer ??= setInterval(() => getJob(id).then(told, (e: unknown) => (stop(), fail(e))), 2000)
  }
  return stop
}
