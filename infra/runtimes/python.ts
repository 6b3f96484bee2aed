import type { Folder } from './folder.ts';
import type { RuntimeKind } from './kind.ts';

/** Python: packages are installed into `.venv`, whose programs come first on the PATH. */
export const python = {
  contents: 'Python',
  programs: /^(python[\d.]*|pip3?|uv|uvx|uvicorn|gunicorn|hypercorn|daphne|poetry|flask|celery)$/,
  markers: ['requirements.txt', 'pyproject.toml', 'Pipfile'],
  versionIn: (folder) =>
    /^\s*(?:python-)?(\d+\.\d+)/.exec(folder.text('.python-version') || folder.text('runtime.txt'))?.[1] ??
    /^requires-python\s*=\s*["'](?:==|~=)\s*(\d+\.\d+)/m.exec(folder.text('pyproject.toml'))?.[1],
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
  build: (folder) => {
    if (folder.has('uv.lock'))
      return `${venv} && pip install --quiet uv && uv sync --frozen --no-dev --no-install-project`;
    if (declaresPackages(folder)) return `${venv} && python -m pip install --quiet -r requirements.txt`;
    return isPackage(folder) ? `${venv} && python -m pip install --quiet .` : undefined;
  },
  start: (folder) => {
    const program = ['main.py', 'app.py', 'server.py'].find((name) => folder.has(name));
    return program && `python3 ${program}`;
  },
} as const satisfies RuntimeKind;

/** Copies the interpreter, because an artifact contains no links that lead out of it. */
const venv = 'python3 -m venv --copies .venv && export PATH="$PWD/.venv/bin:$PATH"';

function declaresPackages(folder: Folder): boolean {
  return /^\s*[^#\s]/m.test(folder.text('requirements.txt'));
}

/** Whether pip can install the folder itself, with its packages. */
function isPackage(folder: Folder): boolean {
  return /^\[build-system\]/m.test(folder.text('pyproject.toml'));
}
