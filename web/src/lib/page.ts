/* What a page is: a component with a module script that says where it stands and what it loads. */
import type { Component } from 'svelte'
import type { Lang } from './i18n'
import type { Query } from './router'

export interface Asked {
  params: Readonly<Record<string, string>>
  query: Query
  lang: Lang
}
export type Load<T> = (asked: Asked) => Promise<T>

export interface PageModule {
  default: Component<{ data: never; asked: Asked }>
  path: string
  menu?: number
  /** the right whoever opens it must have; the menu of the person has it, not that of everybody */
  needs?: string
  /** what the page needs from the service; nothing is shown before it is there */
  load?: Load<unknown>
  /** the title of the window, where the words of the page do not say it all */
  title?: (data: never, lang: Lang) => string
}
export interface PageEntry {
  name: string
  path: string
  /** place in the menu; 0: not in it */
  menu: number
  /** '': open to everybody */
  needs: string
  open: () => Promise<PageModule>
}
