// A poor line and an input method: nothing typed is lost, and Enter that takes a candidate sends nothing.
import { assert, equal } from '../harness.mjs';

export async function journey(world) {
  const page = await world.page();
  await world.go(page, '/willow-lane/look-up');
  // Enter inside composing, also in the order compositionend → keydown, is the input method's own.
  const before = page.url();
  await page.focus('[name=code]');
  await page.evaluate(() => {
    const field = document.querySelector('[name=code]');
    field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    field.value = '一二';
    field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }));
  });
  await page.waitForTimeout(200);
  equal(page.url(), before, 'nothing was sent by that Enter');

  await world.go(page, '/willow-lane/say');
  await page.fill('[name=text]', '写了很久的一段话');
  await world.stopServer('SIGKILL');
  await page.click('main form button.red').catch(() => {});
  await page.waitForTimeout(300);
  await world.serve();
  world.complaints.length = 0;
  await world.go(page, '/willow-lane/say');
  equal(await page.inputValue('[name=text]'), '写了很久的一段话', 'her words are still there');
  await page.click('main form button.red');
  await page.waitForURL(/\/r\/\d{20}/);
  await world.go(page, '/willow-lane/say');
  equal(await page.inputValue('[name=text]'), '', 'and never on the next form');
  const list = await world.api('GET', '/api/v1/willow-lane/list');
  assert(list.totals.listed === 0, 'the server goes on');
}
