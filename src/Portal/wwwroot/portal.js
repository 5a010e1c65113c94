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

  const isPlainClick = event => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

  // The address of the visit before this one, where the browser tells it.
  const pathBefore = () => {
    const before = window.navigation?.entries()[window.navigation.currentEntry.index - 1]?.url;
    return before ? new URL(before).pathname : null;
  };

  document.addEventListener('click', event => {
    const button = event.target.closest('[data-copy]');
    if (button) {
      void onCopy(button);
      return;
    }

    const back = event.target.closest('[data-back]');
    if (back && isPlainClick(event) && pathBefore() === back.pathname) {
      // The list is where the reader comes from: its filters and his place in it are those of that visit.
      event.preventDefault();
      history.back();
      return;
    }

    const skip = event.target.closest('[data-skip-to]');
    if (skip) {
      // Blazor takes over clicks on links and would scroll without moving the focus.
      event.preventDefault();
      document.getElementById(skip.dataset.skipTo).focus();
    } else if (event.target.closest('[data-scroll-top]')) {
      window.scrollTo({ top: 0 });
    } else if (event.target.closest('[data-reload]')) {
      event.preventDefault();
      location.reload();
    }

    const toggle = event.target.closest('[data-side-toggle]');
    if (toggle) {
      toggle.setAttribute('aria-expanded', String(toggle.getAttribute('aria-expanded') !== 'true'));
    } else if (event.target.closest('.side-body a')) {
      document.querySelector('[data-side-toggle]')?.setAttribute('aria-expanded', 'false');
    }
  });

  document.addEventListener('change', event => {
    const chooser = event.target.closest('[data-go]');
    if (chooser) {
      Blazor.navigateTo(chooser.value);
    }
  });

  // "/" leads to the search of a page that has one; Esc closes the menu of a narrow screen.
  document.addEventListener('keydown', event => {
    const search = document.querySelector('[data-search]');
    const isTyping = event.target.closest('input, select, textarea, [contenteditable]');
    if (event.key === '/' && search && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
      search.select();
    }

    const menu = event.key === 'Escape' && document.querySelector('[data-side-toggle][aria-expanded="true"]');
    if (menu) {
      menu.setAttribute('aria-expanded', 'false');
      menu.focus();
    }
  });

  // Times are written in UTC by the server, which does not know where the reader is. Only the text is changed, in its own node:
  // Blazor holds on to that.
  const sameYear = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
  const timeStyles = {
    compact: sameYear,
    full: { ...sameYear, year: 'numeric', timeZoneName: 'short' },
  };

  const writeTime = element => {
    const at = new Date(element.dateTime);
    const style = element.dataset.localTime;
    const isOther = style === 'compact' && at.getFullYear() !== new Date().getFullYear();
    const text = new Intl.DateTimeFormat(undefined, isOther ? { ...sameYear, year: 'numeric', second: undefined } : timeStyles[style]).format(at);
    if (element.firstChild && element.firstChild.data !== text) {
      element.firstChild.data = text;
    }
  };

  // Esc closes a dialog in the browser alone; its button tells the server too.
  const openDialog = dialog => {
    if (!dialog.open) {
      dialog.openedFrom = document.activeElement;
      dialog.showModal();
      dialog.addEventListener('cancel', event => {
        event.preventDefault();
        dialog.querySelector('[data-modal-close]').click();
      });
    }
  };

  // Blazor takes a dialog away without closing it, and the focus with it: it belongs where the dialog was opened.
  const goBackFrom = node => {
    if (node.openedFrom?.isConnected && document.activeElement === document.body) {
      node.openedFrom.focus({ preventScroll: true });
    }
  };

  const settle = root => {
    const within = selector => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
    within('[data-local-time]').forEach(writeTime);
    within('dialog[data-modal]').forEach(openDialog);
  };

  settle(document);
  new MutationObserver(changes => {
    for (const change of changes) {
      const time = (change.target.nodeType === Node.TEXT_NODE ? change.target.parentElement : change.target)?.closest?.('[data-local-time]');
      if (time) {
        writeTime(time);
      } else {
        change.addedNodes.forEach(node => { if (node.nodeType === Node.ELEMENT_NODE) { settle(node); } });
        change.removedNodes.forEach(goBackFrom);
      }
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['datetime'] });

  // Going back to a list leads to the reader's place in it. Its rows come later than the page, and further ones as one scrolls:
  // so it is tried until they are there, or the reader moves by himself.
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

  // A form that makes something is sent once, however often its button is pressed.
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.matches('[data-once]')) {
      if (form.dataset.sent !== undefined) {
        event.preventDefault();
      }

      form.dataset.sent = '';
    } else if (form.matches('[data-passkey]') && !form.querySelector('[data-passkey-credential]').value) {
      event.preventDefault();
      void usePasskey(form);
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

  const usePasskey = async form => {
    const error = form.querySelector('[data-passkey-error]');
    try {
      const options = JSON.parse(form.dataset.passkeyOptions);
      const credential = form.dataset.passkey === 'create'
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.querySelector('[data-passkey-credential]').value = JSON.stringify(credential);
      form.submit();
    } catch (fault) {
      error.textContent = fault.name === 'InvalidStateError'
        ? 'This device has a passkey for you already.'
        : 'No passkey was given. Try again, or take another way.';
      error.hidden = false;
    }
  };

  // The session of a member lives by real input, which only the browser sees. A page whose session is over is left.
  const session = document.querySelector('meta[name="session"]')?.content;
  if (session) {
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
  }

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
