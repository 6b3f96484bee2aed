/** Minimum time between two updates from the server, in milliseconds. */
const calm = 1_000;
/** Time until the next update after a failed one, in milliseconds. */
const patience = 5_000;
/** The notification of a change appears a little after the change: the page updates again after these delays. */
const newsDelays = [700, 2_000, 5_000];

let scheduled;
let lastLook = 0;
let newsTimers = [];

/** Shows the changes of other users, without touching the form that the user edits. */
export function refresh() {
  scheduled ??= setTimeout(look, Math.max(0, lastLook + calm - Date.now()));
}

/** Refreshes until a new notification appears, once for each of `newsDelays` at most. */
export function awaitNews() {
  const known = newest();
  for (const timer of newsTimers) clearTimeout(timer);
  newsTimers = newsDelays.map((delay) => setTimeout(() => newest() === known && refresh(), delay));
}

/** Sends a form and shows the returned page, which contains any errors of the form. */
export async function submit(form, submitter) {
  const action = submitter?.getAttribute('formaction') ?? form.getAttribute('action');
  const body = new URLSearchParams(new FormData(form));
  form.setAttribute('aria-busy', 'true');
  const answer = await load(action, { method: 'POST', body });
  if (answer === undefined) {
    // Not reachable, or refused by a proxy: the browser's own submit shows the error page.
    form.removeAttribute('data-enhance');
    form.requestSubmit(submitter);
    return;
  }
  show(answer.page, true);
  if (answer.redirected) {
    history.replaceState(null, '', answer.url);
    announce('Saved');
  }
  focusEditor();
}

/** Shows another state of this page, for example the form with a shift to change. */
export async function swap(url) {
  const answer = await load(url);
  if (answer === undefined) {
    location.assign(url);
    return;
  }
  history.replaceState(null, '', answer.url);
  show(answer.page, true);
  focusEditor();
}

async function look() {
  const answer = await load(document.querySelector('[data-url]').dataset.url);
  lastLook = Date.now();
  document.documentElement.toggleAttribute('data-stale', answer === undefined);
  scheduled = answer === undefined ? setTimeout(look, patience) : undefined;
  if (answer !== undefined) show(answer.page, false);
}

/** Returns the page at `url` with its final address, or undefined if the response cannot replace parts of this page. */
async function load(url, options) {
  try {
    const response = await fetch(url, { headers: { accept: 'text/html' }, ...options });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (page.querySelector('[data-url]') === null) return undefined;
    return { page, url: response.url, redirected: response.redirected };
  } catch {
    // No connection: the caller handles it.
    return undefined;
  }
}

function show(page, withEditor) {
  const focused = document.activeElement?.id;
  const before = versions(document);
  const news = newest();
  const headline = document.querySelector('[data-announce]')?.textContent;
  const parts = [...document.querySelectorAll(withEditor ? '[data-live], #editor' : '[data-live]')];
  for (const part of parts.filter((part) => part.isConnected)) {
    const next = page.getElementById(part.id);
    if (next !== null && next.innerHTML !== part.innerHTML) part.replaceWith(document.adoptNode(next));
  }
  for (const [id, version] of versions(document)) {
    if (before.get(id) !== version) document.getElementById(id).classList.add('fresh');
  }
  if (newest() !== news) announce(document.querySelector('#news li p')?.textContent ?? '');
  const current = document.querySelector('[data-announce]')?.textContent;
  if (current !== headline) announce(current);
  if (focused && !withEditor) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** Returns the version of each element that can be new or changed, by element id. */
function versions(root) {
  return new Map(
    [...root.querySelectorAll('[data-version]')].map((element) => [element.id, element.dataset.version]),
  );
}

function newest() {
  return document.querySelector('#news li')?.id;
}

function announce(text) {
  document.getElementById('announce').textContent = text;
}

/** Focuses the first invalid field, else the first field. */
function focusEditor() {
  const editor = document.getElementById('editor');
  const field = editor.querySelector('[aria-invalid]') ?? editor.querySelector('#employee');
  field.focus({ preventScroll: true });
  const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
  editor.scrollIntoView({ block: 'nearest', behavior: reduced ? 'auto' : 'smooth' });
}
