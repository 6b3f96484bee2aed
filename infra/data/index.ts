import type * as z from 'zod';
import type { DataConfig, DataKind } from './kind.ts';
import * as registered from './registry.ts';

export type DataType = keyof typeof registered;

/** A data service: its `kind` is one of the registry. */
export type DataService = { [Type in DataType]: z.output<(typeof registered)[Type]['schema']> }[DataType];

/** Every kind of data service by its type. */
export const dataKinds: {
  [Type in DataType]: Omit<DataKind, 'schema'> & Pick<(typeof registered)[Type], 'schema'>;
} = {
  ...registered,
};

export const dataTypes = Object.keys(dataKinds) as DataType[];

export function isDataType(kind: string): kind is DataType {
  return Object.hasOwn(dataKinds, kind);
}

/** Returns what is the same for all data services of the kind of this one. */
export function kindOf({ kind }: Pick<DataService, 'kind'>): DataKind {
  return dataKinds[kind];
}

/** Returns the image of a data server: its own, that of all servers of its type, or the official one. */
export function serverImage(
  images: { [Type in DataType]?: string | undefined },
  service: Pick<DataService, 'kind' | 'version' | 'image'>,
): string {
  const { image, tags } = kindOf(service);
  return service.image ?? images[service.kind] ?? `${image}:${tags?.[service.version] ?? service.version}`;
}

/** Returns how many connections a server accepts; undefined without a limit, or for an external server that does not say. */
export function connectionsOf(service: DataService): number | undefined {
  const { external, connections }: DataConfig = service;
  const limit = kindOf(service).connections;
  return limit && (connections ?? (external ? undefined : limit.standard));
}
