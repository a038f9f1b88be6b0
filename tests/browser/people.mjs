// The whole journey as people walk it: a learner is registered, writes, hands in, is judged by keyboard alone, and the
// judgement is verified.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDocx } from './docx.mjs';
import { enter, examine, listen } from './house.mjs';
import { click, heading, press, prose, refused, tabTo } from './steps.mjs';

const UNIT = '7016V1';
const NAME = 'Jolanta Wiśniewska';

export async function journey(browser, house, faults) {
  const expect = (sentence, holds, seen) => faults.expect(sentence, holds, seen);
  const must = (sentence, holds, seen) => { if (!expect(sentence, holds, seen)) throw new Error(sentence); };
  const look = (page, who) => examine(page, faults, `journey ${who}`, [[1280, 'light'], [390, 'dark']]);
  let registration = '';

  // --- The coordinator registers a learner and a list --------------------------------------------------------------
  {
    const page = await enter(browser, house, faults, 'Carys Bevan');
    await page.goto('/registrations/new');
    await page.fill('[name="given"]', 'Jolanta');
    await page.click('main button[type="submit"]');
    expect('what is missing is said beside its field, and what was typed stays', (await page.inputValue('[name="given"]')) === 'Jolanta' && (await page.locator('.field__error').count()) > 0, await refused(page));
    await look(page, 'coordinator, form with complaints');
    await page.fill('[name="family"]', 'Wiśniewska');
    await page.fill('[name="born_on"]', '1986-05-04');
    await page.fill('[name="email"]', 'jolanta.wisniewska@example.org');
    await page.check('[name="qualification"][value="7A2V2"]', { force: true });
    await page.fill('[name="start_on"]', '2019-10-14');
    await page.fill('[name="authority"]', 'Leads learning for 240 people and answers for its budget.');
    await page.fill('[name="identity"]', 'passport seen on 14 October 2019');
    await page.click('main button[type="submit"]');
    await page.waitForURL(/\/registrations\/reg_/, { timeout: 20000 }).catch(() => {});
    registration = (new URL(page.url()).pathname.match(/reg_\w+/) || [''])[0];
    must('a learner is registered by form', registration !== '', `${page.url()} ${await refused(page)}`);
    await look(page, 'coordinator');

    const list = join(house.folder, 'learners.csv');
    writeFileSync(list, 'Given name,Family name,Date of birth,E-mail,Qualification,Start date\nPavel,Novák,12/03/1984,pavel.novak@example.org,7A2V2,14 October 2019\nRuth,Adeyinka,31/02/1990,ruth@example.org,7A2V2,14 October 2019\nIan,Moss,1 June 1979,ian.moss@example.org,9Z9Z9,14 October 2019\n');
    await page.goto('/registrations/import');
    await page.setInputFiles('input[type="file"]', list);
    await page.click('main button[type="submit"]');
    await page.waitForURL(/\/registrations\/import\/./, { timeout: 20000 }).catch(() => {});
    const rows = await page.locator('main table tbody tr').allInnerTexts();
    must('each row of a list is tried: one good, two with their faults', rows.length === 3 && /31\/02\/1990|date/i.test(rows[1] || '') && /9Z9Z9|qualification/i.test(rows[2] || ''), rows);
    await look(page, 'coordinator, list tried');
    await click(page, 'main form .button:not(.button--second)');
    await page.goto('/registrations?q=Nov%C3%A1k');
    expect('the good row is registered', (await page.locator('main').innerText()).includes('Novák'), await heading(page));
    await page.context().close();
  }

  // --- The learner chooses a unit -------------------------------------------------------------------------------------
  {
    const page = await enter(browser, house, faults, NAME);
    await page.goto(`/registrations/${registration}/units`);
    await page.check(`[name="unit"][value="${UNIT}"]`);
    await page.waitForTimeout(600);
    await look(page, 'learner, units');
    await click(page, page.getByRole('button', { name: 'Agree this plan' }));
    await page.goto(`/registrations/${registration}/plan`);
    expect('the plan holds the unit chosen', (await page.locator('main').innerText()).includes(UNIT), await refused(page));
    await page.context().close();
  }
  {
    const page = await enter(browser, house, faults, 'Carys Bevan');
    await page.goto(`/registrations/${registration}`);
    const staff = page.locator('form[action$="/allocations"]');
    if (!(await staff.isVisible())) await page.locator('#staff summary').first().click();
    for (const box of await staff.locator('[name="unit"]').all()) await box.check({ force: true });
    const choose = async (name, person) => {
      const value = await staff.locator(`[name="${name}"] option`, { hasText: person }).first().getAttribute('value');
      await staff.locator(`[name="${name}"]`).selectOption(value);
    };
    await choose('assessor', 'Asha Raman');
    await choose('verifier', 'Grace Okafor');
    await choose('tutor', 'Tunde Bakare');
    await click(page, staff.locator('button[type="submit"]'));
    expect('the coordinator allocates tutor, assessor and verifier', (await page.locator('main').innerText()).includes('Asha Raman'), await refused(page));
    await page.context().close();
  }

  // --- The learner writes, loses the connection, uploads, marks and hands in ------------------------------------------
  {
    const page = await enter(browser, house, faults, NAME);
    await page.goto('/evidence/new');
    await look(page, 'learner, new evidence');
    await page.fill('form[action="/evidence/new"] [name="title"]', 'Coaching policy of Severn Logistics');
    await page.click('form[action="/evidence/new"] button[type="submit"]');
    await page.waitForURL(/\/evidence\/evd_/);
    const piece = new URL(page.url()).pathname.match(/evd_\w+/)[0];
    const parts = ['the purpose of a policy', 'commitment from the top', 'what others do', 'costs and benefits', 'reporting and review'];
    const text = parts.map((part) => `## ${part}\n\n${prose(480, part)}`).join('\n\n');
    const state = () => page.locator('[data-autosave-state]').innerText();
    const until = (words) => page.waitForFunction((sought) => document.querySelector('[data-autosave-state]').textContent.includes(sought), words, { timeout: 20000 }).then(() => true, () => false);
    await page.fill('[name="text"]', `# Policy\n\n${text}`);
    await page.evaluate(() => document.activeElement.blur());
    expect('what is written is kept by itself', await until('Saved'), await state());
    await page.context().setOffline(true);
    await page.fill('[name="text"]', `# Policy\n\n${text}\n\nWritten on a train without a connection.`);
    await page.evaluate(() => document.activeElement.blur());
    expect('without a connection the text stays on the device', await until('kept on this device'), await state());
    await page.context().setOffline(false);
    expect('it is sent when the connection is back', await until('Saved'), await state());
    await look(page, 'learner, writing');
    await click(page, page.getByRole('button', { name: 'Save a version' }));
    await page.goto(`/evidence/${piece}/read`);
    expect('the version holds what was written on the train', (await page.locator('main').innerText()).includes('Written on a train'), await heading(page));

    const file = join(house.folder, 'minutes.docx');
    writeDocx(file, ['Minutes of the steering group', 'The board agreed to fund the policy for two years and to read a report each spring.']);
    await page.goto('/evidence/new');
    await page.fill('form[action="/evidence/upload"] [name="title"]', 'Minutes of the steering group');
    await page.setInputFiles('form[action="/evidence/upload"] input[type="file"]', file);
    await page.click('form[action="/evidence/upload"] button[type="submit"]');
    await page.waitForURL(/\/evidence\/evd_/, { timeout: 30000 });
    await page.goto(`/evidence/${new URL(page.url()).pathname.match(/evd_\w+/)[0]}/read`);
    expect('the words of an uploaded DOCX can be read', (await page.locator('main').innerText()).includes('fund the policy for two years'), await heading(page));
    await look(page, 'learner, uploaded document');

    await page.goto(`/evidence/${piece}/mark`);
    await look(page, 'learner, marking');
    await page.locator('.reading [name="paragraph"]').nth(2).check({ force: true });
    for (const criterion of await page.locator(`form.marker [name="criterion"][value^="${UNIT}/"]`).all()) await criterion.check({ force: true });
    await page.locator('form.marker button[type="submit"]').first().click();
    await page.waitForTimeout(1500);
    await page.goto(`/evidence/${piece}/mark`);
    expect('a passage is marked for every criterion', (await page.locator('aside .passages li').count()) >= 1, await refused(page));

    await page.goto(`/registrations/${registration}/units/${UNIT}`);
    await look(page, 'learner, unit');
    await page.goto(`/registrations/${registration}/units/${UNIT}/hand-in`);
    for (const box of await page.locator('[name="items"]').all()) await box.check({ force: true });
    await page.locator('[name="ai_use"]').first().check({ force: true });
    await page.check('[name="own_work"]', { force: true });
    await look(page, 'learner, hand-in');
    await click(page, page.getByRole('button', { name: 'Hand in' }));
    must('the work is handed in', !/hand-in$/.test(new URL(page.url()).pathname), await refused(page));
    await look(page, 'learner, handed in');
    await page.context().close();
  }

  // --- The assessor judges with the keyboard alone ---------------------------------------------------------------------
  let submission = '';
  {
    const context = await browser.newContext({ baseURL: house.address, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    listen(page, faults);
    await page.goto('/sign-in');
    await tabTo(page, (at) => at.tag === 'BUTTON' && at.within.includes('Asha Raman') && !at.within.includes('Ada Whitlock'));
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto('/marking');
    await look(page, 'assessor, queue');
    // Whatever of the queue is on the first page, the work is found by its learner.
    await tabTo(page, (at) => at.tag === 'A' && /Jolanta/.test(at.text));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/submissions\/sub_/);
    submission = new URL(page.url()).pathname.match(/sub_\w+/)[0];
    if ((await page.locator('[data-judge]').count()) === 0) {
      await tabTo(page, (at) => at.tag === 'BUTTON' && /take/i.test(at.text));
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-judge]', { state: 'attached' });
    }
    await look(page, 'assessor, desk');
    const criteria = await page.locator('[data-criterion]').count();
    for (let n = 0; n < criteria; n += 1) {
      if (n === 0) await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press(n === 0 ? 'k' : 'j');
      await page.keyboard.press('a');
      await page.keyboard.press('v');
      await page.keyboard.press('m');
      await page.keyboard.type('The chapter answers this with figures of its own and weighs them.');
      const saved = page.waitForResponse((answer) => answer.request().method() === 'POST', { timeout: 20000 });
      await page.keyboard.press('Control+Enter');
      await saved;
      await page.waitForTimeout(150);
      await page.keyboard.press('Escape');
    }
    const words = await page.locator('[data-progress-words]').innerText();
    must('every criterion is decided by keys', words.startsWith(`${criteria} of ${criteria}`), `${words}; ${await page.locator('[data-saved]').allInnerTexts()}`);
    await page.keyboard.press('q');
    const focused = await page.evaluate(() => document.activeElement.name || document.activeElement.tagName);
    expect('q leads to the first question on the work as a whole', focused.startsWith('answer-'), focused);
    await tabTo(page, (at) => at.name.startsWith('answer-'), 20);
    const qualities = await page.locator('.quality').count();
    for (let n = 0; n < qualities; n += 1) {
      await page.keyboard.press('Space');
      if (n < qualities - 1) {
        const now = await page.evaluate(() => document.activeElement.name);
        await page.keyboard.press('Tab');
        await tabTo(page, (at) => at.name.startsWith('answer-') && at.name !== now, 5);
      }
    }
    await tabTo(page, (at) => at.tag === 'BUTTON' && at.text === 'Save the answers', 10);
    await press(page, 'Enter');
    await tabTo(page, (at) => /^sign/i.test(at.text) && (at.tag === 'BUTTON' || at.tag === 'A') && !/out/i.test(at.text));
    await press(page, 'Enter');
    await look(page, 'assessor, signing');
    await page.evaluate(() => document.activeElement.blur());
    await tabTo(page, (at) => at.tag === 'BUTTON' && /^sign/i.test(at.text) && !/out/i.test(at.text));
    await press(page, 'Enter');
    await page.goto(`/submissions/${submission}`);
    const told = await page.locator('main').innerText();
    must('the judgement is signed by keyboard alone', /provisional|passed|verif/i.test(told), told.slice(0, 300));
    await look(page, 'assessor, signed');
    await context.close();
  }

  // --- Verified -----------------------------------------------------------------------------------
  {
    const page = await enter(browser, house, faults, 'Grace Okafor');
    await page.goto('/verification');
    await look(page, 'verifier, list');
    await page.goto(`/submissions/${submission}/verify`);
    await look(page, 'verifier, desk');
    await page.locator('[data-agree-all]').click();
    await click(page, page.getByRole('button', { name: 'Record the verification' }));
    await page.goto(`/submissions/${submission}`);
    expect('the verifier agrees', /verified|agree/i.test(await page.locator('main').innerText()), await refused(page));
    await page.context().close();
  }
}
