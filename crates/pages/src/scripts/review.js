// The review of a syllabus by keyboard, and lines that light up where they are. Without it every way is a link or a form.

const review = document.querySelector('[data-review]');
if (review) {
  const help = document.getElementById('review-help');
  const opener = review.querySelector('[data-help-open]');
  const switcher = review.querySelector('[data-keys-on]');
  const settle = review.querySelector('[data-settle]');
  const finding = review.querySelector('[data-finding]');

  const remembered = () => { try { return localStorage.getItem('assay:keys') !== 'off'; } catch { return true; } };
  switcher.checked = remembered();
  switcher.addEventListener('change', () => { try { localStorage.setItem('assay:keys', switcher.checked ? 'on' : 'off'); } catch { /* not kept */ } });
  opener.hidden = false;
  opener.addEventListener('click', () => help.showModal());

  // Lines that are not on this page (of another part) are left to the link.
  const light = (numbers) => {
    const lines = numbers.map((number) => document.getElementById(`l-${number}`)).filter(Boolean);
    if (lines.length === 0) return false;
    review.querySelectorAll('.is-lit').forEach((line) => line.classList.remove('is-lit'));
    lines.forEach((line) => line.classList.add('is-lit'));
    if (getComputedStyle(review.querySelector('.pane--source')).display === 'none') location.hash = `#${lines[0].id}`;
    lines[0].scrollIntoView({ block: 'center' });
    return true;
  };
  review.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-lines]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (light(link.dataset.lines.split(' '))) event.preventDefault();
  });
  const wide = matchMedia('(min-width: 64rem)').matches;
  if (wide) review.querySelector('.is-lit')?.scrollIntoView({ block: 'center' });
  if (finding && location.hash === '#finding') finding.focus({ preventScroll: wide });

  const choose = (how, field) => {
    const radio = settle?.querySelector(`input[name="how"][value="${how}"]`);
    if (!radio) return;
    radio.checked = true;
    radio.dispatchEvent(new Event('change', { bubbles: true }));
    const next = field && settle.querySelector(`[name="${field}"]`);
    if (next) next.focus();
    else settle.requestSubmit();
  };
  const acts = {
    j: () => review.querySelector('[data-after]')?.click(),
    k: () => review.querySelector('[data-before]')?.click(),
    a: () => choose('accept'),
    c: () => choose('correct', 'value'),
    m: () => choose('misprint', 'corrected'),
    i: () => choose('ignore', 'reason'),
    r: () => review.querySelector('[data-reopen]')?.requestSubmit(),
    l: () => review.querySelector('[data-show-lines]')?.click(),
    '?': () => help.showModal(),
  };
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && event.target.form === settle && settle) {
      event.preventDefault();
      settle.requestSubmit();
      return;
    }
    if (!switcher.checked || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.target.closest('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]')) {
      if (event.key === 'Escape') finding?.focus();
      return;
    }
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
