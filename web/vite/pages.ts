/* The list of pages, made while building: src/pages/NAME.svelte says in its module script where it
 * stands (`export const path = '/league'`) and, if the menu has it, at which place
 * (`export const menu = 20`) and which right it needs (`export const needs = 'loan-read'`). Only that
 * is read here, so that a page is loaded when it is opened. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const NAME = 'virtual:pages'

export interface PageRow {
  name: string
  path: string
  menu: number
  needs: string
}

export function readPages(folder: string): PageRow[] {
  const pages = readdirSync(folder)
    .filter((file) => file.endsWith('.svelte'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      const path = /^\s*export const path = '(\/[^']*)'/m.exec(text)?.[1]
      const menu = /^\s*export const menu = (\d+)/m.exec(text)?.[1]
      const needs = /^\s*export const needs = '([a-z-]+)'/m.exec(text)?.[1]
      if (path === undefined) throw new Error(`${file}: expected "export const path = '/...'" in its module script`)
      return { name: file.replace(/\.svelte$/, ''), path, menu: menu ? Number(menu) : 0, needs: needs ?? '' }
    })
  const seen = new Map<string, string>()
  for (const page of pages) {
    const other = seen.get(page.path)
    if (other) throw new Error(`${page.name} and ${other} both stand at ${page.path}`)
    seen.set(page.path, page.name)
  }
  return pages
}

export function pages(folder: string): Plugin {
  return {
    name: 'tanlian-pages',
    resolveId: (id) => (id === NAME ? '\0' + NAME : undefined),
    load(id) {
      if (id !== '\0' + NAME) return undefined
      const rows = readPages(folder).map(
        (p) => `{ name: '${p.name}', path: '${p.path}', menu: ${p.menu}, needs: '${p.needs}', open: () => import('/src/pages/${p.name}.svelte') }`
      )
      return `export const pages = [\n  ${rows.join(',\n  ')}\n]\n`
    }
  }
}
