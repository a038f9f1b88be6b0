// Journeys through the sample pages in a real browser: the desk by keyboard, marking passages with and without
// scripts, an editor that loses its connection. Run like axe.mjs: node journeys.mjs <folder>
import { createRequire } from 'node:module';
import { serve } from './serve.mjs';

const { chromium } = createRequire(`${process.cwd()}/`)('playwright-core');
const server = await serve(process.argv[2]);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const kept = { status: 200, body: { version: 8, saved_at: '2019-10-14T09:32:00Z' } };
let wrong = 0;
const expect = (sentence, holds, seen = '') => {
  if (!holds) wrong += 1;
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${sentence}${holds ? '' : `: ${JSON.stringify(seen)}`}`);
};
const open = async (name, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  page.on('pageerror', (fault) => expect(`no fault in the scripts of ${name}`, false, fault.message));
  await page.goto(`${server.address}/${name}`);
  return page;
};
const pause = (page) => page.waitForTimeout(350);
const leave = (page) => page.evaluate(() => document.activeElement.blur());

{
  const desk = await open('desk.html');
  await desk.keyboard.press('j');
  const here = () => desk.evaluate(() => document.querySelector('.criterion.is-here').dataset.number);
  expect('j leads to the next criterion', (await here()) === '1.3', await here());
  await desk.keyboard.press('k');
  await desk.keyboard.press('m');
  const asked = await desk.evaluate(() => document.activeElement.id);
  expect('m asks for the reason where there is none', asked === 'reason-1-2' && server.sent().length === 0, asked);
  await desk.keyboard.type('The drawings show both meanings.');
  await desk.keyboard.press('Control+Enter');
  await pause(desk);
  await desk.keyboard.press('Escape');
  const [post] = server.sent();
  expect('the decision is saved with its reason and the passages cited', /decision=met/.test(post?.body) && /passage=psg-2/.test(post?.body) && /reason=The\+drawings/.test(post?.body), post);
  const words = await desk.textContent('[data-progress-words]');
  expect('the progress follows', words === '3 of 11 judged, 2 met', words);
  await desk.keyboard.press('e');
  await desk.keyboard.type('jkm');
  expect('keys are letters while typing', (await desk.inputValue('#reason-1-2')).endsWith('jkm'));
  await desk.keyboard.press('Escape');
  await pause(desk);
  const [gone] = server.sent();
  expect('what was typed is saved when one stops writing', /jkm/.test(gone?.body) && (await desk.textContent('#criterion-1-2 [data-saved]')) === 'Saved', gone);
  const leaves = () => desk.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true })));
  expect('one leaves without a question once all is saved', await leaves());
  await desk.keyboard.press('1');
  await desk.waitForURL(/#psg-2$/, { timeout: 10000 }).catch(() => {});
  expect('1 shows the first passage', desk.url().endsWith('#psg-2'), desk.url());
  server.answer = { status: 422, body: { refusals: [{ because: 'No passage is cited.', remedy: 'Cite one.' }] } };
  await desk.click('text=Save 1.2');
  await pause(desk);
  expect('a refusal is told in place', (await desk.textContent('#criterion-1-2 [data-saved]')).includes('No passage is cited.'));
  await desk.type('#reason-1-2', ' More.');
  await leave(desk);
  await pause(desk);
  expect('one is asked before leaving what was refused', !(await leaves()));
  server.answer = kept;
  server.sent();
  const [start, end] = await desk.evaluate(() => {
    const text = document.querySelector('#psg-2').firstChild;
    const range = document.createRange();
    range.setStart(text, 4);
    range.setEnd(text, 13);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    document.querySelector('.reading').dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    const plain = [...document.querySelectorAll('.reading [data-start]')].map((block) => block.textContent).join('\n');
    const at = Array.from(plain.slice(0, plain.indexOf('workshops'))).length;
    return [at, at + 9];
  });
  await pause(desk);
  server.answer = { status: 200, body: '<h1>Marked</h1>' };
  await desk.click('[data-marker] button[type=submit]');
  await pause(desk);
  const [marked] = server.sent();
  expect('a selection is sent by its place in the plain text', marked?.body.includes(`start=${start}&end=${end}`), marked);
}
{
  // Without motion: a click waits for the page to rest, which a smooth scroll in a page without scripts can keep from it.
  const phone = await open('desk.html', { javaScriptEnabled: false, reducedMotion: 'reduce', viewport: { width: 390, height: 844 } });
  expect('without scripts a phone shows the evidence first', (await phone.isVisible('#evidence')) && !(await phone.isVisible('#criteria')));
  await phone.click('a[href="#criteria"]');
  expect('the other tab shows the criteria', (await phone.isVisible('#criteria')) && !(await phone.isVisible('#evidence')));
  await phone.click('#criteria .passages a[href="#psg-2"]');
  expect('a passage leads back to the evidence', await phone.isVisible('#psg-2'));
  server.sent();
  await phone.check('.reading input[value="3"]');
  await phone.check('.marker .pill:nth-child(2) input', { force: true });
  await phone.click('.marker button[type=submit]');
  const [marked] = server.sent();
  expect('paragraphs are marked without scripts', /paragraph=3/.test(marked?.body) && /criterion=1.2/.test(marked?.body), marked);
}
{
  server.answer = kept;
  const page = await open('styleguide.html');
  const state = () => page.textContent('[data-autosave-state]');
  const write = async (text) => { await page.fill('#report', text); await leave(page); await pause(page); };
  server.sent();
  await write('one two three don’t');
  const [post] = server.sent();
  expect('a draft is sent with its version and token', JSON.parse(post?.body || '{}').version === 7 && post.csrf === 'sample', post);
  expect('the words are counted as they are typed', (await page.textContent('#report-length [data-gauge-words]')) === '4 words');
  await page.context().setOffline(true);
  await write('written without a connection');
  expect('without a connection the text stays on the device', (await state()).includes('kept on this device'), await state());
  await page.context().setOffline(false);
  await pause(page);
  expect('it is sent when the connection is back', (await state()).startsWith('Saved'), await state());
  server.answer = { status: 409, body: { version: 9, text: 'their text', saved_at: '2019-10-14T09:40:00Z' } };
  await write('mine');
  expect('two texts are both kept', (await page.inputValue('#report')) === 'mine' && (await page.inputValue('textarea[aria-label="The newer text"]')) === 'their text');
  server.answer = kept;
  server.sent();
  await page.click('text=Keep mine and save it');
  await pause(page);
  const [again] = server.sent();
  expect('mine is saved upon theirs', JSON.parse(again?.body || '{}').version === 9, again);
}
await browser.close();
server.close();
process.exit(wrong > 0 ? 1 : 0);
