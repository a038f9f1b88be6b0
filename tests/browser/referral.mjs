// A referral and what comes of it: one criterion is not yet met, the learner reads why and what to do, hands in again, and
// the assessor sees what changed and judges once more.
import { enter, examine } from './house.mjs';
import { click, judgeCriterion, judgeWhole, pageOf, refused } from './steps.mjs';

const NAME = 'Imani Clarke';
const UNIT = '7016V1';
const OPEN = '1.2';
const FEEDBACK = 'A clear report. Weigh the commitment that you describe against what it cost, and hand in again.';
const REASON = 'The text describes what is needed and does not yet weigh it: say which of these mattered most, and why.';
const ADDED = 'Of the four, the time that line managers give mattered most, because nothing else moved in the teams where it was missing.';

export async function referral(browser, house, faults) {
  const expect = (sentence, holds, seen) => faults.expect(sentence, holds, seen);
  const must = (sentence, holds, seen) => { if (!expect(sentence, holds, seen)) throw new Error(sentence); };
  const look = (page, who) => examine(page, faults, `referral ${who}`, [[1280, 'light'], [390, 'dark']]);
  const toDesk = async (page) => {
    await page.goto('/marking');
    await click(page, page.locator('.work__item', { hasText: NAME }).locator('.work__what a'));
    if ((await page.locator('[data-judge]').count()) === 0) await click(page, page.getByRole('button', { name: /^take/i }));
    return new URL(page.url()).pathname.match(/sub_\w+/)[0];
  };
  let submission = '';

  // --- The assessor refers ------------------------------------------------------------------------------------------------
  {
    const page = await enter(browser, house, faults, 'Asha Raman');
    submission = await toDesk(page);
    const numbers = await page.locator('[data-criterion]').evaluateAll((all) => all.map((one) => one.dataset.number));
    for (const number of numbers) await judgeCriterion(page, number, number === OPEN ? { met: false, reason: REASON, leave: true } : {});
    await page.reload();
    expect('a reason is saved when the assessor goes on, and there after coming back', (await page.locator(`[data-criterion][data-number="${OPEN}"] [name="reason"]`).inputValue()) === REASON, '');
    const progress = await page.locator('[data-progress-words]').innerText();
    must('all criteria are decided, one of them not yet met', progress === `${numbers.length} of ${numbers.length} judged, ${numbers.length - 1} met`, progress);
    await judgeWhole(page);
    await click(page, page.locator('.desk__acts').getByText(/^Sign/));
    expect('before signing the page says what signing means', /referred/i.test(await pageOf(page)), await refused(page));
    await page.fill('[name="feedback"]', FEEDBACK);
    await look(page, 'assessor, signing');
    await click(page, page.locator('main').getByRole('button', { name: 'Sign the judgement' }));
    must('the referral is signed', /\/result$/.test(new URL(page.url()).pathname), await refused(page));
    await look(page, 'assessor, result');
    await page.context().close();
  }

  // --- The learner reads it, adds what is missing and hands in again ---------------------------------------------------
  {
    const page = await enter(browser, house, faults, NAME);
    const home = await pageOf(page);
    expect('the learner\'s work list leads to the referral', home.includes(UNIT) && /again|referred|not yet/i.test(home), home.slice(0, 500));
    await look(page, 'learner, home');
    await page.goto(`/submissions/${submission}/result`);
    const told = await pageOf(page);
    expect('the learner reads the decision, the reason and the words to the whole', told.includes(REASON) && told.includes(FEEDBACK), told.slice(0, 500));
    expect('the result says what to do and until when', /hand (it )?in again/i.test(told), told.slice(0, 500));
    await look(page, 'learner, result');
    await click(page, page.getByRole('link', { name: 'The unit' }));
    await look(page, 'learner, unit referred');
    await page.goto(`/submissions/${submission}`);
    const piece = (await page.locator('article.piece').first().getAttribute('id'));
    await page.goto(`/evidence/${piece}`);
    const text = await page.inputValue('[name="text"]');
    const paragraphs = text.split('\n\n');
    const at = paragraphs.findIndex((paragraph) => paragraph.length > 200);
    paragraphs.splice(at + 1, 0, ADDED);
    await page.fill('[name="text"]', paragraphs.join('\n\n'));
    await click(page, page.getByRole('button', { name: 'Save a version' }));
    await page.goto(`/evidence/${piece}/mark`);
    const marks = await page.locator('aside .passages li').count();
    expect('the marks of the version before are found again in the new one', marks > 1, marks);
    await page.locator('.reading li, .reading .block, .reading > *', { hasText: ADDED.slice(0, 40) }).first().locator('[name="paragraph"]').check({ force: true });
    await page.check(`form.marker [name="criterion"][value="${UNIT}/${OPEN}"]`, { force: true });
    await page.locator('form.marker button[type="submit"]').first().click();
    await page.waitForLoadState();
    const unit = page.url();
    await page.goto(`/submissions/${submission}`);
    await click(page, page.getByRole('link', { name: 'The unit', exact: true }));
    await click(page, page.getByRole('link', { name: 'Resubmit' }));
    await page.locator(`[name="items"][value="${piece}"]`).check({ force: true });
    await page.locator('[name="ai_use"]').first().check({ force: true });
    await page.check('[name="own_work"]', { force: true });
    await click(page, page.getByRole('button', { name: 'Hand in', exact: true }));
    expect('handing in again asks what was changed', /hand-in$/.test(new URL(page.url()).pathname) && (await page.locator('#f-changes .field__error, .field--wrong [name="changes"]').count()) > 0, await refused(page));
    await look(page, 'learner, hand-in with a complaint');
    await page.fill('[name="changes"]', 'A paragraph after the first weighs what mattered most.');
    await page.check('[name="own_work"]', { force: true });
    await click(page, page.getByRole('button', { name: 'Hand in', exact: true }));
    must('the work is handed in again', !/hand-in$/.test(new URL(page.url()).pathname), `${unit} ${await refused(page)}`);
    await page.context().close();
  }

  // --- The assessor sees the difference and judges again -----------------------------------------------------------------
  {
    const page = await enter(browser, house, faults, 'Asha Raman');
    await toDesk(page);
    await look(page, 'assessor, second attempt');
    expect('the desk shows what was decided last time', (await pageOf(page)).includes('Last attempt:'), '');
    const desk = page.url();
    await click(page, page.getByRole('link', { name: /What changed since/ }));
    const added = (await page.locator('ins').allInnerTexts()).join(' ');
    expect('what was added is shown, word by word, and the rest is not', added.includes('line managers give mattered most') && (await page.locator('.compare__same').count()) >= 1, added.slice(0, 300));
    expect('the learner\'s own account of it is there', (await pageOf(page)).includes('weighs what mattered most'), '');
    await look(page, 'assessor, changes');
    await page.goto(desk);
    const open = await page.locator('[data-criterion]:not(.criterion--met)').evaluateAll((all) => all.map((one) => one.dataset.number));
    expect('the criterion that was open is still to be decided', open.includes(OPEN), open);
    for (const number of open) await judgeCriterion(page, number);
    await judgeWhole(page);
    await click(page, page.locator('.desk__acts').getByText(/^Sign/));
    await page.fill('[name="feedback"]', 'Now it is weighed. Well done.');
    await click(page, page.locator('main').getByRole('button', { name: 'Sign the judgement' }));
    must('the second judgement is signed', /\/result$/.test(new URL(page.url()).pathname), await refused(page));
    expect('the unit is passed, provisionally until it is verified', /Passed, provisionally/.test(await pageOf(page)), (await pageOf(page)).slice(0, 300));
    await page.context().close();
  }
  {
    const page = await enter(browser, house, faults, NAME);
    await look(page, 'learner, home after it');
    await page.context().close();
  }
}
