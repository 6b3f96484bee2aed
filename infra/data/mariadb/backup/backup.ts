import { packageFile } from '../../../common/roots.ts';
import { secretsFolder } from '../../container.ts';
import type { Backup } from '../../kind.ts';

const script = (file: string) => packageFile(`infra/data/mariadb/backup/${file}`);

/** Dumps by the owner of the tables. A restore replaces the tables of the dump. */
export const backup: Backup = {
  scripts: { 'backup.sh': script('backup.sh'), 'restore.sh': script('restore.sh') },
  environment: ({ host, port, database }) => ({
    DBHOST: host,
    DBPORT: String(port),
    DBNAME: database,
    SECRETS: secretsFolder,
  }),
};
