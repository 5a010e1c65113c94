// Starts the circuit, and comes back after the server was away. The page says so in the notice of ReconnectNotice.razor, which
// Blazor finds by its id; a popover lies over everything, dialogs included.
const notice = document.getElementById('components-reconnect-modal');

new MutationObserver(() => {
  const state = notice.classList;
  if (state.contains('components-reconnect-rejected')) {
    // The server was restarted: the circuit is gone, but the address says what the page shows.
    location.reload();
    return;
  }

  const isAway = state.contains('components-reconnect-show') || state.contains('components-reconnect-failed') || state.contains('reconnect-refused');
  if (isAway !== notice.matches(':popover-open')) {
    notice.togglePopover(isAway);
  }

  document.documentElement.toggleAttribute('data-away', isAway);
}).observe(notice, { attributes: true, attributeFilter: ['class'] });

document.addEventListener('click', event => {
  if (event.target.closest('[data-reload]')) {
    event.preventDefault();
    location.reload();
  }
});

// Blazor shows nothing when the first connection fails: the page would look whole, and do nothing.
const tellOfFailures = builder => {
  const build = builder.build.bind(builder);
  builder.build = () => {
    const connection = build();
    const start = connection.start.bind(connection);
    connection.start = async () => {
      try {
        await start();
        notice.classList.remove('reconnect-refused');
      } catch (fault) {
        const isRefused = String(fault).includes("'429'");
        notice.classList.toggle('reconnect-refused', isRefused);
        if (!isRefused && !notice.classList.contains('components-reconnect-show')) {
          notice.classList.add('components-reconnect-failed');
        }

        throw fault;
      }
    };
    return connection;
  };
};

void Blazor.start({
  circuit: {
    // A server that stalls says nothing. It is taken for gone after ten seconds without a sign of life; it gives one every four.
    configureSignalR: builder => tellOfFailures(builder.withServerTimeout(10000).withKeepAliveInterval(4000)),
    reconnectionOptions: {
      maxRetries: 600,
      retryIntervalMilliseconds: attempt => attempt < 10 ? 1000 : 3000,
    },
  },
});
