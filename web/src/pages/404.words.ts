import { words } from '../lib/i18n'

export default words({
  title: ['没有这一页', 'There is no such page'],
  what: ['地址 {path} 没有内容。可能是输错，也可能是还没有建成。', 'Nothing stands at {path}. It may be mistyped, or not be there yet.'],
  pages: ['这里有', 'What there is']
})
