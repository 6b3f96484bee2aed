import assert from 'node:assert/strict';
import { test } from 'vitest';
import { startHint } from './start-hint.ts';

test('the last lines of an image that fails at its start name the field that it needs', () => {
  const cases: [line: string, hint: RegExp | undefined][] = [
    ['mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)', /`tmpfs`/],
    ["Error: EROFS: read-only file system, open '/app/cache'", /readOnly: false/],
    ['chown: /var/lib/postgresql/data: Operation not permitted', /capabilities: \{ add/],
    ['error: failed switching to "redis": operation not permitted', /capabilities: \{ add/],
    ['nginx: [emerg] setgid(101) failed (1: Operation not permitted)', /capabilities: \{ add/],
    ['open() "/etc/nginx/conf.d/default.conf" failed (13: Permission denied)', /user: image/],
    ['nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)', /port from 1024/],
    ['(13)Permission denied: AH00072: make_sock: could not bind to address [::]:80', /port from 1024/],
    ['listen tcp :80: bind: permission denied', /port from 1024/],
    ['Error: listen EACCES: permission denied 0.0.0.0:443', /port from 1024/],
    ['bind() to unix:/run/app.sock failed (13: Permission denied)', /user: image/],
    ['Error: listen EACCES: permission denied /run/app', /user: image/],
    ['FATAL: could not resize shared memory segment "/PostgreSQL.1" to 8388608 bytes', /shmSize/],
    ['accept4() failed (24: Too many open files)', /nofile/],
    ['error: permission denied for schema public', undefined],
    ['connect ECONNREFUSED 10.0.0.1:5432', undefined],
  ];
  for (const [line, hint] of cases) {
    const found = startHint(['starting', line]);
    if (hint === undefined) assert.equal(found, undefined);
    else assert.match(found ?? '', hint, line);
  }
});
