import assert from 'node:assert/strict';
import { test } from 'vitest';
import { formatProblem } from '../stack/problem.ts';
import { graphOf } from './scratch-graph.ts';

/** Fields of a data service, the images of the stack file, and the expected warning. */
const cases: [fields: string, images: string, warning?: string][] = [
  ['type: postgres, image: pgvector/pgvector:pg17', ''],
  ['type: postgres, image: postgis/postgis:17-3.5', ''],
  ['type: postgres, image: ghcr.io/acme/database:3.2', ''],
  ['type: postgres, image: ghcr.io/acme/postgres@sha256:abc', ''],
  ['type: mariadb, version: "11.4", image: mariadb:11', ''],
  ['type: s3, image: localhost:5000/versity/versitygw', ''],
  [
    'type: postgres, image: timescale/timescaledb:2.17-pg16',
    '',
    '3:32  warning: services.db.image: timescale/timescaledb:2.17-pg16 is Postgres 16 by its tag, and "version" is "17": name the same version in both',
  ],
  [
    'type: mariadb, image: mirror.example.com/mariadb:11.4-noble',
    '',
    '3:31  warning: services.db.image: mirror.example.com/mariadb:11.4-noble is MariaDB 11.4 by its tag, and "version" is "10.11": name the same version in both',
  ],
  [
    'type: redis',
    'redis: redis:8',
    '4:18  warning: images.redis: redis:8 is Redis 8 by its tag, and "version" is "7": name the same version in both',
  ],
];

for (const [fields, images, warning] of cases) {
  test(`compares the version and the image of { ${fields} } ${images}`, (t) => {
    const { warnings } = graphOf(t, `name: x\nservices:\n  db: { ${fields} }\nimages: { ${images} }\n`);
    const found = warnings.map((problem) => formatProblem(problem).replace(/^.*stack\.yaml:/, ''));
    assert.deepEqual(found, warning === undefined ? [] : [warning]);
  });
}
