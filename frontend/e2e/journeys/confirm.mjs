// The one who asked says that it is done: red on the list, on paper, in the file.
import { DESKTOP, assert, equal, looksRight, shows } from '../harness.mjs';

export async function journey(world) {
  const { receipt, number, desk } = await world.listed('修村口路灯');
  await world.worked(number, desk);
  const page = await world.page();
  await world.go(page, `/r/${receipt}`);
  await shows(page, '您看呢');
  await looksRight(page);
  await page.click('#answer button[value=solved]');
  await page.waitForLoadState();
  await shows(page, '已经从清单上划掉');
  await looksRight(page);

  for (const size of [undefined, DESKTOP]) {
    const list = await world.page(size);
    await world.go(list, '/willow-lane/list');
    await looksRight(list);
    await shows(list, '已办好');
    const decoration = await list.evaluate(() => {
      const drawn = (style) => style.textDecorationLine.includes('line-through') || style.backgroundImage.includes('gradient');
      return [...document.querySelectorAll('main del')].filter((one) => drawn(getComputedStyle(one))).map((one) => one.textContent).join(' ');
    });
    assert(decoration.includes('修村口路灯'), 'struck through, not only red');
  }
  const pdf = await page.request.get(`${world.url}/willow-lane/list.pdf`);
  equal(pdf.headers()['content-type'], 'application/pdf', 'paper');
  assert((await pdf.body()).subarray(0, 5).toString() === '%PDF-', 'a PDF');
  const csv = await (await page.request.get(`${world.url}/willow-lane/list.csv`)).text();
  assert(csv.startsWith('\uFEFF') && csv.includes('修村口路灯'), 'the table');
}
