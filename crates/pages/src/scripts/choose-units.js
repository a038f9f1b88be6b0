// Live sums while units are chosen. Markup:
// <form data-choose-units data-judge="/registrations/reg_1/units/judge">… checkboxes named unit …
//   <div data-judgement aria-live="polite">the server's sums and reasons</div> <button name="check">Check</button></form>
// The answer is a piece of HTML from the same template as the page's own, so the rule is written once, on the server.

for (const form of document.querySelectorAll('form[data-choose-units]')) {
  const place = form.querySelector('[data-judgement]');
  let waiting = 0;
  let last = null;

  async function judge() {
    if (last) last.abort();
    last = new AbortController();
    const units = new FormData(form).getAll('unit');
    const query = new URLSearchParams(units.map((unit) => ['unit', unit]));
    try {
      const answer = await fetch(`${form.dataset.judge}?${query}`, { headers: { accept: 'text/html', 'x-part': 'judgement' }, signal: last.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.querySelector('[data-judgement]');
      if (fresh) place.replaceChildren(...fresh.childNodes);
      place.removeAttribute('data-stale');
    } catch (fault) {
      if (fault.name !== 'AbortError') place.setAttribute('data-stale', '');
    }
  }

  form.addEventListener('change', (event) => {
    if (event.target.name !== 'unit') return;
    clearTimeout(waiting);
    waiting = setTimeout(judge, 150);
  });
}
