/* Where the things of a view have a page of their own, by kind. A new kind of page is one line. */
const PAGES: Record<string, string> = {
  company: '/companies/{id}',
  record: '/records/{id}',
  pcf: '/records/{id}',
  vehicle: '/vehicles/{id}',
  epd: '/epds/{id}',
  factor: '/factors/{id}',
  loan: '/loans/{id}',
  dataset: '/datasets/{id}'
}

/** The path of a thing, '' where things of its kind have no page. `known` are the paths there are. */
export function pathOf(kind: string, id: string, known: readonly string[]): string {
  const pattern = PAGES[kind]
  if (!pattern || id === '') return ''
  const shape = pattern.replace(/\{\w+\}/g, '{}')
  return known.some((path) => path.replace(/\{\w+\}/g, '{}') === shape) ? pattern.replace('{id}', encodeURIComponent(id)) : ''
}
