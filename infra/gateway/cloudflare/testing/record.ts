import { setMocks } from '@pulumi/pulumi/runtime/mocks.js';
import { disconnect } from '@pulumi/pulumi/runtime/settings.js';
import { account } from './options.ts';

export interface Recorded {
  type: string;
  name: string;
  /** A secret has the form `{ secret: value }`. */
  inputs: Record<string, unknown>;
}

/** Runs `program` with Pulumi's mocks and returns every resource that it creates, by `<kind> <name>`. */
export async function record(program: () => unknown): Promise<Map<string, Recorded>> {
  const made = new Map<string, Recorded>();
  await setMocks({
    newResource: ({ type, name, ...rest }) => {
      const inputs = rest.inputs as Recorded['inputs'];
      const kind = type.split(':').at(-1)!;
      made.set(`${kind} ${name}`, { type, name, inputs: readable(inputs) as Recorded['inputs'] });
      return { id: `${kind}-${name}`, state: { ...inputs, serviceId: `${name}-id` } };
    },
    call: ({ inputs }) => ({
      ...(inputs as object),
      token: 'a token',
      name: 'rota.example',
      account: { id: account },
    }),
  });
  await program();
  await disconnect();
  return made;
}

/** Signature with which Pulumi marks a secret on the wire. */
const mark = '4dabf18193072939515e22adb298388d';

function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  if (mark in value && 'value' in value) return { secret: readable(value.value) };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}
