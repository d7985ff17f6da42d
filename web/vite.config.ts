import { svelte } from '@sveltejs/vite-plugin-svelte'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { pages } from './vite/pages'

const service = process.env.TANLIAN_SERVICE ?? 'http://127.0.0.1:8470'

/* Everything is a file under /assets/ with a hash in its name: the service sends a policy that
 * allows neither scripts nor styles inside a page. */
export default defineConfig({
  plugins: [pages(fileURLToPath(new URL('./src/pages', import.meta.url))), svelte()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800
  },
  server: { proxy: { '/api': service } },
  // a busy machine is slow, not wrong
  test: { include: ['tests/unit/**/*.test.ts'], environment: 'node', testTimeout: 60000 }
})
