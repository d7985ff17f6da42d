import { expect, test } from 'vitest'
import { qrOf } from '../../src/lib/qr'

/** The modules a path fills, as rows of booleans. */
function modulesOf({ size, path }: { size: number; path: string }): boolean[][] {
  const rows = Array.from({ length: size }, () => Array<boolean>(size).fill(false))
  for (const [, x, y, n, back] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)) {
    expect(back).toBe(n)
    rows[Number(y)]!.fill(true, Number(x), Number(x) + Number(n))
  }
  return rows
}

test('a QR code has three corners to find it by and a quiet zone', async () => {
  const drawing = await qrOf('otpauth://totp/Tanlian:bob%40bank.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Tanlian&algorithm=SHA1&digits=6&period=30')
  const rows = modulesOf(drawing)
  const { size } = drawing
  expect((size - 8 - 17) % 4).toBe(0) // 17 + 4 v modules for version v: ISO/IEC 18004, 6.3.1
  rows.forEach((row, y) => row.forEach((dark, x) => expect(dark && (Math.min(x, y) < 4 || Math.max(x, y) >= size - 4)).toBe(false)))
  const finder = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111']
  for (const [x, y] of [[4, 4], [size - 11, 4], [4, size - 11]] as const)
    finder.forEach((line, i) => expect(rows[y + i]!.slice(x, x + 7).map(Number).join('')).toBe(line))
})
