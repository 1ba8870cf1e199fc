// By telephone: the desk takes words down and reads the code out; later it records her answer, labelled as what it is.
import { DESKTOP, assert, looksRight, shows } from '../harness.mjs';

export async function journey(world) {
  const page = await world.page(DESKTOP);
  await world.signIn(page, 'desk');
  await page.click('a[href="/desk/willow-lane/say"]');
  await looksRight(page);
  await page.fill('[name=text]', '灯泡坏了，我够不着');
  await page.check('[name=channel][value=telephone]');
  await page.click('main form:has([name=text]) button');
  await page.waitForLoadState();
  assert(/^\d{20}$/.test((await page.innerText('.ticket .digits')).replace(/\s/g, '')), 'the code to read out');
  await looksRight(page);
  const desk = await world.token('desk');
  const inbox = await world.api('GET', '/api/v1/willow-lane/matters?stage=received', undefined, desk);
  const choices = await world.api('GET', '/api/v1/willow-lane/choices', undefined, desk);
  const listing = { wording: '换灯泡', category: choices.categories[0].id, group: choices.groups[0].id, responsible: '王', deadline: '2099-01-01' };
  await world.api('POST', `/api/v1/willow-lane/matters/${inbox.matters[0].id}/list`, listing, desk);
  await world.worked(1, desk);
  await world.go(page, '/desk/willow-lane/matters/1');
  await looksRight(page);
  await page.click('.voice summary');
  await page.click('.voice form button');
  await page.waitForLoadState();
  await shows(page, '请从给出的里面选一个');
  await looksRight(page);
  await page.check('.voice [name=verdict][value=solved]');
  await page.selectOption('.voice [name=channel]', 'telephone');
  await page.click('.voice form button');
  await page.waitForLoadState();
  await shows(page, '打电话');
  const list = await world.api('GET', '/api/v1/willow-lane/list');
  assert(list.totals.confirmed === 1, 'struck off by her word');
}
