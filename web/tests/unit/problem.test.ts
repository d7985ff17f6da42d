import { afterEach, expect, test, vi } from 'vitest'
import { ask, detailIn, getJson, Refused } from '../../src/lib/api'
import { jobRefused, type Job } from '../../src/lib/jobs'

afterEach(() => vi.unstubAllGlobals())

/** The service for one request: what it was asked, and what it refuses with. */
function service(lang: string | null, detail: string): { asked: Headers[] } {
  const asked: Headers[] = []
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    asked.push(new Headers(init.headers))
    const body = JSON.stringify({ type: '/problems/input', title: 't', status: 422, detail, instance: '1' })
    return Promise.resolve(new Response(body, { status: 422, headers: lang ? { 'Content-Language': lang } : {} }))
  })
  return { asked }
}

const refusal = async (): Promise<Refused> => getJson('/api/v1/x').then(() => Promise.reject(new Error('taken')), (e: unknown) => e as Refused)

test.each([
  ['/zh/league', 'zh'],
  ['/en/league', 'en'],
  ['/', 'en']
])('on %s it is asked in %s', async (pathname, want) => {
  vi.stubGlobal('location', { pathname, search: '' })
  const { asked } = service(want, 'x')
  await refusal()
  expect(asked[0]!.get('Accept-Language')).toBe(want)
  await ask('/api/v1/x', { headers: { 'If-None-Match': '"1"' } }).catch(() => null)
  expect([asked[1]!.get('Accept-Language'), asked[1]!.get('If-None-Match')]).toEqual([want, '"1"'])
})

test.each([
  ['zh', '为空', 'zh', { text: '为空', lang: 'zh' }],
  ['zh', '为空', 'en', { text: '为空', lang: 'zh' }],
  ['en', 'empty', 'zh', { text: 'empty', lang: 'en' }],
  [null, 'empty', 'zh', { text: 'empty', lang: 'en' }]
] as const)('told in %s "%s" is marked as such on a page in %s', async (told, detail, shown, want) => {
  service(told, detail)
  expect(detailIn((await refusal()).problem, shown)).toEqual(want)
})

test('nothing is said of a problem without a detail', () => expect(detailIn({ type: '', title: 't', status: 500 }, 'zh')).toBeNull())

test('a job that failed says why in both languages', () => {
  const job = { state: 'failed', error: "upload:2: column 'id': empty", error_zh: 'upload:2：“id”列：为空' } as Job
  expect([detailIn(jobRefused(job).problem, 'zh')?.text, detailIn(jobRefused(job).problem, 'en')?.text]).toEqual(['id：为空', 'id: empty'])
  expect(detailIn(jobRefused({ ...job, error_zh: null }).problem, 'zh')).toEqual({ text: 'id: empty', lang: 'en' })
  expect(detailIn(jobRefused({ ...job, state: 'cancelled', error: null, error_zh: null }).problem, 'en')?.text).toBe('cancelled')
})
