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

/** Returns a stack of these services behind a gateway. No service has a command: each is that of its runtime. */
export function runtimeStack(name: string, port: number, fields: object = {}): object {
  return {
    name,
    policy: { stage: 'development' },
    ...fields,
    services: {
      ml: { source: 'services/ml', port: 3001, minReady: '1s' },
      api: { source: 'services/api', port: 3002, minReady: '1s' },
      site: { source: 'services/site', port: 3003, health: { path: '/' } },
    },
    gateway: {
      port,
      routes: [
        { path: '/ml/*', to: 'ml' },
        { path: '/api/*', to: 'api' },
        { path: '/*', to: 'site' },
      ],
    },
  };
}

/** Returns what the services answer through the gateway. */
export async function readRuntimes(url: string): Promise<Record<string, string>> {
  const read = async (path: string) => (await fetch(new URL(path, url))).text();
  return { ml: await read('/ml/'), api: await read('/api/'), site: await read('/') };
}
