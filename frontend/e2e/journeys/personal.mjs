// She leaves her number; the desk reads it masked, and whole with a reason; she sees who looked, corrects it, and erases
// everything with her receipt. The matter goes on, the server's files hold nothing of it, and an older database that is
// put back is cleared again at its start.
import fs from 'node:fs';
import path from 'node:path';
import { DESKTOP, PHONE, assert, equal, looksRight, shows } from '../harness.mjs';

const NUMBER = '13912345678';
const WORDS = '金丝雀巷的井盖松了';

export async function journey(world) {
  const said = await world.api('POST', '/api/v1/willow-lane/voices', { text: `${WORDS}，打${NUMBER}`, contact: NUMBER, place: '3号楼2单元501室' });
  const desk = await world.page(DESKTOP);
  await world.signIn(desk, 'shuji');
  await desk.goto(`${world.url}/desk/willow-lane`);
  assert(!(await desk.content()).includes(NUMBER), 'the inbox shows no number');
  await desk.click('.inbox a');
  await desk.waitForLoadState();
  await shows(desk, '139****5678');
  assert(!(await desk.content()).includes(NUMBER), 'nor does the matter');
  await desk.click('.voice summary');
  await looksRight(desk);
  await desk.click('button[value=call_back]');
  await desk.waitForLoadState();
  await shows(desk, NUMBER);
  await shows(desk, '原因：回电话');
  equal(await desk.locator(`a[href="tel:${NUMBER}"]`).count(), 1, 'it can be dialled now');
  await looksRight(desk);

  const phone = await world.page(PHONE, { javaScriptEnabled: false });
  await phone.goto(`${world.url}/r/${said.receipt}`);
  await phone.click('a[href$="/data"]');
  await shows(phone, '回电话');
  await shows(phone, '139****5678');
  assert(!(await phone.content()).includes(NUMBER), 'whoever finds the paper learns no number');
  await phone.click('summary:has-text("改一改")');
  await phone.click('button:has-text("改好了")');
  await shows(phone, '没有要改的');
  await phone.fill('#correct-contact', '13887654321');
  await phone.click('button:has-text("改好了")');
  await shows(phone, '138****4321');

  await desk.goto(`${world.url}/desk/willow-lane/find`);
  await desk.fill('[name=contact]', '138 8765 4321');
  await desk.click('main form button');
  await desk.waitForLoadState();
  await shows(desk, WORDS);
  await looksRight(desk);
  assert(!desk.url().includes('138'), 'no number in an address');

  await world.stopServer();
  fs.copyFileSync(path.join(world.data, 'linli.db'), path.join(world.folder, 'older.db'));
  await world.serve();
  await phone.goto(`${world.url}/r/${said.receipt}/data`);
  await phone.click('summary:has-text("不想留了")');
  await phone.click('button:has-text("全部删掉")');
  await shows(phone, '已经全部删掉了');
  await phone.goto(`${world.url}/r/${said.receipt}`);
  assert(!(await phone.content()).includes(WORDS), 'her words are gone');
  await desk.goto(`${world.url}/desk/willow-lane`);
  await shows(desk, '本人要求删掉了');
  await looksRight(desk);
  await desk.goto(`${world.url}/desk/willow-lane/kept`);
  await looksRight(desk);
  await world.stopServer();
  equal(found(world.data), 0, 'no file of the data folder holds her words');

  // Somebody puts the older file back. The log would contradict itself: that is declared, and what was erased stays erased.
  fs.copyFileSync(path.join(world.folder, 'older.db'), path.join(world.data, 'linli.db'));
  assert(found(world.data) > 0, 'the older copy has her words');
  world.linli('log', 'declare');
  await world.serve();
  await phone.goto(`${world.url}/r/${said.receipt}/data`);
  await shows(phone, '已经全部删掉了');
  await world.stopServer();
  equal(found(world.data), 0, 'they are gone again');
  await world.serve();
}

function found(folder) {
  return fs.readdirSync(folder).filter((name) => {
    const file = path.join(folder, name);
    return fs.statSync(file).isFile() && fs.readFileSync(file).includes(WORDS);
  }).length;
}
