import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { packageRoot } from '../../infra/common/roots.ts';
import { NewUser, type Finished } from '../live/new-user.ts';

/** A service in Python without dependencies. */
export const python = `
import http.server, os
class Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b'hello from Python')
http.server.HTTPServer((os.environ['HOST'], int(os.environ['PORT'])), Hello).serve_forever()
`;

/** Packs this package as a release does. Returns the absolute path of the archive. */
export function packRailhead(folder: string): string {
  const args = ['pack', '--silent', '--pack-destination', folder];
  const [name = ''] = execFileSync('npm', args, { cwd: packageRoot, encoding: 'utf8' })
    .trim()
    .split('\n')
    .slice(-1);
  return join(folder, name);
}

/** The repository of a Railhead user: a temporary folder outside the clone, with a new user's empty HOME. */
export class Outside {
  readonly folder: string;
  #base: string;
  #user: NewUser;
  #path: string[];

  /**
   * @param name the path of the repository within the temporary folder
   * @param node absolute path of the folder with the Node that the user has installed
   */
  constructor(name: string, node = join(packageRoot, 'node_modules/node/bin')) {
    this.#base = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-outside-')));
    // Postgres may run as another user, who needs to pass through the folders.
    execFileSync('chmod', ['711', this.#base]);
    this.folder = join(this.#base, name);
    mkdirSync(this.folder, { recursive: true });
    this.#user = new NewUser(this.#base);
    this.#path = [node];
  }

  /** Runs a command in the repository or a folder of it; throws with its output if it fails. */
  async run(command: string, folder = '.'): Promise<string> {
    const { code, output } = await this.tryRun(command, folder);
    if (code !== 0) throw new Error(`"${command}" ended with exit code ${code}:\n${output}`);
    return output;
  }

  tryRun(command: string, folder = '.'): Promise<Finished> {
    return this.#user.run(join(this.folder, folder), ['sh', '-c', command], { path: this.#path });
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  /** Adds a service to a stack file, as a user would in an editor. */
  addService(stackFile: string, name: string, service: object): void {
    const stack = parse(this.read(stackFile)) as { services: Record<string, object> };
    stack.services[name] = service;
    this.write(stackFile, stringify(stack));
  }

  remove(): void {
    rmSync(this.#base, { recursive: true, force: true });
  }
}

/** Returns the body of the service that `up` has printed the address of. */
export async function ask(output: string, service: string): Promise<string> {
  const [, address] = new RegExp(`^ *${service} +(http://\\S+)`, 'm').exec(output) ?? [];
  if (address === undefined) throw new Error(`"up" has printed no address of ${service}:\n${output}`);
  return (await fetch(address)).text();
}
