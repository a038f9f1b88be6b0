// The whole journey in a real browser, as the people of the demonstration, and a look at every kind of page.
//
//   ASSAY=target/debug/assay node tests/browser/journey.mjs [journey|award|referral|scriptless|syllabus|trade|crawl …]
//
// CHROMIUM names the browser's program; SCREENSHOTS a folder for pictures. Exit status 1 when something is wrong.
import { award } from './award.mjs';
import { crawl } from './crawl.mjs';
import { Faults, demonstration, launch } from './house.mjs';
import { journey } from './people.mjs';
import { referral } from './referral.mjs';
import { scriptless } from './scriptless.mjs';
import { syllabus } from './syllabus.mjs';
import { trade } from './trade.mjs';

const wanted = process.argv.slice(2);
const parts = { journey, award, referral, scriptless, syllabus, trade, crawl };
const faults = new Faults();
const house = await demonstration();
const browser = await launch();
try {
  const walk = async ([name, part]) => {
    if (wanted.length > 0 && !wanted.includes(name)) return;
    console.log(`\n${name}`);
    try {
      await part(browser, house, faults);
    } catch (fault) {
      // The rest is still worth knowing.
      const at = (fault.stack || '').match(new RegExp(`[a-z]+\\.mjs:\\d+(?=:\\d+\\)?\\n    at async (walk|file))`)) || [''];
      faults.add(name, `stopped at ${at[0]}: ${fault.message.split('\n').slice(0, 6).join(' | ')}`);
    }
  };
  // The crawl only reads, so it goes on beside the others.
  const { crawl: looking, ...acting } = parts;
  const acted = async () => { for (const part of Object.entries(acting)) await walk(part); };
  await Promise.all([acted(), walk(['crawl', looking])]);
} finally {
  await browser.close();
  house.close();
}
process.exit(faults.tell() > 0 ? 1 : 0);
