// From a published document to a learner registered on it: handed in, reviewed by keyboard, approved and published by
// another person. The printed syllabus is used where it lies beside the project, else a made-up one.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enter, examine } from './house.mjs';
import { click, leading, pageOf, press, refused } from './steps.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/// The printed syllabus in a folder above, with the code of a qualification that the centre offers; else the made-up one.
function document() {
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'shared/syllabus/cmi-level-7-leadership-coaching-and-mentoring-2018-v6.txt');
    if (existsSync(file)) return { file, code: '7A2V2', units: 10 };
  }
  return { file: resolve(here, '../../crates/formats/tests/syllabus/loose.txt'), code: null, units: 2 };
}

/// What is told beside the finding; why no draft can be made yet is another matter.
const wrongWith = (page) => page.evaluate(() => [...document.querySelectorAll('[data-finding] .field__error, .main > .refusal')].map((one) => one.innerText).join(' | '));

export async function syllabus(browser, house, faults) {
  const expect = (sentence, holds, seen) => faults.expect(sentence, holds, seen);
  const must = (sentence, holds, seen) => { if (!expect(sentence, holds, seen)) throw new Error(sentence); };
  const { file, code, units } = document();
  let draft = '';

  // --- The quality manager hands it in and settles what was found, by keyboard ---------------------------------------------
  {
    const page = await enter(browser, house, faults, 'Quentin Marsh');
    await page.goto('/syllabuses/new');
    await examine(page, faults, 'syllabus quality manager');
    await page.setInputFiles('input[type="file"]', { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.from('') });
    await page.click('main button[type="submit"]');
    await page.waitForSelector('.refusal, .field__error');
    expect('an empty file is refused in words', /empty/i.test(await refused(page)), await refused(page));
    await page.goto('/syllabuses/new');
    await page.setInputFiles('input[type="file"]', file);
    await page.click('main button[type="submit"]');
    await page.waitForURL(/\/syllabuses\/syl_/, { timeout: 30000 });
    const review = new URL(page.url()).pathname;
    const parts = await page.locator('nav[aria-label="Parts of the syllabus"] a').count();
    must('every unit of the document is a part of the review', parts === units + 1, parts);
    await page.goto(review);
    await examine(page, faults, 'syllabus quality manager');

    // A criterion leads to its lines, and a line to what was read from it.
    await page.goto(`${review}?part=1`);
    await page.locator('.read__criterion a[data-lines]').first().click();
    expect('a criterion lights up its lines', (await page.locator('.source__line.is-lit').count()) > 0);
    const number = page.locator('a.source__number').last();
    const target = await number.getAttribute('href');
    expect('a line leads to what was read from it', (await page.locator(target).count()) === 1, target);

    await page.goto(`${review}?show=open`);
    let settled = 0;
    for (let n = 0; n < 80; n += 1) {
      const tag = (await page.locator('[data-finding] .tag').first().innerText().catch(() => '')).trim();
      if (tag !== 'Error' && tag !== 'Warning') break;
      const way = async (how) => (await page.locator(`[data-settle] input[value="${how}"]`).count()) > 0;
      await page.locator('[data-finding]').focus();
      if (tag === 'Error' && (await way('misprint'))) {
        await page.keyboard.press('m');
        await page.keyboard.type('As the unit has it');
        await page.keyboard.press('Tab');
        await page.keyboard.type('Compared with the page of the unit.');
        await press(page, 'Control+Enter');
      } else if (await way('ignore')) {
        await page.keyboard.press('i');
        await page.keyboard.type('Nothing rests on it.');
        await press(page, 'Control+Enter');
      } else break;
      const wrong = await wrongWith(page);
      must(`finding ${n + 1} is settled by keyboard`, wrong === '', wrong);
      settled += 1;
    }
    expect('errors and warnings were settled one by one', settled > 0, settled);
    const note = await page.locator('[data-finding] .tag').first().innerText().catch(() => '');
    if (note.trim() === 'Note') {
      await page.locator('[data-finding]').focus();
      await press(page, 'a');
      expect('a note is accepted with one key', (await wrongWith(page)) === '', await wrongWith(page));
    }
    await examine(page, faults, 'syllabus quality manager, settled', [[1280, 'light'], [390, 'dark']]);
    await click(page, page.getByRole('button', { name: 'Make the draft' }));
    draft = new URL(page.url()).pathname;
    must('the draft is made', /\/specifications\/spc_/.test(draft), `${page.url()} ${await refused(page)}`);
    await click(page, page.getByRole('button', { name: 'Mark it as checked' }));
    expect('whoever made it cannot approve it', (await pageOf(page)).includes('Why “Approve it” is not possible now'), await refused(page));
    await page.context().close();
  }

  // --- The administrator looks at what changed, approves and publishes -------------------------------------------------------
  {
    const page = await enter(browser, house, faults, 'Ada Whitlock');
    await page.goto(draft);
    await examine(page, faults, 'syllabus administrator, draft');
    if (code) {
      await page.goto(`${draft}/changes`);
      expect('what changed from the version before is told', /What is different/.test(await pageOf(page)));
      await examine(page, faults, 'syllabus administrator, changes');
      await page.goto(draft);
    }
    await click(page, page.getByRole('button', { name: 'Approve it' }));
    await click(page, page.getByRole('button', { name: 'Publish it' }));
    expect('it is published', (await pageOf(page)).includes('The specification is published'), await refused(page));
    await page.context().close();
  }

  // --- The coordinator registers a learner on it ------------------------------------------------------------------------------
  if (code) {
    const page = await enter(browser, house, faults, 'Carys Bevan');
    await page.goto('/registrations/new');
    await page.fill('[name="given"]', 'Marit');
    await page.fill('[name="family"]', 'Solheim');
    await page.fill('[name="born_on"]', '1979-11-02');
    await page.fill('[name="email"]', 'marit.solheim@example.org');
    await page.check(`[name="qualification"][value="${code}"]`, { force: true });
    await page.fill('[name="start_on"]', '2019-10-14');
    await page.fill('[name="authority"]', 'Leads a team of thirty.');
    await page.fill('[name="identity"]', 'passport seen on 14 October 2019');
    await leading(page, () => page.click('main button[type="submit"]'));
    must('a learner is registered on the syllabus that was handed in', /\/registrations\/reg_/.test(page.url()), `${page.url()} ${await refused(page)}`);
    await page.context().close();
  }
}
