/* Cells copied in a spreadsheet, and CSV, as rows; rows as CSV for the service. */
function cut(text: string, between: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') cell += text[++i]
      else if (c === '"') quoted = false
      else cell += c
    } else if (c === '"' && cell === '') quoted = true
    else if (c === between || c === '\n') {
      rows.at(-1)!.push(cell.replace(/\r$/, ''))
      cell = ''
      if (c === '\n') rows.push([])
    } else cell += c
  }
  rows.at(-1)!.push(cell.replace(/\r$/, ''))
  return rows.filter((row) => row.some((x) => x !== ''))
}

export const tsvRows = (text: string): string[][] => cut(text, '\t')

/** CSV with commas, or with the semicolons of a European spreadsheet. */
export function csvRows(text: string): string[][] {
  const plain = text.replace(/^\ufeff/, '')
  const head = plain.slice(0, plain.indexOf('\n') < 0 ? undefined : plain.indexOf('\n'))
  return cut(plain, head.includes(';') && !head.includes(',') ? ';' : ',')
}

const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
export const toCsv = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n'
