import type { SecretText } from '../text.ts';

/** The release of each major version. */
export const releases: Record<string, string> = { 1: '1.8.0' };

/** Clients sign with a region. A server that runs alone accepts only one, and this is the default of most clients. */
export const standardRegion = 'us-east-1';

/** The access key of the administrator, which only creates buckets. */
export const administrator = 'railhead';

interface S3Options {
  address: string;
  port: number;
  /** The folder with the accounts. */
  accounts: string;
}

/** Returns the arguments of `versitygw`, without the folder of the data. */
export function serverArgs({ address, port, accounts }: S3Options): string[] {
  return [
    ...['--port', `${address}:${port}`],
    ...['--region', standardRegion],
    ...['--iam-dir', accounts],
    ...['--health', '/health'],
    '--quiet',
    'posix',
  ];
}

/** Returns the file of accounts. `app` owns the buckets, and a `user` cannot create others. */
export const accountsFile: SecretText = [
  '{"accessAccounts":{"app":{"access":"app","secret":"',
  { passwordOf: 'app' },
  '","role":"user"}}}',
];
