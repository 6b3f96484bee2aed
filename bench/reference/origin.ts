/** A server that does nothing but answer, for what stands in front of it to be measured. */
import { createServer } from 'node:http';

const { HOST = '', PORT = '' } = process.env;
const answer = JSON.stringify({ answer: 'x'.repeat(1000) });
const headers = { 'content-type': 'application/json', 'content-length': answer.length };

createServer((_, response) => response.writeHead(200, headers).end(answer)).listen(Number(PORT), HOST);
