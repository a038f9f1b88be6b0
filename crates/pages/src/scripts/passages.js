// Marking by selecting text: the form below the piece floats up with the place of the selection filled in.
// By keyboard and without scripts: tick the boxes beside the paragraphs and use the same form.
// Places count Unicode scalar values in the piece's plain text; each block says where it starts (data-start).

const scalars = (text) => Array.from(text).length;

// The place of a point of the document within the piece, or null when it is outside.
function place(reading, node, offset) {
  const inside = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const block = inside && inside.closest('[data-start]');
  if (!block || !reading.contains(block)) return null;
  const before = document.createRange();
  before.selectNodeContents(block);
  before.setEnd(node, offset);
  return Number(block.dataset.start) + scalars(before.toString());
}

for (const reading of document.querySelectorAll('.reading[data-piece]')) {
  const form = document.querySelector(`form[data-marker="${reading.dataset.piece}"]`);
  if (!form) continue;
  const start = form.elements.namedItem('start');
  const end = form.elements.namedItem('end');
  const hint = form.querySelector('[data-marker-hint]');
  const close = form.querySelector('[data-marker-close]');
  const asWritten = hint.textContent;

  const settle = () => {
    start.value = '';
    end.value = '';
    hint.textContent = asWritten;
    form.classList.remove('is-floating');
    close.hidden = true;
  };

  const read = () => {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    if (!reading.contains(range.commonAncestorContainer)) return;
    const from = place(reading, range.startContainer, range.startOffset);
    const to = place(reading, range.endContainer, range.endOffset);
    if (from === null || to === null || to <= from) return;
    start.value = String(from);
    end.value = String(to);
    const words = selection.toString().trim().replace(/\s+/g, ' ');
    hint.textContent = `“${words.length > 90 ? `${words.slice(0, 88)}…` : words}” is for:`;
    form.classList.add('is-floating');
    close.hidden = false;
    const here = document.querySelector('.criterion.is-here');
    const box = here && form.querySelector(`input[value="${here.dataset.number}"]`);
    if (box && !form.querySelector('input[name="criterion"]:checked')) box.checked = true;
  };

  reading.addEventListener('pointerup', () => setTimeout(read, 0));
  reading.addEventListener('keyup', (event) => { if (event.shiftKey) read(); });
  form.addEventListener('reset', () => { settle(); getSelection().removeAllRanges(); });
  // Ticking a paragraph means paragraphs, not the selection.
  reading.addEventListener('change', (event) => {
    if (event.target.name !== 'paragraph') return;
    settle();
    const chosen = reading.querySelectorAll('input[name="paragraph"]:checked').length;
    if (chosen > 0) {
      hint.textContent = chosen === 1 ? 'One paragraph chosen; it is for:' : `${chosen} paragraphs chosen; they are for:`;
      form.classList.add('is-floating');
      close.hidden = false;
    }
  });
}
