// What every journey stands on: a server of its own on a folder of its own, a browser, and people who work there.
import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 900 };
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const COMMUNITY = `
slug = "willow-lane"
name = "柳巷社区"
area = "清河镇"
duty_name = "值班的人"
duty_phone = "0571-5555 0100"
office = "柳巷 3 号，每天 8:30–17:30"
confirm_days = 7
groups = ["一组", "二组"]
categories = ["道路", "照明"]
`;

export function assert(condition, sentence) {
  if (!condition) throw new Error(sentence);
}
export function equal(got, wanted, sentence) {
  assert(got === wanted, `${sentence}: got ${JSON.stringify(got)}, wanted ${JSON.stringify(wanted)}`);
}

/// The world of one journey. `use` gets it; whatever happens, nothing of it stays.
export async function world(binary, use) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-journey-'));
  const one = new World(binary, folder);
  try {
    await one.begin();
    await use(one);
    one.noComplaints();
  } finally {
    await one.end();
  }
}

class World {
  constructor(binary, folder) {
    this.binary = binary;
    this.folder = folder;
    this.data = path.join(folder, 'data');
    this.clock = path.join(folder, 'clock');
    this.complaints = [];
    this.people = {};
  }

  linli(...args) {
    const done = spawnSync(this.binary, [...args, '--data', this.data], { encoding: 'utf8' });
    assert(done.status === 0, `linli ${args.join(' ')}: ${done.stderr}`);
    return done.stdout;
  }

  async begin() {
    const chromiumPath = process.env.LINLI_CHROMIUM ?? '/usr/bin/chromium';
    assert(fs.existsSync(chromiumPath), `Chromium is missing at ${chromiumPath}: make test installs Debian's package`);
    const file = path.join(this.folder, 'community.toml');
    fs.writeFileSync(file, COMMUNITY);
    this.linli('found', file);
    for (const [name, role] of [['desk', 'dispatcher'], ['second', 'dispatcher'], ['li', 'volunteer'], ['mei', 'volunteer'], ['shuji', 'secretary']]) {
      const told = this.linli('user', 'add', '--community', 'willow-lane', '--name', name, '--role', role);
      this.people[name] = /password\s+(\S+)/.exec(told)[1];
    }
    fs.writeFileSync(this.clock, '0');
    await this.serve();
    this.browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  }

  /// Starts the server; on the same port when it was there before.
  async serve() {
    const listen = `127.0.0.1:${this.port ?? 0}`;
    const args = ['serve', '--data', this.data, '--listen', listen, '--clock-file', this.clock];
    this.server = spawn(this.binary, args, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, LINLI_LOG: 'warn' } });
    this.url = await new Promise((resolve, reject) => {
      let told = '';
      this.server.stdout.on('data', (piece) => {
        told += piece;
        const open = /open at (http:\S+)/.exec(told);
        if (open) resolve(open[1]);
      });
      this.server.on('exit', () => reject(new Error(`the server ended: ${told}`)));
    });
    this.port = Number(new URL(this.url).port);
  }

  async stopServer(signal = 'SIGTERM') {
    const ended = new Promise((resolve) => this.server.on('exit', resolve));
    this.server.kill(signal);
    await ended;
  }

  async end() {
    await this.browser?.close().catch(() => {});
    if (this.server && this.server.exitCode === null) this.server.kill('SIGKILL');
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  ahead(seconds) {
    fs.writeFileSync(this.clock, String(seconds));
  }

  days(days) {
    fs.writeFileSync(this.clock, String(days * 86400));
  }

  /// A page of its own, as if on another machine. Every complaint of the browser is kept.
  async page(size = PHONE, options = {}) {
    const context = await this.browser.newContext({ viewport: size, locale: 'zh-CN', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(8000);
    page.on('console', (line) => {
      // A refused form answers 4xx on purpose; everything else that the browser says is a fault.
      if (line.type() === 'error' && !/status of (4\d\d|503)/.test(line.text())) this.complaints.push(line.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    return page;
  }

  noComplaints() {
    assert(this.complaints.length === 0, `the browser complains: ${this.complaints.join(' | ')}`);
  }

  async go(page, where) {
    await page.goto(this.url + where);
  }

  async signIn(page, name, next = '/desk') {
    await this.go(page, `/sign-in?next=${encodeURIComponent(next)}`);
    await page.fill('[name=name]', name);
    await page.fill('[name=password]', this.people[name]);
    await page.click('main form button');
    await page.waitForLoadState();
    assert(!page.url().includes('/sign-in'), `${name} is not signed in`);
  }

  /// Says something as a resident; answers the receipt.
  async say(words) {
    return (await this.api('POST', '/api/v1/willow-lane/voices', { text: words })).receipt;
  }

  /// The JSON API, as somebody or as nobody.
  async api(method, where, body, token) {
    const headers = { 'content-type': 'application/json' };
    if (token) headers.authorization = `Bearer ${token}`;
    const answer = await fetch(this.url + where, { method, headers, body: body && JSON.stringify(body) });
    const json = await answer.json();
    return Object.assign(json, { status: json.status ?? answer.status, http: answer.status });
  }

  async token(name) {
    return (await this.api('POST', '/api/v1/sessions', { name, password: this.people[name] })).token;
  }

  /// Said and listed through the API: where a journey about something later begins.
  async listed(words) {
    const receipt = await this.say(words);
    const desk = await this.token('desk');
    const inbox = await this.api('GET', '/api/v1/willow-lane/matters?stage=received', undefined, desk);
    const choices = await this.api('GET', '/api/v1/willow-lane/choices', undefined, desk);
    const listing = {
      wording: words, category: choices.categories[0].id, group: choices.groups[0].id, responsible: '王大姐', deadline: '2099-06-30',
    };
    const moved = await this.api('POST', `/api/v1/willow-lane/matters/${inbox.matters[0].id}/list`, listing, desk);
    return { receipt, number: moved.number, matter: moved.matter, desk };
  }

  /// One round of work by a volunteer.
  async worked(number, desk, name = 'li') {
    const token = await this.token(name);
    const task = (await this.api('POST', `/api/v1/willow-lane/matters/${number}/tasks`, {}, desk)).id;
    await this.api('POST', `/api/v1/willow-lane/tasks/${task}/accept`, {}, token);
    await this.api('POST', `/api/v1/willow-lane/tasks/${task}/finish`, { note: '弄好了' }, token);
    return task;
  }
}

/// No serious finding of axe-core, nothing wider than the screen.
export async function looksRight(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert(wide <= 0, `${page.url()} is ${wide} px wider than the screen`);
  // In a world of its own: the page's policy lets no foreign script in.
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  const run = (expression, awaitPromise) => session.send('Runtime.evaluate', {
    expression, contextId: executionContextId, awaitPromise, returnByValue: true,
  });
  await run(AXE, false);
  const { result, exceptionDetails } = await run('axe.run().then((r) => JSON.stringify(r.violations))', true);
  assert(!exceptionDetails, `axe: ${JSON.stringify(exceptionDetails)}`);
  const bad = JSON.parse(result.value).filter((one) => ['serious', 'critical'].includes(one.impact));
  const told = bad.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 2).join(' ')}`);
  assert(bad.length === 0, `${page.url()}: ${told.join('; ')}`);
  await session.detach();
}

export async function text(page) {
  return page.innerText('body');
}

export async function shows(page, words) {
  const seen = await text(page);
  assert(seen.includes(words), `${page.url()} does not show “${words}”: ${seen.slice(0, 400)}`);
}

/// A small picture, drawn in the browser.
export async function picture(page) {
  const data = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 320; canvas.height = 240;
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#a3271c'; pen.fillRect(0, 0, 320, 240);
    pen.fillStyle = '#faf6ee'; pen.fillRect(40, 40, 120, 120);
    return canvas.toDataURL('image/jpeg').split(',')[1];
  });
  return { name: '路灯.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(data, 'base64') };
}
