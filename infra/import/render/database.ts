import { treeAt, type Tree } from '../../stack/tree.ts';
import { say } from '../say.ts';
import { cannot, childrenOf, defaulted, type Outcome } from '../ledger.ts';
import { settle, textOf, type Rules } from '../read.ts';
import { ofPlace, ofPullRequests, size, type Taking } from '../take.ts';
import { dataPlan } from './plans.ts';

export const ofName = defaulted('it is the name of the service');
const oneServer = cannot('a data service has one server', 'use another server with `external`');

/** Takes the name of an account or of the database, by which the values of other services name them. */
function account(variable: string): Rules<Taking>[string] {
  return (tree, { service }) => {
    const value = textOf(tree);
    if (value !== undefined) service.variables.set(variable, { value, from: tree });
    return undefined;
  };
}

function version(tree: Tree, { service }: Taking): undefined {
  const major = textOf(tree);
  if (major !== undefined) say(service, 'image', `postgres:${major}`, tree);
}

/** An empty list allows no connection from other networks. */
export function ipAllowList(tree: Tree): Outcome {
  return childrenOf(tree).length === 0
    ? defaulted('a data service is private')
    : cannot('a data service is private: other machines cannot connect to it', 'leave it out');
}

/** The fields of a database. */
export const databaseRules: Rules<Taking> = {
  name: settle(ofName),
  databaseName: account('POSTGRES_DB'),
  user: account('POSTGRES_USER'),
  postgresMajorVersion: version,
  plan: dataPlan,
  diskSizeGB: size('volumeSize', 'GB'),
  region: settle(ofPlace),
  ipAllowList,
  readReplicas: settle(oneServer),
  highAvailability: (tree) =>
    textOf(treeAt(tree, ['enabled'])) === 'false' ? defaulted('a data service has one server') : oneServer,
  storageAutoscalingEnabled: settle(
    cannot('the storage of a data service does not grow by itself', 'write `storage`'),
  ),
  previewPlan: settle(ofPullRequests),
  previewDiskSizeGB: settle(ofPullRequests),
};
