import { connectLive } from './live.js';
import { awaitNews, refresh, submit, swap } from './page.js';

const indicator = document.getElementById('live');
const texts = { connected: 'Live', reconnecting: 'Reconnecting' };

if (indicator) {
  indicator.hidden = false;
  connectLive({
    onState(state) {
      indicator.dataset.state = state;
      indicator.textContent = texts[state];
    },
    // The server does not resend changes that happened while there was no connection.
    onReconnect: refresh,
    onMessage() {
      refresh();
      awaitNews();
    },
  });
}

// A page without pushed changes polls for them while it is visible.
const every = document.querySelector('[data-every]')?.dataset.every;
if (every) {
  const look = () => document.visibilityState === 'visible' && refresh();
  setInterval(look, every * 1000);
  document.addEventListener('visibilitychange', look);
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('[data-enhance]')) return;
  const question = event.submitter?.dataset.confirm;
  event.preventDefault();
  if (question === undefined || confirm(question)) submit(form, event.submitter);
});

document.addEventListener('click', (event) => {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const focus = event.target.closest('[data-focus]');
  if (focus) {
    event.preventDefault();
    document.getElementById(focus.dataset.focus)?.focus();
  }
  const link = event.target.closest('a.shift, [data-swap]');
  if (!link) return;
  event.preventDefault();
  swap(link.href);
});

document.addEventListener('keydown', (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
  if (event.target.closest('input, textarea, select, [contenteditable]')) return;
  document.querySelector(`[data-key="${event.key}"]`)?.click();
});

addEventListener('popstate', () => location.reload());
