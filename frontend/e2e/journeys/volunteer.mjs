// A volunteer on a phone: a new task, one pair of hands, the words and the contact, a note and a photo.
import { assert, equal, looksRight, picture, shows } from '../harness.mjs';

export async function journey(world) {
  await world.api('POST', '/api/v1/willow-lane/voices', { text: '马桶漏水', contact: '13912345678', place: '三楼' });
  const desk = await world.token('desk');
  const inbox = await world.api('GET', '/api/v1/willow-lane/matters?stage=received', undefined, desk);
  const choices = await world.api('GET', '/api/v1/willow-lane/choices', undefined, desk);
  const listing = { wording: '修马桶', category: choices.categories[0].id, group: choices.groups[0].id, responsible: '王', deadline: '2099-01-01' };
  await world.api('POST', `/api/v1/willow-lane/matters/${inbox.matters[0].id}/list`, listing, desk);
  await world.api('POST', '/api/v1/willow-lane/matters/1/tasks', { instruction: '带水箱配件去' }, desk);
  await new Promise((resolve) => setTimeout(resolve, 1500));

  const page = await world.page();
  await world.signIn(page, 'li', '/tasks');
  await shows(page, '新');
  await looksRight(page);
  await page.click('main a:has-text("带水箱配件去")');
  assert(!(await page.innerText('body')).includes('13912345678'), 'no contact before it is in hand');
  await looksRight(page);
  await page.click('main form button.red');
  await page.waitForLoadState();
  await shows(page, '马桶漏水');
  await shows(page, '13912345678');
  await looksRight(page);
  const mine = page.url();

  // Given back with a reason; the other one takes it; the first reads nothing of it any more.
  await page.click('summary');
  await page.fill('[name=reason]', '家里有急事');
  await page.click('details form button');
  await page.waitForURL(/\/tasks$/);
  const other = await world.page();
  await world.signIn(other, 'mei', '/tasks');
  await other.click('main a:has-text("带水箱配件去")');
  await other.click('main form button.red');
  await other.waitForLoadState();
  await page.goto(mine);
  assert(!(await page.innerText('body')).includes('13912345678'), 'it is in other hands');
  await looksRight(page);

  await other.fill('[name=note]', '换了一套配件');
  await other.setInputFiles('[name=photo]', [await picture(other)]);
  await other.click('section.answer form button.red');
  await other.waitForURL(/\/tasks$/);
  const view = await world.api('GET', '/api/v1/willow-lane/matters/1', undefined, desk);
  equal(view.stage, 'awaiting', 'those who asked are asked');
  equal(view.tasks[0].photos.length, 1, 'the photo of the finished work');
}
