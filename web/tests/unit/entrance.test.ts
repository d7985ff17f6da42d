import { describe, expect, test } from 'vitest'
import { Refused } from '../../src/lib/api'
import { deviceOf, lengthFault, ownPath, passwordFault, tokenOf } from '../../src/lib/entrance'

test.each([
  ['/league?by=total', '/league?by=total'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/a b', '/'],
  ['', '/']
])('after signing in %s leads to %s', (next, want) => expect(ownPath(next)).toBe(want))

test('the token of a link stays in memory when the address loses it', () => {
  const token = 'A1-_'.repeat(10) + 'xyz'
  expect(tokenOf('reset', '#' + token)).toBe(token)
  expect(tokenOf('reset', '')).toBe(token)
  expect(tokenOf('invitation', '')).toBe('')
  expect(tokenOf('invitation', '#short')).toBe('')
  expect(tokenOf('invitation', '#' + token + '"><b>')).toBe('')
})

describe('passwords', () => {
  test.each([
    ['elevenchars', 'short'],
    ['twelve chars', null],
    ['十二个汉字也算十二个字符', null],
    ['😀'.repeat(11), 'short'],
    ['x'.repeat(129), 'long']
  ] as const)('%s: %s', (password, want) => expect(lengthFault(password)).toBe(want))

  test.each([
    ['this password is among the most common; choose another', 'common'],
    ['the password is hardly more than your own e-mail or name; choose another', 'own'],
    ['the password has 11 characters, expected 12 to 128; several words make a good one', 'short'],
    ['此密码过于常见，请另选', 'common'],
    ['密码与本人的邮箱或姓名过于相近，请另选', 'own'],
    ['密码有 11 个字符，应为 12 至 128 个；建议由几个词组成', 'short'],
    ['密码过长，或不是 UTF-8 文字', 'long'],
    ['body: $.token is missing', null]
  ] as const)('%s', (detail, want) => expect(passwordFault(new Refused({ type: '', title: '', status: 422, detail }))).toBe(want))

  test('only of what was refused for its content', () => expect(passwordFault(new Refused({ type: '', title: '', status: 403, detail: 'most common' }))).toBeNull())
})

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0', 'Edge, Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1', 'Safari, iOS'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0', 'Firefox, Linux'],
  ['', '']
])('%s', (agent, want) => expect(deviceOf(agent, 'en')).toBe(want))
