import { z } from 'zod';
import { fields, port } from './fields.ts';

const rangeRule = '"internet", or an IPv4 range such as 10.20.0.0/16';

const octet = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';

/** An IPv4 range in CIDR notation. */
export const ipRange = z
  .string(rangeRule)
  .regex(new RegExp(`^${octet}(\\.${octet}){3}/([12]?\\d|3[0-2])$`), rangeRule);

const rule = fields({
  to: z
    .union([z.literal('internet'), ipRange], rangeRule)
    .describe('All public addresses (internet), or an IPv4 range.'),
  port: port.optional().describe('Allows only this TCP port.'),
});

/** Destinations to which a service may open connections, in addition to the services that it refers to. */
export const egress = z.array(rule, 'a list of destinations').default([]);
