/**
 * Renders one stack file for Kubernetes. Prints the milliseconds, without loading the code, until the texts of all
 * files exist. Then writes their objects to a second file, if it is named, as JSON.
 */
import { writeFileSync } from 'node:fs';
import { fillPlan } from '../infra/delivery/render/filled.ts';
import { noSecrets } from '../infra/delivery/render/secrets.ts';
import { buildGraph } from '../infra/graph/graph.ts';
import { ResourceList } from '../infra/plan/resource.ts';
import { loadStack } from '../infra/stack/load.ts';
import { planKubernetes } from '../infra/targets/kubernetes/index.ts';
import { renderManifests, toObjects } from '../infra/targets/kubernetes/manifests.ts';

const [file = '', objects] = process.argv.slice(2);
const environment = 'bench';
const start = performance.now();
const graph = buildGraph(loadStack(file), environment);
const resources = new ResourceList();
planKubernetes(
  graph,
  {},
  { root: '/clone', environment, keyGeneration: 1, dockerPool: undefined, resources },
);
const filled = fillPlan(resources.all, noSecrets);
renderManifests(filled, false);
console.log(performance.now() - start);
if (objects !== undefined) writeFileSync(objects, JSON.stringify(toObjects(filled, false)));
