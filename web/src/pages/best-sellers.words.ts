import { words } from '../lib/i18n'

export default words({
  title: ['卖得最多的车碳足迹如何？', 'What do the cars sold most emit?'],
  menu: ['畅销车型', 'Best sellers'],
  lead: ['{scope}：共售 {n} 辆', '{scope}: {n} sold'],
  scope: ['范围', 'Scope'],
  all: ['全部车型', 'all cars'],
  nev: ['新能源汽车', 'new energy vehicles'],
  b1: ['10 万元以下', 'below CNY 100,000'],
  b2: ['10 万至 15 万元', 'CNY 100,000 to 150,000'],
  b3: ['15 万至 20 万元', 'CNY 150,000 to 200,000'],
  b4: ['20 万至 30 万元', 'CNY 200,000 to 300,000'],
  b5: ['30 万元以上', 'above CNY 300,000'],
  month: ['月份', 'Month'],
  until: ['截至', 'Until'],
  oneMonth: ['仅此月', 'this month only'],
  region: ['地区', 'Region'],
  means: ['均值：按车型与按销量', 'Means, plain and by sales'],
  meansHint: ['按车型的均值每款计一次；按销量加权的均值每辆计一次。', 'The plain mean counts each model once, the weighted one each car that was sold.'],
  none: ['还没有销量', 'No sales are loaded'],
  noneDo: ['导入月度销量后，这里按价格段列出畅销车型及其碳足迹。', 'Once sales by month are imported, the cars sold most stand here by price band with their footprints.'],
  noneIn: ['该范围没有销量', 'Nothing was sold in this scope'],
  noneInDo: ['换一个价格段或月份。', 'Try another price band or month.'],
  toSales: ['查看与导入销量', 'Sales that are loaded']
})
