// Written by `npm run api`: all types that this entry of the package exports, in one file because a review reads it as a whole.

import { ContainerArgs } from '@pulumi/docker/container.js';
import { NetworkArgs } from '@pulumi/docker/network.js';
import { RemoteImageArgs } from '@pulumi/docker/remoteImage.js';
import { VolumeArgs } from '@pulumi/docker/volume.js';
import { CustomResourceArgs } from '@pulumi/kubernetes/apiextensions/customResource.js';
import { DeploymentArgs } from '@pulumi/kubernetes/apps/v1/deployment.js';
import { StatefulSetArgs } from '@pulumi/kubernetes/apps/v1/statefulSet.js';
import { HorizontalPodAutoscalerArgs } from '@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js';
import { CronJobArgs } from '@pulumi/kubernetes/batch/v1/cronJob.js';
import { JobArgs } from '@pulumi/kubernetes/batch/v1/job.js';
import { ConfigMapArgs } from '@pulumi/kubernetes/core/v1/configMap.js';
import { NamespaceArgs } from '@pulumi/kubernetes/core/v1/namespace.js';
import { PersistentVolumeClaimArgs } from '@pulumi/kubernetes/core/v1/persistentVolumeClaim.js';
import { SecretArgs } from '@pulumi/kubernetes/core/v1/secret.js';
import { ServiceArgs } from '@pulumi/kubernetes/core/v1/service.js';
import { ServiceAccountArgs } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import { IngressArgs } from '@pulumi/kubernetes/networking/v1/ingress.js';
import { NetworkPolicyArgs } from '@pulumi/kubernetes/networking/v1/networkPolicy.js';
import { PodDisruptionBudgetArgs } from '@pulumi/kubernetes/policy/v1/podDisruptionBudget.js';
import { OutputInstance } from '@pulumi/pulumi';
import { Input, Output } from '@pulumi/pulumi/output.js';
import { ComponentResource, Resource } from '@pulumi/pulumi/resource.js';

declare const objects$1: {
	namespace: ResourceType<NamespaceArgs>;
	serviceAccount: ResourceType<ServiceAccountArgs>;
	secret: {
		secretArgs: string[];
		secretOutputs: string[];
		token: string;
		constants?: Record<string, unknown>;
		args?: SecretArgs;
	};
	configMap: ResourceType<ConfigMapArgs>;
	claim: ResourceType<PersistentVolumeClaimArgs>;
	service: ResourceType<ServiceArgs>;
	deployment: ResourceType<DeploymentArgs>;
	statefulSet: ResourceType<StatefulSetArgs>;
	job: ResourceType<JobArgs>;
	cronJob: ResourceType<CronJobArgs>;
	networkPolicy: ResourceType<NetworkPolicyArgs>;
	ingress: ResourceType<IngressArgs>;
	disruptionBudget: ResourceType<PodDisruptionBudgetArgs>;
	autoscaler: ResourceType<HorizontalPodAutoscalerArgs>;
	/** Objects of the add-ons. They are custom resources, so their API version and kind are arguments. */
	scaledObject: ResourceType<CustomResourceArgs>;
	argoRollout: ResourceType<CustomResourceArgs>;
	analysisTemplate: ResourceType<CustomResourceArgs>;
	httpRoute: ResourceType<CustomResourceArgs>;
	podMonitor: ResourceType<CustomResourceArgs>;
	alertRule: ResourceType<CustomResourceArgs>;
};
declare const objects: {
	container: ResourceType<ContainerArgs>;
	network: ResourceType<NetworkArgs>;
	image: ResourceType<RemoteImageArgs>;
	volume: ResourceType<VolumeArgs>;
};
/** A place in a plan for a text that only a deployment knows. `source` says where the text comes from. */
export declare class Hole {
	readonly source: Source;
	constructor(source: Source);
}
/**
 * Deploys the stack file of this Pulumi stack, which `railhead:stackFile` in its config names. The result is there once the
 * resources are planned and registered; Pulumi creates them afterwards. Wrong stack files and options reject with an error
 * that Pulumi prints without a stack trace.
 *
 *     const system = await deploy();
 *     export const url = system.url;
 *
 * Name the services for the compiler with `deploy<'api' | 'db'>()`.
 */
export declare function deploy<Service extends string = string>(options?: DeployOptions<NoInfer<Service>>): Promise<System<Service>>;
/** The inputs of `deploy` from the user's Pulumi program. */
export interface DeployOptions<Service extends string = string> {
	/**
	 * Resources of the program that must exist before a service is created, by the name of the service. `gateway` names the
	 * gateway.
	 */
	dependsOn?: {
		readonly [Name in Service | "gateway"]?: readonly Resource[];
	};
	/**
	 * Values for `${{pulumi.NAME}}` in the stack file, by name. They are secret in the state and on every target. Values that
	 * the stack file does not use are ignored, since environments can differ.
	 */
	values?: Readonly<Record<string, Input<string>>>;
	/** Changes the arguments of objects before they are created, by the kind of object. */
	transform?: Transform;
}
/** A service of a deployed system. */
export interface ServiceHandle {
	/**
	 * Contains all resources of the service. A resource of the program with `dependsOn: system.services.api.component` is
	 * created once the service is ready.
	 */
	readonly component: ComponentResource;
	/**
	 * The private address of the service: `http://127.88.4.1:3001`. Undefined if the service does not listen, if it is an
	 * external server, and on Docker, where a container reaches the service by its name, as `values.URL` says.
	 */
	readonly address: string | undefined;
	/**
	 * The variables that the service provides without declaring them, such as `DATABASE_URL` of a Postgres or `URL` of a
	 * service with a port. Passwords, and texts that contain them, are secret.
	 */
	readonly values: Readonly<Record<string, Output<string>>>;
}
/** A deployed system: what the user's program can use of it. */
export interface System<Service extends string = string> {
	/**
	 * The public URL of the system: that of its gateway. Without a gateway in the stack file its value is undefined, and
	 * Pulumi leaves an output with it out.
	 */
	readonly url: Output<string>;
	/** The services by name. Reading the name of a service that the stack file does not have throws an error. */
	readonly services: Readonly<Record<Service, ServiceHandle>>;
	/** The private address of each service that has one, by name. */
	readonly addresses: Readonly<Record<string, string>>;
}
/** The object whose arguments a function of `transform` receives. */
export interface TransformedObject {
	/** The service that the object belongs to, or `gateway`. Undefined if it belongs to the whole environment. */
	readonly service: string | undefined;
	/** Pulumi's name of the object. */
	readonly name: string;
}
/** The arguments of each kind of object, as the official Pulumi provider declares them. */
export type ObjectArgs = ArgsOf<typeof objects> & ArgsOf<typeof objects$1>;
/**
 * Functions that change the arguments of objects, by kind: those of Docker (`container`, `network`, `image`, `volume`) and
 * those of Kubernetes (`deployment`, `service`, …). A function receives a copy of the arguments and returns the arguments to
 * use. A text that only a deployment knows is a `Hole`: keep it or replace it, but do not look into it. The result can
 * contain Pulumi Outputs.
 */
export type Transform = {
	[Kind in keyof ObjectArgs]?: (args: WithHoles<ObjectArgs[Kind]>, object: TransformedObject) => WithInputs<ObjectArgs[Kind]>;
};
interface PlannedOptions {
	dependsOn?: readonly PlannedResource[];
	protect?: boolean;
	retainOnDelete?: boolean;
	deleteBeforeReplace?: boolean;
	ignoreChanges?: string[];
	/** Arguments whose change needs a new resource, although the provider says otherwise. */
	replaceOnChanges?: string[];
	/** Arguments that are secret as a whole. */
	secretArgs?: string[];
	/** Outputs that the provider does not mark as secret. */
	secretOutputs?: string[];
	/** A check with a provider that must pass before the resource is created. */
	requires?: ProviderCheck;
	/**
	 * Whether the resource comes after all others of the plan. The state does not record this as a dependency, because Pulumi
	 * could then not destroy one of the others alone.
	 */
	last?: boolean;
}
interface PlannedResource {
	/** The service that the resource belongs to, or `gateway`. Undefined if it belongs to the whole environment. */
	component: string | undefined;
	/** Pulumi's type token: `kubernetes:apps/v1:Deployment`. */
	type: string;
	/** Pulumi's name of the resource. */
	name: string;
	args: Record<string, unknown>;
	options: PlannedOptions;
}
interface ProviderCall {
	function: string;
	args: Record<string, unknown>;
}
interface ProviderCheck extends ProviderCall {
	/** Returns what is wrong with the result; undefined if it is right. */
	problem: (result: Record<string, unknown>) => string | undefined;
	/** The message if the call fails. */
	failed: string;
}
interface ResourceType<Args extends object> {
	token: string;
	constants?: Record<string, unknown>;
	secretArgs?: string[];
	secretOutputs?: string[];
	/** Exists for the compiler only. */
	args?: Args;
}
type ArgsOf<Types> = {
	[Kind in keyof Types]: Types[Kind] extends ResourceType<infer Args> ? Args : never;
};
type Computed = {
	kind: "join";
	parts: Text[];
}
/** The JSON text of a value with holes. */
 | {
	kind: "json";
	value: unknown;
} | {
	kind: "base64";
	text: Text;
}
/** A hash of a value with holes as 16 hex digits. With a key it is public, even if the value contains secrets. */
 | {
	kind: "hash";
	value: unknown;
	key?: Text;
}
/** A text that must pass a check. `problem` returns a message, which must not contain the text, if it does not. */
 | {
	kind: "checked";
	text: Text;
	problem: (text: string) => string | undefined;
}
/** A part of a URL, without its percent encoding. */
 | {
	kind: "urlPart";
	url: Text;
	part: UrlPart;
	otherwise: string;
};
type Leaf = 
/** An output of a resource. `property` is a path: `password`, `metadata.uid`. */
{
	kind: "output";
	resource: PlannedResource;
	property: string;
	secret: boolean;
}
/** A Pulumi config secret. */
 | {
	kind: "secret";
	name: string;
}
/** A value that the user's Pulumi program passes by name. It is secret: the program may have it from anywhere. */
 | {
	kind: "program";
	name: string;
}
/** A property of the result of a provider's function. The result is secret. */
 | {
	kind: "call";
	call: ProviderCall;
	property: string;
};
type Source = Leaf | Computed;
type Text = string | Hole;
type UrlPart = "hostname" | "port" | "username" | "password" | "path";
type WithHoles<T> = T extends Hole ? T : T extends Promise<unknown> | OutputInstance<unknown> ? never : T extends string ? T | Hole : T extends number | boolean | null | undefined ? T : T extends readonly (infer Item)[] ? WithHoles<Item>[] : T extends object ? {
	[Key in keyof T]: WithHoles<T[Key]>;
} : T;
type WithInputs<T> = T extends Hole | Promise<unknown> | OutputInstance<unknown> ? T : T extends string ? T | Hole : T extends number | boolean | null | undefined ? T : T extends readonly (infer Item)[] ? WithInputs<Item>[] : T extends object ? {
	[Key in keyof T]: WithInputs<T[Key]>;
} : T;

export {};
