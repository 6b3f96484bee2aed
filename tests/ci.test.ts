import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'vitest';
import { packageRoot } from '../infra/common/roots.ts';
import { capture } from '../tools/command.ts';

/** Takes the place of npm: the output and the exit code of each suite. */
const npm = `#!/bin/sh
case "$*" in
  test) printf 'failed: a line of the log\\n\\nfailed: a.test.ts > one: no server\\nfailed: a.test.ts > two: 50%% \\\\n\\n2 passed, 2 failed, 1 skipped\\nnpm notice\\n'; exit 1;;
  *docker) printf '3 passed, 0 failed, 0 skipped\\n';;
  *kubernetes) printf '4 passed, 0 failed, 0 skipped\\n'; exit 7;;
  *matrix) echo 'no totals';;
  *delivery) printf '5 passed, 0 failed, 0 skipped\\n';;
  *package) printf '1 passed, 0 failed, 0 skipped\\n';;
esac
`;

test('.ci/run ends with the failures of all suites and their sum', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-ci-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(join(packageRoot, '.ci'), join(folder, 'clone/.ci'), { recursive: true });
  mkdirSync(join(folder, 'bin'));
  // With these, the script installs and starts nothing.
  const nothing = '#!/bin/sh\n';
  const programs = { npm, chromium: nothing, docker: nothing, act: nothing };
  for (const [name, text] of Object.entries(programs))
    writeFileSync(join(folder, 'bin', name), text, { mode: 0o755 });
  const env = { PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter), HOME: folder };
  const { code, stdout } = await capture(join(folder, 'clone/.ci/run'), [], { env });
  assert.equal(code, 1);
  assert.deepEqual(stdout.trimEnd().split('\n').slice(-7), [
    'no totals',
    '1 passed, 0 failed, 0 skipped',
    'failed: a.test.ts > one: no server',
    String.raw`failed: a.test.ts > two: 50% \n`,
    'failed: npm run --silent test:kubernetes: ended with exit code 7',
    'failed: npm run --silent test:matrix: ended without its totals',
    '15 passed, 4 failed, 1 skipped',
  ]);
});
