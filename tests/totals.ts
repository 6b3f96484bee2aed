import { DefaultReporter, type TestModule } from 'vitest/node';

/** Vitest's own report, closed by `N passed, N failed, N skipped` on a line of its own. An error outside of a test counts as failed. */
export default class Totals extends DefaultReporter {
  override onTestRunEnd(...[modules, errors, reason]: Parameters<DefaultReporter['onTestRunEnd']>): void {
    super.onTestRunEnd(modules, errors, reason);
    const count = (state: 'passed' | 'failed' | 'skipped') =>
      modules.reduce((total, module) => total + [...module.children.allTests(state)].length, 0);
    const failed = count('failed') + errors.length + modules.filter(failedOutside).length;
    console.log(`${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped`);
  }
}

/** Such as a file that cannot be loaded, or whose `beforeAll` fails. */
function failedOutside(module: TestModule): boolean {
  return module.errors().length > 0;
}
