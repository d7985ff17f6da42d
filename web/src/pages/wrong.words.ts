import { words } from '../lib/i18n'

export default words({
  title: ['哪里有误？', 'What is wrong?'],
  lead: ['请写下应是什么、依据是什么。下面会拼成一份更正请求，连同页面地址与版本，可复制后发给本服务的运营者。', 'Say what it should be and what shows it. Below it becomes a request for correction with the address and the version, to copy and send to whoever runs this service.'],
  page: ['页面', 'Page'],
  found: ['看到的内容', 'What it says'],
  should: ['应为', 'What it should be'],
  source: ['佐证（文件、页码、网址）', 'Evidence (document, page, address)'],
  request: ['更正请求', 'Request for correction'],
  copy: ['复制', 'Copy'],
  copied: ['已复制', 'Copied'],
  what: ['公布的数值不会被直接改动：更正会成为新的版本，并写明原因。', 'Published values are never edited: a correction becomes a new version, with its reason.']
})
