/* A file opened at the desk: its pages as text, its checksum as that of the stored copy. */
import { pdfText } from './pdf'

export interface OpenDocument {
  name: string
  /** '' where the browser can show nothing but the text */
  url: string
  pages: readonly string[]
  sha256: string
  why: '' | 'encrypted' | 'nopdf' | 'notext'
}

async function checksum(bytes: Uint8Array): Promise<string> {
  // only where the page came by TLS or from this machine
  if (!globalThis.crypto?.subtle) return ''
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource))
  return [...digest].map((b) => b.toString(16).padStart(2, '0')).join('')
}

const WHY = { '': '', encrypted: 'encrypted', 'no-pdf': 'nopdf', 'no-text': 'notext' } as const

export async function readDocument(file: File): Promise<OpenDocument> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const name = file.name.replace(/\.\w+$/, '')
  const sha256 = await checksum(bytes)
  if (file.type !== 'application/pdf' && !/\.pdf$/i.test(file.name)) return { name, url: '', pages: new TextDecoder().decode(bytes).split('\f'), sha256, why: '' }
  const { pages, why } = await pdfText(bytes)
  return { name, url: URL.createObjectURL(new Blob([bytes as BlobPart], { type: 'application/pdf' })), pages: why ? [] : pages, sha256, why: WHY[why] }
}
