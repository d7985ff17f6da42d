import { words } from '../lib/i18n'

export default words({
  title: ['名录里有哪些企业？', 'Which companies are in the register?'],
  menu: ['企业', 'Companies'],
  finding: ['名录共 {n} 家企业', '{n} companies in the register'],
  import: ['导入企业表', 'Import a table of companies'],
  importHint: ['首行为列名；同一编号再次导入即为更改。', 'With a heading row; the same id again is a change.'],
  empty: ['名录还是空的', 'The register is empty'],
  emptyDo: ['运行 tanlian init 会装入随附的企业名录，也可在此导入。', 'tanlian init installs the register that ships; you can import one here too.']
})
