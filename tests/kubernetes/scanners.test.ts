import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goldenCases, readCase } from '../../infra/delivery/render/golden.ts';
import {
  explainedToKubeLinter,
  explainedToKubeScore,
  type Explained,
} from '../../infra/targets/kubernetes/policy/explained.ts';
import { unless } from '../../tools/testing/unless.ts';

/** Checks with at least one finding. */
const failed = new Set<string>();
const cases = (await goldenCases()).filter(({ target }) => target === 'kubernetes');

for (const golden of cases) {
  unless(missing('kube-score')).test(
    `kube-score finds nothing in ${golden.name} that is not explained`,
    () => {
      const files = filesOf(golden);
      const args = ['score', '--kubernetes-version', 'v1.34', '--output-format', 'json', '-'];
      const found = findingsOfScore(run('kube-score', args, files.join('---\n')));
      for (const { check } of found) failed.add(check);
      assert.deepEqual(
        found.filter((finding) => !isExplained(finding, explainedToKubeScore)),
        [],
      );
    },
  );

  unless(missing('kube-linter')).test(
    `kube-linter finds nothing in ${golden.name} that is not explained`,
    (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'railhead-lint-'));
      t.onTestFinished(() => rmSync(folder, { recursive: true }));
      filesOf(golden).forEach((text, index) => writeFileSync(join(folder, `${index}.yaml`), text));
      const found = findingsOfLinter(run('kube-linter', ['lint', '--format', 'json', folder]));
      for (const { check } of found) failed.add(check);
      assert.deepEqual(
        found.filter((finding) => !isExplained(finding, explainedToKubeLinter)),
        [],
      );
    },
  );
}

const scanners = { 'kube-score': explainedToKubeScore, 'kube-linter': explainedToKubeLinter };
for (const [program, explained] of Object.entries(scanners)) {
  unless(missing(program)).test(`every explanation to ${program} is still needed`, () => {
    assert.deepEqual(
      Object.keys(explained).filter((check) => !failed.has(check)),
      [],
    );
  });
}

/** Returns the files with a valid image tag in place of the placeholder. */
function filesOf(golden: (typeof cases)[number]): string[] {
  return [...readCase(golden).values()].map((text) => text.replaceAll('<hash>', '0123456789abcdef'));
}

interface Finding {
  check: string;
  /** `<kind>/<name>` */
  object: string;
}

function isExplained({ check, object }: Finding, explained: Record<string, Explained>): boolean {
  return explained[check]?.in.test(object) ?? false;
}

function findingsOfScore(text: string): Finding[] {
  const objects = JSON.parse(text) as {
    type_meta: { kind: string };
    object_meta: { name: string };
    checks: { check: { id: string }; grade: number; skipped: boolean }[] | null;
  }[];
  return objects.flatMap(({ type_meta: { kind }, object_meta: { name }, checks }) =>
    (checks ?? [])
      // 10 is "all OK", 7 "almost".
      .filter(({ grade, skipped }) => !skipped && grade < 10)
      .map(({ check }) => ({ check: check.id, object: `${kind}/${name}` })),
  );
}

function findingsOfLinter(text: string): Finding[] {
  const { Reports } = JSON.parse(text) as {
    Reports:
      { Check: string; Object: { K8sObject: { Name: string; GroupVersionKind: { Kind: string } } } }[] | null;
  };
  return (Reports ?? []).map(({ Check, Object: { K8sObject } }) => ({
    check: Check,
    object: `${K8sObject.GroupVersionKind.Kind}/${K8sObject.Name}`,
  }));
}

function run(program: string, args: string[], input = ''): string {
  const { stdout, error } = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  if (error) throw error;
  return stdout;
}

function missing(program: string): string | undefined {
  return spawnSync(program, ['version']).error ? `${program} is not on the PATH` : undefined;
}
