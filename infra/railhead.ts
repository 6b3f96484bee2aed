/** The library: what a Pulumi program imports from `railhead`. */
export { deploy, type System } from './program/system.ts';
export type { ServiceHandle } from './program/handles.ts';
export type { DeployOptions } from './program/options.ts';
export type { ObjectArgs, Transform, TransformedObject } from './targets/transform.ts';
export type { Hole } from './plan/hole.ts';
