// Without scripts everything still works, by plain forms: signing in, choosing units, writing, uploading, marking, handing
// in, judging, signing and verifying.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDocx } from './docx.mjs';
import { listen } from './house.mjs';
import { click, heading, pageOf, prose, refused } from './steps.mjs';

const LEARNER = ['Amira Haddad', 'amira.haddad@example.com'];
const UNIT = '7016V1';
const UNITS = ['7015V1', UNIT, '7017V1', '7018V1', '7002V1', '7020V1', '7010V1'];
/// Everybody's in the demonstration.
const PASSWORD = 'demonstration 2019';

export async function scriptless(browser, house, faults) {
  const expect = (sentence, holds, seen) => faults.expect(`without scripts ${sentence}`, holds, seen);
  const must = (sentence, holds, seen) => { if (!expect(sentence, holds, seen)) throw new Error(sentence); };
  const signIn = async (email) => {
    const context = await browser.newContext({ baseURL: house.address, viewport: { width: 1280, height: 900 }, javaScriptEnabled: false, reducedMotion: 'reduce' });
    const page = await context.newPage();
    listen(page, faults);
    await page.goto('/sign-in');
    await page.fill('[name="email"]', email);
    await page.fill('[name="password"]', PASSWORD);
    await click(page, page.getByRole('button', { name: 'Sign in', exact: true }));
    must(`${email} signs in with a password`, new URL(page.url()).pathname === '/', await refused(page));
    return page;
  };
  let registration = '';
  let submission = '';

  // --- The learner chooses, writes, uploads, marks and hands in -------------------------------------------------------
  const learner = await signIn(LEARNER[1]);
  {
    const page = learner;
    expect('the home page says what to do first', (await pageOf(page)).includes('Choose your units'), await heading(page));
    await click(page, page.locator('.work__item a').first());
    registration = (new URL(page.url()).pathname.match(/reg_\w+/) || [''])[0];
    await page.goto(`/registrations/${registration}/units`);
    await page.check(`[name="unit"][value="${UNIT}"]`);
    await click(page, page.getByRole('button', { name: 'Check this choice' }));
    expect('the rule of combination says what is missing', /short|missing/i.test(await page.locator('.beside').innerText()), await page.locator('.beside').innerText());
    expect('the choice stays', await page.isChecked(`[name="unit"][value="${UNIT}"]`), '');
    for (const unit of UNITS) {
      const box = page.locator(`[name="unit"][value="${unit}"]:not([type="hidden"])`);
      if ((await box.count()) > 0) await box.check();
    }
    await click(page, page.getByRole('button', { name: 'Agree this plan' }));
    must('the plan is agreed', /\/plan$/.test(new URL(page.url()).pathname) && (await pageOf(page)).includes(UNIT), `${page.url()} ${await refused(page)}`);
  }
  {
    const page = await signIn('carys.bevan@example.org');
    await page.goto(`/registrations/${registration}`);
    const staff = page.locator('form[action$="/allocations"]');
    if (!(await staff.isVisible())) await page.locator('#staff summary').first().click();
    await staff.locator(`[name="unit"][value="${UNIT}"]`).check();
    for (const [role, person] of [['assessor', 'Asha Raman'], ['verifier', 'Grace Okafor']]) {
      await staff.locator(`[name="${role}"]`).selectOption(await staff.locator(`[name="${role}"] option`, { hasText: person }).first().getAttribute('value'));
    }
    await click(page, staff.locator('button[type="submit"]'));
    expect('the coordinator allocates staff', (await pageOf(page)).includes('Asha Raman'), await refused(page));
    await page.context().close();
  }
  {
    const page = learner;
    await page.goto('/evidence/new');
    await click(page, page.locator('form[action="/evidence/new"] button[type="submit"]'));
    expect('a missing title is said beside its field', (await page.locator('form[action="/evidence/new"] .field__error').count()) === 1, await refused(page));
    await page.fill('form[action="/evidence/new"] [name="title"]', 'A policy for Wharfdale Water');
    await click(page, page.locator('form[action="/evidence/new"] button[type="submit"]'));
    const piece = new URL(page.url()).pathname.match(/evd_\w+/)[0];
    await page.fill('[name="text"]', ['purpose', 'commitment', 'support', 'review'].map((part) => `## ${part}\n\n${prose(760, part)}`).join('\n\n'));
    await click(page, page.getByRole('button', { name: 'Preview' }));
    expect('a preview is shown and the text stays', (await page.locator('#preview').innerText()).includes('commitment') && (await page.inputValue('[name="text"]')).length > 5000, await heading(page));
    await click(page, page.getByRole('button', { name: 'Save a version' }));
    expect('the version is kept', (await pageOf(page)).includes('Version 1'), await refused(page));

    const file = join(house.folder, 'letter.docx');
    writeDocx(file, ['A letter of the chief executive', 'I commit this company to coaching for every manager who asks for it, and I will ask for it myself.']);
    await page.goto('/evidence/new');
    await page.setInputFiles('form[action="/evidence/upload"] input[type="file"]', file);
    await click(page, page.locator('form[action="/evidence/upload"] button[type="submit"]'));
    const uploaded = (new URL(page.url()).pathname.match(/evd_\w+/) || [''])[0];
    must('a document is uploaded', uploaded !== '', `${page.url()} ${await refused(page)}`);
    await page.goto(`/evidence/${uploaded}/read`);
    expect('its words can be read', (await pageOf(page)).includes('coaching for every manager'), await heading(page));
    const forged = join(house.folder, 'forged.pdf');
    writeFileSync(forged, Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff, 0, 0]));
    await page.goto('/evidence/new');
    await page.setInputFiles('form[action="/evidence/upload"] input[type="file"]', forged);
    await click(page, page.locator('form[action="/evidence/upload"] button[type="submit"]'));
    expect('a file that is not what it says is refused on the page', (await page.locator('form[action="/evidence/upload"], .refusal').count()) > 0 && (await refused(page)).length > 20, await refused(page));

    await page.goto(`/evidence/${piece}/mark`);
    await page.locator('.reading [name="paragraph"]').nth(1).check();
    for (const criterion of await page.locator(`form.marker [name="criterion"][value^="${UNIT}/"]`).all()) await criterion.check();
    await click(page, page.locator('form.marker button[type="submit"]'));
    expect('a passage is marked', (await page.locator('aside .passages li').count()) === 1, await refused(page));

    await page.goto(`/registrations/${registration}/units/${UNIT}/hand-in`);
    for (const one of [piece, uploaded]) await page.locator(`[name="items"][value="${one}"]`).check();
    await click(page, page.getByRole('button', { name: 'Check this choice' }));
    expect('what is covered is shown before handing in', (await pageOf(page)).includes('Each has a passage'), await page.locator('#check').innerText());
    await click(page, page.getByRole('button', { name: 'Hand in' }));
    expect('handing in without a declaration is refused beside it', (await page.locator('.field__error').count()) > 0, await refused(page));
    for (const one of [piece, uploaded]) await page.locator(`[name="items"][value="${one}"]`).check();
    await page.locator('[name="ai_use"]').first().check();
    await page.check('[name="own_work"]');
    await click(page, page.getByRole('button', { name: 'Hand in' }));
    submission = (new URL(page.url()).pathname.match(/sub_\w+/) || [''])[0];
    must('the work is handed in', submission !== '', `${page.url()} ${await refused(page)}`);
    await page.context().close();
  }

  // --- The assessor judges and signs --------------------------------------------------------------------------------------
  {
    const page = await signIn('asha.raman@example.org');
    await page.goto('/marking');
    await click(page, page.locator('.work__item', { hasText: LEARNER[0] }).getByRole('button', { name: /^Take/ }));
    await page.goto(`/submissions/${submission}/mark`);
    const numbers = await page.locator('[data-criterion]').evaluateAll((all) => all.map((one) => one.dataset.number));
    const open = async (number) => {
      const one = page.locator(`[data-criterion][data-number="${number}"]`);
      if ((await one.getAttribute('open')) === null) await one.locator('summary').first().click();
      return one;
    };
    const first = await open(numbers[0]);
    await first.locator('[name="reason"]').fill('Said well.');
    await click(page, first.getByRole('button', { name: `Save ${numbers[0]}` }));
    const again = await open(numbers[0]);
    expect('a decision that is not complete comes back with what was typed', (await again.locator('[name="reason"]').inputValue()) === 'Said well.' && (await again.locator('.field__error').count()) > 0, await refused(page));
    for (const number of numbers) {
      const one = await open(number);
      for (const box of await one.locator('[name="passage"], [name="verb"]').all()) await box.check({ force: true });
      await one.locator('.verdict .pill', { hasText: 'Met' }).first().click();
      await one.locator('[name="reason"]').fill('The chapter answers this with figures of its own and weighs them.');
      await click(page, one.getByRole('button', { name: `Save ${number}` }));
    }
    const progress = await page.locator('[data-progress-words]').innerText();
    must('every criterion is decided', progress.startsWith(`${numbers.length} of ${numbers.length}`), `${progress} ${await refused(page)}`);
    for (const yes of await page.locator('.qualities [value="yes"]').all()) await yes.check({ force: true });
    await click(page, page.getByRole('button', { name: 'Save the answers' }));
    await click(page, page.locator('.desk__acts').getByText(/^Sign/));
    await click(page, page.locator('main').getByRole('button', { name: 'Sign the judgement' }));
    must('the judgement is signed', /\/result$/.test(new URL(page.url()).pathname), `${page.url()} ${await refused(page)}`);
    await page.context().close();
  }

  // --- The verifier agrees ------------------------------------------------------------------------------------------------
  {
    const page = await signIn('grace.okafor@example.org');
    await page.goto(`/submissions/${submission}/verify`);
    await click(page, page.getByRole('button', { name: 'Record the verification' }));
    expect('a finding that is missing is asked for', /verify$/.test(new URL(page.url()).pathname) && (await refused(page)).length > 0, await refused(page));
    for (const agree of await page.locator('#verify input[value="agree"]').all()) await agree.check({ force: true });
    await click(page, page.getByRole('button', { name: 'Record the verification' }));
    await page.goto(`/submissions/${submission}/result`);
    expect('the judgement is verified', /verified|agreed|achieved/i.test(await pageOf(page)), (await pageOf(page)).slice(0, 300));
    await page.context().close();
  }
}
