import type { RuntimeKind } from './kind.ts';

type Check = NonNullable<RuntimeKind['check']>;

/**
 * The check of images that have bash, but no interpreter for a line of code. bash opens the connections itself. The first
 * line of an answer is `HTTP/1.1 200 OK`.
 */
export const bashCheck: Check = ({ urls = [], port }) => {
  const read =
    'for url; do rest=${url#http://}; host=${rest%%/*}; exec 3<>/dev/tcp/${host%:*}/${host#*:}; ' +
    'printf "GET /%s HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n" "${rest#*/}" "$host" >&3; read -r _ code _ <&3; ' +
    '[ "$code" -lt 400 ] || { echo "GET $url: answered $code"; exit 1; }; done';
  const connect = port === undefined ? '' : `; exec 3<>/dev/tcp/127.0.0.1/${port}`;
  return ['bash', '-ec', `${read}${connect}`, 'check', ...urls];
};

/** Returns the check of a runtime with the `fetch` and the modules of Node. */
export function fetchCheck(program: string[]): Check {
  return ({ urls = [], port }) => {
    const read = urls.map((url) => `await ask(${JSON.stringify(url)});`).join('');
    const ask =
      'const ask=async(url)=>{const {status}=await fetch(url);if(status>=400)throw new Error(`${url}: ${status}`)};';
    const connect =
      port === undefined
        ? ''
        : `const {connect}=await import('node:net');await new Promise((done,fail)=>connect(${port},'127.0.0.1',done).on('error',fail));`;
    return [...program, `${ask}${read}${connect}process.exit(0)`];
  };
}
