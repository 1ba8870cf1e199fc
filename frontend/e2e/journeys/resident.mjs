// A resident scans the code, says something with one field, keeps the receipt, and looks it up again.
import { assert, equal, looksRight, shows } from '../harness.mjs';

export async function journey(world) {
  const page = await world.page();
  let weight = 0;
  page.on('response', async (answer) => { weight += Number(answer.headers()['content-length'] ?? 0); });
  await world.go(page, '/willow-lane');
  await looksRight(page);
  assert(weight < 25_000, `the first page weighs ${weight} bytes`);
  equal(await page.getAttribute('main a[href^="tel:"]', 'href'), 'tel:057155550100', 'the number to dial');
  await page.click('main a[href="/willow-lane/say"]');
  await looksRight(page);
  await page.fill('[name=text]', '三号楼门口的路灯坏了三天');
  await page.click('main form button.red');
  await page.waitForURL(/\/r\/\d{20}/);
  await shows(page, '记下了');
  await looksRight(page);
  const spaced = (await page.innerText('#code')).trim().replace(/\s+/g, ' ');

  await world.go(page, '/willow-lane');
  await page.click('main a[href="/willow-lane/look-up"]');
  await looksRight(page);
  await page.fill('[name=code]', spaced.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
  await page.click('main form button');
  await looksRight(page);
  assert((await page.inputValue('[name=code]')).length >= 20, 'what she typed is still there');
  await page.fill('[name=code]', spaced);
  await page.click('main form button');
  await page.waitForURL(/\/r\/\d{20}/);
  await shows(page, '您说的收到了');
  await shows(page, '三号楼门口的路灯坏了三天');

  // Larger text, and the other language.
  await page.click('[data-size] button');
  await looksRight(page);
  await page.click('form.lang button');
  await page.waitForLoadState();
  equal(await page.getAttribute('html', 'lang'), 'en', 'the language');
  await looksRight(page);
}
