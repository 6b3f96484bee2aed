import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../infra/common/roots.ts';
import { capture } from '../tools/command.ts';

interface Note {
  id: number;
  author: { id: number };
  body: string;
}

const [, text = ''] =
  /```yaml\n(railhead-preview:[^]*?)```/.exec(
    readFileSync(join(packageRoot, 'infra/github/README.md'), 'utf8'),
  ) ?? [];
const jobs = parse(text) as Record<string, { script: string[]; rules: { when?: string }[] }>;
const own = 5;

test('the documented job creates a note, then finds it on the third page and updates it', async (t) => {
  const gitlab = await startGitLab(t);
  await gitlab.post('First');
  assert.deepEqual(gitlab.notes, [
    { id: 1, author: { id: own }, body: '<!-- railhead-preview -->\n\nFirst' },
  ]);
  const forged = { id: 999, author: { id: 6 }, body: '<!-- railhead-preview -->\n\nForged' };
  gitlab.notes.unshift(forged, ...Array.from({ length: 230 }, (_, index) => note(1000 + index)));
  await gitlab.post('Second');
  assert.equal(gitlab.notes.length, 232);
  assert.equal(gitlab.notes.at(-1)?.body, '<!-- railhead-preview -->\n\nSecond');
  assert.deepEqual(gitlab.notes[0], forged);
});

test('the documented job fails without a valid token', async (t) => {
  const gitlab = await startGitLab(t);
  const { code, problem } = await gitlab.post('First', 'wrong');
  assert.equal(code, 1);
  assert.match(problem, /GitLab answered \/user with 401/);
});

test.each([
  { preview: 'nothing changes', exit: 0, job: 0 },
  { preview: 'something changes', exit: 2, job: 0 },
  { preview: 'the change cannot be deployed', exit: 1, job: 1 },
])('the job that previews ends with $job if $preview', async ({ exit, job }) => {
  const steps = jobs['railhead-preview']!.script;
  const script = ['set -eo pipefail', `npx() { return ${exit}; }`, ...steps.slice(steps.indexOf('code=0'))];
  assert.equal((await capture('bash', ['-c', script.join('\n')])).code, job);
});

test('the job that posts also runs after a preview that failed', () => {
  assert.deepEqual(
    jobs['railhead-preview-post']?.rules.map(({ when }) => when),
    ['always'],
  );
});

function note(id: number): Note {
  return { id, author: { id: 6 }, body: 'Nice' };
}

/** Starts a stand-in of the notes of GitLab's API, and returns how to run the job against it. */
async function startGitLab(t: TestContext) {
  const notes: Note[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const { method, headers } = request;
      const url = new URL(request.url ?? '', 'http://gitlab');
      const body = (await request.toArray()).join('');
      const send = (status: number, value: unknown, more = {}) =>
        response.writeHead(status, more).end(JSON.stringify(value));
      const [, id] = /^\/projects\/3\/merge_requests\/7\/notes(?:\/(\d+))?$/.exec(url.pathname) ?? [];
      const text = () => (JSON.parse(body) as Note).body;
      if (headers['private-token'] !== 'right') return send(401, {});
      if (url.pathname === '/user') return send(200, { id: own });
      if (method === 'GET') {
        const page = Number(url.searchParams.get('page'));
        const next = page * 100 < notes.length ? String(page + 1) : '';
        return send(200, notes.slice((page - 1) * 100, page * 100), { 'x-next-page': next });
      }
      if (method === 'POST') notes.push({ id: 1, author: { id: own }, body: text() });
      const found = notes.find((each) => each.id === Number(id));
      if (method === 'PUT' && found !== undefined) found.body = text();
      return send(method === 'PUT' && found === undefined ? 404 : 200, {});
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'railhead-gitlab-'));
  t.onTestFinished(async () => {
    rmSync(folder, { recursive: true });
    await new Promise((resolve) => server.close(resolve));
  });
  const post = (preview: string, token = 'right') => {
    writeFileSync(join(folder, 'preview.md'), preview);
    const env = {
      PATH: process.env.PATH,
      CI_API_V4_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      CI_PROJECT_ID: '3',
      CI_MERGE_REQUEST_IID: '7',
      RAILHEAD_TOKEN: token,
    };
    const script = jobs['railhead-preview-post']?.script.join('\n') ?? '';
    return capture('bash', ['-e', '-c', script], { cwd: folder, env });
  };
  return { notes, post };
}
