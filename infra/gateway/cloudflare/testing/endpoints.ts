import { scripts } from './endpoints-scripts.ts';
import { tunnels } from './endpoints-tunnels.ts';
import { zones } from './endpoints-zones.ts';
import type { Endpoint } from './store.ts';

/** By `METHOD /path`, below `/client/v4` of the real one. */
export const endpoints: Record<string, Endpoint> = { ...tunnels, ...scripts, ...zones };
