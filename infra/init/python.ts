import { adaptAddress } from './command-line.ts';
import type { Started } from './node.ts';
import { codeFiles } from './ports.ts';
import type { Unit } from './types.ts';

/** Runs an installed program so that it also finds the modules of the folder. */
const runModule = 'python3 -m';

/** Finds how a Python service starts: FastAPI, Starlette, Flask, Django or a plain program. */
export function startPython(unit: Unit): Started {
  const packages = packagesFrom(unit);
  if (packages === undefined) return undefined;
  const found = findProgram(unit);
  if (found === undefined)
    return { unfit: 'contains no web application and no main.py, app.py or server.py' };
  if ('unfit' in found) return found;
  const source = found.path.startsWith('src/') ? 'PYTHONPATH=src ' : '';
  const reason = `${found.reason}${packages}`;
  return { start: `${source}${found.command}`, usualPort: found.port, reason };
}

/** Returns how a command of a Procfile or a Dockerfile starts with the packages of the unit; undefined for other tools. */
export function fromPythonCommand(command: string, unit: Unit, source: string): Started {
  const packages = packagesFrom(unit);
  const parts = command.split(between).map((part) => ({ command: part, ...withPackages(part) }));
  if (packages === undefined || parts.every(({ isPython }) => isPython === undefined)) return undefined;
  const start = parts.map((part) => part.command).join('');
  const port = parts.find((part) => part.port !== undefined)?.port;
  return { start, port, reason: `${source} is "${command}"${packages}` };
}

/** What is between two commands of a shell line, outside of quotes. */
const between = /(\s*(?:&&|\|\||[;|])\s*)(?=(?:[^"']|"(?:\\.|[^"\\])*"|'[^']*')*$)/;

/** Returns how one command of a shell line runs with the packages of a unit; nothing for commands of other tools. */
function withPackages(command: string): { command?: string; port?: number; isPython?: true } {
  const tool =
    /^((?:\w+=\S* )*(?:exec )?)(?:(?:poetry|uv|pipenv) run )?(python3?|uvicorn|gunicorn|flask|celery|hypercorn|daphne)\b(.*)$/.exec(
      command,
    );
  if (tool === null) return {};
  const [, before = '', name = '', rest = ''] = tool;
  const program = name.startsWith('python') ? 'python3' : `${runModule} ${name}`;
  return { ...adaptAddress(`${before}${program}${rest}`), isPython: true };
}

/** Files with the packages of a unit, in the order in which the build of the runtime looks for them. */
const manifests = ['uv.lock', 'requirements.txt', 'poetry.lock', 'pyproject.toml', 'Pipfile'];

/** Returns where the packages of a unit come from, as an addition to the reason; undefined without Python. */
function packagesFrom({ files, text }: Unit): string | undefined {
  const file = manifests.find((name) => files.includes(name));
  const isEmpty = file === 'requirements.txt' && !/^\s*[^#\s]/m.test(text(file));
  if (file === undefined) return undefined;
  return isEmpty ? '' : `, packages in ${file}`;
}

type Found = { path: string; command: string; port: number | undefined; reason: string } | { unfit: string };

function findProgram(unit: Unit): Found | undefined {
  const sources = codeFiles(unit).filter((path) => path.endsWith('.py'));
  for (const path of sources) {
    const text = unit.text(path);
    const [, name = '', kind = ''] =
      /^(\w+)\s*(?::[^=\n]+)?=\s*(?:\w+\.)?(FastAPI|Starlette|Flask)\(/m.exec(text) ?? [];
    if (kind !== '') return webApplication(unit, path, name, kind);
  }
  if (unit.files.includes('manage.py')) return django(unit, sources);
  const plain = ['main.py', 'app.py', 'server.py'].find((path) => sources.includes(path));
  if (plain === undefined) return undefined;
  return { path: plain, command: `python3 ${plain}`, port: undefined, reason: plain };
}

function webApplication(unit: Unit, path: string, name: string, kind: string): Found {
  const module = path
    .replace(/^src\//, '')
    .replace(/(\/__init__)?\.py$/, '')
    .replaceAll('/', '.');
  const application = `${module}:${name}`;
  const reason = `${kind} in ${path}`;
  if (kind !== 'Flask') {
    if (!requires(unit, 'uvicorn') && !/fastapi\[(standard|all)\]/i.test(packagesOf(unit))) {
      return { unfit: `${reason}, and uvicorn is not among its packages; add it` };
    }
    return {
      path,
      command: `${runModule} uvicorn ${application} --host $HOST --port $PORT`,
      port: 8000,
      reason,
    };
  }
  const command = requires(unit, 'gunicorn')
    ? `${runModule} gunicorn ${application} --bind $HOST:$PORT`
    : `${runModule} flask --app ${application} run --host $HOST --port $PORT`;
  return { path, command, port: 5000, reason };
}

function django(unit: Unit, sources: string[]): Found {
  const wsgi = sources.find((path) => path.endsWith('/wsgi.py'));
  const command =
    wsgi !== undefined && requires(unit, 'gunicorn')
      ? `${runModule} gunicorn ${wsgi.replace(/\.py$/, '').replaceAll('/', '.')} --bind $HOST:$PORT`
      : 'python3 manage.py runserver $HOST:$PORT --noreload';
  return { path: 'manage.py', command, port: 8000, reason: 'Django in manage.py' };
}

function requires(unit: Unit, name: string): boolean {
  return new RegExp(`(^|["'\\s])${name}(?![\\w.-])`, 'im').test(packagesOf(unit));
}

function packagesOf({ text }: Unit): string {
  return ['requirements.txt', 'pyproject.toml', 'Pipfile'].map(text).join('\n');
}
