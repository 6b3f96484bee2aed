import { treeAt, type Tree } from '../../stack/tree.ts';
import { say } from '../say.ts';
import { cannot, defaulted, placeOnly } from '../ledger.ts';
import { itemsOf, textOf, textsOf } from '../read.ts';
import type { ComposeService } from './compose-service.ts';
import { substitute } from './interpolate.ts';

const ofNvidia = defaulted('GPUs are those of NVIDIA');
const otherDevice = cannot(
  'a service gets GPUs of NVIDIA, and no other devices',
  'run it outside of Railhead',
);
const ofAll = defaulted('no file says how many GPUs there are, so each replica gets one');

/** Takes the GPUs of a service: `all`, or a list of devices, each with a count or with ids. */
export function gpus(tree: Tree, { service, environment }: ComposeService): undefined {
  const { ledger } = environment;
  const resolve = (text: string | undefined) => substitute(text ?? '', environment);
  if (tree.kind === 'scalar') return addOne(tree);
  for (const device of itemsOf(tree)) {
    const [driver, capabilities, count, ids] = ['driver', 'capabilities', 'count', 'device_ids'].map((key) =>
      treeAt(device, [key]),
    );
    const isOther =
      (driver !== undefined && resolve(textOf(driver)) !== 'nvidia') ||
      (capabilities !== undefined && !textsOf(capabilities).some((name) => /^(gpu|nvidia)$/.test(name)));
    if (isOther) {
      ledger.settle(device, otherDevice);
      continue;
    }
    for (const part of [driver, capabilities]) if (part !== undefined) ledger.settle(part, ofNvidia);
    const number = ids === undefined ? Number(resolve(textOf(count))) : itemsOf(ids).length;
    const from = ids ?? count;
    if (from !== undefined && Number.isInteger(number) && number > 0) add(number, from);
    else addOne(from ?? device);
  }
  return undefined;

  function add(number: number, from: Tree): void {
    const { value = 0, from: former } = service.facts.gpu ?? {};
    const items = former === undefined ? [from] : [former, from];
    service.facts.gpu = { value: value + number, from: { kind: 'list', place: from.place, items } };
  }

  function addOne(from: Tree): undefined {
    ledger.settle(from, ofAll);
    if (service.facts.gpu === undefined) say(service, 'gpu', 1, placeOnly(from));
  }
}
