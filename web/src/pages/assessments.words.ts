import { words } from '../lib/i18n'

export default words({
  title: ['哪些评价正在进行？', 'Which assessments are under way?'],
  menu: ['评价', 'Assessments'],
  finding: ['共 {n} 项评价', '{n} assessments'],
  empty: ['还没有评价', 'There are no assessments yet'],
  emptyDo: ['打开评分台逐项给分，或导入答案表。每项得分都要有佐证，提交后由第二人复核。', 'Open the desk and answer item by item, or import a table of answers. Each point needs evidence; a second person reviews it.'],
  start: ['打开评分台', 'Open the scoring desk'],
  index: ['指数', 'Index'],
  company: ['企业', 'Company'],
  open: ['开始评价', 'Begin'],
  startHint: ['未登录也可试用：答案可存为 CSV 文件，不会写入数据库。', 'You can try it without signing in: answers can be kept as a CSV file, nothing is written.'],
  import: ['导入答案表', 'Import a table of answers'],
  importHint: ['CSV，首行为列名；一家企业要么整体接受，要么整体拒绝。', 'CSV with a heading row; a company is taken whole or not at all.'],
  period: ['评价期', 'Period']
})
