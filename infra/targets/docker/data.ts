import * as z from 'zod';
import { capture } from '../../../tools/command.ts';
import { UserError } from '../../../tools/user-error.ts';
import { sortStores, type Data, type DataPlace } from '../shared/data.ts';
import { lastLine } from '../shared/preflight.ts';
import { ownerLabel } from './labels.ts';

const inspected = z.array(z.object({ Name: z.string(), Labels: z.record(z.string(), z.string()) }));

/** Access to the volumes of an environment, found by their labels: `destroy` keeps volumes, but not in the state. */
export function dockerData(place: DataPlace): Data {
  const names = async () => {
    const { stack, owner } = await place.identity();
    const labels = [`railhead.stack=${stack}`, `railhead.environment=${place.environment}`];
    const filters = labels.flatMap((label) => ['--filter', `label=${label}`]);
    const format = ['--format', `{{.Name}} {{.Label "${ownerLabel}"}}`];
    const found = await docker('volume', 'ls', ...filters, ...format);
    // Volumes of another project with the same name have another owner. Volumes of an older version have none.
    return [...found.matchAll(/^(\S+) (.*)$/gm)].flatMap(([, name = '', other]) =>
      other === '' || other === owner ? [name] : [],
    );
  };
  return {
    async list() {
      const found = await names();
      if (found.length === 0) return [];
      const volumes = inspected.parse(JSON.parse(await docker('volume', 'inspect', ...found)));
      return sortStores(
        volumes.map(({ Name, Labels }) => ({
          service: Labels['railhead.service'] ?? '',
          what: `volume ${Name}`,
        })),
      );
    },
    async remove() {
      const found = await names();
      // `--force`: a volume that no longer exists is not an error.
      if (found.length > 0) await docker('volume', 'rm', '--force', ...found);
    },
  };
}

async function docker(...args: string[]): Promise<string> {
  const { code, stdout, problem } = await capture('docker', args);
  if (code !== 0) throw new UserError(`docker ${args.slice(0, 2).join(' ')}: ${lastLine(problem)}`);
  return stdout;
}
