/* Copying, and saying for a moment that it was done. */
export class Copier {
  done = $state(false)
  #timer: ReturnType<typeof setTimeout> | undefined

  async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      // without https browsers have no clipboard of this kind
      const area = document.createElement('textarea')
      area.value = text
      area.className = 'hidden'
      document.body.append(area)
      area.select()
      document.execCommand('copy')
      area.remove()
    }
    this.done = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => (this.done = false), 2000)
  }
}

/** Hands a text or a picture to the person as a file. */
export function saveAs(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const a = document.createElement('a')
  a.href = url
  a.download = name
  a.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
