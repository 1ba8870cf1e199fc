// npm run screenshots: pictures of the main pages of the demo, phone and desktop, into docs/screenshots.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { DESKTOP, PHONE } from './harness.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const binary = path.join(root, process.env.CARGO_TARGET_DIR ?? 'target', 'release/linli');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-screenshots-'));
const data = path.join(folder, 'data');
const out = path.join(root, 'docs/screenshots');

function pages(receipt) {
  return [
    ['home', '/grain-village'],
    ['say', '/grain-village/say'],
    ['list', '/grain-village/list'],
    ['receipt', `/r/${receipt}`],
    ['desk', '/desk/town-community', 'town-community', 'dispatcher'],
    ['tasks', '/tasks', 'town-community', 'volunteer'],
  ];
}

let server;
try {
  const made = spawnSync(binary, ['demo', '--data', data], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  server = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const url = await new Promise((resolve) => {
    let told = '';
    server.stdout.on('data', (piece) => {
      told += piece;
      const open = /open at (http:\S+)/.exec(told);
      if (open) resolve(open[1]);
    });
  });
  const signIns = JSON.parse(fs.readFileSync(path.join(data, 'demo-signins.json'), 'utf8'));
  const receipts = JSON.parse(fs.readFileSync(path.join(data, 'demo-receipts.json'), 'utf8'));
  const asked = receipts.find((one) => one.stage === 'awaiting' && one.community === 'grain-village').code;
  fs.mkdirSync(out, { recursive: true });
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  for (const [size, viewport] of [['phone', PHONE], ['desktop', DESKTOP]]) {
    for (const [name, where, community, role] of pages(asked)) {
      const context = await browser.newContext({ viewport, locale: 'zh-CN' });
      const page = await context.newPage();
      if (role) {
        const who = signIns.find((one) => one.community === community && one.role === role);
        await page.goto(`${url}/sign-in`);
        await page.fill('[name=name]', who.name);
        await page.fill('[name=password]', who.password);
        await page.click('main form button');
        await page.waitForLoadState();
      }
      await page.goto(url + where);
      await page.screenshot({ path: path.join(out, `${name}-${size}.png`) });
      await context.close();
    }
  }
  await browser.close();
} finally {
  server?.kill();
  fs.rmSync(folder, { recursive: true, force: true });
}
