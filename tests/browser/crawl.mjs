// Looks at every kind of page that each role can reach by links, and examines each kind once per role.
import { enter, examine, kind, listen } from './house.mjs';

const PEOPLE = ['Wesley Grant', 'Liam O', 'Noah Fairbairn', 'Xanthe Pappas', 'Tunde Bakare', 'Asha Raman', 'Freya Lindqvist', 'Grace Okafor', 'Carys Bevan', 'Quentin Marsh', 'Ada Whitlock'];
/// How many pages of one kind are opened, and how many pages one person opens at most.
const OF_EACH = 2;
const AT_MOST = 60;

export async function crawl(browser, house, faults) {
  /// Kinds of pages already examined in all four views; they are then examined in one for other roles.
  const known = new Set();
  const visit = async (page, who) => {
    const waiting = ['/'];
    const met = new Set(waiting);
    const counted = new Map();
    let opened = 0;
    while (waiting.length > 0 && opened < AT_MOST) {
      const address = waiting.shift();
      const sort = kind(house.address + address) + new URL(house.address + address).search.replace(/=[^&]*/g, '');
      const count = (counted.get(sort) || 0) + 1;
      counted.set(sort, count);
      if (count > OF_EACH) continue;
      // What is not a page is fetched and not shown.
      const answer = await page.request.get(address, { maxRedirects: 5 });
      opened += 1;
      if (answer.status() >= 400) { faults.add(`${who}: ${address}`, `a link answers ${answer.status()}`); continue; }
      if (!(answer.headers()['content-type'] || '').startsWith('text/html')) continue;
      await page.goto(address);
      if (count === 1) {
        await examine(page, faults, who, known.has(sort) ? [[1280, 'light']] : undefined);
        known.add(sort);
      }
      const links = await page.evaluate(() => [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')));
      for (const link of links) {
        const lead = link.split('#')[0];
        if (!lead.startsWith('/') || lead.startsWith('//') || lead.startsWith('/assets/') || met.has(lead)) continue;
        met.add(lead);
        waiting.push(lead);
      }
    }
    console.log(`ok   ${who}: ${opened} pages opened, ${counted.size} kinds`);
  };
  for (const name of PEOPLE) {
    const page = await enter(browser, house, faults, name);
    await visit(page, name);
    await page.context().close();
  }
  const context = await browser.newContext({ baseURL: house.address });
  const page = await context.newPage();
  listen(page, faults);
  await visit(page, 'nobody');
  await context.close();
}
