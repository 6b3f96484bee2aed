import { posix } from 'node:path';
import { quote } from '../common/commands.ts';
import { siteOutputs } from '../site/site.ts';
import { addBuildVariables } from './build-variables.ts';
import type { Draft } from './draft.ts';
import type { Fact, ImportedService } from './facts.ts';
import { cannot, defaulted, type Ledger } from './ledger.ts';

/** Whether a service is a site of files, which Railhead's own server serves. */
export function isSite({ facts }: Pick<ImportedService, 'facts'>): boolean {
  return facts.runtime?.value === 'static';
}

/**
 * Makes the build of a site leave its files where the server looks for them: the folder of the output, and the page for all paths.
 * Without a build, the folder of the output is the source.
 */
export function planSite(service: ImportedService, ledger: Ledger): void {
  const { facts } = service;
  const { siteOutput, siteApp, folder } = facts;
  if (!isSite(service) || folder === undefined) return;
  const output = posix.normalize(siteOutput?.value ?? '.').replace(/\/$/, '');
  if (siteOutput !== undefined && siteOutputs.includes(output))
    ledger.settle(siteOutput.from, defaulted(`a site serves the folder ${output} of its build`));
  else if (siteOutput !== undefined && facts.build === undefined)
    facts.folder = together(folder, siteOutput, posix.join(folder.value, output));
  else if (siteOutput !== undefined && output !== '.')
    addToBuild(service, `rm -rf ${siteOutputs[0]} && mv ${quote(output)} ${siteOutputs[0]}`, siteOutput);
  else if (siteOutput !== undefined)
    ledger.settle(siteOutput.from, defaulted('a site serves its own folder'));
  if (siteApp === undefined) return;
  const served = facts.build === undefined ? '.' : siteOutputs.includes(output) ? output : siteOutputs[0];
  const at = (name: string) => posix.join(output === '.' ? '.' : (served ?? '.'), name);
  addToBuild(service, `cp ${at('index.html')} ${at('200.html')}`, siteApp);
}

function addToBuild({ facts }: ImportedService, command: string, cause: Fact<unknown>): void {
  const { build } = facts;
  facts.build =
    build === undefined
      ? { value: command, from: cause.from }
      : together(build, cause, `${build.value} && ${command}`);
}

function together<T>(fact: Fact<T>, { from }: Fact<unknown>, value: T): Fact<T> {
  return { value, from: { kind: 'list', place: fact.from.place, items: [fact.from, from] } };
}

const ofSecret = cannot(
  'everyone can read what the build of a site writes, so it gets no secrets',
  'if the value is public, write it into `variables` and its name into `buildVariables`',
);

/** The platform gives all variables of a site to its build: its files read none. */
export function writeSiteVariables(
  draft: Draft,
  service: ImportedService,
  owner: string,
  ledger: Ledger,
): void {
  if (!isSite(service) || service.facts.build === undefined) return;
  const names = [...service.variables].flatMap(([name, { from }]) => {
    const isSecret = String(draft.get('services', owner, 'variables', name)).includes('${{secret.');
    if (isSecret) ledger.settle(from, ofSecret);
    return isSecret ? [] : [name];
  });
  addBuildVariables(draft, owner, names);
}
