// Rows of the trade that no other journey passes: an offer that ends (CE-01), codes in the list of registrations (CE-03), a unit
// of another level than the qualification's (QS-23), an own judgement that cannot be verified (VM-01), the learner's
// assessor (JU-01), figures that follow from the judgement (JU-11).
import { enter, examine } from './house.mjs';
import { click, judgeCriterion, judgeWhole, pageOf, prose, refused } from './steps.mjs';

const NAME = 'Rosa Delgado';
const UNIT = '6001V1';

/// The words of a page's main part, those read out or folded away too.
const wordsOf = async (page) => (await page.locator('main').textContent()).replace(/\s+/g, ' ');

export async function trade(browser, house, faults) {
  const expect = (sentence, holds, seen) => faults.expect(sentence, holds, seen);
  const must = (sentence, holds, seen) => { if (!faults.expect(sentence, holds, seen)) throw new Error(sentence); };
  const look = (page, who) => examine(page, faults, `trade ${who}`, [[1280, 'light'], [390, 'dark']]);

  // --- An offer ends ---------------------------------------------------------------------------------------------------
  {
    const coordinator = await enter(browser, house, faults, 'Owain Pritchard');
    await coordinator.goto('/registrations/new');
    const offered = await coordinator.locator('[name="qualification"]').count();
    const quality = await enter(browser, house, faults, 'Quentin Marsh');
    await quality.goto('/centres');
    await click(quality, quality.getByRole('link', { name: 'Menai Management College' }));
    const stop = quality.locator('form[action$="/qualifications/7A2V2/stop"]');
    if (!(await stop.isVisible())) await quality.locator('details:has(form[action$="/qualifications/7A2V2/stop"]) > summary').first().click();
    await stop.locator('[name="on"]').fill('2019-10-13');
    await click(quality, stop.getByRole('button'));
    await look(quality, 'quality manager, offer ended');
    // The form was open before; its learner is refused all the same.
    await coordinator.fill('[name="given"]', 'Ines');
    await coordinator.fill('[name="family"]', 'Duarte');
    await coordinator.fill('[name="born_on"]', '1986-05-04');
    await coordinator.fill('[name="email"]', 'ines.duarte@example.org');
    await coordinator.check('[name="qualification"][value="7A2V2"]', { force: true });
    await coordinator.fill('[name="start_on"]', '2019-10-14');
    await coordinator.fill('[name="identity"]', 'passport seen');
    await coordinator.fill('[name="authority"]', 'Leads a team of nine.');
    await coordinator.click('main button[type="submit"]');
    await coordinator.waitForLoadState();
    const told = await refused(coordinator);
    expect('nobody is registered on what the centre no longer offers, and it is said why', !/\/registrations\/reg_/.test(coordinator.url()) && /offer|approved/i.test(told), told);
    await look(coordinator, 'coordinator, refused');
    await coordinator.goto('/registrations/new');
    expect('the form shows what is offered now', (await coordinator.locator('[name="qualification"]').count()) === offered - 1);
    await quality.context().close();
    await coordinator.context().close();
  }

  // --- The list of registrations carries the codes ------------------------------------------------------------------------
  {
    const page = await enter(browser, house, faults, 'Carys Bevan');
    await page.goto('/registrations');
    const address = await page.locator('a[href^="/registrations/export"]').first().getAttribute('href');
    const list = await (await page.request.get(address)).text();
    const diploma = list.split('\n').find((line) => line.includes('Delgado')) || '';
    expect('the list of registrations carries the code of a Diploma learner, the dates and the number', /7D2V2/.test(diploma) && /C1047-/.test(diploma) && /2019/.test(diploma), diploma || list.slice(0, 300));
    await page.context().close();
  }

  // --- The learner knows the assessor, writes to them, and hands in a unit of level 6 -----------------------------------------
  let registration = '';
  const figures = {};
  {
    const page = await enter(browser, house, faults, NAME);
    await page.goto('/units');
    registration = new URL(page.url()).pathname.match(/reg_\w+/)[0];
    expect('the learner sees who assesses each unit', (await page.locator('tr', { hasText: UNIT }).first().innerText()).includes('Asha Raman'));
    await page.goto(`/registrations/${registration}/messages`);
    const asha = await page.locator('[name="to"] option', { hasText: 'Asha Raman' }).first().getAttribute('value');
    await page.selectOption('[name="to"]', asha);
    await page.selectOption('[name="unit"]', UNIT);
    await page.fill('[name="text"]', 'Would a merger of two departments count as a change of culture?');
    await click(page, page.getByRole('button', { name: 'Send' }));
    expect('the learner writes to the assessor', (await pageOf(page)).includes('merger of two departments'), await refused(page));

    await page.goto('/evidence/new');
    await page.fill('form[action="/evidence/new"] [name="title"]', 'Changing a culture at Mercado Foods');
    await page.click('form[action="/evidence/new"] button[type="submit"]');
    await page.waitForURL(/\/evidence\/evd_/);
    const piece = new URL(page.url()).pathname.match(/evd_\w+/)[0];
    await page.fill('[name="text"]', ['the culture we found', 'what changed', 'what it cost'].map((part) => `## ${part}\n\n${prose(1020, part)}`).join('\n\n'));
    await click(page, page.getByRole('button', { name: 'Save a version' }));
    await page.goto(`/evidence/${piece}/mark`);
    await page.locator('.reading [name="paragraph"]').nth(1).check({ force: true });
    for (const criterion of await page.locator(`form.marker [name="criterion"][value^="${UNIT}/"]`).all()) await criterion.check({ force: true });
    await page.locator('form.marker button[type="submit"]').first().click();
    await page.waitForTimeout(1500);
    await page.goto(`/registrations/${registration}/units/${UNIT}/hand-in`);
    await page.locator(`[name="items"][value="${piece}"]`).check({ force: true });
    await page.locator('[name="ai_use"]').first().check({ force: true });
    await page.check('[name="own_work"]', { force: true });
    await click(page, page.getByRole('button', { name: 'Hand in', exact: true }));
    must('a unit of level 6 is handed in', !/hand-in$/.test(new URL(page.url()).pathname), await refused(page));
    await page.goto(`/registrations/${registration}`);
    figures.before = await wordsOf(page);
    await page.context().close();
  }

  // --- The assessor judges it by the descriptors of its own level ------------------------------------------------------------
  let submission = '';
  {
    const page = await enter(browser, house, faults, 'Asha Raman');
    await page.goto('/messages');
    await click(page, page.getByRole('link', { name: NAME }));
    expect('the assessor reads what the learner wrote', (await pageOf(page)).includes('merger of two departments'), (await pageOf(page)).slice(0, 300));
    await page.goto('/marking');
    await click(page, page.locator('main tr, main li').filter({ hasText: NAME }).filter({ hasText: UNIT }).getByRole('link').first());
    submission = new URL(page.url()).pathname.match(/sub_\w+/)[0];
    if ((await page.locator('[data-judge]').count()) === 0) await click(page, page.getByRole('button', { name: /take/i }));
    await page.waitForSelector('[data-judge]', { state: 'attached' });
    const desk = await wordsOf(page);
    expect('the desk shows the descriptors of level 6 for it, in a qualification of level 7', /What level 6 asks for/.test(desk) && /judge it by level 6, not by level 7/.test(desk), desk.match(/level \d.{0,80}/gi));
    await look(page, 'assessor, desk of level 6');
    const numbers = await page.locator('[data-criterion]').evaluateAll((all) => all.map((one) => one.dataset.number));
    for (const number of numbers) await judgeCriterion(page, number);
    await judgeWhole(page);
    await click(page, page.locator('.desk__acts').getByText(/^Sign/));
    await click(page, page.locator('main').getByRole('button', { name: 'Sign the judgement' }));
    must('it is signed', /\/result$/.test(new URL(page.url()).pathname), await refused(page));
    await page.context().close();
  }
  {
    const page = await enter(browser, house, faults, NAME);
    await page.goto(`/registrations/${registration}`);
    figures.signed = await wordsOf(page);
    await page.context().close();
  }
  {
    const page = await enter(browser, house, faults, 'Grace Okafor');
    await page.goto(`/submissions/${submission}/verify`);
    await page.locator('[data-agree-all]').click();
    await click(page, page.getByRole('button', { name: 'Record the verification' }));
    await page.context().close();
  }
  {
    const page = await enter(browser, house, faults, NAME);
    await page.goto(`/registrations/${registration}`);
    figures.verified = await wordsOf(page);
    const count = (text, what) => Number((text.match(new RegExp(`${what}: (\\d+) of`)) || [])[1]);
    const line = (what) => ['before', 'signed', 'verified'].map((when) => count(figures[when], what));
    expect('criteria met grow with the signature', line('Criteria met')[1] > line('Criteria met')[0], line('Criteria met'));
    expect('units achieved grow with the verification, not before', line('Units achieved').join() === `${line('Units achieved')[0]},${line('Units achieved')[0]},${line('Units achieved')[0] + 1}`, line('Units achieved'));
    expect('credits achieved grow by those of the unit', line('Credits achieved')[2] === line('Credits achieved')[0] + 7, line('Credits achieved'));
    await look(page, 'learner, achieved');
    await page.context().close();
  }

  // --- Nobody verifies an own judgement ------------------------------------------------------------------------------------
  {
    const page = await enter(browser, house, faults, 'Edwin Castle');
    await page.goto('/verification');
    const row = page.locator('main tr, main li').filter({ hasText: '7020V1' }).filter({ hasText: /signed this judgement/i });
    expect('the list tells who assesses and verifies why an own judgement is not theirs to verify', (await row.count()) > 0, (await pageOf(page)).slice(0, 600));
    await look(page, 'verifier who assessed');
    const own = await row.first().getByRole('link').first().getAttribute('href').catch(() => null);
    if (own) {
      await page.goto(`${own.replace(/\/verify$/, '')}/verify`);
      expect('its page offers no verification, and says why', (await page.getByRole('button', { name: 'Record the verification' }).count()) === 0 && /You (signed|made|judged)/i.test(await pageOf(page)), (await pageOf(page)).slice(0, 600));
      await look(page, 'verifier, own judgement');
    }
    await page.context().close();
  }
}
