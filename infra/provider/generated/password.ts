import { newCredentials, type Credentials } from '../../data/local/credentials.ts';
import { placeSchema, type Kind, type Place } from '../kind.ts';

/** A random password. It exists in Pulumi's state only. */
export const password: Kind<Place, Credentials<'password'>> = {
  inputs: placeSchema,
  outputs: ['password'],
  secretOutputs: ['password'],
  replaceOn: [],
  ignored: ['root'],
  create: () => Promise.resolve(newCredentials(['password'])),
  update: (_inputs, _step, outputs) => Promise.resolve(outputs),
  delete: () => Promise.resolve(),
};
