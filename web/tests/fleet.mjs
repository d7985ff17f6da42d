/* Five published cars of one category, classes 1 to 5 by their value, for the journeys of a bank. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const car = (n, value, more = {}) => ({
  id: `car-${n}`, kind: 'vehicle', product: `Model ${n}`, maker: 'Invented', size_class: 'compact', body: 'suv', powertrain: 'bev', launched: '2024-06',
  kerb_mass_kg: 1500, value, unit: 'g CO2e/km', boundary: 'cradle to grave', method: 'invented', ...more
})

/** A version of car n, asked about and published on a day. */
export function publishCar({ run, folder }, n, value, day, more = {}) {
  const file = `car-${n}.json`
  writeFileSync(join(folder, file), JSON.stringify(car(n, value, more)))
  run('registry', 'put', file)
  for (const step of ['ask', 'publish']) run('registry', 'step', `car-${n}`, step, '--day', day)
}

export function publishFleet(world) {
  for (let n = 1; n <= 5; n++) publishCar(world, n, 190 + 10 * n, '2024-07-01')
}

export const TERMS = { borrower: '武汉租车', currency: 'CNY', limit: '20000000', basis: 'class', weight: 'price', 'grid-date': '2024-01-01', step: ['1=-20', '2=-10', '3=0', '4=10', '5=20'] }
/** 6 cars of class 1 at 150,000 and 4 of class 3 at 200,000 */
export const TEN_CARS = 'model,price\n' + 'Model 1,150000\n'.repeat(6) + 'Model 3,200000\n'.repeat(4)
