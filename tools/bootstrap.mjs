/**
 * The first step of every npm script: brings node_modules up to package-lock.json, then hands over to the Node it holds. Runs
 * before anything is installed, on the machine's own Node: plain JavaScript for Node 20, no dependencies.
 *
 *   node tools/bootstrap.mjs up …           node infra/cli/railhead.ts up …
 *   node tools/bootstrap.mjs --run file …   node file …
 *   node tools/bootstrap.mjs --check        exit code 0 when node_modules is up to date
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const node = join(modules, '.bin', 'node');

process.exitCode = await main(process.argv.slice(2));

/** @param {string[]} args */
async function main(args) {
  if (args[0] === '--check') return isCurrent() ? 0 : 1;
  if (!isCurrent() && !(await installDependencies())) return 1;
  const script = args[0] === '--run' ? args.slice(1) : [join(root, 'infra', 'cli', 'railhead.ts'), ...args];
  return handOver(script);
}

/** Whether node_modules holds what package-lock.json names, by the record that npm keeps of what it installed. */
function isCurrent() {
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record) || !existsSync(node)) return false;
  const installed = packages(record);
  const wanted = packages(join(root, 'package-lock.json'));
  // Optional packages are those of other platforms.
  const missing = Object.keys(wanted).some(
    (path) => path !== '' && !wanted[path].optional && !installed[path],
  );
  const other = Object.keys(installed).some((path) => installed[path].integrity !== wanted[path]?.integrity);
  return !missing && !other;
}

/** @returns {Record<string, { integrity?: string, optional?: boolean }>} */
function packages(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

async function installDependencies() {
  const start = Date.now();
  console.error('Installing dependencies (npm ci), once …');
  const ticker = setInterval(() => {
    console.error(`Installing dependencies (npm ci) … ${Math.round((Date.now() - start) / 1000)} s`);
  }, 10_000);
  const flags = ['--no-audit', '--no-fund', '--loglevel=error'];
  // Its results go to our error stream: what a command prints stays its own.
  const npm = spawn('npm', ['ci', ...flags], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  const end = await ending(npm);
  clearInterval(ticker);
  if (end instanceof Error) console.error(`npm is needed and comes with Node.js: ${end.message}`);
  else if (end !== 0)
    console.error(`npm ci failed with exit code ${end}; its message is above. Then try again.`);
  return end === 0;
}

/** @param {string[]} args */
async function handOver(args) {
  const env = {
    NODE_COMPILE_CACHE: join(root, '.railhead', 'compile-cache'),
    ...process.env,
    PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter),
  };
  const child = spawn(node, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal sends Ctrl-C to the child as well.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  const end = await ending(child);
  if (end instanceof Error) console.error(`${node} does not start: ${end.message}. Run: npm ci`);
  return end instanceof Error ? 1 : end;
}

/** @returns {Promise<number | Error>} Exit code, that of a shell where a signal ended it, or why it did not start. */
function ending(child) {
  return new Promise((resolve) => {
    child.on('error', resolve);
    child.on('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
