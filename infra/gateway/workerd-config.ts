import { compatibilityDate, type WorkerBindings } from './bindings.ts';
import { limiter } from './limiter.ts';

/**
 * Files of a workerd configuration, by name: the Worker may open connections to its origins and to
 * nothing else, and the HTTP socket takes no metadata from headers, so `cf.clientIp` is the peer.
 */
export function workerdFiles(script: string, bindings: WorkerBindings): Record<string, string> {
  return {
    'worker.js': script,
    'limiter.js': `export default ${limiter.toString()};\n`,
    'config.capnp': `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "gateway", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = ${text(compatibilityDate)},
      globalOutbound = "nowhere",
      bindings = [
${workerBindings(bindings)}
      ],
    )),
    (name = "nowhere", network = (allow = [])),
${Object.entries(bindings.origins).map(originService).join('\n')}
  ],
  extensions = [(modules = [(name = "gateway:limiter", internal = true, esModule = embed "limiter.js")])],
  sockets = [(name = "gateway", http = (), service = "gateway")],
);
`,
  };
}

function workerBindings({ variables, origins, rateLimit }: WorkerBindings): string {
  const lines = [
    ...Object.entries(variables).map(([name, value]) => json(name, value)),
    ...Object.keys(origins).map((name) => `(name = ${text(name)}, service = ${text(name)})`),
  ];
  if (rateLimit !== undefined) {
    const inner = Object.entries(rateLimit).map(([name, value]) => json(name, value));
    lines.push(
      `(name = "RATE_LIMIT", wrapped = (moduleName = "gateway:limiter", innerBindings = [${inner.join(', ')}]))`,
    );
  }
  return lines.map((line) => `        ${line},`).join('\n');
}

function originService([name, url]: [string, string]): string {
  const { protocol, hostname, port, host } = new URL(url);
  const address = port === '' ? `${hostname}:${protocol === 'https:' ? 443 : 80}` : host;
  const over =
    protocol === 'https:'
      ? `https = (options = (), tlsOptions = (trustBrowserCas = true), certificateHost = ${text(hostname)})`
      : 'http = ()';
  return `    (name = ${text(name)}, external = (address = ${text(address)}, ${over})),`;
}

function json(name: string, value: unknown): string {
  return `(name = ${text(name)}, json = ${text(JSON.stringify(value))})`;
}

/** A Cap'n Proto string; what JSON may escape beyond it, control characters, no value here contains. */
function text(value: string): string {
  return JSON.stringify(value);
}
