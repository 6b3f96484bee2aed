import { treeAt, type Tree } from '../../stack/tree.ts';
import type { Imported, ImportedService } from '../facts.ts';
import { say } from '../say.ts';
import { defaulted, placeOnly, type Ledger } from '../ledger.ts';
import { readInto } from '../parse.ts';
import { textOf } from '../read.ts';

const rootVariable = 'RAILPACK_STATIC_FILE_ROOT';
const appVariable = 'RAILPACK_SPA_OUTPUT_DIR';

interface Reading {
  root: string;
  exists: (path: string) => boolean;
  imported: Imported;
  ledger: Ledger;
}

const ofStart = defaulted('`start` serves the files');

/** Finds a service whose files Railpack itself serves: variables or a Staticfile name their folder. A start command has a server of its own. */
export async function findSite(
  service: ImportedService,
  { root, exists, imported, ledger }: Reading,
): Promise<void> {
  const { facts, variables } = service;
  const file =
    facts.folder && (facts.folder.value === '.' ? 'Staticfile' : `${facts.folder.value}/Staticfile`);
  const tree = file !== undefined && exists(file) ? await readInto(imported, root, file) : undefined;
  const isOwn = facts.start !== undefined || facts.dockerfile !== undefined || facts.image !== undefined;
  const found = [
    [variables.get(appVariable), true],
    [variables.get(rootVariable), false],
  ] as const;
  for (const name of [appVariable, rootVariable]) variables.delete(name);
  if (isOwn) {
    for (const from of [tree, ...found.map(([fact]) => fact?.from)])
      if (from !== undefined) ledger.settle(from, ofStart);
    return;
  }
  for (const [fact, isApp] of found)
    if (fact !== undefined) saySite(service, fact.value, fact.from, isApp ? fact.from : undefined);
  const served = tree && treeAt(tree, ['root']);
  if (tree === undefined) return;
  const fallback = treeAt(tree, ['index_fallback']);
  const isApp = textOf(fallback) === 'true';
  if (fallback !== undefined && !isApp)
    ledger.settle(fallback, defaulted('the site has a page for each path'));
  if (facts.siteOutput === undefined)
    saySite(service, textOf(served) ?? '.', served ?? placeOnly(tree), isApp ? fallback : undefined);
  else if (served !== undefined) ledger.settle(served, defaulted('a variable names another folder'));
}

function saySite(service: ImportedService, folder: string, from: Tree, app: Tree | undefined): void {
  if (service.facts.siteOutput !== undefined) return;
  say(service, 'runtime', 'static', placeOnly(from));
  say(service, 'siteOutput', folder, from);
  if (app !== undefined) say(service, 'siteApp', 'index.html', app);
  service.listens = true;
}
