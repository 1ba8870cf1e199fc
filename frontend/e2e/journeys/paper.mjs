// A printed list is held against the record: its code reads back, fits later, and an older database under the server is
// told apart instead of being signed again.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import jsQR from 'jsqr';
import { PHONE, assert, equal, looksRight, shows } from '../harness.mjs';

/// The text of the code on the last page of a PDF, as a scanner at ordinary print quality sees it.
function scanned(folder, pdf) {
  const [file, picture] = [path.join(folder, 'list.pdf'), path.join(folder, 'page')];
  fs.writeFileSync(file, pdf);
  const drawn = spawnSync('pdftoppm', ['-gray', '-r', '150', '-singlefile', file, picture]);
  assert(drawn.status === 0, `pdftoppm: ${drawn.stderr}`);
  const bytes = fs.readFileSync(`${picture}.pgm`);
  const [, width, height] = /^P5\s(\d+)\s(\d+)\s255\s/.exec(bytes.subarray(0, 40).toString('latin1')).map(Number);
  const grey = bytes.subarray(bytes.length - width * height);
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  grey.forEach((value, i) => rgba.fill(value, 4 * i, 4 * i + 3));
  const found = jsQR(rgba, width, height);
  assert(found, 'there is a readable code on the sheet');
  return new TextDecoder().decode(Uint8Array.from(found.binaryData));
}

/// A database of a stopped server, with whatever its log still holds.
function copy(from, to) {
  for (const end of ['', '-wal', '-shm']) {
    fs.rmSync(to + end, { force: true });
    if (fs.existsSync(from + end)) fs.copyFileSync(from + end, to + end);
  }
}

export async function journey(world) {
  const page = await world.page(PHONE);
  await world.listed('北门路灯不亮');
  await world.go(page, '/willow-lane/list');
  const pdf = await (await fetch(`${world.url}/willow-lane/list.pdf`)).arrayBuffer();
  const paper = scanned(world.folder, Buffer.from(pdf));
  const checkpoint = await (await fetch(`${world.url}/willow-lane/log/checkpoint`)).text();
  equal(paper, checkpoint, 'the code is the signed checkpoint');
  await page.click('a[href="/willow-lane/log"]');
  await page.waitForLoadState();
  await shows(page, '只能往后添');
  await looksRight(page);
  await page.click('summary');
  await looksRight(page);

  const kept = path.join(world.folder, 'paper.txt');
  fs.writeFileSync(kept, paper);
  await world.stopServer();
  const [file, backup] = [path.join(world.data, 'linli.db'), path.join(world.folder, 'backup.db')];
  copy(file, backup);
  await world.serve();
  await world.listed('南门井盖松动');
  await fetch(`${world.url}/willow-lane/list.pdf`);
  assert(world.linli('verify', '--community', 'willow-lane', '--paper', kept).includes('1 papers fit'), 'the paper fits later');
  await world.stopServer();

  copy(backup, file);
  const refused = spawnSync(world.binary, ['serve', '--data', world.data, '--listen', '127.0.0.1:0'], { encoding: 'utf8', timeout: 8000 });
  assert(refused.status === 1 && refused.stderr.includes('an older one was put in place'), `an older database is told: ${refused.stderr}`);
  assert(world.linli('log', 'declare').includes('/willow-lane/2'), 'a new log is declared');
  await world.serve();
  assert(world.linli('verify', '--community', 'willow-lane', '--paper', kept).includes('1 papers fit'), 'the older paper fits what it showed');
}
