import { sbomPath } from '../../artifacts/keep-sboms.ts';
import { npmCommand } from '../../common/commands.ts';
import { suggest } from '../../stack/nearest.ts';
import type { Store } from '../../store/store.ts';
import { UserError } from '../../../tools/user-error.ts';
import { readHistory } from '../history/read-history.ts';

/** Returns the bill of materials of what the last update of an environment has deployed. Throws UserError. */
export async function deployedSbom(store: Store, environment: string, service: string): Promise<unknown> {
  const { records } = await readHistory(store, environment, 50);
  const last = records.find(({ release }) => release !== undefined);
  const up = npmCommand('up', environment);
  if (last?.release === undefined) {
    throw new UserError(`No update of ${environment} is recorded in ${store.describe()}. Next: ${up}`);
  }
  const { hash } = last.release[service] ?? {};
  if (hash === undefined) {
    const names = Object.keys(last.release).filter((name) => last.release?.[name]?.hash !== undefined);
    throw new UserError(
      `#${last.number} of ${environment} has no artifact of ${JSON.stringify(service)}; ${suggest(service, names)}`,
    );
  }
  const found = await store.records.read(sbomPath({ service, hash }));
  if (found !== undefined) return found;
  throw new UserError(
    `${store.describe()} has no bill of materials of ${service} ${hash}. An environment that builds it adds one: ${up}`,
  );
}
