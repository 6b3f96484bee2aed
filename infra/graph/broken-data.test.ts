import { dataTypes, type DataType } from '../data/index.ts';
import { testRefused, type RefusedFields } from './refused-fields.ts';

const secret = '"${{secret.A}}"';
const external = (type: DataType) =>
  type === 's3'
    ? `{ url: "https://s3.example.com", bucket: photos, accessKeyId: ${secret}, secretAccessKey: ${secret} }`
    : `{ url: ${secret} }`;

const settings: RefusedFields[] = [
  ['  type: postgres\n    pooler: 6432', '5:13  services.web.pooler: 6432 is not true or false'],
  [
    `  type: postgres\n    pooler: true\n    external: { url: ${secret} }`,
    '5:13  services.web.pooler: true must be left out with "external": Railhead does not configure an external server',
  ],
  [
    '  type: postgres\n    settings: { Max-Connections: 1 }',
    '5:17  services.web.settings.Max-Connections: "Max-Connections" is not the name of an option of the server in lower case, such as max_connections',
  ],
  [
    '  type: redis\n    settings: { maxmemory: [1] }',
    '5:17  services.web.settings.maxmemory: a list is not a number, true, false, or a text in one line',
  ],
  [
    '  type: redis\n    settings: { timeout: "1\\nrequirepass x" }',
    '5:26  services.web.settings.timeout: "1\\nrequirepass x" is not a number, true, false, or a text in one line',
  ],
  [
    '  type: postgres\n    settings: { port: 5433, listen_addresses: "*", ssl_cert_file: a }',
    '5:23  services.web.settings.port: 5433 must be left out: the field "port" sets this option',
    '5:47  services.web.settings.listen_addresses: "*" must be left out: Railhead sets this option',
    '5:67  services.web.settings.ssl_cert_file: "a" must be left out: Railhead sets this option',
  ],
  [
    '  type: redis\n    settings: { appendonly: false, requirepass: x }',
    '5:29  services.web.settings.appendonly: false must be left out: Railhead sets this option',
    '5:49  services.web.settings.requirepass: "x" must be left out: Railhead sets this option',
  ],
  [
    '  type: mariadb\n    settings: { loose-skip-grant: true, bind-address: ::1 }',
    '5:35  services.web.settings.loose-skip-grant: true must be left out: Railhead sets this option',
    '5:55  services.web.settings.bind-address: "::1" must be left out: Railhead sets this option',
  ],
  [
    '  type: mariadb\n    connections: 50\n    settings: { max-connections: 60 }',
    '5:18  services.web.connections: 50 must be left out with "max_connections" in "settings": both set the same option',
  ],
  [
    '  type: postgres\n    settings: { max_connections: many }',
    '5:34  services.web.settings.max_connections: "many" is not a whole number from 10 to 262143',
  ],
  [
    '  type: redis\n    image: "a b"',
    '5:12  services.web.image: "a b" is not an image, such as ghcr.io/acme/api:1.4',
  ],
  ...dataTypes.map((type): RefusedFields => [
    `  type: ${type}\n    image: acme/server:1\n    external: ${external(type)}`,
    '5:12  services.web.image: "acme/server:1" must be left out with "external": Railhead does not configure an external server',
  ]),
  [
    '  type: postgres\n    extensions: [pgvector, "a b"]',
    '5:18  services.web.extensions.0: "pgvector" must be "vector", the name of the extension',
    '5:28  services.web.extensions.1: "a b" is not the name of an extension, such as vector or pg_trgm',
  ],
  [
    '  type: postgres\n    external: { url: "${{secret.DB}}" }\n    extensions: [vector]',
    '6:5  services.web.extensions: a list must be left out with "external": Railhead does not configure an external server',
  ],
  [
    '  type: postgres\n    external: { url: "${{secret.DB}}" }\n    settings: { work_mem: 4MB }',
    '6:5  services.web.settings: a map must be left out with "external": Railhead does not configure an external server',
  ],
];

const objects: RefusedFields[] = [
  [
    '  type: minio',
    '4:11  services.web.type: "minio" is not one of TYPES; write "s3", to which programs for MinIO connect',
  ],
  [
    '  type: s3\n    buckets: [Up]',
    '5:15  services.web.buckets.0: "Up" is not the name of a bucket, such as uploads: 3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends',
  ],
  ['  type: s3\n    buckets: [one, one]', '5:5  services.web.buckets: a list must name each bucket once'],
  [
    '  type: s3\n    buckets: []',
    '5:5  services.web.buckets: is empty: expected a list of at least one bucket',
  ],
  [
    '  type: s3\n    external: { url: s3.example.com, bucket: photos, accessKeyId: AKIA, secretAccessKey: x }',
    '5:22  services.web.external.url: "s3.example.com" is not the URL of an S3 service, such as https://s3.eu-central-1.amazonaws.com',
    '5:67  services.web.external.accessKeyId: "AKIA" is not a reference to a secret, such as ${{secret.S3_SECRET_KEY}}',
    '5:90  services.web.external.secretAccessKey: "x" is not a reference to a secret, such as ${{secret.S3_SECRET_KEY}}',
  ],
];

const types = dataTypes.join(', ');

testRefused(settings);
testRefused(
  objects.map(([fields, ...expected]) => [fields, ...expected.map((line) => line.replace('TYPES', types))]),
);
