// A form with data-passkey asks the browser for a passkey, and is sent with what the browser gives.
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
      ? 'This device already has a passkey for you.'
      : 'No passkey was given. Try again, or use another way.';
    error.hidden = false;
  }
};

document.addEventListener('submit', event => {
  const form = event.target;
  if (form.matches('[data-passkey]') && !form.querySelector('[data-passkey-credential]').value) {
    event.preventDefault();
    void usePasskey(form);
  }
});
