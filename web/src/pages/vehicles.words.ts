import { words } from '../lib/i18n'

export default words({
  title: ['可以核算哪些车型？', 'Which cars can be computed?'],
  menu: ['车型数据', 'Data of cars'],
  words: ['品牌、型号或说明', 'Brand, model or description'],
  find: ['查找', 'Find'],
  none: ['没有符合的车型', 'No car fits'],
  noneDo: ['可在下面导入车型文件。', 'Import a file of cars below.'],
  import: ['导入车型', 'Import cars'],
  importHint: [
    '导入的车型归本企业所有，其他企业看不到。同一文件再次导入不会重复。',
    'What you import belongs to your company; no other sees it. The same file again adds nothing twice.'
  ],
  map: ['列的格式', 'Columns are those of'],
  mapOpen: ['纯电动车型表', 'a list of battery electric cars (open-ev)'],
  mapAdeme: ['法国环境署车型表（逗号小数）', 'the French car labelling (ADEME, decimal comma)'],
  bill: ['导入物料清单', 'Import a bill of materials'],
  billHint: [
    '每行一个零部件；有错的清单整份不收。先填写车型编号。',
    'A part a row. A bill with a fault goes in not at all. Name the car first.'
  ],
  of: ['车型编号', 'Id of the car']
})
