import type { Policy } from './define.ts';

/** Levels of the rules that hold on a developer's machine too. */
export const everywhere = { development: 'error', staging: 'error', production: 'error' } as const;

/** Levels of the rules that a developer may break for an experiment. */
export const adviceInDevelopment = { ...everywhere, development: 'advice' } as const;

export const outsideDevelopment = { staging: 'error', production: 'error' } as const;

export const inProduction = { production: 'error' } as const satisfies Policy['levels'];
