// Going back to a list leads to the reader's place in it. Its rows come later than the page, and further ones as one scrolls:
// so it is tried until they are there, or the reader moves.
const places = new Map();
let isReturning = false;
const visit = () => history.state?._index ?? 0;

document.addEventListener('scroll', () => {
  if (!isReturning) {
    places.set(visit(), window.scrollY);
  }
}, { passive: true });

window.addEventListener('popstate', () => {
  const place = places.get(visit());
  const until = performance.now() + 3000;
  const from = location.href;
  isReturning = place > 0;
  const tryAgain = () => {
    if (!isReturning || location.href !== from || performance.now() > until) {
      isReturning = false;
      return;
    }

    window.scrollTo({ top: place });
    isReturning = Math.abs(window.scrollY - place) > 1 || document.querySelector('main [aria-busy="true"], main [data-testid="loading"]') !== null;
    requestAnimationFrame(tryAgain);
  };
  requestAnimationFrame(tryAgain);
});

for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
  document.addEventListener(kind, () => { isReturning = false; }, { capture: true, passive: true });
}

// The address of the visit before this one, where the browser tells it.
const pathBefore = () => {
  const before = window.navigation?.entries()[window.navigation.currentEntry.index - 1]?.url;
  return before ? new URL(before).pathname : null;
};

const isPlainClick = event => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

document.addEventListener('click', event => {
  const back = event.target.closest('[data-back]');
  if (back && isPlainClick(event) && pathBefore() === back.pathname) {
    // The reader comes from the list: its filters and the place in it are those of that visit.
    event.preventDefault();
    history.back();
  } else if (event.target.closest('[data-scroll-top]')) {
    window.scrollTo({ top: 0 });
  }
});
