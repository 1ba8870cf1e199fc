// The desk: lists, declines with a reason that the resident reads, merges; two windows, one stale.
import { DESKTOP, assert, equal, looksRight, shows } from '../harness.mjs';

async function fillListing(page, form, wording) {
  await page.fill(`${form} [name=wording]`, wording);
  await page.selectOption(`${form} [name=category]`, { index: 1 });
  await page.selectOption(`${form} [name=group]`, { index: 1 });
  await page.fill(`${form} [name=responsible]`, '王大姐');
  await page.fill(`${form} [name=deadline]`, '2099-06-30');
}

export async function journey(world) {
  const declined = await world.say('想在楼下开店');
  const merged = await world.say('路灯也不亮');
  await world.say('路灯坏了');
  const page = await world.page(DESKTOP);
  await world.signIn(page, 'desk');
  await looksRight(page);
  equal(await page.locator('.inbox li').count(), 3, 'the inbox');

  await page.click('.inbox a >> nth=0');
  await looksRight(page);
  await fillListing(page, '#list', '联系13800138000修路灯');
  await page.click('#list button.red');
  await shows(page, '138****8000');
  await fillListing(page, '#list', '修路灯');
  await page.click('#list button.red');
  await page.waitForURL(/matters\/1$/);
  await looksRight(page);

  await world.go(page, '/desk');
  await page.click('.inbox a:has-text("路灯也不亮")');
  await page.click('#merge summary');
  await page.fill('#merge [name=into]', '1');
  await page.click('#merge button');
  await page.waitForLoadState();
  await looksRight(page);

  await world.go(page, '/desk');
  await page.click('.inbox a:has-text("想在楼下开店")');
  await page.click('#decline summary');
  await page.fill('#decline [name=reason]', '要先去所里登记');
  await page.click('#decline button');
  await page.waitForLoadState();

  const phone = await world.page();
  await world.go(phone, `/r/${declined}`);
  await shows(phone, '要先去所里登记');
  await looksRight(phone);
  await world.go(phone, `/r/${merged}`);
  await shows(phone, '合在一起办');

  // Two clerks open one matter; both save.
  const other = await world.page(DESKTOP);
  await world.signIn(other, 'second');
  await world.go(other, '/desk/willow-lane/matters/1');
  await world.go(page, '/desk/willow-lane/matters/1');
  await page.click('#edit summary');
  await page.fill('#edit [name=wording]', '修一组路灯');
  await page.click('#edit button');
  await page.waitForLoadState();
  await other.click('#edit summary');
  await other.fill('#edit [name=wording]', '修二组路灯');
  await other.click('#edit form button');
  await other.waitForLoadState();
  await shows(other, '修一组路灯');
  equal(await other.inputValue('#edit [name=wording]'), '修二组路灯', 'her own text is still there');
  await looksRight(other);
  await other.click('#edit form button');
  await other.waitForLoadState();
  assert((await other.innerText('h1')).includes('修二组路灯'), 'the second save knows the first');
}
