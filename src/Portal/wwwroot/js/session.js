// The session of a member lives by real input, which only the browser sees. Its end is announced two minutes before; a page whose session is
// over is left.
const warning = document.getElementById('session-warning');

if (warning) {
  const session = warning.dataset.session;
  const tellEvery = 20000;
  const askAgainAfter = 600;
  const part = name => warning.querySelector(`[data-session-${name}]`);
  let toldAt = Date.now();
  let endsAt = 0;
  let asking = null;
  let counting = null;

  // The sign-in page finds out by the cookie why the session is over, and says so.
  const leave = () => location.replace(`/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}`);

  const hide = () => {
    if (counting === null) {
      return;
    }

    clearInterval(counting);
    counting = null;
    warning.hidePopover();
  };

  const count = () => {
    const left = Math.max(0, Math.round((endsAt - Date.now()) / 1000));
    part('left').textContent = left >= 60 ? `${Math.floor(left / 60)} min ${left % 60} s` : `${left} s`;
  };

  const show = canBeExtended => {
    warning.toggleAttribute('data-at-limit', !canBeExtended);
    if (counting === null) {
      warning.showPopover();
      counting = setInterval(count, 1000);
    }

    count();
  };

  const askIn = seconds => {
    clearTimeout(asking);
    asking = setTimeout(() => void ask(), Math.min(Math.max(seconds, 1), askAgainAfter) * 1000);
  };

  const ask = async () => {
    clearTimeout(asking);
    try {
      const answer = await fetch(session);
      if (answer.status === 401) {
        leave();
        return;
      }

      const { secondsLeft, warnWithin, canBeExtended } = await answer.json();
      endsAt = Date.now() + secondsLeft * 1000;
      if (secondsLeft <= warnWithin) {
        show(canBeExtended);
        askIn(Math.min(secondsLeft + 1, 30)); // another tab may have extended it
      } else {
        hide();
        askIn(secondsLeft - warnWithin);
      }
    } catch {
      askIn(30); // the server is away; the page says so itself
    }
  };

  const tell = async () => {
    toldAt = Date.now();
    try {
      const answer = await fetch(`${session}/input`, { method: 'POST' });
      if (answer.status === 401) {
        leave();
      } else if (counting !== null) {
        await ask();
      }
    } catch {
      toldAt = 0;
    }
  };

  // While the end is announced every input counts at once; else one in a while is enough.
  const onInput = event => {
    if (event.isTrusted && (counting !== null ? Date.now() - toldAt >= 1000 : Date.now() - toldAt >= tellEvery)) {
      void tell();
    }
  };

  for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
    document.addEventListener(kind, onInput, { capture: true, passive: true });
  }

  // Timers stand still while a device sleeps.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      void ask();
    }
  });

  part('stay').addEventListener('click', () => void tell());
  void ask();
}
