/* The only thing kept in the browser: which columns a table shows. The language stands in the address. */

function read(key: string): string | null {
  try {
    return localStorage.getItem('tanlian.' + key)
  } catch {
    return null // switched off: then nothing is kept
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem('tanlian.' + key, value)
  } catch {
    // switched off or full: the choice holds for this page
  }
}

export const columnsKept = (table: string): string[] | null => read('columns.' + table)?.split(',').filter(Boolean) ?? null
export const keepColumns = (table: string, keys: readonly string[]): void => write('columns.' + table, keys.join(','))
