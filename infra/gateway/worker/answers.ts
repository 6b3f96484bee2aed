/** An error response that the gateway itself sends, in place of a response from an origin. */
export interface Refusal {
  status: 400 | 401 | 403 | 404 | 405 | 421 | 429 | 502 | 503 | 504;
  /** Machine-readable code. */
  code: string;
  /** One sentence for the user. */
  message: string;
  headers?: Record<string, string>;
}

/** Returns a refusal as an HTML page for a browser, as JSON `{ error: { code, message } }` for any other client. */
export function refuse(request: Request, refusal: Refusal, correlationId: string): Response {
  const { status, code, message } = refusal;
  const headers = new Headers({ 'cache-control': 'no-store', ...refusal.headers });
  if (!(request.headers.get('accept') ?? '').includes('text/html')) {
    return Response.json({ error: { code, message } }, { status, headers });
  }
  headers.set('content-type', 'text/html; charset=utf-8');
  headers.set(
    'content-security-policy',
    `default-src 'none'; style-src 'sha256-${styleHash}'; script-src 'sha256-${scriptHash}'; frame-ancestors 'none'`,
  );
  return new Response(page(refusal, request.method, correlationId), { status, headers });
}

const titles: Record<Refusal['status'], string> = {
  400: 'This address is not well-formed',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not allowed',
  421: 'Not a host of this system',
  429: 'Too many requests',
  502: 'Temporarily unavailable',
  503: 'Temporarily unavailable',
  504: 'Temporarily unavailable',
};

/** Returns the HTML page. Nothing needs escaping: `correlationId` is well-formed and the other texts are constants. */
function page({ status, message }: Refusal, method: string, correlationId: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${titles[status]}</title>
<style>${style}</style>
<main><h1>${titles[status]}</h1><p>${message}</p>${retry(status, method)}<p><small>Status ${status}, request <code>${correlationId}</code></small></p></main>
</html>
`;
}

/**
 * Returns the retry part of the page for a temporary error. Only a GET is repeated automatically: the origin may have
 * processed a request with another method.
 */
function retry(status: Refusal['status'], method: string): string {
  if (![502, 503, 504].includes(status)) return '';
  if (method !== 'GET')
    return '<p>Your changes may not have been saved. Go back, check whether they were, and send them again if not.</p>';
  return `<p><button>Try again</button></p><script>${script}</script><noscript><meta http-equiv="refresh" content="5"></noscript>`;
}

const style =
  ':root{color-scheme:light dark}body{display:grid;min-height:100vh;margin:0;place-items:center;background:light-dark(#f6f6f3,#14171a);color:light-dark(#1b211f,#e8ebea);font:1rem/1.5 system-ui,sans-serif}main{max-width:34rem;padding:1.5rem}h1{margin:0;font-size:1.75rem}small{color:light-dark(#5b6360,#a3acab)}code{overflow-wrap:anywhere}button{padding:.5rem 1rem;border:1px solid;border-radius:.375rem;background:none;color:inherit;font:inherit;cursor:pointer}';

/** Reloads the page after a random delay, so that the browsers of many users do not reload at the same moment. */
const script =
  "const again=()=>location.reload();document.querySelector('button').onclick=again;setTimeout(again,4000+2000*Math.random())";

/** SHA-256 in base64: the page's Content-Security-Policy allows this style and this script by their hashes. */
const styleHash = 'bYptjFWX8V1xQqCPvGSK5ZM97hWwSr3Sr+2NF2aIJhM=';
const scriptHash = 'tpenYX2Uig/dh3NnkrU6rzWYfvBqVJZ35ZJnBLkQGoI=';
