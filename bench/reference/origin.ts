/** A server that only responds, to measure a proxy in front of it. */
import { createServer } from 'node:http';

const { HOST = '', PORT = '' } = process.env;
const answer = JSON.stringify({ answer: 'x'.repeat(1000) });
const headers = { 'content-type': 'application/json', 'content-length': answer.length };

createServer((_, response) => response.writeHead(200, headers).end(answer)).listen(Number(PORT), HOST);
