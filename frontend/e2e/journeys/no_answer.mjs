// Nobody answers: closed as what it is, never as satisfied; a late answer is still taken.
import { equal, looksRight, shows } from '../harness.mjs';

export async function journey(world) {
  const { receipt, number, desk } = await world.listed('清垃圾');
  await world.worked(number, desk);
  world.days(8);
  const page = await world.page();
  for (let n = 0; n < 60; n += 1) {
    const list = await world.api('GET', '/api/v1/willow-lane/list');
    if (list.totals.no_answer === 1) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const list = await world.api('GET', '/api/v1/willow-lane/list');
  equal(list.totals.no_answer, 1, 'counted apart');
  equal(list.totals.confirmed, 0, 'not as satisfied');
  await world.go(page, '/willow-lane/list');
  await shows(page, '没等到回话');
  await looksRight(page);
  await world.go(page, `/r/${receipt}`);
  await shows(page, '没有算成您满意');
  await looksRight(page);
  await page.click('#answer button[value=solved]');
  await page.waitForLoadState();
  await shows(page, '已经从清单上划掉');
}
