// From verified units to a certificate that anybody can check: the coordinator claims, the awarding body releases, the
// learner opens the certificate, and a stranger without an account asks whether it is genuine.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enter, examine, listen } from './house.mjs';
import { click, pageOf, refused } from './steps.mjs';

const NAME = 'Uche Eze';
const UNIT = '7015V1';
const TITLE = 'Leadership Coaching and Mentoring';

/// The words of a PDF, or what is wrong with it.
function wordsOf(house, name, bytes) {
  const file = join(house.folder, name);
  writeFileSync(file, bytes);
  try {
    return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
  } catch (fault) {
    return `not readable: ${fault.message}`;
  }
}

export async function award(browser, house, faults) {
  const expect = (sentence, holds, seen) => faults.expect(sentence, holds, seen);
  const must = (sentence, holds, seen) => { if (!expect(sentence, holds, seen)) throw new Error(sentence); };
  const look = (page, who) => examine(page, faults, `award ${who}`, [[1280, 'light'], [390, 'dark']]);
  let registration = '';
  let certificate = '';

  // --- The coordinator claims ------------------------------------------------------------------------------------------
  {
    const page = await enter(browser, house, faults, 'Carys Bevan');
    await page.goto('/claims/ready');
    const blocked = page.locator('.work__item').filter({ hasNot: page.locator('input[name="registration"]') }).first();
    await click(page, blocked.locator('a'));
    const reasons = await page.locator('section[aria-labelledby="against"] .refusal__item').allInnerTexts();
    expect('what stands against a claim is listed with its remedy, all at once', reasons.length >= 2 && reasons.every((reason) => reason.includes('Who can do that')), reasons);
    await look(page, 'coordinator, what stands against a claim');
    await page.goto(`/claims/ready?q=${encodeURIComponent(NAME)}`);
    await look(page, 'coordinator, who can be claimed for');
    const row = page.locator('.work__item', { hasText: NAME });
    await click(page, row.locator('a'));
    registration = (new URL(page.url()).pathname.match(/reg_\w+/) || [''])[0];
    expect('nothing stands against the claim', (await pageOf(page)).includes('Nothing stands against a claim'), await refused(page));
    await look(page, 'coordinator, ready to claim');
    await page.goBack();
    await row.locator('input[name="registration"]').check();
    await click(page, page.getByRole('button', { name: 'Claim for those chosen' }));
    expect('the claim is made', (await pageOf(page)).includes('1 claim was sent to the awarding body'), await refused(page));
    await page.goto(`/registrations/${registration}/claim`);
    expect('claiming twice is refused with the reason', (await page.getByRole('button', { name: 'Claim the award' }).count()) === 0, await refused(page));
    await page.context().close();
  }

  // --- The awarding body looks at the evidence and releases ---------------------------------------------------------------
  {
    const page = await enter(browser, house, faults, 'Quentin Marsh');
    await page.goto('/release');
    await look(page, 'quality manager, release');
    await click(page, page.locator('.work__item', { hasText: NAME }).locator('a'));
    await look(page, 'quality manager, claim');
    const claim = page.url();
    // From what is claimed to the work and to the file itself in three clicks at most (VM-02).
    await click(page, page.locator('main table a').first());
    expect('one click from the claim stands the work', (await page.locator('article.piece').count()) > 0, page.url());
    const submission = new URL(page.url()).pathname.match(/sub_\w+/)[0];
    await page.goto(`/submissions/${submission}/result`);
    const file = await page.request.get(await page.locator('.passages a', { hasText: 'the file' }).first().getAttribute('href'));
    expect('one click from the result lies the file', file.status() === 200 && (await file.body()).length > 1000, `${file.url()} ${file.status()}`);
    await look(page, 'quality manager, result');
    await page.goto(claim);
    await click(page, page.getByRole('button', { name: /release/i }));
    must('the award is released', /\/awards\/awd_/.test(page.url()), `${page.url()} ${await refused(page)}`);
    await look(page, 'quality manager, award');
    await page.context().close();
  }

  // --- The learner opens the award, its certificate and the transcript -------------------------------------------------
  {
    const page = await enter(browser, house, faults, NAME);
    await look(page, 'learner, home');
    await page.goto('/awards');
    await look(page, 'learner, awards');
    await click(page, page.locator('main table a[href^="/awards/"]'));
    const told = await pageOf(page);
    certificate = (await page.locator('a[href$=".pdf"][href^="/certificates/"]').first().getAttribute('href')).match(/certificates\/(.+)\.pdf/)[1];
    expect('the award names its title, its number and the unit', told.includes(TITLE) && told.includes(certificate) && told.includes(UNIT), told.slice(0, 400));
    await look(page, 'learner, award');
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 30000 }),
      page.getByRole('link', { name: 'Certificate (PDF)' }).click(),
    ]);
    expect('the certificate is saved under its number', download.suggestedFilename().includes(certificate), download.suggestedFilename());
    for (const [what, address, sought] of [
      ['certificate', `/certificates/${certificate}.pdf`, [NAME, TITLE, certificate, 'Chartered Management Institute']],
      ['transcript', await page.getByRole('link', { name: 'Transcript (PDF)' }).getAttribute('href'), [NAME, TITLE, UNIT]],
    ]) {
      const answer = await page.request.get(address);
      const bytes = await answer.body();
      expect(`the ${what} is a PDF`, answer.status() === 200 && bytes.subarray(0, 5).toString('latin1') === '%PDF-', `${answer.status()} ${bytes.subarray(0, 20)}`);
      const words = wordsOf(house, `${what}.pdf`, bytes);
      expect(`the ${what} says ${sought.join(', ')}`, sought.every((one) => words.includes(one)), words.slice(0, 600));
    }
    await page.context().close();
  }

  // --- A stranger checks it ---------------------------------------------------------------------------------------------
  {
    const context = await browser.newContext({ baseURL: house.address });
    const page = await context.newPage();
    listen(page, faults);
    const ask = async (number, family) => {
      await page.goto('/check');
      await page.fill('[name="number"]', number);
      await page.fill('[name="family"]', family);
      await click(page, page.getByRole('button', { name: 'Check' }));
      return pageOf(page);
    };
    const genuine = await ask(certificate, 'Eze');
    expect('number and family name show the certificate, and that it is valid', genuine.includes('genuine') && genuine.includes(NAME) && genuine.includes(TITLE), genuine.slice(0, 400));
    await look(page, 'stranger, genuine');
    const typed = await ask(certificate.toLowerCase().replaceAll('-', ' '), 'EZE');
    expect('capitals, spaces and hyphens do not matter', typed.includes('genuine') && typed.includes(NAME), typed.slice(0, 400));
    // Whether it is the number or the name that is wrong is not told to whoever guesses.
    const plain = (text, ...words) => words.reduce((left, word) => left.replaceAll(word, '…'), text);
    const wrongName = await ask(certificate, 'Okonkwo');
    await look(page, 'stranger, not found');
    const other = certificate.replace(/[0-9A-Z]-/, (sign) => (sign[0] === '7' ? '8-' : '7-'));
    const wrongNumber = await ask(other, 'Okonkwo');
    expect('a wrong name and a wrong number are answered alike', wrongName.includes('No such certificate') && !wrongName.includes(NAME) && plain(wrongName, certificate) === plain(wrongNumber, other), [wrongName.slice(0, 300), wrongNumber.slice(0, 300)]);
    await page.goto(`/check/${certificate}`);
    expect('the address in the code asks for the family name', (await page.inputValue('[name="number"]')) === certificate && !(await pageOf(page)).includes(NAME), page.url());
    await page.goto('/check');
    await page.fill('[name="number"]', certificate);
    await click(page, page.getByRole('button', { name: 'Check' }));
    expect('what is missing is said beside its field', (await page.locator('.field__error').count()) > 0, await refused(page));
    await look(page, 'stranger, a field is missing');
    await context.close();
  }
}
