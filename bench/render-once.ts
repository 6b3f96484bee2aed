/**
 * Renders one stack file for Kubernetes. Prints the milliseconds, without loading the code, until the texts of all
 * files exist.
 */
import { evaluate } from '../infra/delivery/render/evaluate.ts';
import { noSecrets } from '../infra/delivery/render/secrets.ts';
import { buildGraph } from '../infra/graph/graph.ts';
import { loadStack } from '../infra/stack/load.ts';
import { deployCluster } from '../infra/targets/kubernetes/index.ts';
import { renderManifests } from '../infra/targets/kubernetes/manifests.ts';

const [file = ''] = process.argv.slice(2);
const environment = 'bench';
const secret = () => {
  throw new Error('the stack has no secrets');
};
const start = performance.now();
const graph = buildGraph(loadStack(file), environment);
const context = { root: '/clone', environment, keyGeneration: 1, dockerPool: undefined, secret };
const program = () => Promise.resolve(deployCluster(graph, {}, context));
renderManifests(await evaluate(program, environment, noSecrets), false);
console.log(performance.now() - start);
