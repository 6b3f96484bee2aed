import { Command, Option } from '@commander-js/extra-typings';
import { projectRoot } from '../common/roots.ts';
import { table, terminalWidth } from '../common/table.ts';
import type { AffectedDocument } from '../delivery/affected/document.ts';
import { stackOption, valueOption } from './options.ts';

export const command = new Command('affected')
  .description('List the services that a branch changes, for pipelines with a job per service.')
  .addOption(
    valueOption('--base <commit>', 'the branch or commit that the head branched off').makeOptionMandatory(),
  )
  .addOption(valueOption('--head <commit>', 'the later commit; by default the working tree'))
  .addOption(stackOption('only this environment; by default all of them'))
  .option('--dependents', 'also services that connect to the affected ones')
  .addOption(new Option('--json', 'print JSON').conflicts(['github', 'gitlab']))
  .addOption(
    new Option('--github', 'print `matrix`, `count` and `environments` for $GITHUB_OUTPUT').conflicts([
      'gitlab',
    ]),
  )
  .addOption(
    valueOption('--gitlab <file>', 'print a child pipeline; its jobs extend `.service` of this file'),
  )
  .action(async ({ base, head, stack: environment, dependents = false, json, github, gitlab }) => {
    const { affectedServices } = await import('../delivery/affected/affected.ts');
    const found = await affectedServices({ base, head, environment, progress: console.error });
    if (json) return console.log(JSON.stringify(found, undefined, 2));
    const { gitlabPipeline, githubOutput, jobsOf } = await import('../delivery/affected/matrix.ts');
    const jobs = jobsOf(found, dependents);
    if (github) {
      const { pipelineEnvironments } = await import('../delivery/environments/pipeline.ts');
      const deployed = pipelineEnvironments(projectRoot());
      const names = found.changed.filter((name) => deployed.includes(name));
      return console.log(githubOutput(jobs, names));
    }
    if (gitlab !== undefined) return console.log(gitlabPipeline(jobs, gitlab));
    console.log(draw(found, dependents).join('\n'));
  });

function draw({ services, dependents, removed }: AffectedDocument, withDependents: boolean): string[] {
  const rows = [
    ...services.map(({ service, source = '', changes }) => [service, source, changes.join(', ')]),
    ...(withDependents ? dependents : []).map(({ service, source = '', references }) => [
      service,
      source,
      `connects to ${references.join(', ')}`,
    ]),
    ...removed.map((service) => [service, '', 'removed']),
  ];
  return rows.length === 0 ? ['No service is affected.'] : table(rows, terminalWidth());
}
