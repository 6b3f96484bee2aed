const restarting = 1012;
const firstDelay = 500;
const longestDelay = 15_000;

/**
 * Keeps a WebSocket for live changes open while the page is open. Reconnects at once after a lost connection, then with
 * a growing random delay, so that not all pages reconnect at the same moment.
 *
 * `onState` gets 'connected' or 'reconnecting'.
 */
export function connectLive({ onState, onReconnect, onMessage }) {
  let failures = 0;
  let opened = false;
  let socket;
  let timer;

  function connect() {
    clearTimeout(timer);
    timer = undefined;
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    socket = new WebSocket(`${scheme}://${location.host}/api/v1/live`);
    socket.addEventListener('open', () => {
      failures = 0;
      onState('connected');
      if (opened) onReconnect();
      opened = true;
    });
    socket.addEventListener('message', onMessage);
    socket.addEventListener('close', ({ code }) => {
      onState('reconnecting');
      timer = setTimeout(connect, code === restarting ? 0 : delay(failures++));
    });
  }

  function hurry() {
    if (timer !== undefined && document.visibilityState === 'visible') connect();
  }

  addEventListener('online', hurry);
  document.addEventListener('visibilitychange', hurry);
  connect();
}

function delay(failures) {
  if (failures === 0) return 0;
  return Math.min(longestDelay, firstDelay * 2 ** (failures - 1)) * (0.5 + Math.random());
}
