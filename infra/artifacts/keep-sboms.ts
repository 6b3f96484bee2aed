import type { Records, Store } from '../store/store.ts';
import { readPackages, type Packages } from './packages.ts';
import { sbomOf } from './sbom.ts';
import type { Artifact, DescribedArtifact, DescribedRelease } from './types.ts';

/**
 * Puts a bill of materials of each artifact that was built into the store. It depends on the inputs alone, so the first one stays. An
 * artifact of a release file got its bill where it was built.
 *
 * @param root absolute path of the project
 */
export async function keepSboms(release: DescribedRelease, root: string, { records }: Store): Promise<void> {
  let packages: Promise<Packages> | undefined;
  const built = Object.values(release).filter(({ inputs }) => inputs.release === undefined);
  const sbom = async (artifact: DescribedArtifact) =>
    sbomOf(artifact, await (packages ??= readPackages(root)));
  await Promise.all(built.map((artifact) => writeSbom(artifact, () => sbom(artifact), records)));
}

/** Copies a bill of materials to a store that does not have it. */
export async function copySbom(artifact: Named, from: Records, to: Records): Promise<void> {
  await writeSbom(artifact, () => from.read(sbomPath(artifact)), to);
}

/**
 * Writes a bill that is missing, if there is one. Two processes that write the same bill at the same time write the same text, so
 * neither process waits for the other.
 */
async function writeSbom(artifact: Named, find: () => Promise<unknown>, records: Records): Promise<void> {
  const path = sbomPath(artifact);
  if ((await records.read(path)) !== undefined) return;
  const sbom = await find();
  if (sbom !== undefined) await records.replace(path, sbom);
}

type Named = Pick<Artifact, 'service' | 'hash'>;

/** Returns the path of the record with the bill of materials of an artifact. */
export function sbomPath({ service, hash }: Named): string {
  return `sbom/${service}-${hash}`;
}
