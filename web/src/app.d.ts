declare module 'virtual:pages' {
  import type { PageEntry } from './lib/page'
  export const pages: PageEntry[]
}
