// While a dialog is open, nothing behind it takes the focus or is read out: a quick Tab would be there before the server says otherwise.
// What is inert loses the focus, so the place to return to is kept here.
let opener = null;

const follow = () => {
  const isOpen = document.querySelector('.mud-dialog-container') !== null;
  if (isOpen === (opener !== null)) {
    return;
  }

  const before = opener;
  opener = isOpen ? document.activeElement : null;
  for (const behind of document.querySelectorAll('.mud-layout')) {
    behind.inert = isOpen;
  }

  before?.focus();
};

new MutationObserver(follow).observe(document.body, { childList: true, subtree: true });
