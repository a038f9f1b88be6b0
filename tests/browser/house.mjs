// The demonstration for browser tests: starts the program on a free port, opens the browser, and keeps a list of what is
// wrong. Every page that a test looks at is examined in the same way.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const VIEWS = [[1280, 'light'], [1280, 'dark'], [390, 'light'], [390, 'dark']];
// A dark page is its light one in other colours, so only what colours decide is asked again.
const ASKED = { light: { runOnly: TAGS }, dark: { runOnly: { type: 'rule', values: ['color-contrast'] } } };
// A folder for a picture of every view; without it, only views with a fault are kept, in FAULTY.
const { SCREENSHOTS, FAULTY } = process.env;

function freePort() {
  return new Promise((answer, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => answer(port));
    });
  });
}

/// Starts `assay demo` in a folder of its own.
export async function demonstration() {
  const program = process.env.ASSAY || 'target/debug/assay';
  const folder = mkdtempSync(join(tmpdir(), 'assay-browser-'));
  const listen = `127.0.0.1:${await freePort()}`;
  const child = spawn(program, ['demo', '--listen', listen, '--data', join(folder, 'data')], { stdio: ['ignore', 'pipe', 'pipe'] });
  // Whatever becomes of the test, the program ends with it.
  process.once('exit', () => { child.kill(); rmSync(folder, { recursive: true, force: true }); });
  let said = '';
  await new Promise((ready, fail) => {
    const hear = (part) => { said += part; if (said.includes('is open at')) ready(); };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`the demonstration ended with ${code}:\n${said}`)));
  });
  return {
    address: `http://${listen}`,
    folder,
    log: () => said,
    close() { child.kill(); rmSync(folder, { recursive: true, force: true }); },
  };
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

/// What is wrong, each thing once with every page on which it was seen.
export class Faults {
  #seen = new Map();
  examined = 0;
  checks = 0;
  /// How often a fault was told, a known one at another place too.
  told = 0;

  add(where, what) {
    this.told += 1;
    if (!this.#seen.has(what)) {
      this.#seen.set(what, new Set());
      console.log(`     ${where}: ${what}`);
    }
    this.#seen.get(what).add(where);
  }

  /// Says a sentence that must hold.
  expect(sentence, holds, seen = '') {
    this.checks += 1;
    console.log(`${holds ? 'ok  ' : 'FAIL'} ${sentence}${holds ? '' : `: ${JSON.stringify(seen)}`}`);
    if (!holds) this.add('journey', `${sentence}: ${JSON.stringify(seen)}`);
    return holds;
  }

  tell() {
    console.log(`\n${this.examined} pages examined, ${this.checks} sentences checked, ${this.#seen.size} faults`);
    for (const [what, where] of [...this.#seen].sort()) {
      const pages = [...where];
      console.log(`FAULT ${what}`);
      for (const page of pages.slice(0, 6)) console.log(`      ${page}`);
      if (pages.length > 6) console.log(`      and ${pages.length - 6} more`);
    }
    return this.#seen.size;
  }
}

/// Writes down what a page says against itself while it is used.
export function listen(page, faults) {
  const here = () => new URL(page.url()).pathname;
  page.on('pageerror', (fault) => faults.add(here(), `script: ${fault.message}`));
  page.on('console', (line) => {
    const text = line.text();
    if (/Content Security Policy/.test(text)) faults.add(here(), `policy: ${text.slice(0, 200)}`);
    // A form that was refused is answered with the page again; the browser reports that as a failed load.
    else if (line.type() === 'error' && !/status of 4(00|09|22)|ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/.test(text)) faults.add(here(), `console: ${text.slice(0, 200)}`);
  });
  page.on('response', (answer) => { if (answer.status() >= 500) faults.add(new URL(answer.url()).pathname, `answers ${answer.status()}`); });
}

/// An address with ids, codes and numbers left out, for names of pages and pictures.
export function kind(address) {
  return new URL(address).pathname.replace(/\/[a-z]{3}_[0-9a-z]+/g, '/…').replace(/\/C\d+-[0-9A-Z-]+/g, '/…').replace(/\/\d[0-9A-Z-]+/g, '/…');
}

const SENT = async (page) => page.evaluate(() => {
  const root = document.documentElement;
  return {
    title: document.title,
    headings: document.querySelectorAll('h1').length,
    sideways: root.scrollWidth > root.clientWidth + 1,
    inline: document.querySelectorAll('[style]:not(svg *), [onclick]').length,
  };
});

/// Examines the page as it stands: axe, one main heading, no sideways scrolling, in both widths and both themes.
export async function examine(page, faults, who, views = VIEWS) {
  const before = page.viewportSize();
  const name = `${who}: ${kind(page.url())}`;
  for (const [width, colorScheme] of views) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const where = `${name} (${width} ${colorScheme})`;
    if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(axe);
    const known = faults.told;
    const found = await page.evaluate((asked) => window.axe.run({ ...asked, resultTypes: ['violations'] }), ASKED[colorScheme]);
    for (const one of found.violations) {
      faults.add(where, `${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 160)}`);
    }
    const sent = await SENT(page);
    if (sent.sideways) faults.add(where, 'the page scrolls sideways');
    if (sent.headings !== 1) faults.add(where, `${sent.headings} main headings`);
    if (!sent.title.trim()) faults.add(where, 'no title');
    const shots = SCREENSHOTS || (faults.told > known && FAULTY);
    if (shots) {
      mkdirSync(shots, { recursive: true });
      const file = `${who}${kind(page.url())}`.replace(/[^0-9a-z]+/gi, '-').replace(/^-|-$/g, '').toLowerCase() || 'home';
      await page.screenshot({ path: join(shots, `${file}-${width}-${colorScheme}.png`), fullPage: true }).catch(() => {});
    }
  }
  faults.examined += 1;
  if (before) await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

/// Signs somebody in by their button on the demonstration's sign-in page.
export async function enter(browser, house, faults, name, options = {}) {
  const context = await browser.newContext({ baseURL: house.address, viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  listen(page, faults);
  await page.goto('/sign-in');
  await page.locator('li', { hasText: name }).getByRole('button').first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return page;
}
