import * as z from 'zod';
import { fields, port } from '../fields/fields.ts';
import { ipRange, rangeRule } from '../fields/ip-range.ts';

const rule = fields({
  to: z
    .union([z.literal('internet'), ipRange], rangeRule)
    .describe('All public addresses (internet), or an IPv4 range.'),
  port: port.optional().describe('Allows only this TCP port.'),
});

/** Destinations to which a service may open connections, in addition to the services that it refers to. */
export const egress = z.array(rule, 'a list of destinations').default([]);
