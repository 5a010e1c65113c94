// The page begins in its first field, or in the first one with a fault.
document.querySelector('[data-begin]')?.focus();

// A form with data-once is sent once, however often its button is pressed.
document.addEventListener('submit', event => {
  const form = event.target;
  if (form.matches('[data-once]')) {
    if (form.dataset.sent !== undefined) {
      event.preventDefault();
    }

    form.dataset.sent = '';
  }
});

// Coming back to a page that the browser kept must find its forms as they were.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('[data-once]')) {
    delete form.dataset.sent;
  }
});

// The secret of an invitation stands behind the "#" of its address, where no server and no proxy sees it. It leaves the address, and
// goes to the server in a form.
const openLink = () => {
  const form = document.querySelector('form[data-open-link]');
  if (form && location.hash.length > 1) {
    form.elements.namedItem('Opened.Link').value = location.hash.slice(1);
    history.replaceState(null, '', location.pathname);
    form.submit();
  }
};

openLink();
window.addEventListener('hashchange', openLink);
