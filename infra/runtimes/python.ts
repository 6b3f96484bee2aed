import type { Folder } from './folder.ts';
import type { RuntimeKind } from './kind.ts';
import { makeVenv, pythonSetup } from './python-setup.ts';

/** Python: packages are installed into `.venv`, whose programs come first on the PATH. */
export const python = {
  contents: 'Python',
  programs: /^(python[\d.]*|pip3?|uv|uvx|uvicorn|gunicorn|hypercorn|daphne|poetry|flask|celery)$/,
  markers: ['requirements.txt', 'pyproject.toml', 'Pipfile'],
  versionIn: (folder) =>
    /^\s*(?:python-)?(\d+\.\d+)/.exec(folder.text('.python-version') || folder.text('runtime.txt'))?.[1] ??
    /^requires-python\s*=\s*["'](?:==|~=)\s*(\d+\.\d+)/m.exec(folder.text('pyproject.toml'))?.[1] ??
    /^python_version\s*=\s*"(\d+\.\d+)/m.exec(folder.text('Pipfile'))?.[1],
  image: { reference: (version) => `python:${version}-slim`, version: '3.13' },
  caches: ['/root/.cache'],
  environment: {
    PYTHONUNBUFFERED: '1',
    // A replica cannot write next to its code, so it does not try to.
    PYTHONDONTWRITEBYTECODE: '1',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_ROOT_USER_ACTION: 'ignore',
  },
  path: '.venv/bin',
  packages: '.venv',
  check: ({ urls = [], port }) => {
    const connect = port === undefined ? '' : `; socket.create_connection(("127.0.0.1", ${port}), 4)`;
    const read = '[urllib.request.urlopen(url, timeout=4) for url in sys.argv[1:]]';
    return ['python3', '-c', `import socket, sys, urllib.request; ${read}${connect}`, ...urls];
  },
  setup: pythonSetup,
  install: installation,
  build: (folder) => {
    const install = installation(folder);
    return install && `${makeVenv} && export PATH="$PWD/.venv/bin:$PATH" && ${install}`;
  },
  start: (folder) => {
    const program = ['main.py', 'app.py', 'server.py'].find((name) => folder.has(name));
    return program === undefined ? djangoStart(folder) : `python3 ${program}`;
  },
} as const satisfies RuntimeKind;

/** Returns the command that installs the packages of a folder into the active `.venv`; undefined if it declares none. */
function installation(folder: Folder): string | undefined {
  const project = folder.text('pyproject.toml');
  // Whether pip can install the folder itself, with its packages.
  const isPackage = /^\[build-system\]/m.test(project);
  if (folder.has('uv.lock')) return `${uv} && uv sync --frozen --no-dev --no-install-project`;
  if (declaresPackages(folder)) return 'python -m pip install --quiet -r requirements.txt';
  if (folder.has('poetry.lock') || (!isPackage && /^\[tool\.poetry\.dependencies\]/m.test(project))) {
    const itself = isPackage ? ' && python -m pip install --quiet --no-deps .' : '';
    return `${uv} && uv tool run poetry install --only main --no-root --no-interaction --quiet${itself}`;
  }
  if (isPackage) return 'python -m pip install --quiet .';
  // pip installs packages of a project with the project only, which is not always a package.
  if (/^dependencies\s*=\s*\[\s*["']/m.test(project))
    return `${uv} && uv pip install --quiet -r pyproject.toml`;
  if (!/^[\w".-]+\s*=/m.test(sectionOf(folder.text('Pipfile'), 'packages'))) return undefined;
  return `${uv} && uv tool run pipenv ${folder.has('Pipfile.lock') ? 'sync' : 'install --skip-lock'}`;
}

const uv = 'pip install --quiet uv';

function declaresPackages(folder: Folder): boolean {
  return /^\s*[^#\s]/m.test(folder.text('requirements.txt'));
}

/** Returns the lines of a section of TOML, without those of the sections after it. */
function sectionOf(text: string, name: string): string {
  const [, after = ''] = text.split(`[${name}]`, 2);
  return after.split(/^\[/m, 1).join('');
}

/** Returns the command that serves a project of Django; undefined without Gunicorn, since Django's own server is for development. */
function djangoStart(folder: Folder): string | undefined {
  const [, name] = /DJANGO_SETTINGS_MODULE["'],\s*["'](\w+)\./.exec(folder.text('manage.py')) ?? [];
  const packages = ['requirements.txt', 'pyproject.toml', 'Pipfile']
    .map((file) => folder.text(file))
    .join('\n');
  const hasServer = /(^|["'\s])gunicorn(?![\w.-])/im.test(packages);
  return name !== undefined && hasServer && folder.has(`${name}/wsgi.py`)
    ? `gunicorn ${name}.wsgi --bind $HOST:$PORT`
    : undefined;
}
