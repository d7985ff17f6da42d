/* A QR code as one path to draw. What makes it is loaded when the first one is wanted. */
export interface QrDrawing {
  /** modules along one side, the quiet zone of four (ISO/IEC 18004, 9.1) on either side among them */
  size: number
  /** the dark modules: runs of each row, one high */
  path: string
}

export async function qrOf(text: string): Promise<QrDrawing> {
  const { encode } = await import('uqr')
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  let path = ''
  data.forEach((row, y) => {
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      const n = x - from + 1
      path += `M${from} ${y}h${n}v1h-${n}z`
    }
  })
  return { size, path }
}
