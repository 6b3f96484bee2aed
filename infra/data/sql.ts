import { address } from './fields.ts';

// What the servers with a database have in common: an owner of the tables, an account for rows and one for reading them.

export const sqlLogins = {
  app: { user: 'app', output: 'appPassword', field: 'url' },
  readonly: { user: 'readonly', output: 'readonlyPassword', field: 'readonlyUrl' },
  owner: { user: 'owner', output: 'ownerPassword', field: 'ownerUrl' },
};

export const sqlPasswords = {
  superuser: '-superuser',
  owner: '-owner',
  app: '-app',
  readonly: '-readonly',
};

/** Returns the addresses of an external server. `variable`: the variable with the address of `app`. */
export const sqlAddresses = (variable: string) => ({
  url: address.describe(`Value of ${variable}.`),
  readonlyUrl: address.optional().describe('Value of READONLY_URL; default: `url`.'),
  ownerUrl: address.optional().describe('Value of OWNER_URL; default: `url`.'),
});
