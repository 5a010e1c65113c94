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

document.addEventListener('click', event => {
  const skip = event.target.closest('[data-skip-to]');
  if (skip) {
    event.preventDefault();
    document.getElementById(skip.dataset.skipTo).focus();
  }
});
