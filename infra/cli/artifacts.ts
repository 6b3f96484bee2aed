import { Command, Option } from '@commander-js/extra-typings';
import { npmCommand, railheadCommand } from '../common/commands.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { readEnvironment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { terminalWidth } from '../common/table.ts';
import { knownContents } from '../delivery/artifacts/contents.ts';
import { artifactsDocument } from '../delivery/artifacts/document.ts';
import { describeSurplus, drawContents, drawSurplus } from '../delivery/artifacts/draw.ts';
import { readMentions } from '../delivery/artifacts/mentions.ts';
import { deployedSbom } from '../delivery/artifacts/sbom.ts';
import { deleteSurplus, findSurplus } from '../delivery/artifacts/prune.ts';
import { openStore } from '../store/open-store.ts';
import { aloneEverywhere } from './alone.ts';
import { requireTerminal, requireYes } from './ask.ts';
import { positiveNumber, stackOption, waitOption } from './options.ts';

const list = new Command('list')
  .description('Show the artifacts in the store of an environment, and what needs them.')
  .addOption(stackOption())
  .addOption(keepOption())
  .option('--json', 'print JSON')
  .action(async ({ stack = defaultEnvironment(), keep, json = false }) => {
    const store = openStore(readEnvironment(stack));
    const found = await knownContents(store, await readMentions(projectRoot(), keep));
    if (json) console.log(artifactsDocument(found));
    else if (found.contents.length > 0) console.log(drawContents(found.contents, terminalWidth()).join('\n'));
    else console.log(`There are no artifacts in ${store.describe()}. Next: ${npmCommand('up', stack)}`);
  });

const prune = new Command('prune')
  .description('Delete the artifacts that no release file and no recent update needs, after asking.')
  .addOption(stackOption())
  .addOption(waitOption())
  .addOption(keepOption())
  .option('-y, --yes', 'delete without asking')
  .action(({ stack = defaultEnvironment(), keep, wait = false, yes = false }) =>
    pruneArtifacts(stack, { keep, wait, yes }),
  );

const sbom = new Command('sbom')
  .description('Print the bill of materials (CycloneDX) of an artifact that the last update has deployed.')
  .argument('<service>')
  .addOption(stackOption())
  .action(async (service, { stack = defaultEnvironment() }) => {
    console.log(
      JSON.stringify(await deployedSbom(openStore(readEnvironment(stack)), stack, service), null, 2),
    );
  });

export const command = new Command('artifacts')
  .description('List the artifacts in a store, print what one consists of, or delete what nothing needs.')
  .addCommand(list)
  .addCommand(sbom)
  .addCommand(prune);

interface Options {
  keep: number;
  wait: boolean;
  yes: boolean;
}

/** Lists what nothing needs, asks, and deletes it. Throws UserError. */
async function pruneArtifacts(stack: string, { keep, wait, yes }: Options): Promise<void> {
  const store = openStore(readEnvironment(stack));
  const place = { root: projectRoot(), store, count: keep };
  const surplus = await findSurplus(place);
  if (surplus.others > 0) {
    const kept =
      surplus.others === 1
        ? '1 other entry of the store and keeps it'
        : `${surplus.others} other entries of the store and keeps them`;
    console.log(`Railhead does not know ${kept}.`);
  }
  const what = describeSurplus(surplus, store.describe());
  if (what === '') {
    console.log(`There is nothing to delete in ${store.describe()} and in .railhead/artifacts.`);
    return;
  }
  console.log([...drawSurplus(surplus, terminalWidth()), ''].join('\n'));
  if (!yes)
    await askToDelete(what, railheadCommand(stack, 'artifacts', 'prune', '--keep', String(keep), '--yes'));
  const again = railheadCommand(stack, 'artifacts', 'prune', '--keep', String(keep), '--wait');
  const deleted = await aloneEverywhere(wait, again, () => deleteSurplus(place, surplus));
  console.log(`Deleted ${describeSurplus(deleted, store.describe()) || 'nothing: all of it is needed now'}.`);
}

/** Throws UserError for any answer except yes, and without a terminal. */
async function askToDelete(what: string, withoutQuestion: string): Promise<void> {
  requireTerminal('deleted', `To delete ${what} without a question: ${withoutQuestion}`);
  await requireYes(`Delete ${what}?`, 'deleted');
}

/** Returns the option that says how far back a rollback must be possible. */
function keepOption() {
  return new Option('--keep <count>', 'how many succeeded updates of each environment to keep')
    .argParser(positiveNumber)
    .default(10);
}
