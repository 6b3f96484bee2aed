import type { BuildPlace } from './kind.ts';

/** Copies the interpreter, because an artifact contains no links that lead out of it. */
export const makeVenv = 'python3 -m venv --copies .venv';

const active = 'export VIRTUAL_ENV="$PWD/.venv" PATH="$PWD/.venv/bin:$PATH"';

/** Commands that install packages, or can do so: scripts and task runners. */
const installs = /\b(pip[\d.]*|poetry|pipenv|pdm|make|just)\b|\.sh\b|(^|[\s;&|])\.\//;

/** Commands that make a virtual environment of their own. */
const makesOwn = /-m venv\b|\bvirtualenv\b|\buv venv\b/;

const tools = ['uv', 'poetry', 'pipenv', 'pdm'];

/**
 * Returns what makes and activates `.venv` before a declared `build`. Without it, pip would install into the interpreter, which
 * does not belong to the artifact. Images of Python have pip only, so that tools which a command runs are installed, too.
 */
export function pythonSetup(build: string, { inContainer }: BuildPlace): string | undefined {
  // A second environment in its place would replace the interpreter that is running.
  if (makesOwn.test(build)) return undefined;
  const missing = inContainer ? tools.filter((tool) => runs(build, tool)) : [];
  if (missing.length === 0) return installs.test(build) ? `${makeVenv} && ${active} || exit` : undefined;
  return `${makeVenv} && ${active} && pip install --quiet ${missing.join(' ')} || exit`;
}

/** Whether a command runs a tool that it does not install itself. */
function runs(build: string, tool: string): boolean {
  const isRun = new RegExp(`(^|[;&|(\\s])${tool} `).test(build);
  return isRun && !new RegExp(`\\binstall\\b[^;&|]*\\b${tool}\\b`).test(build);
}
