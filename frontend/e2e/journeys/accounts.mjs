// A secretary invites a grid worker, who makes an account by the link; her second lock asks for a code at the next
// sign-in; when the worker leaves, the open work goes to a colleague in one step, and the account is dead at once.
import { createHmac } from 'node:crypto';
import { DESKTOP, PHONE, assert, equal, looksRight, shows } from '../harness.mjs';

/// The code that an app shows now (RFC 6238), counted on the server's clock.
function codeOf(secret, aheadSeconds = 0) {
  const bits = [...secret.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor((Date.now() / 1000 + aheadSeconds) / 30)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1e6).padStart(6, '0');
}

export async function journey(world) {
  const page = await world.page(DESKTOP);
  await world.signIn(page, 'shuji');
  await page.click('a[href="/desk/willow-lane/people"]');
  await looksRight(page);
  await page.fill('#invite-name', '小陈');
  await page.selectOption('#invite-role', 'administrator');
  await page.click('#invite button');
  await page.waitForLoadState();
  await shows(page, '比您自己的还大');
  await page.selectOption('#invite-role', 'grid_worker');
  await page.click('#invite button');
  await page.waitForLoadState();
  const link = await page.innerText('.ticket .mono');
  await looksRight(page);

  const phone = await world.page(PHONE);
  await phone.goto(link);
  await shows(phone, '小陈');
  await looksRight(phone);
  await phone.fill('[name=sign_in_name]', 'chen');
  await phone.fill('[name=password]', '12345678');
  await phone.click('main form button');
  await phone.waitForLoadState();
  await shows(phone, '太好猜');
  await looksRight(phone);
  equal(await phone.inputValue('[name=sign_in_name]'), 'chen', 'what was typed is still there');
  equal(await phone.inputValue('[name=password]'), '', 'a password is never sent back');
  world.people.chen = 'maitian-baiyun-37';
  await phone.fill('[name=password]', world.people.chen);
  await phone.click('main form button');
  await phone.waitForLoadState();
  await phone.goto(link);
  await shows(phone, '用过了');

  await world.signIn(phone, 'chen', '/tasks');
  await phone.click('a.who');
  await looksRight(phone);
  await phone.click('#second summary');
  const secret = await phone.innerText('#second .mono');
  await looksRight(phone);
  await phone.fill('#second-code', codeOf(secret));
  await phone.fill('#second-password', world.people.chen);
  await phone.click('#second form button');
  await phone.waitForLoadState();
  equal((await phone.locator('.digits li').allInnerTexts()).length, 10, 'ten spare codes');
  await looksRight(phone);

  const desk = await world.token('desk');
  const { number } = await world.listed('北门路灯不亮');
  const chen = (await world.api('GET', '/api/v1/willow-lane/choices', undefined, desk)).people.find((one) => one.name === '小陈').id;
  const li = (await world.api('GET', '/api/v1/willow-lane/choices', undefined, desk)).people.find((one) => one.name === 'li').id;
  await world.api('POST', `/api/v1/willow-lane/matters/${number}/tasks`, { holder: chen }, desk);

  await phone.click('.staff-bar form button');
  await world.go(phone, '/sign-in?next=/tasks');
  await phone.fill('[name=name]', 'chen');
  await phone.fill('[name=password]', world.people.chen);
  await phone.click('main form button');
  await phone.waitForLoadState();
  assert(phone.url().includes('/sign-in/second'), 'the second lock asks');
  await looksRight(phone);
  world.ahead(60);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await phone.fill('[name=code]', codeOf(secret, 60));
  await phone.click('main form button');
  await phone.waitForLoadState();
  await shows(phone, '北门路灯不亮');

  await world.go(page, '/desk/willow-lane/people');
  const pane = page.locator('section.pane:has(h2:has-text("小陈"))');
  await pane.locator('summary', { hasText: '交给别人' }).click();
  await pane.locator('select[name=to]').selectOption(li);
  await pane.locator('button', { hasText: '一起交过去' }).click();
  await page.waitForLoadState();
  await looksRight(page);
  const tasks = await world.api('GET', '/api/v1/willow-lane/tasks', undefined, await world.token('li'));
  equal(tasks.tasks.length, 1, 'the work went over');
  await pane.locator('summary', { hasText: '停用账号' }).click();
  await pane.locator('button', { hasText: '停用' }).last().click();
  await page.waitForLoadState();
  await shows(page, '已停用');
  await world.go(phone, '/tasks');
  assert(phone.url().includes('/sign-in'), 'the account is dead from its next request');
}
