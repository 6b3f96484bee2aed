import * as z from 'zod';
import { fields } from '../fields/fields.ts';

const currencyRule = 'a currency code of three letters, such as EUR';
const priceRule = 'a price, a number that is not negative';
const price = z.number(priceRule).nonnegative(priceRule);

/** Prices of what services reserve, with which previews show the cost of a change. No target reads them. */
export const pricing = fields({
  currency: z
    .string(currencyRule)
    .regex(/^[A-Z]{3}$/, currencyRule)
    .describe('Currency of the prices.'),
  cpuHour: price.describe('Price of one CPU core for an hour.'),
  memoryGiBHour: price.describe('Price of 1Gi of memory for an hour.'),
  storageGiBMonth: price.describe('Price of 1Gi of storage for a month.'),
});
