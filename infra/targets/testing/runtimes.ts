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
