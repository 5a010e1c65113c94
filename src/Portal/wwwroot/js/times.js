// Times are written in UTC by the server, which does not know where the reader is. Only the text is changed, in its own node:
// Blazor holds on to that.
const sameYear = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
const styles = {
  compact: sameYear,
  full: { ...sameYear, year: 'numeric', timeZoneName: 'short' },
};

const write = element => {
  const at = new Date(element.dateTime);
  const style = element.dataset.localTime;
  const isOther = style === 'compact' && at.getFullYear() !== new Date().getFullYear();
  const text = new Intl.DateTimeFormat(undefined, isOther ? { ...sameYear, year: 'numeric', second: undefined } : styles[style]).format(at);
  if (element.firstChild && element.firstChild.data !== text) {
    element.firstChild.data = text;
  }
};

const writeWithin = root => {
  if (root.matches?.('[data-local-time]')) {
    write(root);
  }

  root.querySelectorAll('[data-local-time]').forEach(write);
};

writeWithin(document);
new MutationObserver(changes => {
  for (const change of changes) {
    const time = (change.target.nodeType === Node.TEXT_NODE ? change.target.parentElement : change.target)?.closest?.('[data-local-time]');
    if (time) {
      write(time);
    } else {
      change.addedNodes.forEach(node => { if (node.nodeType === Node.ELEMENT_NODE) { writeWithin(node); } });
    }
  }
}).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['datetime'] });
