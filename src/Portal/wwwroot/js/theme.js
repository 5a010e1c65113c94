// The theme: theme.css follows the document's data-theme, and the server writes it from this cookie before the first byte.
// The words are those of ThemeChoice.cs.
document.addEventListener('change', event => {
  const choice = event.target.closest('[data-theme-switch]') && event.target.value;
  if (!choice) {
    return;
  }

  document.documentElement.dataset.theme = choice;
  const age = choice === 'system' ? 0 : 31536000;
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `portal-theme=${choice}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
});
