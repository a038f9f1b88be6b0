// Checks pages in a real browser: axe-core (WCAG 2.2 A and AA, best practice), no sideways scrolling of the page, no
// breach of the content policy, at 320, 390 and 1280 pixels in both themes.
//
//   cargo run -p assay-pages --example styleguide -- <folder>
//   npm i axe-core playwright-core           (in any folder; NODE_PATH or run from there)
//   node axe.mjs <folder> [page.html …]      exit status 1 when something is wrong
//
// CHROMIUM names the browser's program; /usr/bin/chromium when it is not set.
import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { serve } from './serve.mjs';

const require = createRequire(`${process.cwd()}/`);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [folder, ...named] = process.argv.slice(2);
const pages = named.length > 0 ? named : readdirSync(folder).filter((name) => name.endsWith('.html'));
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const views = [[320, 'light'], [390, 'dark'], [1280, 'light'], [1280, 'dark']];

const server = await serve(folder);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
let wrong = 0;
for (const name of pages) {
  for (const [width, colorScheme] of views) {
    // The browser carries axe in past the policy, so only breaches by the page itself are reported.
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const said = [];
    page.on('pageerror', (fault) => said.push(`script: ${fault.message}`));
    page.on('console', (line) => { if (/Content Security Policy/.test(line.text())) said.push(`policy: ${line.text()}`); });
    await page.goto(`${server.address}/${name}`);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    if (sideways) said.push('the page scrolls sideways');
    await page.evaluate(axe);
    const found = await page.evaluate((runOnly) => window.axe.run({ runOnly }), tags);
    for (const one of found.violations) said.push(`${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 120)}`);
    console.log(`${said.length === 0 ? 'ok  ' : 'FAIL'} ${name} ${width} ${colorScheme}`);
    for (const line of said) console.log(`     ${line}`);
    wrong += said.length;
    await page.close();
  }
}
await browser.close();
server.close();
process.exit(wrong > 0 ? 1 : 0);
