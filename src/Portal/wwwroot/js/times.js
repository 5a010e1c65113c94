// Keeps true what says how long ago something is (data-relative): ZonedTime.WriteRelative in the browser, twice a minute. The attribute holds how far
// the clock that is meant is ahead of the real one, in milliseconds. Only the text itself changes, so the circuit finds its nodes as it left them.

const units = [['minute', 60_000, 3_600_000], ['hour', 3_600_000, 86_400_000], ['day', 86_400_000, 60 * 86_400_000], ['month', 30.44 * 86_400_000, 730 * 86_400_000], ['year', 365.25 * 86_400_000, Infinity]];

const write = (at, now) => {
  const distance = Math.abs(now - at);
  if (distance < 60_000) {
    return 'just now';
  }

  const [unit, length] = units.find(([, , until]) => distance < until);
  const count = Math.trunc(distance / length);
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return at <= now ? `${words} ago` : `in ${words}`;
};

const refresh = () => {
  if (document.hidden) {
    return;
  }

  for (const time of document.querySelectorAll('time[data-relative]')) {
    const text = write(Date.parse(time.dateTime), Date.now() + Number(time.dataset.relative));
    if (time.firstChild && time.firstChild.data !== text) {
      time.firstChild.data = text;
    }
  }
};

setInterval(refresh, 30_000);
document.addEventListener('visibilitychange', refresh);
