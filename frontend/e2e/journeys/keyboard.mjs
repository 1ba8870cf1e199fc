// Only Tab, Space and Enter: say something with a photo, take the photo away again, send it, find everything visible.
import { assert, equal, looksRight, picture, shows } from '../harness.mjs';

export async function journey(world) {
  const page = await world.page();
  await world.go(page, '/willow-lane/say');
  const reach = async (selector) => {
    for (let n = 0; n < 40; n += 1) {
      if (await page.evaluate((of) => document.activeElement?.matches(of), selector)) {
        const seen = await page.evaluate(() => {
          const style = getComputedStyle(document.activeElement);
          return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
        });
        assert(seen, `no one sees that ${selector} has the focus`);
        return;
      }
      await page.keyboard.press('Tab');
    }
    throw new Error(`${selector} is not reached with Tab`);
  };
  await reach('textarea[name=text]');
  await page.keyboard.type('楼道灯不亮');
  await reach('summary');
  await page.keyboard.press('Enter');
  await reach('input[type=file]');
  await page.setInputFiles('input[type=file]', [await picture(page)]);
  equal(await page.evaluate(() => document.querySelector('input[type=file]').files.length), 1, 'photos');
  await page.setInputFiles('input[type=file]', []);
  equal(await page.evaluate(() => document.querySelector('input[type=file]').files.length), 0, 'taken away again');
  await page.setInputFiles('input[type=file]', [await picture(page)]);
  await reach('[name=place]');
  await page.keyboard.type('二单元');
  await reach('[name=contact]');
  await page.keyboard.type('门卫老李转');
  await reach('main form button.red');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/r\/\d{20}/);
  await shows(page, '二单元');
  equal(await page.locator('.photos img').count(), 1, 'her photo is on her page');
  const wide = await page.evaluate(() => document.querySelector('.photos img').naturalWidth);
  assert(wide > 0, 'the photo opens');
  assert(!(await page.innerText('body')).includes('门卫老李'), 'the contact is not on the receipt');
  await looksRight(page);
}
