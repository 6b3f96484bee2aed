import { join } from 'node:path';
import { dataKinds, dataTypes } from '../../../data/index.ts';
import { openFolder } from '../../../runtimes/folder.ts';
import { treeAt, type Tree } from '../../../stack/tree.ts';
import { emptyService, type Imported } from '../../facts.ts';
import { say } from '../../say.ts';
import { cannot, childrenOf, defaulted, placeOnly, type Ledger } from '../../ledger.ts';
import { parseInto, readText } from '../../parse.ts';
import { applyRules, settle, textOf, type Rules } from '../../read.ts';
import { folderOf, ofPlace, onePlace } from '../../take.ts';
import { generatedFor } from '../generated.ts';
import { findDockerfile, type RailwayService } from '../service.ts';
import { evaluate } from './evaluate.ts';
import { parseCode } from './parse-code.ts';
import { iacRules, readMounts } from './rules.ts';

export const iacFile = '.railway/railway.ts';

interface Reading {
  root: string;
  exists: (path: string) => boolean;
  ledger: Ledger;
}

/** Reads the literal data of a `.railway/railway.ts` into the import. The code is parsed and not run. */
export async function readIac(imported: Imported, file: string, reading: Reading): Promise<void> {
  const { ledger } = reading;
  const tree = await dataOf(imported, file, reading);
  if (tree === undefined) return;
  applyRules(tree, topRules, undefined, ledger);
  imported.name = textOf(treeAt(tree, ['project', 'name'])) ?? imported.name;
  for (const type of dataTypes)
    for (const [name, config] of childrenOf(treeAt(tree, [type]))) {
      const service = emptyService(name, config);
      say(
        service,
        'image',
        dataKinds[type].image,
        childrenOf(config).length === 0 ? config : placeOnly(config),
      );
      imported.services.push(service);
    }
  for (const [name, config] of childrenOf(treeAt(tree, ['services']))) {
    const service = emptyService(name, config);
    const root = treeAt(config, ['source', 'rootDirectory']) ?? treeAt(config, ['rootDirectory']);
    const folder = folderOf(root);
    if (treeAt(config, ['source', 'image']) === undefined)
      say(service, 'folder', folder, root ?? placeOnly(config));
    const generated = generatedFor(openFolder(join(reading.root, folder)));
    const place: RailwayService = { service, folder, exists: reading.exists, ledger, generated };
    applyRules(config, iacRules(imported), place, ledger);
    findDockerfile(config, place);
    readMounts(treeAt(config, ['volumeMounts']), treeAt(tree, ['volumes']), place);
    imported.services.push(service);
  }
  for (const [, config] of childrenOf(treeAt(tree, ['volumes']))) {
    const size = treeAt(config, ['sizeMB']);
    if (size !== undefined && !ledger.isSettled(size) && !isMounted(size, imported))
      ledger.settle(size, defaulted('no service mounts the volume'));
  }
}

function isMounted(size: Tree, { services }: Imported): boolean {
  return services.some(({ facts }) => facts.volumeSize?.from === size);
}

/** Returns the data without the values that only a run of the program would give, which are settled as such. */
async function dataOf(
  imported: Imported,
  file: string,
  { root, ledger }: Reading,
): Promise<Tree | undefined> {
  const data = await parseInto(imported, file, async () =>
    evaluate(await parseCode(readText(root, file), file), file),
  );
  if (data === undefined) return undefined;
  for (const leaf of data.computed) ledger.settle(leaf, ofCode);
  return without(data.tree, data.computed);
}

const ofCode = cannot(
  'the value is computed: import reads literal values and runs no code',
  'write its value into the stack file',
);

function without(tree: Tree, leaves: ReadonlySet<Tree>): Tree {
  if (tree.kind === 'list')
    return {
      ...tree,
      items: tree.items.filter((item) => !leaves.has(item)).map((item) => without(item, leaves)),
    };
  if (tree.kind === 'scalar') return tree;
  const entries = [...tree.entries].filter(([, { value }]) => !leaves.has(value));
  // An empty map is a leaf, and keeps its identity.
  if (tree.entries.size === 0) return tree;
  return {
    ...tree,
    entries: new Map(
      entries.map(([key, { value, ...rest }]) => [key, { ...rest, value: without(value, leaves) }]),
    ),
  };
}

const ofRailway = cannot('only Railway has it', 'leave it out');

const topRules: Rules<undefined> = {
  partial: settle(defaulted('the stack file has the services of this file')),
  'project.name': settle({ kind: 'mapped', to: 'name' }),
  'project.resources': settle(defaulted('the stack file lists the services themselves')),
  's3.*.region': settle(ofPlace),
  'volumes.*.region': settle(onePlace),
  'volumes.*.allowOnlineResize': settle(ofRailway),
  'volumes.*.alerts': settle(ofRailway),
};
