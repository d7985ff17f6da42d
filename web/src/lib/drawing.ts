/* Drawings of the service: taken into the page as elements, and turned into pictures. */
export interface Drawing {
  svg: SVGSVGElement
  title: string
  description: string
}

const bare = (text: string): string => text.replaceAll(/\s/g, '')

/** No empty room above the first line. */
function beginAt(svg: SVGSVGElement | HTMLElement): void {
  const line = [...svg.children].find((c) => c.localName === 'text')
  const [x, y, width, height] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number)
  const above = Number(line?.getAttribute('y')) - 1.3 * Number(line?.getAttribute('font-size'))
  if (!(above > 0) || height === undefined || y === undefined) return
  svg.setAttribute('viewBox', [x, y + above, width, height - above].join(' '))
  svg.removeAttribute('height')
}

/** The first title and description are the chart's; scripts and handlers are never taken over. */
export function readDrawing(text: string): Drawing | null {
  const svg = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement
  if (svg.localName !== 'svg') return null
  for (const bad of svg.querySelectorAll('script, foreignObject, style')) bad.remove()
  for (const el of [svg, ...svg.querySelectorAll('*')])
    for (const a of [...el.attributes]) if (/^on/i.test(a.name) || a.name === 'style' || /^\s*javascript:/i.test(a.value)) el.removeAttribute(a.name)
  const of = (name: string): string => [...svg.children].find((c) => c.localName === name)?.textContent ?? ''
  const drawing = { title: of('title'), description: of('desc') }
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', [drawing.title, drawing.description].filter(Boolean).join('. '))
  // the page has the finding as its own title; here it may stand in several lines
  let rest = bare(drawing.title)
  for (const line of [...svg.children].filter((c) => c.localName === 'text')) {
    const text = bare(line.textContent ?? '')
    if (!text || !rest.startsWith(text)) break
    rest = rest.slice(text.length)
    line.remove()
  }
  if (rest !== bare(drawing.title)) beginAt(svg)
  return { svg: document.importNode(svg, true) as unknown as SVGSVGElement, ...drawing }
}

/** Puts a drawing into the page. */
export const shown =
  (drawing: Drawing) =>
  (node: Element): void =>
    node.replaceChildren(drawing.svg.cloneNode(true))

const PAINT = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline'] as const

/** A copy that looks the same alone: what rules of the page say becomes attributes of its own, style
 * attributes, which the policy would refuse when it is read again, go. */
export function plainCopy(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const from = svg.querySelectorAll<SVGElement>('*')
  for (const [i, el] of copy.querySelectorAll<SVGElement>('*').entries()) {
    const style = getComputedStyle(from[i]!)
    if (el instanceof SVGGraphicsElement) for (const name of PAINT) el.setAttribute(name, style.getPropertyValue(name))
    el.removeAttribute('style')
    el.removeAttribute('class')
  }
  copy.removeAttribute('style')
  copy.removeAttribute('class')
  if (!copy.getAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${svg.clientWidth} ${svg.clientHeight}`)
  return copy
}

const SVG = 'http://www.w3.org/2000/svg'
const LINE = 22

/** As many lines as a width takes; Chinese breaks anywhere, other scripts between words. */
export function linesOf(text: string, width: number, size: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
    const wide = [...word].reduce((sum, ch) => sum + (ch > '\u2e7f' ? 1 : 0.56), 0) * size
    if (used + wide > width && line.trim()) {
      lines.push(line.trimEnd())
      line = ''
      used = 0
    }
    line += word
    used += wide
  }
  return [...lines, line.trimEnd()].filter(Boolean)
}

/** A drawing of the page with what the page says above it, and where it is from: alone it must say
 * what it shows. */
export function titled(svg: SVGSVGElement, title: string, below: string, from: string): SVGSVGElement {
  const [, , width = 800, height = 450] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number)
  const ink = getComputedStyle(document.documentElement)
  const lines = [...linesOf(title, width - 16, 16).map((text) => ({ text, size: 16, bold: true })), ...linesOf(below, width - 16, 12).map((text) => ({ text, size: 12, bold: false }))]
  const top = lines.length * LINE + 8
  const whole = document.createElementNS(SVG, 'svg')
  const foot = linesOf(from, width - 16, 11).map((text) => ({ text, size: 11, bold: false }))
  whole.setAttribute('viewBox', `0 0 ${width} ${height + top + foot.length * LINE}`)
  for (const [i, line] of [...lines, ...foot].entries()) {
    const el = document.createElementNS(SVG, 'text')
    el.textContent = line.text
    const named = { x: '8', y: String((i + 1) * LINE - 4 + (i >= lines.length ? height + 8 : 0)), 'font-family': 'system-ui, sans-serif', 'font-size': String(line.size), 'font-weight': line.bold ? '700' : '400', fill: ink.getPropertyValue(line.bold ? '--ink' : '--soft').trim() }
    for (const [name, value] of Object.entries(named)) el.setAttribute(name, value)
    whole.append(el)
  }
  svg.setAttribute('x', '0')
  svg.setAttribute('y', String(top))
  svg.setAttribute('width', String(width))
  svg.setAttribute('height', String(height))
  whole.append(svg)
  return whole
}

/** The drawing as a file, on its paper. */
export function svgText(svg: SVGSVGElement, paper: string): string {
  const [, , width = 800, height = 450] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number)
  const back = document.createElementNS(SVG, 'rect')
  for (const [name, value] of Object.entries({ width: String(width), height: String(height), fill: paper })) back.setAttribute(name, value)
  svg.prepend(back)
  return new XMLSerializer().serializeToString(svg)
}

export const parseSvg = (text: string): Element => new DOMParser().parseFromString(text, 'image/svg+xml').documentElement

/** A picture at twice the size of the drawing, on its paper. */
export async function toPng(svg: Element, paper = '#fbfbf9'): Promise<Blob> {
  const box = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number)
  const width = box[2] || parseFloat(svg.getAttribute('width') ?? '') || 800
  const height = box[3] || parseFloat(svg.getAttribute('height') ?? '') || 450
  svg.setAttribute('width', String(width * 2))
  svg.setAttribute('height', String(height * 2))
  if (!svg.getAttribute('xmlns')) svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = width * 2
    canvas.height = height * 2
    const pen = canvas.getContext('2d')!
    pen.fillStyle = paper
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise<Blob>((good, bad) => canvas.toBlob((b) => (b ? good(b) : bad(new Error('no picture'))), 'image/png'))
  } finally {
    URL.revokeObjectURL(url)
  }
}
