import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { contentOf } from '../../store/archive.ts';
import { folderStore } from '../../store/folder-store.ts';
import type { Store } from '../../store/store.ts';
import { record } from '../history/testing.ts';
import type { HistoryRecord, RecordedRelease } from '../history/record.ts';
import { temporaryFolder } from '../testing.ts';

export const old = new Date('2026-03-04T05:06:07Z');

/** The hash of the artifact of any service. */
export const hash = 'ad4bcd77e8335c21';

/** What works in a project with the environment `dev`, whose store is `.railhead/store`. */
export interface Shop {
  root: string;
  store: Store;
  /** Puts an old content for a service into the store, and returns its digest. */
  put: (service: string) => Promise<string>;
  /** Returns a release with the content of a service. */
  releaseOf: (service: string) => Promise<RecordedRelease>;
  /** Creates a record of an update that succeeded. */
  record: (changes: Partial<HistoryRecord>, store?: Store) => Promise<void>;
  /** Creates the folder of an artifact. */
  folder: (service: string, made?: Date) => string;
  write: (path: string, text: string) => void;
}

export function openShop(t: TestContext, root = temporaryFolder(t)): Shop {
  const folder = join(root, '.railhead/store');
  const store = folderStore(folder);
  const write: Shop['write'] = (path, text) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const digestOf = (service: string) => {
    write(`sources/${service}/main.js`, service);
    return contentOf(join(root, 'sources', service));
  };
  write('Pulumi.dev.yaml', 'config: { railhead:stackFile: shop.yaml, railhead:target: process }\n');
  return {
    ...{ root, store, write },
    put: async (service) => {
      const digest = await digestOf(service);
      await store.objects.put(digest, join(root, 'sources', service));
      utimesSync(join(folder, 'objects/sha256', `${digest.slice('sha256:'.length)}.tar`), old, old);
      return digest;
    },
    releaseOf: async (service) => ({ [service]: { hash, content: await digestOf(service) } }),
    record: async (changes, into = store) => {
      const whole = record(changes);
      await into.records.create(`history/${whole.environment}/${whole.number}`, whole);
    },
    folder: (service, made = old) => {
      const path = `.railhead/artifacts/${service}-${hash}`;
      write(`${path}/main.js`, service);
      utimesSync(join(root, path), made, made);
      return `${service}-${hash}`;
    },
  };
}
