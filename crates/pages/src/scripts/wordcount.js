// Live count of words and headings beside an editor.
// Markup: <textarea data-wordcount="gauge-id">, the gauge from WordGauge, and optionally
// <p data-wordcount-headings="textarea-id"></p>. The server's count decides; this one is a help while writing.

const number = new Intl.NumberFormat('en-GB');
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('en', { granularity: 'word' }) : null;

// Markdown's signs and headings are no words of the text; tables and references are left to the server.
export function plain(text) {
  return text
    .replace(/^#{1,6} .*$/gm, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`>~]/g, '');
}

export function count(text) {
  const body = plain(text);
  if (!segmenter) return (body.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) || []).length;
  let words = 0;
  for (const part of segmenter.segment(body)) if (part.isWordLike) words += 1;
  return words;
}

function show(gauge, words) {
  const value = (name) => Number(gauge.dataset[name]);
  const at = (n) => Math.min(1000, Math.round((n * 1000) / value('scale')));
  const floor = value('floor');
  const ceiling = value('ceiling');
  const accepted = words >= floor && words <= ceiling;
  let verdict = 'within what is asked for';
  if (words < floor) verdict = `${number.format(floor - words)} too few`;
  else if (words > ceiling) verdict = `${number.format(words - ceiling)} too many`;
  else if (words < value('least') || words > value('most')) verdict = 'accepted, within the tolerance';
  gauge.querySelector('[data-gauge-words]').textContent = `${number.format(words)} ${words === 1 ? 'word' : 'words'}`;
  const tag = gauge.querySelector('[data-gauge-verdict]');
  tag.textContent = verdict;
  tag.classList.toggle('tag--good', accepted);
  tag.classList.toggle('tag--caution', !accepted);
  gauge.querySelector('[data-gauge-bar]').setAttribute('width', at(words));
  gauge.querySelector('[data-gauge-needle]').setAttribute('x', Math.max(0, Math.min(994, at(words) - 3)));
}

for (const area of document.querySelectorAll('textarea[data-wordcount]')) {
  const gauge = document.getElementById(area.dataset.wordcount);
  const headings = document.querySelector(`[data-wordcount-headings="${area.id}"]`);
  let waiting = 0;
  const update = () => {
    if (gauge) show(gauge, count(area.value));
    if (headings) {
      const found = area.value.match(/^#{1,6} .+$/gm) || [];
      headings.textContent = found.length === 0 ? 'No headings yet' : found.map((line) => line.replace(/^#+ /, '')).join(' · ');
    }
  };
  area.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, 250);
  });
  update();
}
