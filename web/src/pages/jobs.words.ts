import { words } from '../lib/i18n'

export default words({
  title: ['哪些任务在进行？', 'What is under way?'],
  menu: ['任务', 'Jobs'],
  empty: ['还没有任务', 'There are no jobs yet'],
  emptyDo: ['导入大表、重新核算等较久的工作会在这里排队，显示进度与剩余时间，可随时取消。', 'Long work – importing a table, working footprints out anew – waits here, with its progress, the time left and a way to cancel it.'],
  running: ['正在进行', 'Under way'],
  past: ['已结束', 'Ended'],
  at: ['{t} 开始排队', 'queued {t}'],
  took: ['用时 {t}', 'took {t}'],
  result: ['结果', 'Result']
})
