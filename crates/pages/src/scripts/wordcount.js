// Live count of words and outline beside an editor.
// Markup: <textarea data-wordcount="gauge-id">, the gauge from WordGauge. The server's count decides; this one is a help while writing.

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
  const least = value('least');
  const most = value('most');
  if (words < least) verdict = `${number.format(least - words)} short of ${number.format(least)}`;
  else if (words > most) verdict = `${number.format(words - most)} over ${number.format(most)}`;
  if (accepted && (words < least || words > most)) verdict += ', accepted';
  gauge.querySelector('[data-gauge-words]').textContent = `${number.format(words)} ${words === 1 ? 'word' : 'words'}`;
  const tag = gauge.querySelector('[data-gauge-verdict]');
  tag.textContent = verdict;
  tag.classList.toggle('tag--good', accepted);
  tag.classList.toggle('tag--caution', !accepted);
  gauge.querySelector('[data-gauge-bar]').setAttribute('width', at(words));
  gauge.querySelector('[data-gauge-needle]').setAttribute('x', Math.max(0, Math.min(994, at(words) - 3)));
}

// The outline of a text: <textarea data-outline="id">, <div id="id">, which the server may fill.
function outline(text) {
  let fenced = false;
  const list = document.createElement('ol');
  list.className = 'outline';
  for (const line of text.split('\n')) {
    if (line.trimStart().startsWith('```')) fenced = !fenced;
    const [, signs, words] = (!fenced && line.match(/^(#{1,6}) (.*)$/)) || [];
    if (!signs) continue;
    const heading = list.appendChild(document.createElement('li'));
    heading.className = `outline__${signs.length}`;
    heading.textContent = words.trim();
  }
  if (list.children.length > 0) return list;
  const none = document.createElement('p');
  none.className = 'small muted';
  none.textContent = 'No headings yet. A line that begins with # is one.';
  return none;
}

for (const area of document.querySelectorAll('textarea[data-outline]')) {
  const place = document.getElementById(area.dataset.outline);
  let waiting = 0;
  const update = () => place.replaceChildren(outline(area.value));
  area.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, 250);
  });
  if (!place.hasChildNodes()) update();
}

for (const area of document.querySelectorAll('textarea[data-wordcount]')) {
  const gauge = document.getElementById(area.dataset.wordcount);
  let waiting = 0;
  const update = () => {
    if (gauge) show(gauge, count(area.value));
  };
  area.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, 250);
  });
  update();
}
