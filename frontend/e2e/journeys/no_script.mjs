// Without JavaScript: a wrong form keeps every word and says what is wrong where; then it is sent.
import { equal, shows } from '../harness.mjs';
import { assert } from '../harness.mjs';

export async function journey(world) {
  const page = await world.page(undefined, { javaScriptEnabled: false });
  const words = '路'.repeat(300);
  await world.go(page, '/willow-lane/say');
  await page.fill('[name=text]', words);
  await page.click('summary');
  await page.fill('[name=place]', '长'.repeat(5000));
  const image = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
  await page.setInputFiles('[name=photo]', [{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: image }]);
  await page.click('main form button.red');
  equal(await page.inputValue('[name=text]'), words, 'her words');
  assert(await page.locator('#place-f').count() === 1, 'the message is beside the place');
  equal(await page.getAttribute('[name=place]', 'aria-invalid'), 'true', 'told to readers, too');
  assert((await page.getAttribute('[name=place]', 'aria-describedby')).includes('place-f'), 'tied to its field');
  await shows(page, '照片');
  assert(await page.locator('#photo-f').count() === 1, 'what became of the photo is said');
  await page.fill('[name=place]', '北门');
  await page.click('main form button.red');
  await page.waitForURL(/\/r\/\d{20}/);

  // The desk's page works without a script, too.
  await world.signIn(page, 'desk');
  await page.click('.inbox a');
  await page.fill('#list [name=wording]', '修北门的路');
  await page.selectOption('#list [name=category]', { index: 1 });
  await page.selectOption('#list [name=group]', { index: 1 });
  await page.fill('#list [name=responsible]', '王大姐');
  await page.fill('#list [name=deadline]', '2099-06-30');
  await page.click('#list button.red');
  await page.waitForURL(/matters\/1$/);
  await shows(page, '修北门的路');
}
