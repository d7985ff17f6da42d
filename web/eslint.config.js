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
      // style:width={...} is set through the object model, which the policy of the service allows; a
      // style attribute is not, and the browser tests fail on what it refuses
      'svelte/no-at-html-tags': 'error'
    }
  },
  { rules: { eqeqeq: ['error', 'always'], 'no-console': 'error', 'max-lines': ['error', 400] } },
  { files: ['tests/**/*.mjs'], rules: { 'no-console': 'off' } }
)
