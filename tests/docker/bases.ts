import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker } from '../../infra/targets/docker/testing/daemon.ts';

/** Images of the daemon that tests of runtimes start from, since no registry may be reachable. */
const python = 'python:3.11-slim';
const node = 'node:24-slim';

/** Returns the reason why the base images of a test cannot be made here; undefined if they can. */
export function lacksBases(): string | undefined {
  const lack = lacksImage(python) ?? lacksImage(node);
  return lack ?? (goRoot() === undefined ? 'there is no Go on the PATH' : undefined);
}

/** Returns the reason why the daemon cannot run an image; undefined if it has it. */
export function lacksImage(image: string): string | undefined {
  const { status } = spawnSync('docker', ['image', 'inspect', image], { stdio: 'ignore' });
  return status === 0 ? undefined : `the Docker daemon has no image ${image}`;
}

/**
 * Makes the base images: Python and Go with the certificates and the package settings of this machine, as a team that reaches its
 * packages through a proxy would make them. Compiled programs run on that of Python.
 */
export function makeBases(): { python: string; go: string; base: string } {
  return {
    python: derive(python, 'railhead-test/python', [], []),
    go: derive(
      python,
      'railhead-test/go',
      [[goRoot()!, '/usr/local/go']],
      ['PATH=/usr/local/go/bin:/usr/local/bin:/usr/bin:/bin', 'GOPATH=/go', 'GOTOOLCHAIN=local'],
    ),
    base: python,
  };
}

/** Returns the reason why the base images of `makePackagedBases` cannot be made here; undefined if they can. */
export function lacksPackagedBases(): string | undefined {
  if (process.arch !== 'x64') return 'the programs of Bun and Deno are those for x64';
  const lack = lacksImage(python);
  if (lack !== undefined) return lack;
  const { status } = spawnSync('docker', ['run', '--rm', python, 'apt-get', '--version'], {
    stdio: 'ignore',
  });
  return status === 0 ? undefined : `the image ${python} is not of Debian`;
}

/**
 * Makes the base images of runtimes whose programs come from packages: Ruby, PHP and Java from those of Debian, Bun and Deno from
 * those of npm. The daemon keeps the layer with the packages of Debian.
 */
export function makePackagedBases(): Record<'ruby' | 'php' | 'java' | 'bun' | 'deno', string> {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-bases-'));
  try {
    writeFileSync(join(folder, 'Dockerfile'), debian);
    docker('build', '--tag', 'railhead-test/debian', folder);
    const programs = join(folder, 'programs');
    run(
      'npm',
      'install',
      '--prefix',
      programs,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      ...npmPackages,
    );
    const keys = '/etc/ssl/certs/java/cacerts';
    const image = derive(
      'railhead-test/debian',
      'railhead-test/packaged',
      [
        ...(existsSync(keys) ? [[keys, keys] as [string, string]] : []),
        [join(programs, 'node_modules/@oven/bun-linux-x64/bin/bun'), '/usr/local/bin/bun'],
        [join(programs, 'node_modules/@deno/linux-x64-glibc/deno'), '/usr/local/bin/deno'],
      ],
      [],
    );
    return { ruby: image, php: image, java: image, bun: image, deno: image };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes an image with PgBouncer, from the package of Debian. */
export function makePgBouncer(): string {
  const image = 'railhead-test/pgbouncer:1';
  const folder = mkdtempSync(join(tmpdir(), 'railhead-pgbouncer-'));
  try {
    writeFileSync(join(folder, 'Dockerfile'), pgbouncer);
    docker('build', '--tag', image, folder);
    return image;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const pgbouncer = `FROM ${python}
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends pgbouncer
`;

/** The packages of npm with the programs of Bun and Deno. */
const npmPackages = ['@oven/bun-linux-x64@1.4.5', '@deno/linux-x64-glibc@2.9.6'];

/** The packages of Java make links to manuals in /usr/share/man, which the image does not have. */
const debian = `FROM ${python}
RUN mkdir -p /usr/share/man/man1 && apt-get update -qq && apt-get install -y -qq --no-install-recommends \
  composer default-jdk-headless maven php-cli ruby ruby-bundler
`;

function run(program: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}

/** Makes an image from another one, with copies of files of this machine and with variables. */
function derive(
  from: string,
  image: string,
  copies: [from: string, to: string][],
  variables: string[],
): string {
  const trusted = '/etc/ssl/certs/ca-certificates.crt';
  const certificates = process.env.SSL_CERT_FILE ?? trusted;
  const files: [string, string][] = existsSync(certificates) ? [[certificates, trusted]] : [];
  const given = passedOn.flatMap((name) =>
    process.env[name] === undefined ? [] : [`${name}=${process.env[name]}`],
  );
  const trust = files.length === 0 ? [] : trusting.map((name) => `${name}=${trusted}`);
  const id = docker('create', from).trim();
  try {
    for (const [file, to] of [...files, ...copies]) docker('cp', '--follow-link', file, `${id}:${to}`);
    const changes = [...variables, ...given, ...trust].flatMap((variable) => ['--change', `ENV ${variable}`]);
    docker('commit', ...changes, id, image);
  } finally {
    docker('rm', id);
  }
  return image;
}

/** Variables that name the file of trusted authorities. */
const trusting = ['SSL_CERT_FILE', 'PIP_CERT', 'NODE_EXTRA_CA_CERTS', 'DENO_CERT'];

/** Variables that lead package managers to the packages. */
const passedOn = ['PIP_INDEX_URL', 'PIP_DEFAULT_TIMEOUT', 'GOPROXY', 'GONOSUMDB', 'GOSUMDB', 'GOFLAGS'];

function goRoot(): string | undefined {
  const { status, stdout } = spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
