// The marking desk by keyboard, and saving a criterion in place. Without it every criterion is a form that is sent.

const desk = document.querySelector('[data-desk]');
if (desk) {
  const all = [...desk.querySelectorAll('[data-criterion]')];
  const help = document.getElementById('desk-help');
  const opener = desk.querySelector('[data-help-open]');
  const switcher = desk.querySelector('[data-keys-on]');
  let here = -1;

  const remembered = () => { try { return localStorage.getItem('assay:keys') !== 'off'; } catch { return true; } };
  switcher.checked = remembered();
  switcher.addEventListener('change', () => { try { localStorage.setItem('assay:keys', switcher.checked ? 'on' : 'off'); } catch { /* not kept */ } });
  opener.hidden = false;
  opener.addEventListener('click', () => help.showModal());

  // Which one is here; whether it is open is its own matter.
  const stand = (at) => {
    here = Math.max(0, Math.min(all.length - 1, at));
    all.forEach((one, n) => one.classList.toggle('is-here', n === here));
    desk.querySelectorAll('[data-jump]').forEach((cell) => cell.classList.toggle('is-here', cell.dataset.jump === all[here].dataset.criterion));
  };
  const go = (at, focus = true) => {
    if (all.length === 0) return;
    stand(at);
    all[here].open = true;
    if (focus) {
      all[here].querySelector('summary').focus();
      all[here].scrollIntoView({ block: 'nearest' });
    }
  };
  const shown = () => (getComputedStyle(desk.querySelector('.pane--criteria')).display === 'none' ? (location.hash = '#criteria') : null);

  // The links above open the criterion they lead to.
  const follow = () => {
    const at = all.findIndex((one) => `#${one.id}` === location.hash);
    if (at >= 0) go(at, false);
  };
  addEventListener('hashchange', follow);
  // Opened here too, a click on the summary would close it again at once.
  all.forEach((one, at) => one.addEventListener('focusin', () => { if (here !== at) stand(at); }));
  follow();
  if (here < 0) {
    const first = all.findIndex((one) => one.open);
    if (first >= 0) go(first, false);
  }

  // A decision is saved at once where nothing is missing; otherwise the first thing missing is shown. A verifier's
  // findings are sent together, so there the key only chooses.
  const choose = (value) => {
    const one = all[here];
    const finding = one && one.querySelector(`input[name^="answer-"][value="${value === 'met' ? 'agree' : 'disagree'}"]`);
    if (finding) {
      finding.checked = true;
      if (value !== 'met') one.querySelector('[data-reason]').focus();
      return;
    }
    const radio = one && one.querySelector(`input[name="decision"][value="${value}"]`);
    if (!radio) return;
    radio.checked = true;
    radio.dispatchEvent(new Event('change', { bubbles: true }));
    const reason = one.querySelector('[data-reason]');
    if (reason.value.trim()) radio.form.requestSubmit();
    else reason.focus();
  };
  const boxes = (name) => (all[here] ? [...all[here].querySelectorAll(`input[name="${name}"]`)] : []);
  const flip = (box, on) => {
    if (!box) return;
    box.checked = on;
    box.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const tickAll = (name) => {
    const found = boxes(name);
    const on = found.some((box) => !box.checked);
    found.forEach((box) => flip(box, on));
  };
  const passage = (n) => {
    const links = all[here] ? [...all[here].querySelectorAll('[data-passages] a')] : [];
    if (links[n - 1]) links[n - 1].click();
  };
  const acts = {
    j: () => { shown(); go(here + 1); },
    k: () => { shown(); go(here - 1); },
    m: () => choose('met'),
    n: () => choose('not_yet_met'),
    e: () => all[here]?.querySelector('[data-reason]')?.focus(),
    c: () => all[here]?.querySelector('[data-bank]')?.focus(),
    a: () => tickAll('passage'),
    v: () => tickAll('verb'),
    s: () => all[here]?.querySelector('form[data-judge]')?.requestSubmit(),
    q: () => { shown(); document.getElementById('qualities')?.scrollIntoView(); document.querySelector('.qualities input:not([type="hidden"])')?.focus(); },
    '?': () => help.showModal(),
  };
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && event.target.form?.matches('form[data-judge]')) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (!switcher.checked || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.target.closest('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]')) {
      if (event.key === 'Escape') all[here]?.querySelector('summary')?.focus();
      return;
    }
    const digit = event.shiftKey && /^Digit[1-9]$/.test(event.code) ? Number(event.code.slice(5)) : 0;
    if (digit > 0) {
      const box = boxes('passage')[digit - 1];
      if (box) { event.preventDefault(); flip(box, !box.checked); }
      return;
    }
    const act = acts[event.key] || (/^[1-9]$/.test(event.key) ? () => passage(Number(event.key)) : null);
    if (!act) return;
    event.preventDefault();
    act();
  });

  // A comment from the bank goes into the reason at once; the list is then put back, so that it is not added twice.
  desk.addEventListener('change', (event) => {
    if (!event.target.matches('[data-bank]') || !event.target.value) return;
    const reason = event.target.form.querySelector('[data-reason]');
    const text = event.target.selectedOptions[0].dataset.text;
    reason.value = reason.value ? `${reason.value.trimEnd()}\n${text}` : text;
    event.target.value = '';
    reason.focus();
  });

  // The words not yet answered matter only for "not yet met".
  const words = (one) => {
    const field = one.querySelector('[data-words]');
    const met = one.querySelector('input[name="decision"][value="met"]');
    if (field && met) field.hidden = met.checked;
  };
  all.forEach((one) => { words(one); one.addEventListener('change', () => words(one)); });
  const agree = desk.querySelector('[data-agree-all]');
  if (agree) {
    agree.hidden = false;
    agree.addEventListener('click', () => all.forEach((one) => {
      if (!one.querySelector('input[name^="answer-"]:checked')) one.querySelector('input[value="agree"]').checked = true;
    }));
  }

  const looks = { met: ['met', 'Met', 'good'], not_yet_met: ['notyet', 'Not yet met', 'caution'] };
  const mark = (one, decision) => {
    const [look, words, tone] = looks[decision];
    one.className = one.className.replace(/criterion--\w+/, `criterion--${look}`);
    const tag = one.querySelector('[data-standing]').appendChild(document.createElement('span'));
    tag.className = `tag tag--${tone}`;
    tag.textContent = words;
    tag.parentElement.replaceChildren(tag);
    const cell = desk.querySelector(`[data-jump="${one.dataset.criterion}"]`);
    cell.className = cell.className.replace(/cell--\w+/, `cell--${look}`);
    cell.querySelector('.visually-hidden').textContent = ` ${words}`;
    const icon = one.querySelector(`input[value="${decision}"] + span .icon`);
    if (icon) cell.querySelector('.icon').replaceWith(icon.cloneNode(true));
    const met = desk.querySelectorAll('.criterion--met').length;
    const judged = met + desk.querySelectorAll('.criterion--notyet, .criterion--locked').length;
    desk.querySelector('[data-progress-words]').textContent = `${judged} of ${all.length} judged, ${met} met`;
    desk.querySelector('[data-progress-bar]').setAttribute('width', Math.floor((judged * 100) / all.length));
  };

  let turn = 0;
  for (const form of desk.querySelectorAll('form[data-judge]')) {
    const says = form.querySelector('[data-saved]');
    // How often it was changed, and up to which change it is saved.
    let changes = 0;
    let saved = 0;
    form.addEventListener('input', () => {
      changes += 1;
      says.className = 'small muted';
      says.textContent = 'Not saved yet';
    });
    // A decision with its reason is saved as soon as the assessor goes on to something else.
    form.addEventListener('focusout', () => setTimeout(() => {
      const decided = form.querySelector('input[name="decision"]:checked');
      const reason = form.querySelector('[data-reason]');
      if (changes > saved && decided && reason?.value.trim() && !form.contains(document.activeElement)) form.requestSubmit();
    }));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const upTo = changes;
      const data = new URLSearchParams(new FormData(form));
      says.textContent = 'Saving…';
      try {
        const answer = await fetch(form.action, { method: 'POST', body: data, headers: { accept: 'application/json' }, keepalive: true });
        const json = (answer.headers.get('content-type') || '').includes('json');
        if (answer.ok && json) {
          mark(form.closest('[data-criterion]'), data.get('decision'));
          const keep = form.querySelector('input[name="keep"]');
          if (keep) keep.checked = false;
          saved = upTo;
          says.className = 'small muted';
          says.textContent = changes > saved ? 'Not saved yet' : 'Saved';
          if (changes === saved) form.dispatchEvent(new Event('assay:saved'));
          turn += 1;
          const once = form.elements.namedItem('_once');
          once.value = `${once.value.split('~')[0]}~${turn}`;
        } else if (json && [400, 409, 422].includes(answer.status)) {
          const refused = await answer.json();
          says.className = 'field__error';
          const reasons = (refused.refusals || []).map((one) => [one.because, one.remedy].filter(Boolean).join(' '));
          const complaints = (refused.complaints || []).map((one) => one.message);
          says.textContent = [...reasons, ...complaints].join(' ') || refused.detail || 'This was not saved.';
        } else {
          form.dispatchEvent(new Event('assay:saved'));
          form.submit();
        }
      } catch {
        says.textContent = 'Not connected; your text is still here. Save again when you are connected.';
      }
    });
  }
}
