import svelte from 'eslint-plugin-svelte'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

export default ts.config(
  { ignores: ['dist/', 'node_modules/'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: {
      // we have our own router, not SvelteKit's
      'svelte/no-navigation-without-resolve': 'off',
      // a style attribute is refused by the policy of the service
      'svelte/no-inline-styles': ['error', { allowTransitions: false }],
      'svelte/no-at-html-tags': 'error'
    }
  },
  { rules: { eqeqeq: ['error', 'always'], 'no-console': 'error', 'max-lines': ['error', 400] } },
  { files: ['tests/**/*.mjs'], rules: { 'no-console': 'off' } }
)
