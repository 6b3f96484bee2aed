import { listeningPort } from '../../containers/environment.ts';
import { minReady, readyTimeout } from '../shared/rollout-times.ts';
import { argumentsOf } from '../../artifacts/commands.ts';
import { runtimeKinds } from '../../runtimes/index.ts';
import { httpHealth } from '../../stack/health.ts';
import { isNodeService, type CodeService } from '../../stack/schema.ts';
import type { HealthPlan, StartPlan } from './planned.ts';

/** Seconds between two checks and until a check fails. The interval is not shorter, since each check starts a process. */
const shortest = 3;
const timeout = 5;
const retries = 3;

/** For containers that run programs of Railhead. */
export const ownStart: StartPlan = { timeout: 60, minReady: 5 };

/**
 * Returns the health check of a service: its declared paths, otherwise a connection to its port, otherwise (without a
 * port) that the container runs. Undefined for third-party images.
 */
export function codeHealth(config: CodeService): HealthPlan | undefined {
  const port = listeningPort(config);
  // Docker runs the first check after one interval, so a container that ends earlier is never healthy.
  const interval = Math.max(shortest, minReady(config));
  if (config.health?.command !== undefined) {
    return health(['CMD', ...argumentsOf(config.health.command)], interval);
  }
  const http = httpHealth(config.health);
  const paths = http && [http.path, http.ready];
  if (!isNodeService(config)) return ofRuntime(config, port, paths, interval);
  if (port === undefined) return health(nodeCheck(''), interval);
  return health(paths === undefined ? tcpCheck(port) : httpCheck(port, paths), interval);
}

/** Returns the check by the runtime of a service. The contents of other images are unknown: they have their own check or none. */
function ofRuntime(
  config: CodeService,
  port: number | undefined,
  paths: string[] | undefined,
  interval: number,
): HealthPlan | undefined {
  const runtime = config.kind === 'source' ? config.runtime : undefined;
  const check = runtime && runtimeKinds[runtime.name].check;
  if (check === undefined) return undefined;
  if (port === undefined) return health(['CMD', ...check({})], interval);
  const asked = paths === undefined ? { port } : { urls: urlsOf(port, paths) };
  return health(['CMD', ...check(asked)], interval);
}

function urlsOf(port: number, paths: string[]): string[] {
  return [...new Set(paths)].map((path) => `http://127.0.0.1:${port}${path}`);
}

export function codeStart(config: CodeService): StartPlan {
  return { timeout: readyTimeout(config) + minReady(config), minReady: Math.max(1, minReady(config)) };
}

export function health(test: string[], interval = shortest): HealthPlan {
  return { test, interval, timeout, retries };
}

/** Returns a check that passes if all paths answer below 400. Its output is in the container's health log. */
export function httpCheck(port: number, paths: string[]): string[] {
  const urls = urlsOf(port, paths);
  return nodeCheck(
    [
      `let left=${urls.length}`,
      'const end=(url,found,ok)=>{if(!ok)console.log(`GET ${url}: ${found}`);if(!ok||--left===0)process.exit(ok?0:1)}',
      `for(const url of ${JSON.stringify(urls)})require('http').get(url,{agent:false},r=>end(url,'answered '+r.statusCode,r.statusCode<400)).on('error',e=>end(url,e.message))`,
    ].join(';'),
  );
}

export function tcpCheck(port: number): string[] {
  return nodeCheck(
    `require('net').connect(${port},'127.0.0.1',()=>process.exit(0)).on('error',()=>process.exit(1))`,
  );
}

/** Returns a check that runs a script in Node, since slim Node images have neither curl nor wget. */
export function nodeCheck(script: string): string[] {
  return ['CMD', 'node', '-e', script];
}
