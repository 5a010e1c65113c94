// What only the browser can do: the clipboard, the theme, and coming back after the server was away.
// It listens on the document, so it serves interactive and plain pages alike and needs no call from the server.
(() => {
  'use strict';

  const announce = text => {
    const region = document.getElementById('announcer');
    if (!region) {
      return;
    }

    // Cleared first: the same words twice in a row would be announced once.
    region.textContent = '';
    setTimeout(() => { region.textContent = text; }, 50);
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

  const onCopy = async button => {
    const done = await copy(button.dataset.copy);
    button.focus({ preventScroll: true });
    announce(done ? `Copied: ${button.dataset.copyName}` : 'Copying was refused by the browser. Select the text and copy it by hand.');
    if (done) {
      button.dataset.copied = '';
      clearTimeout(button.copiedTimer);
      button.copiedTimer = setTimeout(() => { delete button.dataset.copied; }, 2000);
    }
  };

  document.addEventListener('click', event => {
    const button = event.target.closest('[data-copy]');
    if (button) {
      void onCopy(button);
      return;
    }

    const skip = event.target.closest('[data-skip-to]');
    if (skip) {
      // Blazor takes over clicks on links and would scroll without moving the focus.
      event.preventDefault();
      document.getElementById(skip.dataset.skipTo).focus();
    } else if (event.target.closest('[data-reload]')) {
      event.preventDefault();
      location.reload();
    }
  });

  // The words and the media queries are those of ThemeChoice.cs.
  const media = {
    light: { light: 'all', dark: 'not all' },
    dark: { light: 'not all', dark: 'all' },
    system: { light: 'not all and (prefers-color-scheme: dark)', dark: '(prefers-color-scheme: dark)' },
  };

  document.addEventListener('change', event => {
    const choice = event.target.closest('[data-theme-switch]') && event.target.value;
    if (!media[choice]) {
      return;
    }

    document.documentElement.dataset.theme = choice;
    for (const sheet of document.querySelectorAll('[data-theme-sheet]')) {
      sheet.media = media[choice][sheet.dataset.themeSheet];
    }

    const age = choice === 'system' ? 0 : 31536000;
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `portal-theme=${choice}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
  });

  // The server was restarted: the circuit is gone, but the address says what the page shows.
  const notice = document.getElementById('components-reconnect-modal');
  new MutationObserver(() => {
    if (notice.classList.contains('components-reconnect-rejected')) {
      location.reload();
    }
  }).observe(notice, { attributes: true, attributeFilter: ['class'] });

  void Blazor.start({
    circuit: {
      reconnectionOptions: {
        maxRetries: 600,
        retryIntervalMilliseconds: attempt => attempt < 10 ? 1000 : 3000,
      },
    },
  });
})();
