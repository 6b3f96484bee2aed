import * as z from 'zod';
import { placeSchema } from '../../../provider/kind.ts';

const labels = z.record(z.string(), z.string());

/** The service of a canary, and the labels of its balancer and of all its replicas. */
export const canaryPlace = placeSchema.extend({ balancer: labels, replicas: labels });
