import type { Part } from './kind.ts';

export const directHost: Part = { part: 'host', direct: true };
export const directPort: Part = { part: 'port', direct: true };
export const directUrl = (login: string): Part => ({ part: 'url', login, direct: true });
export const host: Part = { part: 'host' };
export const port: Part = { part: 'port' };
export const database: Part = { part: 'database' };
export const url = (login: string): Part => ({ part: 'url', login });
export const user = (login: string): Part => ({ part: 'user', login });
export const password = (login: string): Part => ({ part: 'password', login });
