/* How much is sent for a first look: less than 300 kB, compressed as it travels. */
import { truth } from './tap.mjs'

const MOST = 300_000

export function weight(tap, { open }) {
  for (const path of ['/zh/', '/en/league', '/zh/companies/byd', '/zh/vehicles/ademe-08cf67dd93c2', '/en/cars'])
    tap.test(`first view of ${path} is less than 300 kB`, async () => {
      const page = await open()
      try {
        const session = await page.context().newCDPSession(page)
        let bytes = 0
        await session.send('Network.enable')
        session.on('Network.loadingFinished', (e) => (bytes += e.encodedDataLength))
        await page.go(path)
        console.log(`# ${path}: ${bytes} bytes`)
        truth(bytes > 20_000 && bytes < MOST, `${bytes} bytes, expected less than ${MOST}`)
      } finally {
        await page.done()
      }
    })
}
