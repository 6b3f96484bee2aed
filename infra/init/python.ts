import { adaptAddress } from './command-line.ts';
import type { Started } from './node.ts';
import { codeFiles } from './ports.ts';
import type { Unit } from './types.ts';

/** Finds how a Python service starts: FastAPI, Starlette, Flask, Django or a plain program. */
export function startPython(unit: Unit): Started {
  const environment = planEnvironment(unit);
  if (environment === undefined) return undefined;
  const found = findProgram(unit);
  if (found === undefined)
    return { unfit: 'contains no web application and no main.py, app.py or server.py' };
  if (environment.unfit !== undefined) return { unfit: environment.unfit };
  if ('unfit' in found) return found;
  const { build, python, from } = environment;
  const source = found.path.startsWith('src/') ? 'PYTHONPATH=src ' : '';
  const start = `${source}${python} ${found.args}`;
  return { build, start, usualPort: found.port, reason: `${found.reason}${from}` };
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
  const { build, python, from } = environment;
  const { command: start, port } = adaptAddress(
    `${python}${name.startsWith('python') ? '' : ` -m ${name}`}${rest}`,
  );
  return { build, start, port, reason: `${source} is "${command}"${from}` };
}

interface Installed {
  /** Absent if there are no packages to install. */
  build?: string;
  /** The interpreter that finds them. */
  python: string;
  /** Follows the reason. */
  from: string;
  unfit?: undefined;
}

type Packages = Installed | { unfit: string };

/** Returns how the packages of a unit get installed, and the interpreter that finds them; undefined without Python. */
function planEnvironment({ files, text }: Unit): Packages | undefined {
  // With `-m`, because a build moves its folder, and the scripts in .venv/bin contain the path that it had before.
  const python = '.venv/bin/python';
  if (files.includes('uv.lock')) {
    return { build: 'uv sync --frozen --no-dev --no-install-project', python, from: ', packages in uv.lock' };
  }
  const install = (what: string) => `python3 -m venv .venv && .venv/bin/pip install --quiet ${what}`;
  if (files.includes('requirements.txt')) {
    const isEmpty = !/^\s*[^#\s]/m.test(text('requirements.txt'));
    if (isEmpty) return { python: 'python3', from: '' };
    return { build: install('-r requirements.txt'), python, from: ', packages in requirements.txt' };
  }
  if (!files.includes('pyproject.toml')) return undefined;
  const project = text('pyproject.toml');
  const declares =
    /^dependencies\s*=\s*\[\s*["']/m.test(project) || /^\[tool\.poetry\.dependencies\]/m.test(project);
  if (!declares) return { python: 'python3', from: '' };
  if (/^\[build-system\]/m.test(project))
    return { build: install('.'), python, from: ', packages in pyproject.toml' };
  return {
    unfit:
      'pyproject.toml has no [build-system], and there is neither requirements.txt nor uv.lock to install its packages from',
  };
}

type Found = { path: string; args: string; port: number | undefined; reason: string } | { unfit: string };

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
  return { path: plain, args: `-u ${plain}`, port: undefined, reason: plain };
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
    return { path, args: `-m uvicorn ${application} --host $HOST --port $PORT`, port: 8000, reason };
  }
  const args = requires(unit, 'gunicorn')
    ? `-m gunicorn ${application} --bind $HOST:$PORT`
    : `-m flask --app ${application} run --host $HOST --port $PORT`;
  return { path, args, port: 5000, reason };
}

function django(unit: Unit, sources: string[]): Found {
  const wsgi = sources.find((path) => path.endsWith('/wsgi.py'));
  const args =
    wsgi !== undefined && requires(unit, 'gunicorn')
      ? `-m gunicorn ${wsgi.replace(/\.py$/, '').replaceAll('/', '.')} --bind $HOST:$PORT`
      : 'manage.py runserver $HOST:$PORT --noreload';
  return { path: 'manage.py', args, port: 8000, reason: 'Django in manage.py' };
}

function requires(unit: Unit, name: string): boolean {
  return new RegExp(`(^|["'\\s])${name}(?![\\w.-])`, 'im').test(packagesOf(unit));
}

function packagesOf({ text }: Unit): string {
  return `${text('requirements.txt')}\n${text('pyproject.toml')}`;
}
