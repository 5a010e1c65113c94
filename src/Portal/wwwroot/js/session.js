// The session of a member lives by real input, which only the browser sees. A page whose session is over is left.
const session = document.querySelector('meta[name="session"]').content;
const tellEvery = 20000;
let toldAt = Date.now();

const leave = () => location.replace(`/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}`);

const onInput = event => {
  if (event.isTrusted && Date.now() - toldAt >= tellEvery) {
    toldAt = Date.now();
    fetch(`${session}/input`, { method: 'POST' }).then(answer => { if (answer.status === 401) { leave(); } }, () => { toldAt = 0; });
  }
};

for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
  document.addEventListener(kind, onInput, { capture: true, passive: true });
}

const watch = async () => {
  try {
    const answer = await fetch(session);
    if (answer.status === 401) {
      leave();
      return;
    }

    const { secondsLeft } = await answer.json();
    setTimeout(watch, Math.min(Math.max(secondsLeft + 1, 1), 600) * 1000);
  } catch {
    setTimeout(watch, 30000); // the server is away; the page says so itself
  }
};

void watch();
