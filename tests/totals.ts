import { DefaultReporter, type TestCase, type TestModule, type TestSuite } from 'vitest/node';

/**
 * Vitest's report, followed by the reason of each skipped test, by the first line of each failure, and by
 * `N passed, N failed, N skipped` on a line of its own. An error outside a test counts as failed.
 */
export default class Totals extends DefaultReporter {
  override onTestRunEnd(...[modules, errors, reason]: Parameters<DefaultReporter['onTestRunEnd']>): void {
    super.onTestRunEnd(modules, errors, reason);
    const all = (state: 'passed' | 'failed' | 'skipped') =>
      modules.flatMap((module) => [...module.children.allTests(state)]);
    for (const test of all('skipped')) {
      const result = test.result();
      const note = result.state === 'skipped' ? result.note : undefined;
      console.log(`skipped: ${nameOf(test)}: ${note ?? 'without a reason'}`);
    }
    const failures = [
      ...modules
        .flatMap((module) => [...parts(module)])
        .filter(hasFailed)
        .map(describe),
      ...errors.map((error) => `outside the tests: ${firstLine(error)}`),
    ];
    for (const failure of failures) console.log(`failed: ${failure}`);
    console.log(
      `${all('passed').length} passed, ${failures.length} failed, ${all('skipped').length} skipped`,
    );
  }
}

function* parts(module: TestModule): Generator<TestModule | TestSuite | TestCase> {
  yield module;
  yield* module.children.allSuites();
  yield* module.children.allTests();
}

/** A file fails itself if it cannot be loaded, and a file or a suite if its `beforeAll` fails. */
function hasFailed(part: TestModule | TestSuite | TestCase): boolean {
  return part.type === 'test' ? part.result().state === 'failed' : part.errors().length > 0;
}

function describe(part: TestModule | TestSuite | TestCase): string {
  const errors = part.type === 'test' ? part.result().errors : part.errors();
  return `${nameOf(part)}: ${firstLine(errors?.[0])}`;
}

function nameOf(part: TestModule | TestSuite | TestCase): string {
  return part.type === 'module'
    ? part.relativeModuleId
    : `${part.module.relativeModuleId} > ${part.fullName}`;
}

function firstLine(error: { message: string } | undefined): string {
  return error?.message.split('\n')[0] || 'without a message';
}
