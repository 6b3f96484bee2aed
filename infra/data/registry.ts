// One line for each kind of data service. The name is the `type` of the stack file.
export { mariadb } from './mariadb/index.ts';
export { mongodb } from './mongodb/index.ts';
export { mysql } from './mysql/index.ts';
export { postgres } from './postgres/index.ts';
export { redis } from './redis/index.ts';
export { s3 } from './s3/index.ts';
