// Opens every link that each role can reach, a few of each kind, and examines each kind of page: in all four views where it is met
// first, and once more for each other role to which it shows other buttons or notices.
import { enter, examine, kind, listen } from './house.mjs';

const PEOPLE = [
  ['Wesley Grant', 'learner'], ['Liam O', 'learner'], ['Noah Fairbairn', 'learner'], ['Xanthe Pappas', 'learner'],
  ['Tunde Bakare', 'tutor'], ['Asha Raman', 'assessor'], ['Freya Lindqvist', 'assessor'], ['Grace Okafor', 'verifier'],
  ['Carys Bevan', 'coordinator'], ['Imogen Hale', 'external assessor'], ['Quentin Marsh', 'quality manager'], ['Ada Whitlock', 'administrator'],
];
/// How many pages of one kind are opened for one person.
const OF_EACH = 2;
/// More than any role has; whoever meets this many has found an endless chain of links.
const AT_MOST = 200;

/// Addresses in a page's links, as they stand in its text.
const linksOf = (html) => [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map((found) => found[1].replaceAll('&amp;', '&').split('#')[0]);

/// How the main part of a page is built: its elements with classes and names of attributes, without words; a run that repeats
/// the one before it, such as a row of a table, stands once.
function built(html) {
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  const parts = [];
  for (const [, tag, attributes] of main.matchAll(/<(\/?[a-z][a-z0-9-]*)\b([^>]*)>/g)) {
    const told = [...attributes.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)]
      .map(([, name, value]) => (['class', 'role', 'type'].includes(name) ? `${name}=${value}` : name));
    parts.push([tag, ...told].join(' '));
    for (let run = 1; run <= 40 && 2 * run <= parts.length; run += 1) {
      const repeats = parts.slice(-run).every((part, at) => part === parts[parts.length - 2 * run + at]);
      if (repeats) { parts.length -= run; break; }
    }
  }
  return parts.join('\n');
}

export async function crawl(browser, house, faults) {
  const met = new Map();
  // For each kind of page, how those that were examined are built.
  const known = new Map();
  let alike = 0;
  const visit = async (page, who, role) => {
    const waiting = ['/'];
    const seen = new Set(waiting);
    const counted = new Map();
    let opened = 0;
    while (waiting.length > 0) {
      const address = waiting.shift();
      const sort = kind(house.address + address) + new URL(house.address + address).search.replace(/=[^&]*/g, '');
      const count = (counted.get(sort) || 0) + 1;
      counted.set(sort, count);
      if (count > OF_EACH) continue;
      opened += 1;
      if (opened > AT_MOST) { faults.add(who, `more than ${AT_MOST} pages to open`); break; }
      const answer = await page.request.get(address, { maxRedirects: 5 });
      if (answer.status() >= 400) { faults.add(`${who}: ${address}`, `a link answers ${answer.status()}`); continue; }
      // What is not a page is fetched and not shown.
      if (!(answer.headers()['content-type'] || '').startsWith('text/html')) continue;
      const text = await answer.text();
      const roles = met.get(sort) || new Set();
      if (!roles.has(role)) {
        const builds = known.get(sort) || new Set();
        const build = built(text);
        // The head of the page is the same on all pages of a role, so the first of them is always examined.
        if (builds.has(build) && opened > 1) {
          alike += 1;
        } else {
          await page.goto(address);
          await examine(page, faults, who, roles.size > 0 ? [[1280, 'light']] : undefined);
        }
        known.set(sort, builds.add(build));
        met.set(sort, roles.add(role));
      }
      for (const link of linksOf(text)) {
        if (!link.startsWith('/') || link.startsWith('//') || link.startsWith('/assets/') || seen.has(link)) continue;
        seen.add(link);
        waiting.push(link);
      }
    }
    console.log(`ok   ${who}: ${opened} pages opened, ${counted.size} kinds`);
  };
  for (const [name, role] of PEOPLE) {
    const page = await enter(browser, house, faults, name);
    await visit(page, name, role);
    await page.context().close();
  }
  const context = await browser.newContext({ baseURL: house.address });
  const page = await context.newPage();
  listen(page, faults);
  await visit(page, 'nobody', 'nobody');
  await context.close();
  console.log(`ok   ${alike} pages of another role are built as one that was examined`);
}
