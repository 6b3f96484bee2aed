import { adaptAddress } from './command-line.ts';
import type { Started } from './node.ts';
import { codeFiles } from './ports.ts';
import type { Unit } from './types.ts';

/** Runs an installed program so that it also finds the modules of the folder. */
const runModule = 'python3 -m';

/** Finds how a Python service starts: FastAPI, Starlette, Flask, Django or a plain program. */
export function startPython(unit: Unit): Started {
  const environment = planEnvironment(unit);
  if (environment === undefined) return undefined;
  const found = findProgram(unit);
  if (found === undefined)
    return { unfit: 'contains no web application and no main.py, app.py or server.py' };
  if (environment.unfit !== undefined) return { unfit: environment.unfit };
  if ('unfit' in found) return found;
  const source = found.path.startsWith('src/') ? 'PYTHONPATH=src ' : '';
  const reason = `${found.reason}${environment.from}`;
  return { start: `${source}${found.command}`, usualPort: found.port, reason };
}

/** Returns how a command of a Procfile or a Dockerfile starts with the packages of the unit; undefined for other tools. */
export function fromPythonCommand(command: string, unit: Unit, source: string): Started {
  const environment = planEnvironment(unit);
  const tool =
    /^(?:(?:poetry|uv|pipenv) run )?(python3?|uvicorn|gunicorn|flask|celery|hypercorn|daphne)\b(.*)$/.exec(
      command,
    );
  if (environment === undefined || tool === null) return undefined;
  if (environment.unfit !== undefined) return { unfit: environment.unfit };
  const [, name = '', rest = ''] = tool;
  const { command: start, port } = adaptAddress(
    `${name.startsWith('python') ? 'python3' : `${runModule} ${name}`}${rest}`,
  );
  return { start, port, reason: `${source} is "${command}"${environment.from}` };
}

/** Where the runtime gets the packages of a unit from, as an addition to the reason; or why it cannot install them. */
type Packages = { from: string; unfit?: undefined } | { unfit: string };

/** Returns where the packages of a unit come from; undefined without Python. The build of the runtime installs them. */
function planEnvironment({ files, text }: Unit): Packages | undefined {
  if (files.includes('uv.lock')) return { from: ', packages in uv.lock' };
  if (files.includes('requirements.txt')) {
    const isEmpty = !/^\s*[^#\s]/m.test(text('requirements.txt'));
    return { from: isEmpty ? '' : ', packages in requirements.txt' };
  }
  if (!files.includes('pyproject.toml')) return undefined;
  const project = text('pyproject.toml');
  const declares =
    /^dependencies\s*=\s*\[\s*["']/m.test(project) || /^\[tool\.poetry\.dependencies\]/m.test(project);
  if (!declares) return { from: '' };
  if (/^\[build-system\]/m.test(project)) return { from: ', packages in pyproject.toml' };
  return {
    unfit:
      'pyproject.toml has no [build-system], and there is neither requirements.txt nor uv.lock to install its packages from',
  };
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
  return `${text('requirements.txt')}\n${text('pyproject.toml')}`;
}
