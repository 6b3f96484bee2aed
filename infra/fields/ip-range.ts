import * as z from 'zod';

export const rangeRule = '"internet", or an IPv4 range such as 10.20.0.0/16';

const octet = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';

/** An IPv4 range in CIDR notation. */
export const ipRange = z
  .string(rangeRule)
  .regex(new RegExp(`^${octet}(\\.${octet}){3}/([12]?\\d|3[0-2])$`), rangeRule);
