/* Drawings of the service: taken into the page as elements, and turned into pictures. */
export interface Drawing {
  svg: SVGSVGElement
  title: string
  description: string
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
  // the page has the finding as its own title
  const heading = [...svg.children].find((c) => c.localName === 'text' && c.textContent === drawing.title)
  heading?.remove()
  return { svg: document.importNode(svg, true) as unknown as SVGSVGElement, ...drawing }
}

/** Puts a drawing into the page. */
export const shown =
  (drawing: Drawing) =>
  (node: Element): void =>
    node.replaceChildren(drawing.svg.cloneNode(true))

/** A copy without style attributes, which the policy would refuse when it is read again. */
export function plainCopy(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement
  for (const el of [copy, ...copy.querySelectorAll<SVGElement>('[style]')]) {
    for (const name of el.style) if (/^(font|fill|stroke|text-anchor|opacity)/.test(name)) el.setAttribute(name, el.style.getPropertyValue(name))
    el.removeAttribute('style')
  }
  return copy
}

export const parseSvg = (text: string): Element => new DOMParser().parseFromString(text, 'image/svg+xml').documentElement

/** A picture at twice the size of the drawing, on its paper. */
export async function toPng(svg: Element): Promise<Blob> {
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
    pen.fillStyle = '#fbfbf9'
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise<Blob>((good, bad) => canvas.toBlob((b) => (b ? good(b) : bad(new Error('no picture'))), 'image/png'))
  } finally {
    URL.revokeObjectURL(url)
  }
}
