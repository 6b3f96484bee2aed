/**
 * Preloaded by every Node process of a traced command. Appends a line to the file in BENCH_TRACE for the start and the end of the
 * process, its first output, the first connection that it opens, and the first call of each method that it answers.
 */
import { appendFileSync } from 'node:fs';
import http2 from 'node:http2';
import { basename } from 'node:path';

const file = process.env.BENCH_TRACE;
const program = basename(process.argv[1] ?? '');
const seen = new Set();

if (file !== undefined) {
  mark('start', performance.timeOrigin);
  process.on('exit', () => mark('end'));
  const { write } = process.stdout;
  process.stdout.write = (...args) => {
    mark('output');
    return write.apply(process.stdout, args);
  };
  const { connect, createServer } = http2;
  http2.connect = (...args) => {
    mark('connect');
    return connect(...args);
  };
  http2.createServer = (...args) =>
    createServer(...args).on('stream', (_, headers) => mark(basename(headers[':path'] ?? '')));
}

function mark(what, at = performance.timeOrigin + performance.now()) {
  if (seen.has(what)) return;
  seen.add(what);
  appendFileSync(file, `${JSON.stringify({ process: process.pid, program, what, at })}\n`);
}
