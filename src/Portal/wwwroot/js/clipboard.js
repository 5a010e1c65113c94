// Copies what a button with data-copy holds, inside the click: some browsers refuse the clipboard to anything later than that.

const announce = text => {
  const region = document.getElementById('announcer');
  if (region) {
    // Cleared first: the same words twice in a row would be announced once.
    region.textContent = '';
    setTimeout(() => { region.textContent = text; }, 50);
  }
};

// navigator.clipboard exists only on https and localhost; a portal on a plain http address of the local net has this.
const copyThroughSelection = text => {
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
};

const copy = async text => {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused (no permission, no focus): the older way may still be allowed.
  }

  return copyThroughSelection(text);
};

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (!button) {
    return;
  }

  const done = await copy(button.dataset.copy);
  button.focus({ preventScroll: true });
  announce(done ? `Copied: ${button.dataset.copyName}` : 'The browser refused to copy. Select the text and copy it by hand.');
  if (done) {
    button.dataset.copied = '';
    clearTimeout(button.copiedTimer);
    button.copiedTimer = setTimeout(() => { delete button.dataset.copied; }, 2000);
  }
});
