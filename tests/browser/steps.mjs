// What people do on a page, in the words of the tests.

/// About as many words as asked, in sentences that are not all the same.
export function prose(words, about) {
  const sentences = [
    `What we do about ${about} was written down in 2017 and has been read by few people since.`,
    'I asked eleven managers what it meant to them and weighed their answers against the records of two years.',
    'Against this stands that other things changed in the same year, above all pay and the way shifts are planned.',
    'The policy is stronger where a named person answers for it and weaker where a committee does.',
    'Short gains can be bought, while lasting ones have to be led, and both show in our figures for absence.',
  ];
  const out = [];
  let count = 0;
  for (let n = 0; count < words; n += 1) {
    const sentence = sentences[n % sentences.length];
    out.push(sentence);
    count += sentence.split(' ').length;
  }
  return out.join(' ');
}

/// Presses Tab until what is focused fits, as somebody without a mouse does.
export async function tabTo(page, fits, most = 400) {
  for (let n = 0; n < most; n += 1) {
    const here = await page.evaluate(() => {
      const at = document.activeElement;
      return { tag: at.tagName, text: (at.innerText || at.value || '').trim(), name: at.getAttribute('name') || '', within: at.closest('li, fieldset, section')?.innerText || '' };
    });
    if (fits(here)) return here;
    await page.keyboard.press('Tab');
  }
  throw new Error(`after ${most} times Tab, on ${page.url()}, nothing fitted ${fits}`);
}

/// Does something that leads to a page, this one again perhaps, and waits until it is there.
export async function leading(page, deed) {
  await Promise.all([page.waitForEvent('framenavigated', { timeout: 20000 }), deed()]);
  await page.waitForLoadState();
}
export const press = (page, key) => leading(page, () => page.keyboard.press(key));
export const click = (page, what) => leading(page, () => (typeof what === 'string' ? page.locator(what) : what).first().click());

export async function heading(page) {
  return (await page.locator('h1').first().innerText()).trim();
}

/// What a page says stands in the way, for a message that helps.
export async function refused(page) {
  return page.evaluate(() => [...document.querySelectorAll('.refusal, .field__error, .summary, .refusal__item')].map((one) => one.innerText.replace(/\s+/g, ' ')).join(' | ').slice(0, 600));
}

/// The words of a page's main part, on one line.
export async function pageOf(page) {
  return (await page.locator('main').innerText()).replace(/\s+/g, ' ');
}

/// Decides a criterion at the desk with scripts running: cites its passages, ticks its verbs, and waits until it is saved: by its button, or
/// by going on to something else.
export async function judgeCriterion(page, number, { met = true, reason = 'The work answers this with facts of its own and weighs them.', leave = false } = {}) {
  const one = page.locator(`[data-criterion][data-number="${number}"]`);
  if ((await one.getAttribute('open')) === null) await one.locator('summary').first().click();
  for (const box of await one.locator('[name="passage"], [name="verb"]').all()) {
    if (met && !(await box.isChecked())) await box.locator('xpath=..').click({ position: { x: 8, y: 8 } });
  }
  await one.locator('.verdict .pill', { hasText: met ? 'Met' : 'Not yet met' }).first().click();
  await one.locator('[name="reason"]').fill(reason);
  if (leave) await page.keyboard.press('Escape');
  else await one.getByRole('button', { name: `Save ${number}` }).click();
  await one.locator('[data-saved]', { hasText: /^(?!Saving|Not saved yet|$)/ }).waitFor({ timeout: 20000 });
  const said = await one.locator('[data-saved]').innerText();
  if (said !== 'Saved') throw new Error(`${number} was not saved: ${said}`);
}

/// Answers every question on the work as a whole with yes.
export async function judgeWhole(page) {
  for (const yes of await page.locator('.qualities [value="yes"]').all()) await yes.locator('xpath=..').click();
  await click(page, page.getByRole('button', { name: 'Save the answers' }));
}
