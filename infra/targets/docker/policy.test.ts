import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { goldenCases, readCase } from '../../delivery/render/golden.ts';
import { dockerBenchmark, type ComposeFile, type ComposeService } from './policy.ts';

test('violations of the Docker benchmark are reported', async () => {
  const cases: [(service: ComposeService) => void, RegExp][] = [
    [(service) => (service.user = 'root'), /4.1/],
    [(service) => (service.cap_drop = []), /5.4/],
    [(service) => (service.cap_add = ['SYS_ADMIN']), /5.4/],
    [(service) => (service.privileged = true), /5.5/],
    [(service) => (service.volumes = ['/var/run/docker.sock:/x']), /5.32/],
    [(service) => (service.network_mode = 'host'), /5.10/],
    [(service) => delete service.mem_limit, /5.11/],
    [(service) => delete service.cpus, /5.12/],
    [(service) => (service.read_only = false), /5.13/],
    [(service) => (service.ports = ['8080:8080']), /5.14/],
    [(service) => (service.pid = 'host'), /5.16/],
    [(service) => (service.ipc = 'host'), /5.17/],
    [(service) => (service.devices = ['/dev/kvm']), /5.18/],
    [(service) => (service.uts = 'host'), /5.21/],
    [(service) => service.security_opt!.push('seccomp:unconfined'), /5.22/],
    [(service) => (service.security_opt = []), /5.26/],
    [(service) => delete service.healthcheck, /5.27/],
    [(service) => delete service.pids_limit, /5.29/],
    [(service) => delete service.networks, /5.30/],
    [(service) => (service.userns_mode = 'host'), /5.31/],
  ];
  const golden = (await goldenCases()).find(({ name }) => name === 'rota-docker')!;
  for (const [change, problem] of cases) {
    const file = parse(readCase(golden).get('compose.yaml') ?? '') as ComposeFile;
    change(file.services['api-1']!);
    const found = dockerBenchmark(file).filter(({ object }) => object === 'api-1');
    assert.ok(
      found.some((violation) => problem.test(violation.problem)),
      JSON.stringify(found),
    );
  }
});
