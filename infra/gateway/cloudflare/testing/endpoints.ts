import { scripts } from './endpoints-scripts.ts';
import { tunnels } from './endpoints-tunnels.ts';
import { zones } from './endpoints-zones.ts';
import type { Endpoint } from './store.ts';

/** Endpoints by `METHOD /path`; the real API has them below `/client/v4`. */
export const endpoints: Record<string, Endpoint> = { ...tunnels, ...scripts, ...zones };
