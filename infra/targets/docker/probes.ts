import { listeningPort } from '../containers/environment.ts';
import { minReady, readyTimeout } from '../rollout-times.ts';
import type { CodeService } from '../../stack/schema.ts';
import type { HealthPlan } from './plan.ts';

/** Seconds. Each question starts a process in the container. */
const shortest = 3;
const timeout = 5;
const retries = 3;

/** It lives and is ready as the service itself says it; where it says nothing, its port takes connections; without one, it runs. */
export function codeHealth(config: CodeService): HealthPlan | undefined {
  const port = listeningPort(config);
  const startTimeout = readyTimeout(config) + minReady(config);
  // Docker asks the first time after one interval: a container that ends before is asked only when it has run again as long.
  const interval = Math.max(shortest, minReady(config));
  // What is in a foreign image nobody knows: it brings its own check, or none.
  if (config.kind === 'image' || config.dockerfile !== undefined) return undefined;
  if (port === undefined) return health(nodeCheck(''), startTimeout, interval);
  return health(
    config.health === undefined ? tcpCheck(port) : httpCheck(port, [config.health.path, config.health.ready]),
    startTimeout,
    interval,
  );
}

export function health(test: string[], startTimeout: number, interval = shortest): HealthPlan {
  return { test, interval, timeout, retries, startTimeout };
}

/** Passes when all of the paths answer; what it prints is in the container's record of its health. */
export function httpCheck(port: number, paths: string[]): string[] {
  const urls = [...new Set(paths)].map((path) => `http://127.0.0.1:${port}${path}`);
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

/** Slim images have neither curl nor wget, but Node they have. */
export function nodeCheck(script: string): string[] {
  return ['CMD', 'node', '-e', script];
}
