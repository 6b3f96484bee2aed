import type { SecretText } from '../text.ts';

const roles = { owner: 'dbOwner', app: 'readWrite', readonly: 'read' };

/**
 * Returns the script for mongosh that creates the accounts and sets their passwords. Each account exists in the database
 * and in `admin`: the driver or the address of a service chooses one of the two to log in to.
 */
export function accountsScript(database: string): SecretText {
  return [
    ensureAccount,
    ...account('admin', 'superuser', [{ role: 'root', db: 'admin' }]),
    ...Object.entries(roles).flatMap(([login, role]) =>
      [database, 'admin'].flatMap((place) => account(place, login, [{ role, db: database }])),
    ),
  ];
}

const ensureAccount = `const ensure = (place, user, pwd, roles) => {
  const accounts = db.getSiblingDB(place);
  if (accounts.getUser(user) === null) accounts.createUser({ user, pwd, roles });
  else accounts.updateUser(user, { pwd, roles });
};
`;

function account(place: string, login: string, granted: object[]): SecretText {
  return [
    `ensure(${JSON.stringify(place)}, ${JSON.stringify(login)}, "`,
    { passwordOf: login },
    `", ${JSON.stringify(granted)});\n`,
  ];
}
