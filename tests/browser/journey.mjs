// The whole journey in a real browser, as the people of the demonstration, and a look at every kind of page.
//
//   ASSAY=target/debug/assay node tests/browser/journey.mjs [journey|scriptless|crawl …]
//
// CHROMIUM names the browser's program; SCREENSHOTS a folder for pictures. Exit status 1 when something is wrong.
import { crawl } from './crawl.mjs';
import { Faults, demonstration, launch } from './house.mjs';
import { journey, scriptless } from './people.mjs';

const wanted = process.argv.slice(2);
const parts = { journey, scriptless, crawl };
const faults = new Faults();
const house = await demonstration();
const browser = await launch();
try {
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`\n${name}`);
    try {
      await part(browser, house, faults);
    } catch (fault) {
      // The rest is still worth knowing.
      faults.add(name, `stopped: ${fault.message.split('\n').slice(0, 6).join(' | ')}`);
    }
  }
} finally {
  await browser.close();
  house.close();
}
process.exit(faults.tell() > 0 ? 1 : 0);
