import { formatSize } from '../../common/size.ts';
import { table } from '../../common/table.ts';
import type { KnownContent } from './contents.ts';
import { describeOrigins } from './origins.ts';
import type { Surplus } from './prune.ts';

/** Draws the contents of a store, at most `width` columns wide. */
export function drawContents(contents: readonly KnownContent[], width: number): string[] {
  const rows = contents.flatMap((content) => {
    const needs = describeOrigins(content.neededBy) || '-';
    return rowsOf(content).map((row) => [...row, needs]);
  });
  return table([['CONTENT', 'SIZE', 'SERVICE', 'ARTIFACT', 'NEEDED BY'], ...rows], width);
}

/** Draws what `prune` deletes, at most `width` columns wide. Nothing needs it. */
export function drawSurplus({ contents, folders }: Surplus, width: number): string[] {
  const local = folders.map(({ name, size }) => [name, formatSize(size)]);
  return [
    ...(contents.length === 0
      ? []
      : table([['CONTENT', 'SIZE', 'SERVICE', 'ARTIFACT'], ...contents.flatMap(rowsOf)], width)),
    ...(contents.length === 0 || folders.length === 0 ? [] : ['']),
    ...(folders.length === 0 ? [] : table([['IN .railhead/artifacts', 'SIZE'], ...local], width)),
  ];
}

/** Returns a text such as `2 contents (3.1 MiB) of the store /srv/rota and 1 folder (12 KiB) of .railhead/artifacts`. */
export function describeSurplus({ contents, folders }: Surplus, store: string): string {
  return [
    ...(contents.length === 0 ? [] : [`${sumUp(contents, 'content')} of ${store}`]),
    ...(folders.length === 0 ? [] : [`${sumUp(folders, 'folder')} of .railhead/artifacts`]),
  ].join(' and ');
}

function sumUp(items: readonly { size: number }[], name: string): string {
  const size = items.reduce((total, item) => total + item.size, 0);
  return `${items.length} ${name}${items.length === 1 ? '' : 's'} (${formatSize(size)})`;
}

/** Returns a row for each artifact that has the content. */
function rowsOf({ digest, size, artifacts }: KnownContent): string[][] {
  const names = artifacts.length === 0 ? [{ service: '-', hash: undefined }] : artifacts;
  return names.map(({ service, hash = '-' }) => [
    ...[digest.slice('sha256:'.length).slice(0, 12), formatSize(size), service, hash],
  ]);
}
