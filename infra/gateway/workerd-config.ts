import { compatibilityDate, type WorkerBindings } from './bindings.ts';
import { limiter } from './limiter.ts';
import { memoryCache } from './memory-cache.ts';
import { protocolHeader } from './worker/client.ts';

/** In bytes. */
const cacheCapacity = 32 * 1024 * 1024;

/** Returns the files of a workerd configuration, by name. The Worker may open connections to its origins only. */
export function workerdFiles(script: string, bindings: WorkerBindings): Record<string, string> {
  return {
    'worker.js': script,
    'limiter.js': `export default ${limiter.toString()};\n`,
    'cache.js': `export default ${memoryCache.toString()};\n`,
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
  extensions = [(modules = [
    (name = "gateway:limiter", internal = true, esModule = embed "limiter.js"),
    (name = "gateway:cache", internal = true, esModule = embed "cache.js"),
  ])],
  sockets = [(name = "gateway", http = (forwardedProtoHeader = ${text(protocolHeader)}), service = "gateway")],
);
`,
  };
}

function workerBindings({ variables, signingKey, origins, limiters, cache }: WorkerBindings): string {
  const lines = [
    ...Object.entries(variables).map(([name, value]) => json(name, value)),
    ...(signingKey === undefined ? [] : [json('SIGNING_KEY', signingKey)]),
    ...Object.keys(origins).map((name) => `(name = ${text(name)}, service = ${text(name)})`),
    ...Object.entries(limiters).map(([name, limit]) => wrapped(name, 'limiter', limit)),
    ...(cache ? [wrapped('CACHE', 'cache', { capacity: cacheCapacity })] : []),
  ];
  return lines.map((line) => `        ${line},`).join('\n');
}

/** Returns a binding that the function of an internal module creates from `options`. */
function wrapped(name: string, module: string, options: object): string {
  const inner = Object.entries(options).map(([key, value]) => json(key, value));
  return `(name = ${text(name)}, wrapped = (moduleName = ${text(`gateway:${module}`)}, innerBindings = [${inner.join(', ')}]))`;
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

/** Returns a Cap'n Proto string. JSON escapes control characters differently, but no value here contains one. */
function text(value: string): string {
  return JSON.stringify(value);
}
