/**
 * The first step of every npm script and of `npx --no -- railhead`: updates node_modules to match package-lock.json, then
 * runs a file with the Node in node_modules. Runs before anything is installed, on the machine's own Node: plain
 * JavaScript for Node 20, no dependencies.
 *
 *   node tools/bootstrap.mjs --run file …   runs node file …
 *   node tools/bootstrap.mjs --check        exits with code 0 if node_modules is up to date
 */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ownFile = fileURLToPath(import.meta.url);
/** Absolute path of the clone. */
export const root = dirname(dirname(ownFile));
const modules = join(root, 'node_modules');
const node = join(modules, '.bin', 'node');
/** The private key that signs artifacts. Railhead itself takes it from its environment. */
const keyVariable = 'RAILHEAD_SIGNING_KEY';
const claims = join(root, '.railhead', 'installing');

if (realpathSync(process.argv[1]) === ownFile) process.exitCode = await main(process.argv.slice(2));

/** @param {string[]} args */
function main([mode, file, ...args]) {
  if (mode === '--check') return isCurrent() ? 0 : 1;
  if (mode === '--run' && file !== undefined) return bootstrap(file, args);
  console.error('Usage: node tools/bootstrap.mjs --check, or --run file …');
  return 2;
}

/**
 * Runs a file with the project's Node and returns its exit code.
 * @param {string} file
 * @param {string[]} args
 */
export async function bootstrap(file, args) {
  // Neither the scripts of packages nor a build get the private key.
  const { [keyVariable]: key } = process.env;
  delete process.env[keyVariable];
  if (!(await bringDependencies())) return 1;
  // It needs a dependency.
  const { buildPackage } = await import('./package/build.mjs');
  await buildPackage();
  return handOver([file, ...args], key === undefined ? {} : { [keyVariable]: key });
}

/** Returns true if node_modules matches package-lock.json, according to npm's own record of the installed packages. */
function isCurrent() {
  const installed = packages(join(modules, '.package-lock.json'));
  if (installed === undefined || !existsSync(node)) return false;
  const wanted = packages(join(root, 'package-lock.json'));
  if (wanted === undefined) return false; // npm reports the problem.
  // Optional packages may belong to other platforms.
  const missing = Object.keys(wanted).some(
    (path) => path !== '' && !wanted[path].optional && !installed[path],
  );
  const other = Object.keys(installed).some((path) => installed[path].integrity !== wanted[path]?.integrity);
  return !missing && !other;
}

/**
 * @returns {Record<string, { integrity?: string, optional?: boolean }> | undefined} Undefined if the file is missing
 * or is not a lock file.
 */
function packages(lockFile) {
  try {
    const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
    return Object.values(packages).every((entry) => typeof entry === 'object' && entry !== null)
      ? packages
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Runs at most one installation in this clone at a time, since `npm ci` deletes the files that another one has
 * written.
 */
async function bringDependencies() {
  let reported;
  while (!isCurrent()) {
    const claim = takeClaim();
    try {
      const other = otherClaim() ?? npmAtWork();
      if (other === undefined) return await installDependencies();
      if (other !== reported)
        console.error(`Waiting for ${(reported = other)}, which installs the dependencies …`);
    } finally {
      rmSync(claim, { force: true });
    }
    // A random delay, so that two processes that have seen each other's claim do not collide again.
    await sleep(200 + Math.random() * 300);
  }
  return true;
}

function takeClaim() {
  mkdirSync(claims, { recursive: true });
  const claim = join(claims, String(process.pid));
  writeFileSync(claim, '');
  return claim;
}

function otherClaim() {
  for (const name of readdirSync(claims)) {
    if (name === String(process.pid)) continue;
    if (isAlive(Number(name))) return `process ${name}`;
    rmSync(join(claims, name), { force: true });
  }
  return undefined;
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM'; // The process exists and belongs to another user.
  }
}

/** Returns the `npm ci` or `npm install` that the user runs in this clone, if any. Linux only. */
function npmAtWork() {
  if (process.platform !== 'linux') return undefined;
  const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && isInstallation(join('/proc', name)));
  return pid && `npm (process ${pid})`;
}

function isInstallation(folder) {
  try {
    // npm renames its process to `npm ci`; before that it is `node /usr/bin/npm ci`.
    const command = readFileSync(join(folder, 'cmdline'), 'latin1').replaceAll('\0', ' ');
    const installs = /(^|\/)npm(-cli\.js)? (ci|clean-install|install|i|add|update)\b/.test(command);
    return installs && readlinkSync(join(folder, 'cwd')) === root;
  } catch {
    return false; // The process has ended, or belongs to another user.
  }
}

async function installDependencies() {
  const start = Date.now();
  console.error('Installing dependencies (npm ci), once …');
  const ticker = setInterval(() => {
    console.error(`Installing dependencies (npm ci) … ${Math.round((Date.now() - start) / 1000)} s`);
  }, 10_000);
  const flags = ['--no-audit', '--no-fund', '--loglevel=error'];
  // npm's output goes to stderr: stdout is for the command that runs afterwards.
  const npm = spawn('npm', ['ci', ...flags], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  const end = await ending(npm);
  clearInterval(ticker);
  if (end instanceof Error)
    console.error(
      `npm cannot be started: ${end.message}. Install Node.js, which includes npm, then try again.`,
    );
  else if (end !== 0)
    console.error(
      `npm ci failed with exit code ${end}. Fix the problem that its message above describes, then try again.`,
    );
  return end === 0;
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} more variables that only this process gets
 */
async function handOver(args, more) {
  const env = {
    NODE_COMPILE_CACHE: join(root, '.railhead', 'compile-cache'),
    ...process.env,
    ...more,
    PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter),
  };
  const child = spawn(node, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal sends Ctrl-C to the child as well.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  const end = await ending(child);
  if (end instanceof Error) console.error(`${node} cannot be started: ${end.message}. Run: npm ci`);
  return end instanceof Error ? 1 : end;
}

/**
 * @returns {Promise<number | Error>} The exit code (as a shell reports it after a signal), or the reason why it did
 * not start.
 */
function ending(child) {
  return new Promise((resolve) => {
    child.on('error', resolve);
    child.on('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
