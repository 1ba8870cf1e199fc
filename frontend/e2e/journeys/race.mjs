// Fifty accept at the same moment: one has it, the others are told kindly.
import { equal, shows } from '../harness.mjs';

export async function journey(world) {
  const { number, desk } = await world.listed('换灯泡');
  const task = (await world.api('POST', `/api/v1/willow-lane/matters/${number}/tasks`, {}, desk)).id;
  const tokens = [await world.token('li'), await world.token('mei')];
  const where = `/api/v1/willow-lane/tasks/${task}`;
  // Somebody has the page open while the others are faster.
  const page = await world.page();
  await world.signIn(page, 'li', `/tasks/willow-lane/${task}`);
  const tries = Array.from({ length: 50 }, (_, n) => world.api('POST', `${where}/accept`, {}, tokens[1 - (n % 2 === 0 ? 1 : 0) * 0]));
  const outcomes = await Promise.all(tries);
  equal(outcomes.filter((one) => one.http === 200).length, 1, 'winners');
  equal(outcomes.filter((one) => one.http === 409).length, 49, 'told that it is taken');
  await page.click('main form button.red');
  await page.waitForLoadState();
  await shows(page, '别人已经接了');
}
