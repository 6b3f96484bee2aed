import assert from 'node:assert/strict';
import { eventually } from '../../../tools/testing/eventually.ts';
import type { EngineRun, TestSystem } from './system.ts';

/** A service of each runtime, by the file of its folder. That of Python needs its packages to answer. */
export const runtimeSources: Record<string, string> = {
  'services/ml/requirements.txt': 'six==1.17.0\n',
  'services/ml/main.py': `import os, six
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"six {six.__version__}".encode())

HTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Handler).serve_forever()
`,
  'services/api/go.mod': 'module example.com/api\n\ngo 1.21\n',
  // Without net/http, which takes minutes to compile on a busy machine that has no cache of it.
  'services/api/main.go': `package main

import (
	"bufio"
	"io"
	"net"
	"os"
)

func main() {
	listener, err := net.Listen("tcp", net.JoinHostPort(os.Getenv("HOST"), os.Getenv("PORT")))
	if err != nil {
		panic(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		go answer(connection)
	}
}

func answer(connection net.Conn) {
	defer connection.Close()
	reader := bufio.NewReader(connection)
	for line, err := "", error(nil); line != "\\r\\n"; line, err = reader.ReadString('\\n') {
		if err != nil {
			return
		}
	}
	io.WriteString(connection, "HTTP/1.1 200 OK\\r\\nContent-Length: 7\\r\\nConnection: close\\r\\n\\r\\nfrom Go")
}
`,
  'services/site/index.html': '<h1>first</h1>\n',
};

/** What each service of `runtimeSources` answers on its route. */
export const runtimeAnswers = {
  ml: 'six 1.17.0',
  api: 'from Go',
  site: '<h1>first</h1>\n',
};

/** Services of a stack by their names. No service has a command: each is that of its runtime. */
const services = {
  ml: { source: 'services/ml', port: 3001, minReady: '1s' },
  api: { source: 'services/api', port: 3002, minReady: '1s' },
  site: { source: 'services/site', port: 3003, health: { path: '/' } },
};

/** Returns a stack of the services of `runtimeSources` behind a gateway. */
export function runtimeStack(name: string, port: number, fields: object = {}): object {
  return routedStack(name, port, services, fields);
}

/** Returns a stack of services behind a gateway, each on the path of its name, the service `site` on all others. */
export function routedStack(
  name: string,
  port: number,
  routed: Record<string, object>,
  fields: object,
): object {
  const routes = Object.keys(routed).map((to) => ({ path: to === 'site' ? '/*' : `/${to}/*`, to }));
  return {
    name,
    policy: { stage: 'development' },
    ...fields,
    services: routed,
    gateway: { port, routes },
  };
}

/** Returns what services answer through the gateway of `routedStack`, by default those of `runtimeSources`. */
export async function readRuntimes(
  url: string,
  names = Object.keys(services),
): Promise<Record<string, string>> {
  const answers = names.map(async (name): Promise<[string, string]> => {
    const response = await fetch(new URL(name === 'site' ? '/' : `/${name}/`, url));
    return [name, await response.text()];
  });
  return Object.fromEntries(await Promise.all(answers));
}

/** A change of each service of `runtimeSources`: what it replaces in a file, and what the service answers then. */
const changes = [
  { service: 'site', file: 'index.html', from: 'first', to: 'second', answer: '<h1>second</h1>\n' },
  { service: 'ml', file: 'main.py', from: 'f"six', to: 'f"Six', answer: 'Six 1.17.0' },
  { service: 'api', file: 'main.go', from: 'from Go', to: 'From Go', answer: 'From Go' },
] as const;

/** How a target deploys `runtimeStack`, and how the test reaches it. */
export interface DeployedRuntimes {
  system: Pick<TestSystem, 'write'>;
  /** Deploys the system. Returns the names of the services that were built for it. */
  up: () => Promise<string[]>;
  /** Returns the URL of the gateway. */
  url: () => string | Promise<string>;
  /** Returns what each service runs, by its name: its image or its artifact. */
  running: () => Record<string, string> | Promise<Record<string, string>>;
}

/** Checks that each service is built and deployed again if its own files change, and only then. */
export async function rebuildsOnlyWhatChanges(deployed: DeployedRuntimes): Promise<void> {
  const { system, up, running } = deployed;
  const answers: Record<string, string> = { ...runtimeAnswers };
  const allAnswer = async () => {
    const url = await deployed.url();
    // A cluster can refuse connections to a Service for a moment after its pods are ready.
    await eventually(async () => {
      assert.deepEqual(await readRuntimes(url), answers);
      return true;
    }, 120_000);
  };
  for (const [path, text] of Object.entries(runtimeSources)) system.write(path, text);
  assert.deepEqual((await up()).toSorted(), Object.keys(answers).toSorted());
  await allAnswer();
  for (const { service, file, from, to, answer } of changes) {
    const before = await running();
    const path = `services/${service}/${file}`;
    system.write(path, runtimeSources[path]!.replace(from, to));
    assert.deepEqual(await up(), [service]);
    answers[service] = answer;
    await allAnswer();
    const after = await running();
    const changed = Object.keys(answers).filter((name) => after[name] !== before[name]);
    assert.deepEqual(changed, [service]);
  }
}

/** Returns the names of the services of `runtimeSources` whose build the output of an `up` reports, sorted. */
export function builtServices({ output }: Pick<EngineRun, 'output'>): string[] {
  const built = new Set([...output.matchAll(/\bBuilding (\w+)$/gm)].map(([, name = '']) => name));
  return Object.keys(runtimeAnswers).filter((name) => built.has(name));
}
