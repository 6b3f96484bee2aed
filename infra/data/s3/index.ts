import * as z from 'zod';
import { fields, port } from '../../fields/fields.ts';
import { obeys } from '../../fields/rules.ts';
import { dataFields, dataRules, secretKey } from '../fields.ts';
import type { DataKind, Part } from '../kind.ts';
import { host, password, port as portPart, user } from '../parts.ts';
import { s3Container } from './container.ts';
import { releases, standardRegion } from './server.ts';

/** That of MinIO, which many stack files and programs have. */
const standardPort = 9000;

const bucketRule =
  'the name of a bucket, such as uploads: 3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends';
const bucketName = z.string(bucketRule).regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, bucketRule);
const regionRule = 'a region, such as eu-central-1';

const urlRule = 'the URL of an S3 service, such as https://s3.eu-central-1.amazonaws.com';

/** A reference is checked once its value is known. */
const urlForm = /^(https?:\/\/[^\s@/?#]+\/?|.*\$\{\{.*)$/;

const declared = fields({
  ...dataFields({
    kind: 's3',
    versions: ['1'],
    version: '1',
    port: standardPort,
    external: {
      url: z
        .string(urlRule)
        .regex(urlForm, urlRule)
        .describe('Value of S3_ENDPOINT, without the name of a bucket.'),
      bucket: bucketName.describe('Value of S3_BUCKET.'),
      region: z
        .string(regionRule)
        .regex(/^[a-z0-9-]{1,40}$/, regionRule)
        .default(standardRegion)
        .describe('Value of AWS_REGION.'),
      accessKeyId: secretKey.describe('Value of AWS_ACCESS_KEY_ID.'),
      secretAccessKey: secretKey.describe('Value of AWS_SECRET_ACCESS_KEY.'),
    },
  }),
  port: port
    .optional()
    .describe(
      `Default: ${standardPort}, or the next free port if another service has it; 443 for an external service.`,
    ),
  buckets: z
    .array(bucketName, 'a list of buckets')
    .min(1, 'a list of at least one bucket')
    .max(100, 'at most 100 buckets')
    .refine((names) => new Set(names).size === names.length, 'must name each bucket once')
    .default(['data'])
    .describe(
      'Buckets that are created at start. S3_BUCKET is the first one. A bucket that is removed here keeps its objects.',
    ),
});

const schema = obeys(declared, dataRules).transform(({ type, port: written, ...service }) => ({
  kind: type,
  ...service,
  port: written ?? (service.external === undefined ? standardPort : 443),
}));

const endpoint: Part = { part: 'endpoint' };
const bucket: Part = { part: 'bucket' };
const regionPart: Part = { part: 'region' };
const accessKey = user('app');
const secretKeyPart = password('app');

/**
 * Object storage with the API of S3, by the Versity S3 Gateway. Services have an account that owns the buckets and can create no
 * other ones. The variables have the names that SDKs read, and those of Railway's buckets.
 */
export const s3 = {
  title: 'S3',
  schema,
  mistaken: { minio: 'write "s3", to which programs for MinIO connect' },
  image: 'versity/versitygw',
  tags: Object.fromEntries(Object.entries(releases).map(([version, release]) => [version, `v${release}`])),
  replaces: [
    'minio/minio',
    'quay.io/minio/minio',
    'bitnami/minio',
    'bitnamilegacy/minio',
    'ghcr.io/versity/versitygw',
  ],
  port: standardPort,
  readsOlderData: true,
  scheme: 'http',
  otherSchemes: ['https'],
  logins: { app: { user: 'app', output: 'secretKey', field: 'secretAccessKey' } },
  hasDatabase: false,
  externalFields: { bucket: 'bucket', region: 'region', user: 'accessKeyId', password: 'secretAccessKey' },
  variables: {
    // An address with a password in it is of no use to clients of S3.
    URL: endpoint,
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    S3_HOST: host,
    S3_PORT: portPart,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: secretKeyPart,
    AWS_REGION: regionPart,
    AWS_DEFAULT_REGION: regionPart,
    AWS_S3_BUCKET_NAME: bucket,
    ENDPOINT: endpoint,
    BUCKET: bucket,
    REGION: regionPart,
    ACCESS_KEY_ID: accessKey,
    SECRET_ACCESS_KEY: secretKeyPart,
  },
  passwords: { superuser: '-superuser', app: '-app' },
  container: s3Container,
  // The image has no folder of user 999. Everyone can write to this one.
  imageFolder: () => '/var/tmp',
  local: () => import('./local/index.ts'),
  ownerVariables: {},
} satisfies DataKind;
