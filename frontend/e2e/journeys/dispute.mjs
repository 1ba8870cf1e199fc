// It is not done: black again, back on the desk, a second round, and only then red.
import { DESKTOP, equal, looksRight, shows } from '../harness.mjs';

export async function journey(world) {
  const { receipt, number, desk } = await world.listed('修水管');
  await world.worked(number, desk);
  const page = await world.page();
  await world.go(page, `/r/${receipt}`);
  await page.fill('[name=reason]', '还在漏');
  await page.click('#answer button[value=not_solved]');
  await page.waitForLoadState();
  await shows(page, '还没办好，接着办');
  await looksRight(page);

  const clerk = await world.page(DESKTOP);
  await world.signIn(clerk, 'desk');
  await clerk.click('.inbox a:has-text("修水管")');
  await shows(clerk, '还在漏');
  await looksRight(clerk);
  await clerk.fill('#tasks [name=instruction]', '带新水管去');
  await clerk.click('#tasks button');
  await clerk.waitForLoadState();
  const token = await world.token('mei');
  const open = await world.api('GET', '/api/v1/willow-lane/tasks', undefined, token);
  await world.api('POST', `/api/v1/willow-lane/tasks/${open.tasks[0].id}/accept`, {}, token);
  await world.api('POST', `/api/v1/willow-lane/tasks/${open.tasks[0].id}/finish`, { note: '换了' }, token);
  await world.go(page, `/r/${receipt}`);
  await page.click('#answer button[value=solved]');
  await page.waitForLoadState();
  const list = await world.api('GET', '/api/v1/willow-lane/list');
  equal(list.totals.confirmed, 1, 'red');
}
