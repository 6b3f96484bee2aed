import { DefaultReporter, type TestModule } from 'vitest/node';

/**
 * Vitest's report, followed by the reason of each skipped test, and by `N passed, N failed, N skipped` on a line of its
 * own. An error outside a test counts as failed.
 */
export default class Totals extends DefaultReporter {
  override onTestRunEnd(...[modules, errors, reason]: Parameters<DefaultReporter['onTestRunEnd']>): void {
    super.onTestRunEnd(modules, errors, reason);
    const all = (state: 'passed' | 'failed' | 'skipped') =>
      modules.flatMap((module) => [...module.children.allTests(state)]);
    for (const test of all('skipped')) {
      const result = test.result();
      const note = result.state === 'skipped' ? result.note : undefined;
      console.log(
        `skipped: ${test.module.relativeModuleId} > ${test.fullName}: ${note ?? 'without a reason'}`,
      );
    }
    const failed = all('failed').length + errors.length + modules.filter(failedOutsideTests).length;
    console.log(`${all('passed').length} passed, ${failed} failed, ${all('skipped').length} skipped`);
  }
}

/** For example, the file cannot be loaded, or its `beforeAll` fails. */
function failedOutsideTests(module: TestModule): boolean {
  return module.errors().length > 0;
}
