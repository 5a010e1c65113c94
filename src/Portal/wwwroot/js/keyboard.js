// "/" leads to the search of a page that has one, and the skip link to the content: Blazor takes over clicks on links and would
// scroll without moving the focus.
document.addEventListener('keydown', event => {
  const search = document.querySelector('[data-search] input, input[data-search]');
  const isTyping = event.target.closest('input, select, textarea, [contenteditable]');
  if (event.key === '/' && search && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

// "?" lists the keys, on a page whose layout has the list.
document.addEventListener('keydown', event => {
  const help = document.querySelector('[data-keyboard-help]');
  const isTyping = event.target.closest('input, select, textarea, [contenteditable], [role="dialog"]');
  if (event.key === '?' && help && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    help.focus(); // to be returned to
    help.click();
  }
});

// Ctrl K, or ⌘ K, opens the palette of a page that has one.
document.addEventListener('keydown', event => {
  const palette = document.querySelector('[data-palette]');
  if (palette && event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
    event.preventDefault();
    palette.focus(); // to be returned to
    palette.click();
  }
});

// A letter presses what says data-shortcut: the next request, the one before; arrows to the sides do the same. In a list, j and k go from row to
// row; arrows up and down too, once a row has the focus: before, they scroll.
const arrows = { ArrowRight: 'j', ArrowLeft: 'k' };
document.addEventListener('keydown', event => {
  const isTyping = event.target.closest('input, select, textarea, [contenteditable], [role="dialog"], [role="listbox"]');
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
    return;
  }

  const pressed = document.querySelector(`main [data-shortcut="${CSS.escape(arrows[event.key] ?? event.key)}"]`);
  if (pressed) {
    event.preventDefault();
    pressed.click();
    return;
  }

  const rows = [...document.querySelectorAll('main [data-row-link]')];
  const at = rows.indexOf(document.activeElement);
  const step = { j: 1, k: -1, ArrowDown: at < 0 ? 0 : 1, ArrowUp: at < 0 ? 0 : -1 }[event.key];
  if (step && rows.length > 0) {
    event.preventDefault();
    rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)].focus();
  }
});

document.addEventListener('click', event => {
  const skip = event.target.closest('[data-skip-to]');
  if (skip) {
    event.preventDefault();
    document.getElementById(skip.dataset.skipTo).focus();
  }
});
