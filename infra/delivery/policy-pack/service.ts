import { status, type handleUnaryCall, type UntypedServiceImplementation } from '@grpc/grpc-js';
import rpc from '@pulumi/pulumi/proto/analyzer_pb.js';
import pluginProto from '@pulumi/pulumi/proto/plugin_pb.js';
import { UserError } from '../../../tools/user-error.ts';
import { packageVersion } from '../../common/roots.ts';
import { rules } from '../../policy/rules/index.ts';
import { formatFinding } from '../../policy/format.ts';
import { formatPlace } from '../../stack/tree.ts';
import type { PlacedFinding } from '../../policy/check.ts';
import { openCheck, type EnvironmentCheck } from './check.ts';

const name = 'railhead';
const version = packageVersion();

const componentTypes = new Set(['railhead:index:Service', 'railhead:index:Gateway']);

/** Milliseconds that a call may take. The engine waits for ever. */
const timeLimit = 60_000;

/**
 * Returns the gRPC service `pulumirpc.Analyzer`. With the first resource it checks what the stack file plans, so that even
 * `up --skip-preview` stops before a resource is created. At the end it checks the resources that the program has
 * registered, which transforms may have changed. Responses contain the findings of rules only: requests contain secrets.
 */
export function createAnalyzer(): UntypedServiceImplementation {
  let opened: Promise<EnvironmentCheck> | undefined;
  let hasPlanned = false;
  const shown = new Set<string>();

  /** Returns the findings that no earlier response has. */
  function respond(
    findings: readonly PlacedFinding[],
    urnOf: (service: string) => string,
  ): rpc.AnalyzeResponse {
    const added = findings.filter(
      (finding) => finding.level !== 'waived' && !shown.has(formatFinding(finding)),
    );
    for (const finding of added) shown.add(formatFinding(finding));
    return new rpc.AnalyzeResponse().setDiagnosticsList(
      added.map((finding) => diagnosticOf(finding).setUrn(urnOf(finding.service ?? ''))),
    );
  }

  return {
    handshake: unary(() => new rpc.AnalyzerHandshakeResponse()),
    getPluginInfo: unary(() => new pluginProto.PluginInfo().setVersion(version)),
    getAnalyzerInfo: unary(() =>
      new rpc.AnalyzerInfo()
        .setName(name)
        .setDisplayname('Railhead')
        .setVersion(version)
        .setPoliciesList(rules.map((rule) => describe(rule))),
    ),
    configureStack: unary(async (request: rpc.AnalyzerStackConfigureRequest) => {
      opened = openCheck(request.getStack(), publicConfig(request));
      await opened;
      return new rpc.AnalyzerStackConfigureResponse();
    }),
    analyze: unary(async (request: rpc.AnalyzeRequest) => {
      const check = await opened!;
      const isFirst = !hasPlanned;
      hasPlanned = true;
      // Here a resource has its inputs. At the end of a preview, the engine sends outputs, which are not known yet.
      await check.register(request);
      return respond(isFirst ? await check.planned() : [], () => request.getUrn());
    }),
    analyzeStack: unary(async (request: rpc.AnalyzeStackRequest) => {
      const components = request
        .getResourcesList()
        .filter((resource) => componentTypes.has(resource.getType()));
      const urns = new Map(components.map((resource) => [resource.getName(), resource.getUrn()]));
      return respond(await (await opened!).registered(), (service) => urns.get(service) ?? '');
    }),
    remediate: unary(() => new rpc.RemediateResponse()),
  };
}

/** Returns the config without its secrets. */
function publicConfig(request: rpc.AnalyzerStackConfigureRequest): Record<string, string> {
  const secret = new Set(request.getConfigSecretKeysList());
  const entries = request.getConfigMap().toArray();
  return Object.fromEntries(entries.filter(([key]) => !secret.has(key)));
}

function describe({ name, description }: (typeof rules)[number]): rpc.PolicyInfo {
  return new rpc.PolicyInfo()
    .setName(name)
    .setDisplayname(name)
    .setDescription(description)
    .setEnforcementlevel(rpc.EnforcementLevel.MANDATORY);
}

function diagnosticOf(finding: PlacedFinding): rpc.AnalyzeDiagnostic {
  const { ADVISORY, MANDATORY } = rpc.EnforcementLevel;
  const { description = '' } = rules.find((rule) => rule.name === finding.rule) ?? {};
  return new rpc.AnalyzeDiagnostic()
    .setPolicyname(finding.rule)
    .setPolicypackname(name)
    .setPolicypackversion(version)
    .setDescription(description)
    .setMessage(`${formatPlace(finding.place)}  ${finding.message}`)
    .setEnforcementlevel(finding.level === 'error' ? MANDATORY : ADVISORY);
}

function unary<Request, Response>(
  respond: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const limit = setTimeout(() => {
      reject(new UserError(`The policy pack of Railhead did not answer within ${timeLimit / 1000} s.`));
    }, timeLimit);
    const work = Promise.resolve(call.request).then(respond);
    Promise.race([work, late])
      .finally(() => clearTimeout(limit))
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback({ code: status.FAILED_PRECONDITION, details: textOf(error) }),
      );
  };
}

/** Returns the text of an error. That of an error which is not a UserError may quote a secret. */
function textOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  return `The policy pack of Railhead failed (${error instanceof Error ? error.name : typeof error}).`;
}
