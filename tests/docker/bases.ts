import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
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
    python: derive('railhead-test/python', [], []),
    go: derive(
      'railhead-test/go',
      [[goRoot()!, '/usr/local/go']],
      ['PATH=/usr/local/go/bin:/usr/local/bin:/usr/bin:/bin', 'GOPATH=/go', 'GOTOOLCHAIN=local'],
    ),
    base: python,
  };
}

/** Makes an image of that of Python by copies of files of this machine and variables. */
function derive(image: string, copies: [from: string, to: string][], variables: string[]): string {
  const trusted = '/etc/ssl/certs/ca-certificates.crt';
  const certificates = process.env.SSL_CERT_FILE ?? trusted;
  const files: [string, string][] = existsSync(certificates) ? [[certificates, trusted]] : [];
  const given = passedOn.flatMap((name) =>
    process.env[name] === undefined ? [] : [`${name}=${process.env[name]}`],
  );
  const trust = files.length === 0 ? [] : [`SSL_CERT_FILE=${trusted}`, `PIP_CERT=${trusted}`];
  const id = docker('create', python).trim();
  try {
    for (const [from, to] of [...files, ...copies]) docker('cp', '--follow-link', from, `${id}:${to}`);
    const changes = [...variables, ...given, ...trust].flatMap((variable) => ['--change', `ENV ${variable}`]);
    docker('commit', ...changes, id, image);
  } finally {
    docker('rm', id);
  }
  return image;
}

/** Variables that lead package managers to the packages. */
const passedOn = ['PIP_INDEX_URL', 'PIP_DEFAULT_TIMEOUT', 'GOPROXY', 'GONOSUMDB', 'GOSUMDB', 'GOFLAGS'];

function goRoot(): string | undefined {
  const { status, stdout } = spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
