// On every page: lead the reader to what is wrong, close the account menu, ask before unsaved text is lost.
// Without this script: the same links and boxes, and the browser's own behaviour.

const wrong = document.querySelector('[data-focus], .refusal[tabindex]');
if (wrong) wrong.focus({ preventScroll: false });

const menu = document.querySelector('details.person');
if (menu) {
  document.addEventListener('click', (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
}

// Any form with data-unsaved: changed and not sent means the browser asks before leaving. A form that a script sends in the page's
// stead says assay:saved once it is kept.
const changed = new Set();
for (const form of document.querySelectorAll('form[data-unsaved]')) {
  form.addEventListener('input', () => changed.add(form));
  form.addEventListener('assay:saved', () => changed.delete(form));
}
document.addEventListener('submit', (event) => {
  if (!event.defaultPrevented) changed.delete(event.target);
});
addEventListener('beforeunload', (event) => {
  if (changed.size > 0) event.preventDefault();
});
