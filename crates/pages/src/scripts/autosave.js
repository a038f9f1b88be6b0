// Keeps what is being written. Markup:
// <form data-autosave data-zone="Europe/London" data-url="/drafts/evd_1/save" data-version="7" data-csrf="…">
//   <textarea name="text">, <p data-autosave-state role="status"></p>, a submit button for those without scripts
// </form>
// Sends  POST {text, version} as JSON with the header x-csrf-token; the answers understood:
//   200 {version, saved_at}          kept; saved_at is an instant
//   409 {version, text, saved_at}    somebody (or another tab) saved a newer text; both are kept
//   anything else, or no connection  the text stays on this device and is sent again, ever more rarely

const PAUSE = 3000;
const LONGEST = 60000;

for (const form of document.querySelectorAll('form[data-autosave]')) keep(form);

function keep(form) {
  const area = form.querySelector('textarea');
  const state = form.querySelector('[data-autosave-state]');
  const shelf = `assay:draft:${form.dataset.url}`;
  let version = Number(form.dataset.version);
  let sent = area.value;
  let timer = 0;
  let pause = PAUSE;
  let busy = false;
  let stopped = false;
  const hint = form.querySelector('[data-autosave-hint]');
  if (hint) hint.hidden = false;

  const say = (words, tone) => {
    state.textContent = words;
    state.className = `tag tag--${tone}`;
  };
  // In the zone of the page, as everything else on it.
  const clock = (instant) => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: form.dataset.zone }).format(new Date(instant));
  const stow = () => {
    try {
      localStorage.setItem(shelf, JSON.stringify({ text: area.value, version }));
      return true;
    } catch {
      return false;
    }
  };
  const clear = () => {
    try { localStorage.removeItem(shelf); } catch { /* a browser without storage */ }
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  async function save() {
    if (busy || stopped || area.value === sent) return;
    busy = true;
    const text = area.value;
    try {
      const answer = await fetch(form.dataset.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': form.dataset.csrf },
        body: JSON.stringify({ text, version }),
        keepalive: text.length < 60000,
      });
      if (answer.status === 409) return differ(await answer.json());
      if (!answer.ok) throw new Error(String(answer.status));
      const kept = await answer.json();
      version = kept.version;
      // The form itself names the same revision when it is sent.
      if (form.elements.version) form.elements.version.value = version;
      sent = text;
      pause = PAUSE;
      if (area.value === sent) {
        clear();
        form.dispatchEvent(new Event('assay:saved'));
      }
      say(`Saved ${clock(kept.saved_at)}`, 'good');
    } catch {
      say(stow() ? 'Not connected – kept on this device' : 'Not connected – not saved yet', 'caution');
      pause = Math.min(pause * 2, LONGEST);
    } finally {
      busy = false;
      if (!stopped && area.value !== sent) later(pause);
    }
  }

  // Two texts: neither is thrown away. The other is shown below; the writer takes what is needed and goes on.
  function differ(other) {
    stow();
    say('Someone saved a newer text elsewhere', 'bad');
    stopped = true;
    const box = document.createElement('div');
    box.className = 'notice tone-bad';
    box.setAttribute('role', 'alert');
    const body = box.appendChild(document.createElement('div'));
    body.className = 'notice__body';
    const words = body.appendChild(document.createElement('p'));
    words.textContent = `A newer text was saved at ${clock(other.saved_at)}. It is shown here; yours is still in the editor.`;
    const theirs = body.appendChild(document.createElement('textarea'));
    theirs.className = 'input';
    theirs.readOnly = true;
    theirs.rows = 8;
    theirs.value = other.text;
    theirs.setAttribute('aria-label', 'The newer text');
    const row = body.appendChild(document.createElement('p'));
    row.className = 'cluster';
    const go = (label, act) => {
      const button = row.appendChild(document.createElement('button'));
      button.type = 'button';
      button.className = 'button button--second button--small';
      button.textContent = label;
      button.addEventListener('click', () => {
        version = other.version;
        if (form.elements.version) form.elements.version.value = version;
        stopped = false;
        box.remove();
        act();
        area.focus();
        save();
      });
    };
    go('Keep mine and save it', () => { sent = other.text; });
    go('Take the newer text', () => { area.value = other.text; sent = other.text; clear(); area.dispatchEvent(new Event('input')); });
    (state.closest('.actions') || state).after(box);
  }

  const left = (() => {
    try { return JSON.parse(localStorage.getItem(shelf)); } catch { return null; }
  })();
  if (left && left.text !== area.value) {
    area.value = left.text;
    version = Math.min(left.version, version);
    say('Text kept on this device was put back', 'info');
    area.dispatchEvent(new Event('input'));
    later(PAUSE);
  }
  area.addEventListener('input', () => {
    if (area.value === sent) return;
    if (!busy && !stopped) say('Not saved yet', 'neutral');
    later(pause);
  });
  area.addEventListener('blur', save);
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') { if (area.value !== sent) stow(); save(); } });
  addEventListener('online', () => { pause = PAUSE; save(); });
  form.addEventListener('submit', () => { stopped = true; clear(); });
}
