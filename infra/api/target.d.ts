// Written by `npm run api`: all types that this entry of the package exports, in one file because a review reads it as a whole.

import { OutputInstance } from '@pulumi/pulumi';
import { z } from 'zod';

declare const canarySchema: z.ZodObject<{
	service: z.ZodString;
	weight: z.ZodInt;
	step: z.ZodInt;
	steps: z.ZodArray<z.ZodInt>;
	since: z.ZodISODateTime;
	newVersion: z.ZodObject<{
		artifact: z.ZodOptional<z.ZodString>;
		replicas: z.ZodArray<z.ZodString>;
	}, z.core.$strict>;
	oldVersion: z.ZodObject<{
		artifact: z.ZodOptional<z.ZodString>;
		replicas: z.ZodArray<z.ZodString>;
	}, z.core.$strict>;
	held: z.ZodOptional<z.ZodString>;
}, z.core.$strict>;
declare const driftFindingSchema: z.ZodObject<{
	kind: z.ZodEnum<{
		failed: "failed";
		stopped: "stopped";
		changed: "changed";
		deleted: "deleted";
		stray: "stray";
		foreign: "foreign";
	}>;
	service: z.ZodOptional<z.ZodString>;
	resource: z.ZodString;
	urn: z.ZodOptional<z.ZodString>;
	what: z.ZodOptional<z.ZodString>;
	deployed: z.ZodOptional<z.ZodString>;
	live: z.ZodOptional<z.ZodString>;
	detail: z.ZodOptional<z.ZodString>;
	changed: z.ZodOptional<z.ZodObject<{
		by: z.ZodOptional<z.ZodString>;
		operation: z.ZodOptional<z.ZodString>;
		at: z.ZodOptional<z.ZodISODateTime>;
	}, z.core.$strict>>;
	replaces: z.ZodOptional<z.ZodLiteral<true>>;
	remedy: z.ZodOptional<z.ZodString>;
}, z.core.$strict>;
declare const kubernetes: z.ZodObject<{
	annotations: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
	labels: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
	serviceAccount: z.ZodOptional<z.ZodObject<{
		annotations: z.ZodRecord<z.ZodString, z.ZodString>;
	}, z.core.$strict>>;
	nodeSelector: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
	tolerations: z.ZodOptional<z.ZodArray<z.ZodObject<{
		key: z.ZodOptional<z.ZodString>;
		operator: z.ZodOptional<z.ZodEnum<{
			Equal: "Equal";
			Exists: "Exists";
		}>>;
		value: z.ZodOptional<z.ZodString>;
		effect: z.ZodOptional<z.ZodEnum<{
			NoSchedule: "NoSchedule";
			PreferNoSchedule: "PreferNoSchedule";
			NoExecute: "NoExecute";
		}>>;
		tolerationSeconds: z.ZodOptional<z.ZodInt>;
	}, z.core.$strict>>>;
	priorityClass: z.ZodOptional<z.ZodString>;
	storageClass: z.ZodOptional<z.ZodString>;
}, z.core.$strict>;
declare const mariadb: {
	title: string;
	schema: import("zod").ZodPipe<import("zod").ZodObject<{
		connections: import("zod").ZodOptional<import("zod").ZodInt>;
		settings: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodUnion<readonly [
			import("zod").ZodNumber,
			import("zod").ZodBoolean,
			import("zod").ZodString
		]>>, import("zod").ZodTransform<Settings, Record<string, string | number | boolean>>>>;
		type: import("zod").ZodLiteral<"mariadb">;
		version: import("zod").ZodPipe<import("zod").ZodPrefault<import("zod").ZodUnion<readonly [
			import("zod").ZodEnum<{
				10.11: "10.11";
				11.4: "11.4";
				11.8: "11.8";
			}>,
			import("zod").ZodLiteral<number>
		]>>, import("zod").ZodTransform<string, number | "10.11" | "11.4" | "11.8">>;
		image: import("zod").ZodOptional<import("zod").ZodString>;
		storage: import("zod").ZodPrefault<import("zod").ZodPipe<import("zod").ZodString, import("zod").ZodTransform<{
			bytes: number;
			text: string;
		}, string>>>;
		port: import("zod").ZodDefault<import("zod").ZodInt>;
		resources: import("zod").ZodOptional<import("zod").ZodObject<{
			requests: import("zod").ZodOptional<import("zod").ZodObject<{
				cpu: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodUnion<readonly [
					import("zod").ZodNumber,
					import("zod").ZodString
				]>, import("zod").ZodTransform<number, string | number>>>;
				memory: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodString, import("zod").ZodTransform<{
					bytes: number;
					text: string;
				}, string>>>;
			}, import("zod/v4/core").$strict>>;
			cpu: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodUnion<readonly [
				import("zod").ZodNumber,
				import("zod").ZodString
			]>, import("zod").ZodTransform<number, string | number>>>;
			memory: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodString, import("zod").ZodTransform<{
				bytes: number;
				text: string;
			}, string>>>;
		}, import("zod/v4/core").$strict>>;
		kubernetes: import("zod").ZodOptional<import("zod").ZodObject<{
			annotations: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>>;
			labels: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>>;
			serviceAccount: import("zod").ZodOptional<import("zod").ZodObject<{
				annotations: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>;
			}, import("zod/v4/core").$strict>>;
			nodeSelector: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>>;
			tolerations: import("zod").ZodOptional<import("zod").ZodArray<import("zod").ZodObject<{
				key: import("zod").ZodOptional<import("zod").ZodString>;
				operator: import("zod").ZodOptional<import("zod").ZodEnum<{
					Equal: "Equal";
					Exists: "Exists";
				}>>;
				value: import("zod").ZodOptional<import("zod").ZodString>;
				effect: import("zod").ZodOptional<import("zod").ZodEnum<{
					NoSchedule: "NoSchedule";
					PreferNoSchedule: "PreferNoSchedule";
					NoExecute: "NoExecute";
				}>>;
				tolerationSeconds: import("zod").ZodOptional<import("zod").ZodInt>;
			}, import("zod/v4/core").$strict>>>;
			priorityClass: import("zod").ZodOptional<import("zod").ZodString>;
			storageClass: import("zod").ZodOptional<import("zod").ZodString>;
		}, import("zod/v4/core").$strict>>;
		external: import("zod").ZodOptional<import("zod").ZodObject<{
			url: import("zod").ZodString;
			readonlyUrl: import("zod").ZodOptional<import("zod").ZodString>;
			ownerUrl: import("zod").ZodOptional<import("zod").ZodString>;
			network: import("zod").ZodOptional<import("zod").ZodString>;
		}, import("zod/v4/core").$strict>>;
	}, import("zod/v4/core").$strict>, import("zod").ZodTransform<{
		version: string;
		storage: {
			bytes: number;
			text: string;
		};
		port: number;
		connections?: number | undefined;
		settings?: Settings | undefined;
		image?: string | undefined;
		resources?: {
			requests?: {
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			cpu?: number | undefined;
			memory?: {
				bytes: number;
				text: string;
			} | undefined;
		} | undefined;
		kubernetes?: {
			annotations?: Record<string, string> | undefined;
			labels?: Record<string, string> | undefined;
			serviceAccount?: {
				annotations: Record<string, string>;
			} | undefined;
			nodeSelector?: Record<string, string> | undefined;
			tolerations?: {
				key?: string | undefined;
				operator?: "Equal" | "Exists" | undefined;
				value?: string | undefined;
				effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
				tolerationSeconds?: number | undefined;
			}[] | undefined;
			priorityClass?: string | undefined;
			storageClass?: string | undefined;
		} | undefined;
		external?: {
			url: string;
			readonlyUrl?: string | undefined;
			ownerUrl?: string | undefined;
			network?: string | undefined;
		} | undefined;
		kind: "mariadb";
	}, {
		type: "mariadb";
		version: string;
		storage: {
			bytes: number;
			text: string;
		};
		port: number;
		connections?: number | undefined;
		settings?: Settings | undefined;
		image?: string | undefined;
		resources?: {
			requests?: {
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			cpu?: number | undefined;
			memory?: {
				bytes: number;
				text: string;
			} | undefined;
		} | undefined;
		kubernetes?: {
			annotations?: Record<string, string> | undefined;
			labels?: Record<string, string> | undefined;
			serviceAccount?: {
				annotations: Record<string, string>;
			} | undefined;
			nodeSelector?: Record<string, string> | undefined;
			tolerations?: {
				key?: string | undefined;
				operator?: "Equal" | "Exists" | undefined;
				value?: string | undefined;
				effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
				tolerationSeconds?: number | undefined;
			}[] | undefined;
			priorityClass?: string | undefined;
			storageClass?: string | undefined;
		} | undefined;
		external?: {
			url: string;
			readonlyUrl?: string | undefined;
			ownerUrl?: string | undefined;
			network?: string | undefined;
		} | undefined;
	}>>;
	image: string;
	port: number;
	readsOlderData: false;
	scheme: string;
	otherSchemes: string[];
	logins: {
		app: {
			user: string;
			output: string;
			field: string;
		};
		readonly: {
			user: string;
			output: string;
			field: string;
		};
		owner: {
			user: string;
			output: string;
			field: string;
		};
	};
	hasDatabase: true;
	variables: {
		MYSQL_URL: Part;
		READONLY_URL: Part;
		OWNER_URL: Part;
		OWNER_USER: Part;
		OWNER_PASSWORD: Part;
		MYSQLHOST: Part;
		MYSQLPORT: Part;
		MYSQLUSER: Part;
		MYSQLPASSWORD: Part;
		MYSQLDATABASE: Part;
		MARIADB_URL: Part;
	};
	ownerVariables: {
		URL: string;
		MYSQL_URL: string;
		MYSQLUSER: string;
		MYSQLPASSWORD: string;
		MARIADB_URL: string;
	};
	connections: {
		standard: number;
		keptFree: number;
	};
	passwords: {
		superuser: string;
		owner: string;
		app: string;
		readonly: string;
	};
	container: typeof mariadbContainer;
	imageFolder: () => string;
	backup: Backup;
	local: () => Promise<typeof import("./local/index.ts")>;
};
declare const mongodb: {
	title: string;
	schema: import("zod").ZodPipe<import("zod").ZodObject<{
		type: import("zod").ZodLiteral<"mongodb">;
		version: import("zod").ZodPipe<import("zod").ZodPrefault<import("zod").ZodUnion<readonly [
			import("zod").ZodEnum<{
				6: "6";
				7: "7";
				8: "8";
			}>,
			import("zod").ZodLiteral<number>
		]>>, import("zod").ZodTransform<string, number | "6" | "7" | "8">>;
		image: import("zod").ZodOptional<import("zod").ZodString>;
		storage: import("zod").ZodPrefault<import("zod").ZodPipe<import("zod").ZodString, import("zod").ZodTransform<{
			bytes: number;
			text: string;
		}, string>>>;
		port: import("zod").ZodDefault<import("zod").ZodInt>;
		resources: import("zod").ZodOptional<import("zod").ZodObject<{
			requests: import("zod").ZodOptional<import("zod").ZodObject<{
				cpu: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodUnion<readonly [
					import("zod").ZodNumber,
					import("zod").ZodString
				]>, import("zod").ZodTransform<number, string | number>>>;
				memory: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodString, import("zod").ZodTransform<{
					bytes: number;
					text: string;
				}, string>>>;
			}, import("zod/v4/core").$strict>>;
			cpu: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodUnion<readonly [
				import("zod").ZodNumber,
				import("zod").ZodString
			]>, import("zod").ZodTransform<number, string | number>>>;
			memory: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodString, import("zod").ZodTransform<{
				bytes: number;
				text: string;
			}, string>>>;
		}, import("zod/v4/core").$strict>>;
		kubernetes: import("zod").ZodOptional<import("zod").ZodObject<{
			annotations: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>>;
			labels: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>>;
			serviceAccount: import("zod").ZodOptional<import("zod").ZodObject<{
				annotations: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>;
			}, import("zod/v4/core").$strict>>;
			nodeSelector: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>>;
			tolerations: import("zod").ZodOptional<import("zod").ZodArray<import("zod").ZodObject<{
				key: import("zod").ZodOptional<import("zod").ZodString>;
				operator: import("zod").ZodOptional<import("zod").ZodEnum<{
					Equal: "Equal";
					Exists: "Exists";
				}>>;
				value: import("zod").ZodOptional<import("zod").ZodString>;
				effect: import("zod").ZodOptional<import("zod").ZodEnum<{
					NoSchedule: "NoSchedule";
					PreferNoSchedule: "PreferNoSchedule";
					NoExecute: "NoExecute";
				}>>;
				tolerationSeconds: import("zod").ZodOptional<import("zod").ZodInt>;
			}, import("zod/v4/core").$strict>>>;
			priorityClass: import("zod").ZodOptional<import("zod").ZodString>;
			storageClass: import("zod").ZodOptional<import("zod").ZodString>;
		}, import("zod/v4/core").$strict>>;
		external: import("zod").ZodOptional<import("zod").ZodObject<{
			url: import("zod").ZodString;
			readonlyUrl: import("zod").ZodOptional<import("zod").ZodString>;
			ownerUrl: import("zod").ZodOptional<import("zod").ZodString>;
			network: import("zod").ZodOptional<import("zod").ZodString>;
		}, import("zod/v4/core").$strict>>;
	}, import("zod/v4/core").$strict>, import("zod").ZodTransform<{
		version: string;
		storage: {
			bytes: number;
			text: string;
		};
		port: number;
		image?: string | undefined;
		resources?: {
			requests?: {
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			cpu?: number | undefined;
			memory?: {
				bytes: number;
				text: string;
			} | undefined;
		} | undefined;
		kubernetes?: {
			annotations?: Record<string, string> | undefined;
			labels?: Record<string, string> | undefined;
			serviceAccount?: {
				annotations: Record<string, string>;
			} | undefined;
			nodeSelector?: Record<string, string> | undefined;
			tolerations?: {
				key?: string | undefined;
				operator?: "Equal" | "Exists" | undefined;
				value?: string | undefined;
				effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
				tolerationSeconds?: number | undefined;
			}[] | undefined;
			priorityClass?: string | undefined;
			storageClass?: string | undefined;
		} | undefined;
		external?: {
			url: string;
			readonlyUrl?: string | undefined;
			ownerUrl?: string | undefined;
			network?: string | undefined;
		} | undefined;
		kind: "mongodb";
	}, {
		type: "mongodb";
		version: string;
		storage: {
			bytes: number;
			text: string;
		};
		port: number;
		image?: string | undefined;
		resources?: {
			requests?: {
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			cpu?: number | undefined;
			memory?: {
				bytes: number;
				text: string;
			} | undefined;
		} | undefined;
		kubernetes?: {
			annotations?: Record<string, string> | undefined;
			labels?: Record<string, string> | undefined;
			serviceAccount?: {
				annotations: Record<string, string>;
			} | undefined;
			nodeSelector?: Record<string, string> | undefined;
			tolerations?: {
				key?: string | undefined;
				operator?: "Equal" | "Exists" | undefined;
				value?: string | undefined;
				effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
				tolerationSeconds?: number | undefined;
			}[] | undefined;
			priorityClass?: string | undefined;
			storageClass?: string | undefined;
		} | undefined;
		external?: {
			url: string;
			readonlyUrl?: string | undefined;
			ownerUrl?: string | undefined;
			network?: string | undefined;
		} | undefined;
	}>>;
	mistaken: {
		mongo: string;
	};
	image: string;
	port: number;
	readsOlderData: false;
	scheme: string;
	otherSchemes: string[];
	logins: {
		app: {
			user: string;
			output: string;
			field: string;
		};
		readonly: {
			user: string;
			output: string;
			field: string;
		};
		owner: {
			user: string;
			output: string;
			field: string;
		};
	};
	hasDatabase: true;
	variables: {
		MONGO_URL: Part;
		MONGODB_URI: Part;
		READONLY_URL: Part;
		OWNER_URL: Part;
		OWNER_USER: Part;
		OWNER_PASSWORD: Part;
		MONGOHOST: Part;
		MONGOPORT: Part;
		MONGOUSER: Part;
		MONGOPASSWORD: Part;
		MONGODATABASE: Part;
	};
	ownerVariables: {
		URL: string;
		MONGO_URL: string;
		MONGODB_URI: string;
		MONGOUSER: string;
		MONGOPASSWORD: string;
	};
	passwords: {
		superuser: string;
		owner: string;
		app: string;
		readonly: string;
	};
	container: typeof mongodbContainer;
	imageFolder: () => string;
	local: () => Promise<typeof import("./local/index.ts")>;
};
declare const mysql: {
	title: string;
	schema: import("zod").ZodPipe<import("zod").ZodObject<{
		connections: import("zod").ZodOptional<import("zod").ZodInt>;
		settings: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodUnion<readonly [
			import("zod").ZodNumber,
			import("zod").ZodBoolean,
			import("zod").ZodString
		]>>, import("zod").ZodTransform<Settings, Record<string, string | number | boolean>>>>;
		type: import("zod").ZodLiteral<"mysql">;
		version: import("zod").ZodPipe<import("zod").ZodPrefault<import("zod").ZodUnion<readonly [
			import("zod").ZodEnum<{
				"8.0": "8.0";
				8.4: "8.4";
				9: "9";
			}>,
			import("zod").ZodLiteral<number>
		]>>, import("zod").ZodTransform<string, number | "8.0" | "8.4" | "9">>;
		image: import("zod").ZodOptional<import("zod").ZodString>;
		storage: import("zod").ZodPrefault<import("zod").ZodPipe<import("zod").ZodString, import("zod").ZodTransform<{
			bytes: number;
			text: string;
		}, string>>>;
		port: import("zod").ZodDefault<import("zod").ZodInt>;
		resources: import("zod").ZodOptional<import("zod").ZodObject<{
			requests: import("zod").ZodOptional<import("zod").ZodObject<{
				cpu: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodUnion<readonly [
					import("zod").ZodNumber,
					import("zod").ZodString
				]>, import("zod").ZodTransform<number, string | number>>>;
				memory: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodString, import("zod").ZodTransform<{
					bytes: number;
					text: string;
				}, string>>>;
			}, import("zod/v4/core").$strict>>;
			cpu: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodUnion<readonly [
				import("zod").ZodNumber,
				import("zod").ZodString
			]>, import("zod").ZodTransform<number, string | number>>>;
			memory: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodString, import("zod").ZodTransform<{
				bytes: number;
				text: string;
			}, string>>>;
		}, import("zod/v4/core").$strict>>;
		kubernetes: import("zod").ZodOptional<import("zod").ZodObject<{
			annotations: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>>;
			labels: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>>;
			serviceAccount: import("zod").ZodOptional<import("zod").ZodObject<{
				annotations: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>;
			}, import("zod/v4/core").$strict>>;
			nodeSelector: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>>;
			tolerations: import("zod").ZodOptional<import("zod").ZodArray<import("zod").ZodObject<{
				key: import("zod").ZodOptional<import("zod").ZodString>;
				operator: import("zod").ZodOptional<import("zod").ZodEnum<{
					Equal: "Equal";
					Exists: "Exists";
				}>>;
				value: import("zod").ZodOptional<import("zod").ZodString>;
				effect: import("zod").ZodOptional<import("zod").ZodEnum<{
					NoSchedule: "NoSchedule";
					PreferNoSchedule: "PreferNoSchedule";
					NoExecute: "NoExecute";
				}>>;
				tolerationSeconds: import("zod").ZodOptional<import("zod").ZodInt>;
			}, import("zod/v4/core").$strict>>>;
			priorityClass: import("zod").ZodOptional<import("zod").ZodString>;
			storageClass: import("zod").ZodOptional<import("zod").ZodString>;
		}, import("zod/v4/core").$strict>>;
		external: import("zod").ZodOptional<import("zod").ZodObject<{
			url: import("zod").ZodString;
			readonlyUrl: import("zod").ZodOptional<import("zod").ZodString>;
			ownerUrl: import("zod").ZodOptional<import("zod").ZodString>;
			network: import("zod").ZodOptional<import("zod").ZodString>;
		}, import("zod/v4/core").$strict>>;
	}, import("zod/v4/core").$strict>, import("zod").ZodTransform<{
		version: string;
		storage: {
			bytes: number;
			text: string;
		};
		port: number;
		connections?: number | undefined;
		settings?: Settings | undefined;
		image?: string | undefined;
		resources?: {
			requests?: {
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			cpu?: number | undefined;
			memory?: {
				bytes: number;
				text: string;
			} | undefined;
		} | undefined;
		kubernetes?: {
			annotations?: Record<string, string> | undefined;
			labels?: Record<string, string> | undefined;
			serviceAccount?: {
				annotations: Record<string, string>;
			} | undefined;
			nodeSelector?: Record<string, string> | undefined;
			tolerations?: {
				key?: string | undefined;
				operator?: "Equal" | "Exists" | undefined;
				value?: string | undefined;
				effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
				tolerationSeconds?: number | undefined;
			}[] | undefined;
			priorityClass?: string | undefined;
			storageClass?: string | undefined;
		} | undefined;
		external?: {
			url: string;
			readonlyUrl?: string | undefined;
			ownerUrl?: string | undefined;
			network?: string | undefined;
		} | undefined;
		kind: "mysql";
	}, {
		type: "mysql";
		version: string;
		storage: {
			bytes: number;
			text: string;
		};
		port: number;
		connections?: number | undefined;
		settings?: Settings | undefined;
		image?: string | undefined;
		resources?: {
			requests?: {
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			cpu?: number | undefined;
			memory?: {
				bytes: number;
				text: string;
			} | undefined;
		} | undefined;
		kubernetes?: {
			annotations?: Record<string, string> | undefined;
			labels?: Record<string, string> | undefined;
			serviceAccount?: {
				annotations: Record<string, string>;
			} | undefined;
			nodeSelector?: Record<string, string> | undefined;
			tolerations?: {
				key?: string | undefined;
				operator?: "Equal" | "Exists" | undefined;
				value?: string | undefined;
				effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
				tolerationSeconds?: number | undefined;
			}[] | undefined;
			priorityClass?: string | undefined;
			storageClass?: string | undefined;
		} | undefined;
		external?: {
			url: string;
			readonlyUrl?: string | undefined;
			ownerUrl?: string | undefined;
			network?: string | undefined;
		} | undefined;
	}>>;
	image: string;
	port: number;
	readsOlderData: false;
	scheme: string;
	otherSchemes: never[];
	logins: {
		app: {
			user: string;
			output: string;
			field: string;
		};
		readonly: {
			user: string;
			output: string;
			field: string;
		};
		owner: {
			user: string;
			output: string;
			field: string;
		};
	};
	hasDatabase: true;
	variables: {
		MYSQL_URL: Part;
		READONLY_URL: Part;
		OWNER_URL: Part;
		OWNER_USER: Part;
		OWNER_PASSWORD: Part;
		MYSQLHOST: Part;
		MYSQLPORT: Part;
		MYSQLUSER: Part;
		MYSQLPASSWORD: Part;
		MYSQLDATABASE: Part;
	};
	ownerVariables: {
		URL: string;
		MYSQL_URL: string;
		MYSQLUSER: string;
		MYSQLPASSWORD: string;
	};
	connections: {
		standard: number;
		keptFree: number;
	};
	passwords: {
		superuser: string;
		owner: string;
		app: string;
		readonly: string;
	};
	container: (config: DataConfig, database: string) => DataContainer;
	imageFolder: () => string;
	local: () => Promise<typeof import("./local/index.ts")>;
};
declare const postgres: {
	title: string;
	schema: z.ZodPipe<z.ZodObject<{
		connections: z.ZodOptional<z.ZodInt>;
		settings: z.ZodOptional<z.ZodPipe<z.ZodRecord<z.ZodString, z.ZodUnion<readonly [
			z.ZodNumber,
			z.ZodBoolean,
			z.ZodString
		]>>, z.ZodTransform<Settings, Record<string, string | number | boolean>>>>;
		extensions: z.ZodOptional<z.ZodArray<z.ZodString>>;
		pooler: z.ZodOptional<z.ZodPipe<z.ZodBoolean, z.ZodTransform<6432 | undefined, boolean>>>;
		type: z.ZodLiteral<"postgres">;
		version: z.ZodPipe<z.ZodPrefault<z.ZodUnion<readonly [
			z.ZodEnum<{
				14: "14";
				15: "15";
				16: "16";
				17: "17";
				18: "18";
			}>,
			z.ZodLiteral<number>
		]>>, z.ZodTransform<string, number | "14" | "15" | "16" | "17" | "18">>;
		image: z.ZodOptional<z.ZodString>;
		storage: z.ZodPrefault<z.ZodPipe<z.ZodString, z.ZodTransform<{
			bytes: number;
			text: string;
		}, string>>>;
		port: z.ZodDefault<z.ZodInt>;
		resources: z.ZodOptional<z.ZodObject<{
			requests: z.ZodOptional<z.ZodObject<{
				cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
					z.ZodNumber,
					z.ZodString
				]>, z.ZodTransform<number, string | number>>>;
				memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
					bytes: number;
					text: string;
				}, string>>>;
			}, z.core.$strict>>;
			cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodNumber,
				z.ZodString
			]>, z.ZodTransform<number, string | number>>>;
			memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
				bytes: number;
				text: string;
			}, string>>>;
		}, z.core.$strict>>;
		kubernetes: z.ZodOptional<z.ZodObject<{
			annotations: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
			labels: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
			serviceAccount: z.ZodOptional<z.ZodObject<{
				annotations: z.ZodRecord<z.ZodString, z.ZodString>;
			}, z.core.$strict>>;
			nodeSelector: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
			tolerations: z.ZodOptional<z.ZodArray<z.ZodObject<{
				key: z.ZodOptional<z.ZodString>;
				operator: z.ZodOptional<z.ZodEnum<{
					Equal: "Equal";
					Exists: "Exists";
				}>>;
				value: z.ZodOptional<z.ZodString>;
				effect: z.ZodOptional<z.ZodEnum<{
					NoSchedule: "NoSchedule";
					PreferNoSchedule: "PreferNoSchedule";
					NoExecute: "NoExecute";
				}>>;
				tolerationSeconds: z.ZodOptional<z.ZodInt>;
			}, z.core.$strict>>>;
			priorityClass: z.ZodOptional<z.ZodString>;
			storageClass: z.ZodOptional<z.ZodString>;
		}, z.core.$strict>>;
		external: z.ZodOptional<z.ZodObject<{
			url: z.ZodString;
			readonlyUrl: z.ZodOptional<z.ZodString>;
			ownerUrl: z.ZodOptional<z.ZodString>;
			network: z.ZodOptional<z.ZodString>;
		}, z.core.$strict>>;
	}, z.core.$strict>, z.ZodTransform<{
		version: string;
		storage: {
			bytes: number;
			text: string;
		};
		port: number;
		connections?: number | undefined;
		settings?: Settings | undefined;
		extensions?: string[] | undefined;
		pooler?: 6432 | undefined;
		image?: string | undefined;
		resources?: {
			requests?: {
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			cpu?: number | undefined;
			memory?: {
				bytes: number;
				text: string;
			} | undefined;
		} | undefined;
		kubernetes?: {
			annotations?: Record<string, string> | undefined;
			labels?: Record<string, string> | undefined;
			serviceAccount?: {
				annotations: Record<string, string>;
			} | undefined;
			nodeSelector?: Record<string, string> | undefined;
			tolerations?: {
				key?: string | undefined;
				operator?: "Equal" | "Exists" | undefined;
				value?: string | undefined;
				effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
				tolerationSeconds?: number | undefined;
			}[] | undefined;
			priorityClass?: string | undefined;
			storageClass?: string | undefined;
		} | undefined;
		external?: {
			url: string;
			readonlyUrl?: string | undefined;
			ownerUrl?: string | undefined;
			network?: string | undefined;
		} | undefined;
		kind: "postgres";
	}, {
		type: "postgres";
		version: string;
		storage: {
			bytes: number;
			text: string;
		};
		port: number;
		connections?: number | undefined;
		settings?: Settings | undefined;
		extensions?: string[] | undefined;
		pooler?: 6432 | undefined;
		image?: string | undefined;
		resources?: {
			requests?: {
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			cpu?: number | undefined;
			memory?: {
				bytes: number;
				text: string;
			} | undefined;
		} | undefined;
		kubernetes?: {
			annotations?: Record<string, string> | undefined;
			labels?: Record<string, string> | undefined;
			serviceAccount?: {
				annotations: Record<string, string>;
			} | undefined;
			nodeSelector?: Record<string, string> | undefined;
			tolerations?: {
				key?: string | undefined;
				operator?: "Equal" | "Exists" | undefined;
				value?: string | undefined;
				effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
				tolerationSeconds?: number | undefined;
			}[] | undefined;
			priorityClass?: string | undefined;
			storageClass?: string | undefined;
		} | undefined;
		external?: {
			url: string;
			readonlyUrl?: string | undefined;
			ownerUrl?: string | undefined;
			network?: string | undefined;
		} | undefined;
	}>>;
	image: string;
	kept: {
		"pgvector/pgvector": {
			extensions: string[];
		};
		"postgis/postgis": {
			extensions: string[];
		};
	};
	port: number;
	readsOlderData: false;
	scheme: string;
	otherSchemes: string[];
	logins: {
		app: {
			user: string;
			output: string;
			field: string;
		};
		readonly: {
			user: string;
			output: string;
			field: string;
		};
		owner: {
			user: string;
			output: string;
			field: string;
		};
	};
	hasDatabase: true;
	variables: {
		DATABASE_URL: Part;
		READONLY_URL: Part;
		OWNER_URL: Part;
		OWNER_USER: Part;
		OWNER_PASSWORD: Part;
		PGHOST: Part;
		PGPORT: Part;
		PGUSER: Part;
		PGPASSWORD: Part;
		PGDATABASE: Part;
		DIRECT_URL: Part;
		DIRECT_HOST: Part;
		DIRECT_PORT: Part;
	};
	passwords: {
		superuser: string;
		owner: string;
		app: string;
		readonly: string;
	};
	container: typeof postgresContainer;
	imageFolder: (version: string) => "/var/lib/postgresql" | "/var/lib/postgresql/data";
	backup: {
		scripts: {
			"backup.sh": string;
			"restore.sh": string;
		};
		environment: ({ host, port, database }: ServerAddress) => {
			PGHOST: string;
			PGPORT: string;
			PGUSER: string;
			PGDATABASE: string;
			SECRETS: string;
		};
	};
	local: () => Promise<typeof import("./local/index.ts")>;
	ownerVariables: {
		URL: string;
		DATABASE_URL: string;
		PGUSER: string;
		PGPASSWORD: string;
	};
	directVariables: {
		HOST: string;
		PORT: string;
		PRIVATE_DOMAIN: string;
		RAILWAY_PRIVATE_DOMAIN: string;
		PGHOST: string;
		PGPORT: string;
	};
	connections: {
		standard: number;
		keptFree: number;
	};
};
declare const redis: {
	title: string;
	schema: import("zod").ZodPipe<import("zod").ZodObject<{
		settings: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodUnion<readonly [
			import("zod").ZodNumber,
			import("zod").ZodBoolean,
			import("zod").ZodString
		]>>, import("zod").ZodTransform<Settings, Record<string, string | number | boolean>>>>;
		type: import("zod").ZodLiteral<"redis">;
		version: import("zod").ZodPipe<import("zod").ZodPrefault<import("zod").ZodUnion<readonly [
			import("zod").ZodEnum<{
				6: "6";
				7: "7";
				8: "8";
			}>,
			import("zod").ZodLiteral<number>
		]>>, import("zod").ZodTransform<string, number | "6" | "7" | "8">>;
		image: import("zod").ZodOptional<import("zod").ZodString>;
		storage: import("zod").ZodPrefault<import("zod").ZodPipe<import("zod").ZodString, import("zod").ZodTransform<{
			bytes: number;
			text: string;
		}, string>>>;
		port: import("zod").ZodDefault<import("zod").ZodInt>;
		resources: import("zod").ZodOptional<import("zod").ZodObject<{
			requests: import("zod").ZodOptional<import("zod").ZodObject<{
				cpu: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodUnion<readonly [
					import("zod").ZodNumber,
					import("zod").ZodString
				]>, import("zod").ZodTransform<number, string | number>>>;
				memory: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodString, import("zod").ZodTransform<{
					bytes: number;
					text: string;
				}, string>>>;
			}, import("zod/v4/core").$strict>>;
			cpu: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodUnion<readonly [
				import("zod").ZodNumber,
				import("zod").ZodString
			]>, import("zod").ZodTransform<number, string | number>>>;
			memory: import("zod").ZodOptional<import("zod").ZodPipe<import("zod").ZodString, import("zod").ZodTransform<{
				bytes: number;
				text: string;
			}, string>>>;
		}, import("zod/v4/core").$strict>>;
		kubernetes: import("zod").ZodOptional<import("zod").ZodObject<{
			annotations: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>>;
			labels: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>>;
			serviceAccount: import("zod").ZodOptional<import("zod").ZodObject<{
				annotations: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>;
			}, import("zod/v4/core").$strict>>;
			nodeSelector: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>>;
			tolerations: import("zod").ZodOptional<import("zod").ZodArray<import("zod").ZodObject<{
				key: import("zod").ZodOptional<import("zod").ZodString>;
				operator: import("zod").ZodOptional<import("zod").ZodEnum<{
					Equal: "Equal";
					Exists: "Exists";
				}>>;
				value: import("zod").ZodOptional<import("zod").ZodString>;
				effect: import("zod").ZodOptional<import("zod").ZodEnum<{
					NoSchedule: "NoSchedule";
					PreferNoSchedule: "PreferNoSchedule";
					NoExecute: "NoExecute";
				}>>;
				tolerationSeconds: import("zod").ZodOptional<import("zod").ZodInt>;
			}, import("zod/v4/core").$strict>>>;
			priorityClass: import("zod").ZodOptional<import("zod").ZodString>;
			storageClass: import("zod").ZodOptional<import("zod").ZodString>;
		}, import("zod/v4/core").$strict>>;
		external: import("zod").ZodOptional<import("zod").ZodObject<{
			url: import("zod").ZodString;
			network: import("zod").ZodOptional<import("zod").ZodString>;
		}, import("zod/v4/core").$strict>>;
	}, import("zod/v4/core").$strict>, import("zod").ZodTransform<{
		version: string;
		storage: {
			bytes: number;
			text: string;
		};
		port: number;
		settings?: Settings | undefined;
		image?: string | undefined;
		resources?: {
			requests?: {
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			cpu?: number | undefined;
			memory?: {
				bytes: number;
				text: string;
			} | undefined;
		} | undefined;
		kubernetes?: {
			annotations?: Record<string, string> | undefined;
			labels?: Record<string, string> | undefined;
			serviceAccount?: {
				annotations: Record<string, string>;
			} | undefined;
			nodeSelector?: Record<string, string> | undefined;
			tolerations?: {
				key?: string | undefined;
				operator?: "Equal" | "Exists" | undefined;
				value?: string | undefined;
				effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
				tolerationSeconds?: number | undefined;
			}[] | undefined;
			priorityClass?: string | undefined;
			storageClass?: string | undefined;
		} | undefined;
		external?: {
			url: string;
			network?: string | undefined;
		} | undefined;
		kind: "redis";
	}, {
		type: "redis";
		version: string;
		storage: {
			bytes: number;
			text: string;
		};
		port: number;
		settings?: Settings | undefined;
		image?: string | undefined;
		resources?: {
			requests?: {
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			cpu?: number | undefined;
			memory?: {
				bytes: number;
				text: string;
			} | undefined;
		} | undefined;
		kubernetes?: {
			annotations?: Record<string, string> | undefined;
			labels?: Record<string, string> | undefined;
			serviceAccount?: {
				annotations: Record<string, string>;
			} | undefined;
			nodeSelector?: Record<string, string> | undefined;
			tolerations?: {
				key?: string | undefined;
				operator?: "Equal" | "Exists" | undefined;
				value?: string | undefined;
				effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
				tolerationSeconds?: number | undefined;
			}[] | undefined;
			priorityClass?: string | undefined;
			storageClass?: string | undefined;
		} | undefined;
		external?: {
			url: string;
			network?: string | undefined;
		} | undefined;
	}>>;
	image: string;
	kept: {
		"valkey/valkey": {
			version: string;
		};
	};
	port: number;
	readsOlderData: true;
	scheme: string;
	otherSchemes: string[];
	logins: {
		default: {
			user: string;
			output: string;
			field: string;
		};
	};
	hasDatabase: false;
	variables: {
		REDIS_URL: Part;
		REDISHOST: Part;
		REDISPORT: Part;
		REDISUSER: Part;
		REDISPASSWORD: Part;
	};
	passwords: {
		default: string;
	};
	container: typeof redisContainer;
	imageFolder: () => string;
	local: () => Promise<typeof import("./local/index.ts")>;
	ownerVariables: {};
};
declare const registered$1: {
	go: {
		readonly contents: "the compiled program";
		readonly programs: RegExp;
		readonly markers: readonly [
			"go.mod"
		];
		readonly versionIn: (folder: Folder) => string | undefined;
		readonly image: {
			readonly reference: (version: string) => string;
			readonly version: "1.25";
		};
		readonly compiles: true;
		readonly caches: readonly [
			"/go/pkg/mod",
			"/root/.cache/go-build"
		];
		readonly environment: {
			readonly CGO_ENABLED: "0";
		};
		readonly build: (folder: Folder) => string | undefined;
		readonly start: (folder: Folder) => "./service.bin" | undefined;
	};
	python: {
		readonly contents: "Python";
		readonly programs: RegExp;
		readonly markers: readonly [
			"requirements.txt",
			"pyproject.toml",
			"Pipfile"
		];
		readonly versionIn: (folder: Folder) => string | undefined;
		readonly image: {
			readonly reference: (version: string) => string;
			readonly version: "3.13";
		};
		readonly caches: readonly [
			"/root/.cache"
		];
		readonly environment: {
			readonly PYTHONUNBUFFERED: "1";
			readonly PYTHONDONTWRITEBYTECODE: "1";
			readonly PIP_DISABLE_PIP_VERSION_CHECK: "1";
			readonly PIP_ROOT_USER_ACTION: "ignore";
		};
		readonly path: ".venv/bin";
		readonly packages: ".venv";
		readonly check: ({ urls, port }: {
			urls?: string[];
			port?: number;
		}) => string[];
		readonly setup: typeof pythonSetup;
		readonly install: (folder: Folder) => string | undefined;
		readonly build: (folder: Folder) => string | undefined;
		readonly start: (folder: Folder) => string | undefined;
	};
	ruby: {
		readonly contents: "Ruby";
		readonly programs: RegExp;
		readonly markers: readonly [
			"Gemfile"
		];
		readonly versionIn: (folder: Folder) => string | undefined;
		readonly image: {
			readonly reference: (version: string) => string;
			readonly version: "3.4";
		};
		readonly caches: readonly [
		];
		readonly environment: {
			readonly BUNDLE_PATH: "vendor/bundle";
			readonly BUNDLE_WITHOUT: "development:test";
			readonly RACK_ENV: "production";
			readonly RAILS_ENV: "production";
		};
		readonly packages: "vendor/bundle";
		readonly check: ({ urls, port }: {
			urls?: string[];
			port?: number;
		}) => string[];
		readonly build: (folder: Folder) => string | undefined;
		readonly start: (folder: Folder) => string | undefined;
	};
	php: {
		readonly contents: "PHP";
		readonly programs: RegExp;
		readonly markers: readonly [
			"composer.json",
			"index.php",
			"public/index.php"
		];
		readonly versionIn: (folder: Folder) => string | undefined;
		readonly image: {
			readonly reference: () => string;
			readonly run: (version: string) => string;
			readonly version: "8.4";
		};
		readonly caches: readonly [
			"/tmp/cache"
		];
		readonly environment: {
			readonly COMPOSER_ALLOW_SUPERUSER: "1";
			readonly PHP_CLI_SERVER_WORKERS: "4";
		};
		readonly packages: "vendor";
		readonly check: ({ urls, port }: {
			urls?: string[];
			port?: number;
		}) => string[];
		readonly build: (folder: Folder) => "composer install --quiet --no-dev --no-interaction --no-scripts --optimize-autoloader --ignore-platform-reqs" | undefined;
		readonly start: (folder: Folder) => string | undefined;
	};
	java: {
		readonly contents: "Java";
		readonly programs: RegExp;
		readonly markers: readonly [
			"pom.xml",
			"build.gradle",
			"build.gradle.kts"
		];
		readonly versionIn: (folder: Folder) => string | undefined;
		readonly image: {
			readonly reference: (version: string) => string;
			readonly run: (version: string) => string;
			readonly version: "21";
		};
		readonly caches: readonly [
			"/root/.m2",
			"/root/.gradle"
		];
		readonly environment: {};
		readonly check: (asked: {
			urls?: string[];
			port?: number;
		}) => string[];
		readonly build: (folder: Folder) => string | undefined;
		readonly start: (folder: Folder) => string;
	};
	dotnet: {
		readonly contents: ".NET";
		readonly programs: RegExp;
		readonly markers: readonly [
			"*.csproj",
			"*.fsproj"
		];
		readonly versionIn: (folder: Folder) => string | undefined;
		readonly image: {
			readonly reference: (version: string) => string;
			readonly run: (version: string) => string;
			readonly version: "10.0";
		};
		readonly caches: readonly [
			"/root/.nuget/packages"
		];
		readonly environment: {
			readonly DOTNET_CLI_TELEMETRY_OPTOUT: "1";
			readonly DOTNET_NOLOGO: "1";
		};
		readonly check: (asked: {
			urls?: string[];
			port?: number;
		}) => string[];
		readonly build: (folder: Folder) => string | undefined;
		readonly start: (folder: Folder) => string | undefined;
	};
	deno: {
		readonly contents: "Deno";
		readonly programs: RegExp;
		readonly markers: readonly [
			...string[],
			"deno.lock"
		];
		readonly versionIn: (folder: Folder) => string | undefined;
		readonly image: {
			readonly reference: (version: string) => string;
			readonly version: "2.9.6";
		};
		readonly caches: readonly [
		];
		readonly environment: {
			readonly DENO_DIR: ".deno";
			readonly DENO_NO_UPDATE_CHECK: "1";
		};
		readonly packages: ".deno";
		readonly check: (asked: {
			urls?: string[];
			port?: number;
		}) => string[];
		readonly build: (folder: Folder) => string | undefined;
		readonly start: (folder: Folder) => string | undefined;
	};
	bun: {
		readonly contents: "Bun";
		readonly programs: RegExp;
		readonly markers: readonly [
			"bun.lock",
			"bun.lockb",
			"bunfig.toml"
		];
		readonly versionIn: (folder: Folder) => string | undefined;
		readonly image: {
			readonly reference: (version: string) => string;
			readonly version: "1";
		};
		readonly caches: readonly [
			"/root/.bun/install/cache"
		];
		readonly environment: {};
		readonly packages: "node_modules";
		readonly check: (asked: {
			urls?: string[];
			port?: number;
		}) => string[];
		readonly build: (folder: Folder) => string | undefined;
		readonly start: (folder: Folder) => string | undefined;
	};
	node: {
		readonly contents: "Node";
		readonly programs: RegExp;
		readonly markers: readonly [
			"package.json"
		];
		readonly caches: readonly [
			"/root/.npm"
		];
		readonly environment: {};
		readonly packages: "node_modules";
		readonly setup: typeof nodeSetup;
		readonly install: (folder: Folder) => string | undefined;
		readonly compile: (folder: Folder) => string | undefined;
		readonly build: (folder: Folder, { start }: {
			start?: string | undefined;
		}) => string | undefined;
		readonly start: typeof startOf;
	};
	static: {
		readonly contents: "Node";
		readonly programs: RegExp;
		readonly markers: readonly [
			"index.html",
			"public/index.html"
		];
		readonly caches: readonly [
			"/root/.npm"
		];
		readonly environment: {};
		readonly shownBy: typeof siteBuilder;
		readonly setup: typeof nodeSetup;
		readonly install: (folder: Folder) => string | undefined;
		readonly compile: (folder: Folder) => string | undefined;
		readonly build: (folder: Folder) => string | undefined;
		readonly start: () => string;
	};
};
declare const resources: z.ZodObject<{
	requests: z.ZodOptional<z.ZodObject<{
		cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
			z.ZodNumber,
			z.ZodString
		]>, z.ZodTransform<number, string | number>>>;
		memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
			bytes: number;
			text: string;
		}, string>>>;
	}, z.core.$strict>>;
	cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
		z.ZodNumber,
		z.ZodString
	]>, z.ZodTransform<number, string | number>>>;
	memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
		bytes: number;
		text: string;
	}, string>>>;
}, z.core.$strict>;
declare const s3: {
	title: string;
	schema: z.ZodPipe<z.ZodObject<{
		port: z.ZodOptional<z.ZodInt>;
		buckets: z.ZodDefault<z.ZodArray<z.ZodString>>;
		type: z.ZodLiteral<"s3">;
		version: z.ZodPipe<z.ZodPrefault<z.ZodUnion<readonly [
			z.ZodEnum<{
				1: "1";
			}>,
			z.ZodLiteral<number>
		]>>, z.ZodTransform<string, number | "1">>;
		image: z.ZodOptional<z.ZodString>;
		storage: z.ZodPrefault<z.ZodPipe<z.ZodString, z.ZodTransform<{
			bytes: number;
			text: string;
		}, string>>>;
		resources: z.ZodOptional<z.ZodObject<{
			requests: z.ZodOptional<z.ZodObject<{
				cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
					z.ZodNumber,
					z.ZodString
				]>, z.ZodTransform<number, string | number>>>;
				memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
					bytes: number;
					text: string;
				}, string>>>;
			}, z.core.$strict>>;
			cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodNumber,
				z.ZodString
			]>, z.ZodTransform<number, string | number>>>;
			memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
				bytes: number;
				text: string;
			}, string>>>;
		}, z.core.$strict>>;
		kubernetes: z.ZodOptional<z.ZodObject<{
			annotations: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
			labels: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
			serviceAccount: z.ZodOptional<z.ZodObject<{
				annotations: z.ZodRecord<z.ZodString, z.ZodString>;
			}, z.core.$strict>>;
			nodeSelector: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
			tolerations: z.ZodOptional<z.ZodArray<z.ZodObject<{
				key: z.ZodOptional<z.ZodString>;
				operator: z.ZodOptional<z.ZodEnum<{
					Equal: "Equal";
					Exists: "Exists";
				}>>;
				value: z.ZodOptional<z.ZodString>;
				effect: z.ZodOptional<z.ZodEnum<{
					NoSchedule: "NoSchedule";
					PreferNoSchedule: "PreferNoSchedule";
					NoExecute: "NoExecute";
				}>>;
				tolerationSeconds: z.ZodOptional<z.ZodInt>;
			}, z.core.$strict>>>;
			priorityClass: z.ZodOptional<z.ZodString>;
			storageClass: z.ZodOptional<z.ZodString>;
		}, z.core.$strict>>;
		external: z.ZodOptional<z.ZodObject<{
			url: z.ZodString;
			bucket: z.ZodString;
			region: z.ZodDefault<z.ZodString>;
			accessKeyId: z.ZodString;
			secretAccessKey: z.ZodString;
			network: z.ZodOptional<z.ZodString>;
		}, z.core.$strict>>;
	}, z.core.$strict>, z.ZodTransform<{
		port: number;
		buckets: string[];
		version: string;
		storage: {
			bytes: number;
			text: string;
		};
		image?: string | undefined;
		resources?: {
			requests?: {
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			cpu?: number | undefined;
			memory?: {
				bytes: number;
				text: string;
			} | undefined;
		} | undefined;
		kubernetes?: {
			annotations?: Record<string, string> | undefined;
			labels?: Record<string, string> | undefined;
			serviceAccount?: {
				annotations: Record<string, string>;
			} | undefined;
			nodeSelector?: Record<string, string> | undefined;
			tolerations?: {
				key?: string | undefined;
				operator?: "Equal" | "Exists" | undefined;
				value?: string | undefined;
				effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
				tolerationSeconds?: number | undefined;
			}[] | undefined;
			priorityClass?: string | undefined;
			storageClass?: string | undefined;
		} | undefined;
		external?: {
			url: string;
			bucket: string;
			region: string;
			accessKeyId: string;
			secretAccessKey: string;
			network?: string | undefined;
		} | undefined;
		kind: "s3";
	}, {
		buckets: string[];
		type: "s3";
		version: string;
		storage: {
			bytes: number;
			text: string;
		};
		port?: number | undefined;
		image?: string | undefined;
		resources?: {
			requests?: {
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			cpu?: number | undefined;
			memory?: {
				bytes: number;
				text: string;
			} | undefined;
		} | undefined;
		kubernetes?: {
			annotations?: Record<string, string> | undefined;
			labels?: Record<string, string> | undefined;
			serviceAccount?: {
				annotations: Record<string, string>;
			} | undefined;
			nodeSelector?: Record<string, string> | undefined;
			tolerations?: {
				key?: string | undefined;
				operator?: "Equal" | "Exists" | undefined;
				value?: string | undefined;
				effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
				tolerationSeconds?: number | undefined;
			}[] | undefined;
			priorityClass?: string | undefined;
			storageClass?: string | undefined;
		} | undefined;
		external?: {
			url: string;
			bucket: string;
			region: string;
			accessKeyId: string;
			secretAccessKey: string;
			network?: string | undefined;
		} | undefined;
	}>>;
	mistaken: {
		minio: string;
	};
	image: string;
	tags: {
		[k: string]: string;
	};
	replaces: string[];
	port: number;
	readsOlderData: true;
	scheme: string;
	otherSchemes: string[];
	logins: {
		app: {
			user: string;
			output: string;
			field: string;
		};
	};
	hasDatabase: false;
	externalFields: {
		bucket: string;
		region: string;
		user: string;
		password: string;
	};
	variables: {
		URL: {
			part: "host" | "port" | "database" | "endpoint" | "bucket" | "region";
			direct?: true;
		};
		S3_ENDPOINT: {
			part: "host" | "port" | "database" | "endpoint" | "bucket" | "region";
			direct?: true;
		};
		S3_BUCKET: {
			part: "host" | "port" | "database" | "endpoint" | "bucket" | "region";
			direct?: true;
		};
		S3_HOST: Part;
		S3_PORT: Part;
		AWS_ENDPOINT_URL_S3: {
			part: "host" | "port" | "database" | "endpoint" | "bucket" | "region";
			direct?: true;
		};
		AWS_ENDPOINT_URL: {
			part: "host" | "port" | "database" | "endpoint" | "bucket" | "region";
			direct?: true;
		};
		AWS_ACCESS_KEY_ID: Part;
		AWS_SECRET_ACCESS_KEY: Part;
		AWS_REGION: {
			part: "host" | "port" | "database" | "endpoint" | "bucket" | "region";
			direct?: true;
		};
		AWS_DEFAULT_REGION: {
			part: "host" | "port" | "database" | "endpoint" | "bucket" | "region";
			direct?: true;
		};
		AWS_S3_BUCKET_NAME: {
			part: "host" | "port" | "database" | "endpoint" | "bucket" | "region";
			direct?: true;
		};
		ENDPOINT: {
			part: "host" | "port" | "database" | "endpoint" | "bucket" | "region";
			direct?: true;
		};
		BUCKET: {
			part: "host" | "port" | "database" | "endpoint" | "bucket" | "region";
			direct?: true;
		};
		REGION: {
			part: "host" | "port" | "database" | "endpoint" | "bucket" | "region";
			direct?: true;
		};
		ACCESS_KEY_ID: Part;
		SECRET_ACCESS_KEY: Part;
	};
	passwords: {
		superuser: string;
		app: string;
	};
	container: typeof s3Container;
	imageFolder: () => string;
	local: () => Promise<typeof import("./local/index.ts")>;
	ownerVariables: {};
};
declare const size: z.ZodPipe<z.ZodString, z.ZodTransform<{
	bytes: number;
	text: string;
}, string>>;
declare const stackSchema: z.ZodObject<{
	name: z.ZodString;
	variables: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [
		z.ZodString,
		z.ZodNumber,
		z.ZodBoolean
	]>, z.ZodTransform<string, string | number | boolean>>>>;
	services: z.ZodRecord<z.ZodString, z.ZodUnion<readonly [
		z.ZodPreprocess<z.ZodPipe<z.ZodObject<{
			envFile: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodPipe<z.ZodUnion<readonly [
					z.ZodString,
					z.ZodObject<{
						path: z.ZodString;
						required: z.ZodDefault<z.ZodBoolean>;
					}, z.core.$strict>
				]>, z.ZodTransform<{
					path: string;
					required: boolean;
				}, string | {
					path: string;
					required: boolean;
				}>>,
				z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [
					z.ZodString,
					z.ZodObject<{
						path: z.ZodString;
						required: z.ZodDefault<z.ZodBoolean>;
					}, z.core.$strict>
				]>, z.ZodTransform<{
					path: string;
					required: boolean;
				}, string | {
					path: string;
					required: boolean;
				}>>>
			]>, z.ZodTransform<{
				path: string;
				required: boolean;
			}[], {
				path: string;
				required: boolean;
			} | {
				path: string;
				required: boolean;
			}[]>>>;
			kubernetes: z.ZodOptional<z.ZodObject<{
				annotations: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				labels: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				serviceAccount: z.ZodOptional<z.ZodObject<{
					annotations: z.ZodRecord<z.ZodString, z.ZodString>;
				}, z.core.$strict>>;
				nodeSelector: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				tolerations: z.ZodOptional<z.ZodArray<z.ZodObject<{
					key: z.ZodOptional<z.ZodString>;
					operator: z.ZodOptional<z.ZodEnum<{
						Equal: "Equal";
						Exists: "Exists";
					}>>;
					value: z.ZodOptional<z.ZodString>;
					effect: z.ZodOptional<z.ZodEnum<{
						NoSchedule: "NoSchedule";
						PreferNoSchedule: "PreferNoSchedule";
						NoExecute: "NoExecute";
					}>>;
					tolerationSeconds: z.ZodOptional<z.ZodInt>;
				}, z.core.$strict>>>;
				priorityClass: z.ZodOptional<z.ZodString>;
				storageClass: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>;
			variables: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [
				z.ZodString,
				z.ZodNumber,
				z.ZodBoolean
			]>, z.ZodTransform<string, string | number | boolean>>>>;
			user: z.ZodOptional<z.ZodPipe<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodString
			]>, z.ZodTransform<string, string | number>>, z.ZodTransform<string, string>>>;
			readOnly: z.ZodOptional<z.ZodBoolean>;
			tmpfs: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodString,
				z.ZodObject<{
					path: z.ZodString;
					size: z.ZodPipe<z.ZodString, z.ZodTransform<{
						bytes: number;
						text: string;
					}, string>>;
				}, z.core.$strict>
			]>, z.ZodTransform<{
				path: string;
				size: {
					bytes: number;
					text: string;
				};
			}, string | {
				path: string;
				size: {
					bytes: number;
					text: string;
				};
			}>>>>;
			stopSignal: z.ZodOptional<z.ZodEnum<{
				SIGINT: "SIGINT";
				SIGTERM: "SIGTERM";
				SIGHUP: "SIGHUP";
				SIGQUIT: "SIGQUIT";
				SIGUSR1: "SIGUSR1";
				SIGUSR2: "SIGUSR2";
				SIGWINCH: "SIGWINCH";
			}>>;
			shmSize: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
				bytes: number;
				text: string;
			}, string>>>;
			ulimits: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodObject<{
					soft: z.ZodInt;
					hard: z.ZodInt;
				}, z.core.$strict>
			]>, z.ZodTransform<{
				soft: number;
				hard: number;
			}, number | {
				soft: number;
				hard: number;
			}>>>>;
			capabilities: z.ZodOptional<z.ZodObject<{
				add: z.ZodArray<z.ZodEnum<{
					[x: string]: string;
				}>>;
			}, z.core.$strict>>;
			port: z.ZodOptional<z.ZodInt>;
			ports: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodObject<{
					port: z.ZodInt;
					protocol: z.ZodDefault<z.ZodEnum<{
						http: "http";
						tcp: "tcp";
					}>>;
				}, z.core.$strict>
			]>, z.ZodTransform<{
				port: number;
				protocol: "http" | "tcp";
			}, number | {
				port: number;
				protocol: "http" | "tcp";
			}>>>>;
			publish: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodRecord<z.ZodString, z.ZodInt>
			]>, z.ZodTransform<Record<string, number>, number | Record<string, number>>>>;
			preDeploy: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodString,
				z.ZodArray<z.ZodString>,
				z.ZodObject<{
					command: z.ZodUnion<readonly [
						z.ZodString,
						z.ZodArray<z.ZodString>
					]>;
					variables: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [
						z.ZodString,
						z.ZodNumber,
						z.ZodBoolean
					]>, z.ZodTransform<string, string | number | boolean>>>>;
					migrations: z.ZodOptional<z.ZodString>;
					backwardCompatible: z.ZodOptional<z.ZodBoolean>;
				}, z.core.$strict>
			]>, z.ZodTransform<{
				command: string[];
				variables: Record<string, string>;
				migrations?: string | undefined;
				backwardCompatible?: boolean | undefined;
			}, string | string[] | {
				command: string | string[];
				variables: Record<string, string>;
				migrations?: string | undefined;
				backwardCompatible?: boolean | undefined;
			}>>>;
			replicas: z.ZodPrefault<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodObject<{
					min: z.ZodInt;
					max: z.ZodInt;
					cpu: z.ZodOptional<z.ZodInt>;
					memory: z.ZodOptional<z.ZodInt>;
					queue: z.ZodOptional<z.ZodObject<{
						name: z.ZodString;
						size: z.ZodInt;
						from: z.ZodString;
					}, z.core.$strict>>;
				}, z.core.$strict>
			]>, z.ZodTransform<{
				min: number;
				max: number;
				cpu?: number | undefined;
				memory?: number | undefined;
				queue?: {
					name: string;
					size: number;
					from: string;
				} | undefined;
			}, number | {
				min: number;
				max: number;
				cpu?: number | undefined;
				memory?: number | undefined;
				queue?: {
					name: string;
					size: number;
					from: string;
				} | undefined;
			}>>>;
			resources: z.ZodOptional<z.ZodObject<{
				gpu: z.ZodOptional<z.ZodInt>;
				requests: z.ZodOptional<z.ZodObject<{
					cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
						z.ZodNumber,
						z.ZodString
					]>, z.ZodTransform<number, string | number>>>;
					memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
						bytes: number;
						text: string;
					}, string>>>;
				}, z.core.$strict>>;
				cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
					z.ZodNumber,
					z.ZodString
				]>, z.ZodTransform<number, string | number>>>;
				memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
					bytes: number;
					text: string;
				}, string>>>;
			}, z.core.$strict>>;
			health: z.ZodOptional<z.ZodPipe<z.ZodObject<{
				path: z.ZodOptional<z.ZodString>;
				ready: z.ZodOptional<z.ZodString>;
				tcp: z.ZodOptional<z.ZodLiteral<true>>;
				command: z.ZodOptional<z.ZodUnion<readonly [
					z.ZodString,
					z.ZodArray<z.ZodString>
				]>>;
				timeout: z.ZodPrefault<z.ZodPipe<z.ZodUnion<readonly [
					z.ZodInt,
					z.ZodString
				]>, z.ZodTransform<number, string | number>>>;
			}, z.core.$strict>, z.ZodTransform<{
				ready?: string | undefined;
				timeout: number;
				path?: string | undefined;
				tcp?: true | undefined;
				command?: string | string[] | undefined;
			}, {
				timeout: number;
				path?: string | undefined;
				ready?: string | undefined;
				tcp?: true | undefined;
				command?: string | string[] | undefined;
			}>>>;
			minReady: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodString
			]>, z.ZodTransform<number, string | number>>>;
			rollout: z.ZodOptional<z.ZodObject<{
				strategy: z.ZodEnum<{
					canary: "canary";
					blueGreen: "blueGreen";
					rolling: "rolling";
				}>;
				steps: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodString, z.ZodTransform<number, string>>>>;
				analysis: z.ZodOptional<z.ZodObject<{
					errors: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<number, string>>>;
					p99: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<number, string>>>;
					for: z.ZodPipe<z.ZodUnion<readonly [
						z.ZodInt,
						z.ZodString
					]>, z.ZodTransform<number, string | number>>;
					minRequests: z.ZodDefault<z.ZodInt>;
				}, z.core.$strict>>;
			}, z.core.$strict>>;
			cron: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>,
				z.ZodObject<{
					schedule: z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>;
					timezone: z.ZodOptional<z.ZodString>;
					retries: z.ZodOptional<z.ZodInt>;
				}, z.core.$strict>
			]>, z.ZodTransform<string | {
				schedule: string;
				timezone?: string | undefined;
				retries?: number | undefined;
			}, string | {
				schedule: string;
				timezone?: string | undefined;
				retries?: number | undefined;
			}>>>;
			restart: z.ZodPipe<z.ZodPrefault<z.ZodUnion<readonly [
				z.ZodObject<{
					policy: z.ZodDefault<z.ZodEnum<{
						never: "never";
						"on-failure": "on-failure";
						always: "always";
					}>>;
					maxRetries: z.ZodDefault<z.ZodInt>;
				}, z.core.$strict>,
				z.ZodEnum<{
					never: "never";
					"on-failure": "on-failure";
					always: "always";
				}>
			]>>, z.ZodTransform<{
				policy: "never" | "on-failure" | "always";
				maxRetries: number;
			}, "never" | "on-failure" | "always" | {
				policy: "never" | "on-failure" | "always";
				maxRetries: number;
			}>>;
			dependsOn: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodArray<z.ZodPipe<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>, z.ZodString>>,
				z.ZodRecord<z.ZodPipe<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>, z.ZodString>, z.ZodEnum<{
					ready: "ready";
					completed: "completed";
				}>>
			]>, z.ZodTransform<Record<string, "ready" | "completed">, string[] | Record<string, "ready" | "completed">>>>;
			drain: z.ZodPrefault<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodString
			]>, z.ZodTransform<number, string | number>>>;
			volume: z.ZodOptional<z.ZodObject<{
				path: z.ZodString;
				size: z.ZodPipe<z.ZodString, z.ZodTransform<{
					bytes: number;
					text: string;
				}, string>>;
			}, z.core.$strict>>;
			volumes: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [
				z.ZodString,
				z.ZodObject<{
					path: z.ZodString;
					size: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
						bytes: number;
						text: string;
					}, string>>>;
					readOnly: z.ZodOptional<z.ZodBoolean>;
				}, z.core.$strict>
			]>, z.ZodTransform<{
				path: string;
				size?: {
					bytes: number;
					text: string;
				} | undefined;
				readOnly?: boolean | undefined;
			}, string | {
				path: string;
				size?: {
					bytes: number;
					text: string;
				} | undefined;
				readOnly?: boolean | undefined;
			}>>>>;
			bindMounts: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodObject<{
				source: z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>;
				path: z.ZodString;
				readOnly: z.ZodOptional<z.ZodBoolean>;
			}, z.core.$strict>>>;
			files: z.ZodOptional<z.ZodArray<z.ZodObject<{
				path: z.ZodString;
				source: z.ZodOptional<z.ZodString>;
				content: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>>;
			metrics: z.ZodOptional<z.ZodString>;
			egress: z.ZodDefault<z.ZodArray<z.ZodObject<{
				to: z.ZodUnion<readonly [
					z.ZodLiteral<"internet">,
					z.ZodString
				]>;
				port: z.ZodOptional<z.ZodInt>;
			}, z.core.$strict>>>;
			buildVariables: z.ZodDefault<z.ZodArray<z.ZodString>>;
			buildSecrets: z.ZodOptional<z.ZodArray<z.ZodString>>;
			entrypoint: z.ZodOptional<z.ZodUnion<readonly [
				z.ZodPipe<z.ZodString, z.ZodTransform<string[], string>>,
				z.ZodArray<z.ZodString>
			]>>;
			command: z.ZodOptional<z.ZodUnion<readonly [
				z.ZodPipe<z.ZodString, z.ZodTransform<string[], string>>,
				z.ZodArray<z.ZodString>
			]>>;
			source: z.ZodString;
			runtime: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<Runtime, string>>>;
			build: z.ZodOptional<z.ZodString>;
			start: z.ZodOptional<z.ZodString>;
			dockerfile: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodString,
				z.ZodObject<{
					path: z.ZodDefault<z.ZodString>;
					context: z.ZodOptional<z.ZodString>;
					target: z.ZodOptional<z.ZodString>;
					args: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [
						z.ZodString,
						z.ZodNumber,
						z.ZodBoolean
					]>, z.ZodTransform<string, string | number | boolean>>>>;
				}, z.core.$strict>
			]>, z.ZodTransform<{
				path: string;
				args: Record<string, string>;
				context?: string | undefined;
				target?: string | undefined;
			}, string | {
				path: string;
				args: Record<string, string>;
				context?: string | undefined;
				target?: string | undefined;
			}>>>;
		}, z.core.$strict>, z.ZodTransform<{
			variables: Record<string, string>;
			drain: number;
			port?: number | undefined;
			user?: string | undefined;
			resources?: {
				gpu?: number | undefined;
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			command?: string[] | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			source: string;
			build?: string | undefined;
			start?: string | undefined;
			replicas: {
				min: number;
				max: number;
				cpu?: number | undefined;
				memory?: number | undefined;
				queue?: {
					name: string;
					size: number;
					from: string;
				} | undefined;
			};
			health?: {
				ready?: string | undefined;
				timeout: number;
				path?: string | undefined;
				tcp?: true | undefined;
				command?: string | string[] | undefined;
			} | undefined;
			minReady?: number | undefined;
			restart: {
				policy: "never" | "on-failure" | "always";
				maxRetries: number;
			};
			stopSignal?: "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGQUIT" | "SIGUSR1" | "SIGUSR2" | "SIGWINCH" | undefined;
			readOnly?: boolean | undefined;
			bindMounts?: Record<string, {
				source: string;
				path: string;
				readOnly?: boolean | undefined;
			}> | undefined;
			dockerfile?: {
				path: string;
				args: Record<string, string>;
				context?: string | undefined;
				target?: string | undefined;
			} | undefined;
			volumes?: Record<string, {
				path: string;
				size?: {
					bytes: number;
					text: string;
				} | undefined;
				readOnly?: boolean | undefined;
			}> | undefined;
			tmpfs?: {
				path: string;
				size: {
					bytes: number;
					text: string;
				};
			}[] | undefined;
			volume?: {
				path: string;
				size: {
					bytes: number;
					text: string;
				};
			} | undefined;
			ports?: Record<string, {
				port: number;
				protocol: "http" | "tcp";
			}> | undefined;
			publish?: Record<string, number> | undefined;
			cron?: string | {
				schedule: string;
				timezone?: string | undefined;
				retries?: number | undefined;
			} | undefined;
			rollout?: {
				strategy: "canary" | "blueGreen" | "rolling";
				steps?: number[] | undefined;
				analysis?: {
					for: number;
					minRequests: number;
					errors?: number | undefined;
					p99?: number | undefined;
				} | undefined;
			} | undefined;
			preDeploy?: {
				command: string[];
				variables: Record<string, string>;
				migrations?: string | undefined;
				backwardCompatible?: boolean | undefined;
			} | undefined;
			metrics?: string | undefined;
			capabilities?: {
				add: string[];
			} | undefined;
			files?: {
				path: string;
				source?: string | undefined;
				content?: string | undefined;
			}[] | undefined;
			shmSize?: {
				bytes: number;
				text: string;
			} | undefined;
			entrypoint?: string[] | undefined;
			runtime?: Runtime | undefined;
			buildSecrets?: string[] | undefined;
			buildVariables: string[];
			ulimits?: Record<string, {
				soft: number;
				hard: number;
			}> | undefined;
			dependsOn?: Record<string, "ready" | "completed"> | undefined;
			egress: {
				to: string;
				port?: number | undefined;
			}[];
			kind: "source";
		}, {
			variables: Record<string, string>;
			replicas: {
				min: number;
				max: number;
				cpu?: number | undefined;
				memory?: number | undefined;
				queue?: {
					name: string;
					size: number;
					from: string;
				} | undefined;
			};
			restart: {
				policy: "never" | "on-failure" | "always";
				maxRetries: number;
			};
			drain: number;
			egress: {
				to: string;
				port?: number | undefined;
			}[];
			buildVariables: string[];
			source: string;
			envFile?: {
				path: string;
				required: boolean;
			}[] | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			user?: string | undefined;
			readOnly?: boolean | undefined;
			tmpfs?: {
				path: string;
				size: {
					bytes: number;
					text: string;
				};
			}[] | undefined;
			stopSignal?: "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGQUIT" | "SIGUSR1" | "SIGUSR2" | "SIGWINCH" | undefined;
			shmSize?: {
				bytes: number;
				text: string;
			} | undefined;
			ulimits?: Record<string, {
				soft: number;
				hard: number;
			}> | undefined;
			capabilities?: {
				add: string[];
			} | undefined;
			port?: number | undefined;
			ports?: Record<string, {
				port: number;
				protocol: "http" | "tcp";
			}> | undefined;
			publish?: Record<string, number> | undefined;
			preDeploy?: {
				command: string[];
				variables: Record<string, string>;
				migrations?: string | undefined;
				backwardCompatible?: boolean | undefined;
			} | undefined;
			resources?: {
				gpu?: number | undefined;
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			health?: {
				ready?: string | undefined;
				timeout: number;
				path?: string | undefined;
				tcp?: true | undefined;
				command?: string | string[] | undefined;
			} | undefined;
			minReady?: number | undefined;
			rollout?: {
				strategy: "canary" | "blueGreen" | "rolling";
				steps?: number[] | undefined;
				analysis?: {
					for: number;
					minRequests: number;
					errors?: number | undefined;
					p99?: number | undefined;
				} | undefined;
			} | undefined;
			cron?: string | {
				schedule: string;
				timezone?: string | undefined;
				retries?: number | undefined;
			} | undefined;
			dependsOn?: Record<string, "ready" | "completed"> | undefined;
			volume?: {
				path: string;
				size: {
					bytes: number;
					text: string;
				};
			} | undefined;
			volumes?: Record<string, {
				path: string;
				size?: {
					bytes: number;
					text: string;
				} | undefined;
				readOnly?: boolean | undefined;
			}> | undefined;
			bindMounts?: Record<string, {
				source: string;
				path: string;
				readOnly?: boolean | undefined;
			}> | undefined;
			files?: {
				path: string;
				source?: string | undefined;
				content?: string | undefined;
			}[] | undefined;
			metrics?: string | undefined;
			buildSecrets?: string[] | undefined;
			entrypoint?: string[] | undefined;
			command?: string[] | undefined;
			runtime?: Runtime | undefined;
			build?: string | undefined;
			start?: string | undefined;
			dockerfile?: {
				path: string;
				args: Record<string, string>;
				context?: string | undefined;
				target?: string | undefined;
			} | undefined;
		}>>, unknown>,
		z.ZodPreprocess<z.ZodPipe<z.ZodObject<{
			envFile: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodPipe<z.ZodUnion<readonly [
					z.ZodString,
					z.ZodObject<{
						path: z.ZodString;
						required: z.ZodDefault<z.ZodBoolean>;
					}, z.core.$strict>
				]>, z.ZodTransform<{
					path: string;
					required: boolean;
				}, string | {
					path: string;
					required: boolean;
				}>>,
				z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [
					z.ZodString,
					z.ZodObject<{
						path: z.ZodString;
						required: z.ZodDefault<z.ZodBoolean>;
					}, z.core.$strict>
				]>, z.ZodTransform<{
					path: string;
					required: boolean;
				}, string | {
					path: string;
					required: boolean;
				}>>>
			]>, z.ZodTransform<{
				path: string;
				required: boolean;
			}[], {
				path: string;
				required: boolean;
			} | {
				path: string;
				required: boolean;
			}[]>>>;
			kubernetes: z.ZodOptional<z.ZodObject<{
				annotations: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				labels: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				serviceAccount: z.ZodOptional<z.ZodObject<{
					annotations: z.ZodRecord<z.ZodString, z.ZodString>;
				}, z.core.$strict>>;
				nodeSelector: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				tolerations: z.ZodOptional<z.ZodArray<z.ZodObject<{
					key: z.ZodOptional<z.ZodString>;
					operator: z.ZodOptional<z.ZodEnum<{
						Equal: "Equal";
						Exists: "Exists";
					}>>;
					value: z.ZodOptional<z.ZodString>;
					effect: z.ZodOptional<z.ZodEnum<{
						NoSchedule: "NoSchedule";
						PreferNoSchedule: "PreferNoSchedule";
						NoExecute: "NoExecute";
					}>>;
					tolerationSeconds: z.ZodOptional<z.ZodInt>;
				}, z.core.$strict>>>;
				priorityClass: z.ZodOptional<z.ZodString>;
				storageClass: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>;
			variables: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [
				z.ZodString,
				z.ZodNumber,
				z.ZodBoolean
			]>, z.ZodTransform<string, string | number | boolean>>>>;
			user: z.ZodOptional<z.ZodPipe<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodString
			]>, z.ZodTransform<string, string | number>>, z.ZodTransform<string, string>>>;
			readOnly: z.ZodOptional<z.ZodBoolean>;
			tmpfs: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodString,
				z.ZodObject<{
					path: z.ZodString;
					size: z.ZodPipe<z.ZodString, z.ZodTransform<{
						bytes: number;
						text: string;
					}, string>>;
				}, z.core.$strict>
			]>, z.ZodTransform<{
				path: string;
				size: {
					bytes: number;
					text: string;
				};
			}, string | {
				path: string;
				size: {
					bytes: number;
					text: string;
				};
			}>>>>;
			stopSignal: z.ZodOptional<z.ZodEnum<{
				SIGINT: "SIGINT";
				SIGTERM: "SIGTERM";
				SIGHUP: "SIGHUP";
				SIGQUIT: "SIGQUIT";
				SIGUSR1: "SIGUSR1";
				SIGUSR2: "SIGUSR2";
				SIGWINCH: "SIGWINCH";
			}>>;
			shmSize: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
				bytes: number;
				text: string;
			}, string>>>;
			ulimits: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodObject<{
					soft: z.ZodInt;
					hard: z.ZodInt;
				}, z.core.$strict>
			]>, z.ZodTransform<{
				soft: number;
				hard: number;
			}, number | {
				soft: number;
				hard: number;
			}>>>>;
			capabilities: z.ZodOptional<z.ZodObject<{
				add: z.ZodArray<z.ZodEnum<{
					[x: string]: string;
				}>>;
			}, z.core.$strict>>;
			port: z.ZodOptional<z.ZodInt>;
			ports: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodObject<{
					port: z.ZodInt;
					protocol: z.ZodDefault<z.ZodEnum<{
						http: "http";
						tcp: "tcp";
					}>>;
				}, z.core.$strict>
			]>, z.ZodTransform<{
				port: number;
				protocol: "http" | "tcp";
			}, number | {
				port: number;
				protocol: "http" | "tcp";
			}>>>>;
			publish: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodRecord<z.ZodString, z.ZodInt>
			]>, z.ZodTransform<Record<string, number>, number | Record<string, number>>>>;
			preDeploy: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodString,
				z.ZodArray<z.ZodString>,
				z.ZodObject<{
					command: z.ZodUnion<readonly [
						z.ZodString,
						z.ZodArray<z.ZodString>
					]>;
					variables: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [
						z.ZodString,
						z.ZodNumber,
						z.ZodBoolean
					]>, z.ZodTransform<string, string | number | boolean>>>>;
					migrations: z.ZodOptional<z.ZodString>;
					backwardCompatible: z.ZodOptional<z.ZodBoolean>;
				}, z.core.$strict>
			]>, z.ZodTransform<{
				command: string[];
				variables: Record<string, string>;
				migrations?: string | undefined;
				backwardCompatible?: boolean | undefined;
			}, string | string[] | {
				command: string | string[];
				variables: Record<string, string>;
				migrations?: string | undefined;
				backwardCompatible?: boolean | undefined;
			}>>>;
			replicas: z.ZodPrefault<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodObject<{
					min: z.ZodInt;
					max: z.ZodInt;
					cpu: z.ZodOptional<z.ZodInt>;
					memory: z.ZodOptional<z.ZodInt>;
					queue: z.ZodOptional<z.ZodObject<{
						name: z.ZodString;
						size: z.ZodInt;
						from: z.ZodString;
					}, z.core.$strict>>;
				}, z.core.$strict>
			]>, z.ZodTransform<{
				min: number;
				max: number;
				cpu?: number | undefined;
				memory?: number | undefined;
				queue?: {
					name: string;
					size: number;
					from: string;
				} | undefined;
			}, number | {
				min: number;
				max: number;
				cpu?: number | undefined;
				memory?: number | undefined;
				queue?: {
					name: string;
					size: number;
					from: string;
				} | undefined;
			}>>>;
			resources: z.ZodOptional<z.ZodObject<{
				gpu: z.ZodOptional<z.ZodInt>;
				requests: z.ZodOptional<z.ZodObject<{
					cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
						z.ZodNumber,
						z.ZodString
					]>, z.ZodTransform<number, string | number>>>;
					memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
						bytes: number;
						text: string;
					}, string>>>;
				}, z.core.$strict>>;
				cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
					z.ZodNumber,
					z.ZodString
				]>, z.ZodTransform<number, string | number>>>;
				memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
					bytes: number;
					text: string;
				}, string>>>;
			}, z.core.$strict>>;
			health: z.ZodOptional<z.ZodPipe<z.ZodObject<{
				path: z.ZodOptional<z.ZodString>;
				ready: z.ZodOptional<z.ZodString>;
				tcp: z.ZodOptional<z.ZodLiteral<true>>;
				command: z.ZodOptional<z.ZodUnion<readonly [
					z.ZodString,
					z.ZodArray<z.ZodString>
				]>>;
				timeout: z.ZodPrefault<z.ZodPipe<z.ZodUnion<readonly [
					z.ZodInt,
					z.ZodString
				]>, z.ZodTransform<number, string | number>>>;
			}, z.core.$strict>, z.ZodTransform<{
				ready?: string | undefined;
				timeout: number;
				path?: string | undefined;
				tcp?: true | undefined;
				command?: string | string[] | undefined;
			}, {
				timeout: number;
				path?: string | undefined;
				ready?: string | undefined;
				tcp?: true | undefined;
				command?: string | string[] | undefined;
			}>>>;
			minReady: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodString
			]>, z.ZodTransform<number, string | number>>>;
			rollout: z.ZodOptional<z.ZodObject<{
				strategy: z.ZodEnum<{
					canary: "canary";
					blueGreen: "blueGreen";
					rolling: "rolling";
				}>;
				steps: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodString, z.ZodTransform<number, string>>>>;
				analysis: z.ZodOptional<z.ZodObject<{
					errors: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<number, string>>>;
					p99: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<number, string>>>;
					for: z.ZodPipe<z.ZodUnion<readonly [
						z.ZodInt,
						z.ZodString
					]>, z.ZodTransform<number, string | number>>;
					minRequests: z.ZodDefault<z.ZodInt>;
				}, z.core.$strict>>;
			}, z.core.$strict>>;
			cron: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>,
				z.ZodObject<{
					schedule: z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>;
					timezone: z.ZodOptional<z.ZodString>;
					retries: z.ZodOptional<z.ZodInt>;
				}, z.core.$strict>
			]>, z.ZodTransform<string | {
				schedule: string;
				timezone?: string | undefined;
				retries?: number | undefined;
			}, string | {
				schedule: string;
				timezone?: string | undefined;
				retries?: number | undefined;
			}>>>;
			restart: z.ZodPipe<z.ZodPrefault<z.ZodUnion<readonly [
				z.ZodObject<{
					policy: z.ZodDefault<z.ZodEnum<{
						never: "never";
						"on-failure": "on-failure";
						always: "always";
					}>>;
					maxRetries: z.ZodDefault<z.ZodInt>;
				}, z.core.$strict>,
				z.ZodEnum<{
					never: "never";
					"on-failure": "on-failure";
					always: "always";
				}>
			]>>, z.ZodTransform<{
				policy: "never" | "on-failure" | "always";
				maxRetries: number;
			}, "never" | "on-failure" | "always" | {
				policy: "never" | "on-failure" | "always";
				maxRetries: number;
			}>>;
			dependsOn: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodArray<z.ZodPipe<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>, z.ZodString>>,
				z.ZodRecord<z.ZodPipe<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>, z.ZodString>, z.ZodEnum<{
					ready: "ready";
					completed: "completed";
				}>>
			]>, z.ZodTransform<Record<string, "ready" | "completed">, string[] | Record<string, "ready" | "completed">>>>;
			drain: z.ZodPrefault<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodString
			]>, z.ZodTransform<number, string | number>>>;
			volume: z.ZodOptional<z.ZodObject<{
				path: z.ZodString;
				size: z.ZodPipe<z.ZodString, z.ZodTransform<{
					bytes: number;
					text: string;
				}, string>>;
			}, z.core.$strict>>;
			volumes: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [
				z.ZodString,
				z.ZodObject<{
					path: z.ZodString;
					size: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
						bytes: number;
						text: string;
					}, string>>>;
					readOnly: z.ZodOptional<z.ZodBoolean>;
				}, z.core.$strict>
			]>, z.ZodTransform<{
				path: string;
				size?: {
					bytes: number;
					text: string;
				} | undefined;
				readOnly?: boolean | undefined;
			}, string | {
				path: string;
				size?: {
					bytes: number;
					text: string;
				} | undefined;
				readOnly?: boolean | undefined;
			}>>>>;
			bindMounts: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodObject<{
				source: z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>;
				path: z.ZodString;
				readOnly: z.ZodOptional<z.ZodBoolean>;
			}, z.core.$strict>>>;
			files: z.ZodOptional<z.ZodArray<z.ZodObject<{
				path: z.ZodString;
				source: z.ZodOptional<z.ZodString>;
				content: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>>;
			metrics: z.ZodOptional<z.ZodString>;
			egress: z.ZodDefault<z.ZodArray<z.ZodObject<{
				to: z.ZodUnion<readonly [
					z.ZodLiteral<"internet">,
					z.ZodString
				]>;
				port: z.ZodOptional<z.ZodInt>;
			}, z.core.$strict>>>;
			entrypoint: z.ZodOptional<z.ZodUnion<readonly [
				z.ZodPipe<z.ZodString, z.ZodTransform<string[], string>>,
				z.ZodArray<z.ZodString>
			]>>;
			command: z.ZodOptional<z.ZodUnion<readonly [
				z.ZodPipe<z.ZodString, z.ZodTransform<string[], string>>,
				z.ZodArray<z.ZodString>
			]>>;
			image: z.ZodString;
			start: z.ZodOptional<z.ZodString>;
		}, z.core.$strict>, z.ZodTransform<{
			variables: Record<string, string>;
			drain: number;
			port?: number | undefined;
			image: string;
			user?: string | undefined;
			resources?: {
				gpu?: number | undefined;
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			command?: string[] | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			start?: string | undefined;
			replicas: {
				min: number;
				max: number;
				cpu?: number | undefined;
				memory?: number | undefined;
				queue?: {
					name: string;
					size: number;
					from: string;
				} | undefined;
			};
			health?: {
				ready?: string | undefined;
				timeout: number;
				path?: string | undefined;
				tcp?: true | undefined;
				command?: string | string[] | undefined;
			} | undefined;
			minReady?: number | undefined;
			restart: {
				policy: "never" | "on-failure" | "always";
				maxRetries: number;
			};
			stopSignal?: "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGQUIT" | "SIGUSR1" | "SIGUSR2" | "SIGWINCH" | undefined;
			readOnly?: boolean | undefined;
			bindMounts?: Record<string, {
				source: string;
				path: string;
				readOnly?: boolean | undefined;
			}> | undefined;
			volumes?: Record<string, {
				path: string;
				size?: {
					bytes: number;
					text: string;
				} | undefined;
				readOnly?: boolean | undefined;
			}> | undefined;
			tmpfs?: {
				path: string;
				size: {
					bytes: number;
					text: string;
				};
			}[] | undefined;
			volume?: {
				path: string;
				size: {
					bytes: number;
					text: string;
				};
			} | undefined;
			ports?: Record<string, {
				port: number;
				protocol: "http" | "tcp";
			}> | undefined;
			publish?: Record<string, number> | undefined;
			cron?: string | {
				schedule: string;
				timezone?: string | undefined;
				retries?: number | undefined;
			} | undefined;
			rollout?: {
				strategy: "canary" | "blueGreen" | "rolling";
				steps?: number[] | undefined;
				analysis?: {
					for: number;
					minRequests: number;
					errors?: number | undefined;
					p99?: number | undefined;
				} | undefined;
			} | undefined;
			preDeploy?: {
				command: string[];
				variables: Record<string, string>;
				migrations?: string | undefined;
				backwardCompatible?: boolean | undefined;
			} | undefined;
			metrics?: string | undefined;
			capabilities?: {
				add: string[];
			} | undefined;
			files?: {
				path: string;
				source?: string | undefined;
				content?: string | undefined;
			}[] | undefined;
			shmSize?: {
				bytes: number;
				text: string;
			} | undefined;
			entrypoint?: string[] | undefined;
			ulimits?: Record<string, {
				soft: number;
				hard: number;
			}> | undefined;
			dependsOn?: Record<string, "ready" | "completed"> | undefined;
			egress: {
				to: string;
				port?: number | undefined;
			}[];
			kind: "image";
		}, {
			variables: Record<string, string>;
			replicas: {
				min: number;
				max: number;
				cpu?: number | undefined;
				memory?: number | undefined;
				queue?: {
					name: string;
					size: number;
					from: string;
				} | undefined;
			};
			restart: {
				policy: "never" | "on-failure" | "always";
				maxRetries: number;
			};
			drain: number;
			egress: {
				to: string;
				port?: number | undefined;
			}[];
			image: string;
			envFile?: {
				path: string;
				required: boolean;
			}[] | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			user?: string | undefined;
			readOnly?: boolean | undefined;
			tmpfs?: {
				path: string;
				size: {
					bytes: number;
					text: string;
				};
			}[] | undefined;
			stopSignal?: "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGQUIT" | "SIGUSR1" | "SIGUSR2" | "SIGWINCH" | undefined;
			shmSize?: {
				bytes: number;
				text: string;
			} | undefined;
			ulimits?: Record<string, {
				soft: number;
				hard: number;
			}> | undefined;
			capabilities?: {
				add: string[];
			} | undefined;
			port?: number | undefined;
			ports?: Record<string, {
				port: number;
				protocol: "http" | "tcp";
			}> | undefined;
			publish?: Record<string, number> | undefined;
			preDeploy?: {
				command: string[];
				variables: Record<string, string>;
				migrations?: string | undefined;
				backwardCompatible?: boolean | undefined;
			} | undefined;
			resources?: {
				gpu?: number | undefined;
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			health?: {
				ready?: string | undefined;
				timeout: number;
				path?: string | undefined;
				tcp?: true | undefined;
				command?: string | string[] | undefined;
			} | undefined;
			minReady?: number | undefined;
			rollout?: {
				strategy: "canary" | "blueGreen" | "rolling";
				steps?: number[] | undefined;
				analysis?: {
					for: number;
					minRequests: number;
					errors?: number | undefined;
					p99?: number | undefined;
				} | undefined;
			} | undefined;
			cron?: string | {
				schedule: string;
				timezone?: string | undefined;
				retries?: number | undefined;
			} | undefined;
			dependsOn?: Record<string, "ready" | "completed"> | undefined;
			volume?: {
				path: string;
				size: {
					bytes: number;
					text: string;
				};
			} | undefined;
			volumes?: Record<string, {
				path: string;
				size?: {
					bytes: number;
					text: string;
				} | undefined;
				readOnly?: boolean | undefined;
			}> | undefined;
			bindMounts?: Record<string, {
				source: string;
				path: string;
				readOnly?: boolean | undefined;
			}> | undefined;
			files?: {
				path: string;
				source?: string | undefined;
				content?: string | undefined;
			}[] | undefined;
			metrics?: string | undefined;
			entrypoint?: string[] | undefined;
			command?: string[] | undefined;
			start?: string | undefined;
		}>>, unknown>,
		...z.ZodPreprocess<z.ZodPipe<z.ZodObject<{
			connections: z.ZodOptional<z.ZodInt>;
			settings: z.ZodOptional<z.ZodPipe<z.ZodRecord<z.ZodString, z.ZodUnion<readonly [
				z.ZodNumber,
				z.ZodBoolean,
				z.ZodString
			]>>, z.ZodTransform<Settings, Record<string, string | number | boolean>>>>;
			type: z.ZodLiteral<"mariadb">;
			version: z.ZodPipe<z.ZodPrefault<z.ZodUnion<readonly [
				z.ZodEnum<{
					10.11: "10.11";
					11.4: "11.4";
					11.8: "11.8";
				}>,
				z.ZodLiteral<number>
			]>>, z.ZodTransform<string, number | "10.11" | "11.4" | "11.8">>;
			image: z.ZodOptional<z.ZodString>;
			storage: z.ZodPrefault<z.ZodPipe<z.ZodString, z.ZodTransform<{
				bytes: number;
				text: string;
			}, string>>>;
			port: z.ZodDefault<z.ZodInt>;
			resources: z.ZodOptional<z.ZodObject<{
				requests: z.ZodOptional<z.ZodObject<{
					cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
						z.ZodNumber,
						z.ZodString
					]>, z.ZodTransform<number, string | number>>>;
					memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
						bytes: number;
						text: string;
					}, string>>>;
				}, z.core.$strict>>;
				cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
					z.ZodNumber,
					z.ZodString
				]>, z.ZodTransform<number, string | number>>>;
				memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
					bytes: number;
					text: string;
				}, string>>>;
			}, z.core.$strict>>;
			kubernetes: z.ZodOptional<z.ZodObject<{
				annotations: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				labels: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				serviceAccount: z.ZodOptional<z.ZodObject<{
					annotations: z.ZodRecord<z.ZodString, z.ZodString>;
				}, z.core.$strict>>;
				nodeSelector: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				tolerations: z.ZodOptional<z.ZodArray<z.ZodObject<{
					key: z.ZodOptional<z.ZodString>;
					operator: z.ZodOptional<z.ZodEnum<{
						Equal: "Equal";
						Exists: "Exists";
					}>>;
					value: z.ZodOptional<z.ZodString>;
					effect: z.ZodOptional<z.ZodEnum<{
						NoSchedule: "NoSchedule";
						PreferNoSchedule: "PreferNoSchedule";
						NoExecute: "NoExecute";
					}>>;
					tolerationSeconds: z.ZodOptional<z.ZodInt>;
				}, z.core.$strict>>>;
				priorityClass: z.ZodOptional<z.ZodString>;
				storageClass: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>;
			external: z.ZodOptional<z.ZodObject<{
				url: z.ZodString;
				readonlyUrl: z.ZodOptional<z.ZodString>;
				ownerUrl: z.ZodOptional<z.ZodString>;
				network: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>;
		}, z.core.$strict>, z.ZodTransform<{
			version: string;
			storage: {
				bytes: number;
				text: string;
			};
			port: number;
			connections?: number | undefined;
			settings?: Settings | undefined;
			image?: string | undefined;
			resources?: {
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			external?: {
				url: string;
				readonlyUrl?: string | undefined;
				ownerUrl?: string | undefined;
				network?: string | undefined;
			} | undefined;
			kind: "mariadb";
		}, {
			type: "mariadb";
			version: string;
			storage: {
				bytes: number;
				text: string;
			};
			port: number;
			connections?: number | undefined;
			settings?: Settings | undefined;
			image?: string | undefined;
			resources?: {
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			external?: {
				url: string;
				readonlyUrl?: string | undefined;
				ownerUrl?: string | undefined;
				network?: string | undefined;
			} | undefined;
		}>> | z.ZodPipe<z.ZodObject<{
			type: z.ZodLiteral<"mongodb">;
			version: z.ZodPipe<z.ZodPrefault<z.ZodUnion<readonly [
				z.ZodEnum<{
					6: "6";
					7: "7";
					8: "8";
				}>,
				z.ZodLiteral<number>
			]>>, z.ZodTransform<string, number | "6" | "7" | "8">>;
			image: z.ZodOptional<z.ZodString>;
			storage: z.ZodPrefault<z.ZodPipe<z.ZodString, z.ZodTransform<{
				bytes: number;
				text: string;
			}, string>>>;
			port: z.ZodDefault<z.ZodInt>;
			resources: z.ZodOptional<z.ZodObject<{
				requests: z.ZodOptional<z.ZodObject<{
					cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
						z.ZodNumber,
						z.ZodString
					]>, z.ZodTransform<number, string | number>>>;
					memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
						bytes: number;
						text: string;
					}, string>>>;
				}, z.core.$strict>>;
				cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
					z.ZodNumber,
					z.ZodString
				]>, z.ZodTransform<number, string | number>>>;
				memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
					bytes: number;
					text: string;
				}, string>>>;
			}, z.core.$strict>>;
			kubernetes: z.ZodOptional<z.ZodObject<{
				annotations: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				labels: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				serviceAccount: z.ZodOptional<z.ZodObject<{
					annotations: z.ZodRecord<z.ZodString, z.ZodString>;
				}, z.core.$strict>>;
				nodeSelector: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				tolerations: z.ZodOptional<z.ZodArray<z.ZodObject<{
					key: z.ZodOptional<z.ZodString>;
					operator: z.ZodOptional<z.ZodEnum<{
						Equal: "Equal";
						Exists: "Exists";
					}>>;
					value: z.ZodOptional<z.ZodString>;
					effect: z.ZodOptional<z.ZodEnum<{
						NoSchedule: "NoSchedule";
						PreferNoSchedule: "PreferNoSchedule";
						NoExecute: "NoExecute";
					}>>;
					tolerationSeconds: z.ZodOptional<z.ZodInt>;
				}, z.core.$strict>>>;
				priorityClass: z.ZodOptional<z.ZodString>;
				storageClass: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>;
			external: z.ZodOptional<z.ZodObject<{
				url: z.ZodString;
				readonlyUrl: z.ZodOptional<z.ZodString>;
				ownerUrl: z.ZodOptional<z.ZodString>;
				network: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>;
		}, z.core.$strict>, z.ZodTransform<{
			version: string;
			storage: {
				bytes: number;
				text: string;
			};
			port: number;
			image?: string | undefined;
			resources?: {
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			external?: {
				url: string;
				readonlyUrl?: string | undefined;
				ownerUrl?: string | undefined;
				network?: string | undefined;
			} | undefined;
			kind: "mongodb";
		}, {
			type: "mongodb";
			version: string;
			storage: {
				bytes: number;
				text: string;
			};
			port: number;
			image?: string | undefined;
			resources?: {
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			external?: {
				url: string;
				readonlyUrl?: string | undefined;
				ownerUrl?: string | undefined;
				network?: string | undefined;
			} | undefined;
		}>> | z.ZodPipe<z.ZodObject<{
			connections: z.ZodOptional<z.ZodInt>;
			settings: z.ZodOptional<z.ZodPipe<z.ZodRecord<z.ZodString, z.ZodUnion<readonly [
				z.ZodNumber,
				z.ZodBoolean,
				z.ZodString
			]>>, z.ZodTransform<Settings, Record<string, string | number | boolean>>>>;
			type: z.ZodLiteral<"mysql">;
			version: z.ZodPipe<z.ZodPrefault<z.ZodUnion<readonly [
				z.ZodEnum<{
					"8.0": "8.0";
					8.4: "8.4";
					9: "9";
				}>,
				z.ZodLiteral<number>
			]>>, z.ZodTransform<string, number | "8.0" | "8.4" | "9">>;
			image: z.ZodOptional<z.ZodString>;
			storage: z.ZodPrefault<z.ZodPipe<z.ZodString, z.ZodTransform<{
				bytes: number;
				text: string;
			}, string>>>;
			port: z.ZodDefault<z.ZodInt>;
			resources: z.ZodOptional<z.ZodObject<{
				requests: z.ZodOptional<z.ZodObject<{
					cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
						z.ZodNumber,
						z.ZodString
					]>, z.ZodTransform<number, string | number>>>;
					memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
						bytes: number;
						text: string;
					}, string>>>;
				}, z.core.$strict>>;
				cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
					z.ZodNumber,
					z.ZodString
				]>, z.ZodTransform<number, string | number>>>;
				memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
					bytes: number;
					text: string;
				}, string>>>;
			}, z.core.$strict>>;
			kubernetes: z.ZodOptional<z.ZodObject<{
				annotations: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				labels: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				serviceAccount: z.ZodOptional<z.ZodObject<{
					annotations: z.ZodRecord<z.ZodString, z.ZodString>;
				}, z.core.$strict>>;
				nodeSelector: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				tolerations: z.ZodOptional<z.ZodArray<z.ZodObject<{
					key: z.ZodOptional<z.ZodString>;
					operator: z.ZodOptional<z.ZodEnum<{
						Equal: "Equal";
						Exists: "Exists";
					}>>;
					value: z.ZodOptional<z.ZodString>;
					effect: z.ZodOptional<z.ZodEnum<{
						NoSchedule: "NoSchedule";
						PreferNoSchedule: "PreferNoSchedule";
						NoExecute: "NoExecute";
					}>>;
					tolerationSeconds: z.ZodOptional<z.ZodInt>;
				}, z.core.$strict>>>;
				priorityClass: z.ZodOptional<z.ZodString>;
				storageClass: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>;
			external: z.ZodOptional<z.ZodObject<{
				url: z.ZodString;
				readonlyUrl: z.ZodOptional<z.ZodString>;
				ownerUrl: z.ZodOptional<z.ZodString>;
				network: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>;
		}, z.core.$strict>, z.ZodTransform<{
			version: string;
			storage: {
				bytes: number;
				text: string;
			};
			port: number;
			connections?: number | undefined;
			settings?: Settings | undefined;
			image?: string | undefined;
			resources?: {
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			external?: {
				url: string;
				readonlyUrl?: string | undefined;
				ownerUrl?: string | undefined;
				network?: string | undefined;
			} | undefined;
			kind: "mysql";
		}, {
			type: "mysql";
			version: string;
			storage: {
				bytes: number;
				text: string;
			};
			port: number;
			connections?: number | undefined;
			settings?: Settings | undefined;
			image?: string | undefined;
			resources?: {
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			external?: {
				url: string;
				readonlyUrl?: string | undefined;
				ownerUrl?: string | undefined;
				network?: string | undefined;
			} | undefined;
		}>> | z.ZodPipe<z.ZodObject<{
			connections: z.ZodOptional<z.ZodInt>;
			settings: z.ZodOptional<z.ZodPipe<z.ZodRecord<z.ZodString, z.ZodUnion<readonly [
				z.ZodNumber,
				z.ZodBoolean,
				z.ZodString
			]>>, z.ZodTransform<Settings, Record<string, string | number | boolean>>>>;
			extensions: z.ZodOptional<z.ZodArray<z.ZodString>>;
			pooler: z.ZodOptional<z.ZodPipe<z.ZodBoolean, z.ZodTransform<6432 | undefined, boolean>>>;
			type: z.ZodLiteral<"postgres">;
			version: z.ZodPipe<z.ZodPrefault<z.ZodUnion<readonly [
				z.ZodEnum<{
					14: "14";
					15: "15";
					16: "16";
					17: "17";
					18: "18";
				}>,
				z.ZodLiteral<number>
			]>>, z.ZodTransform<string, number | "14" | "15" | "16" | "17" | "18">>;
			image: z.ZodOptional<z.ZodString>;
			storage: z.ZodPrefault<z.ZodPipe<z.ZodString, z.ZodTransform<{
				bytes: number;
				text: string;
			}, string>>>;
			port: z.ZodDefault<z.ZodInt>;
			resources: z.ZodOptional<z.ZodObject<{
				requests: z.ZodOptional<z.ZodObject<{
					cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
						z.ZodNumber,
						z.ZodString
					]>, z.ZodTransform<number, string | number>>>;
					memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
						bytes: number;
						text: string;
					}, string>>>;
				}, z.core.$strict>>;
				cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
					z.ZodNumber,
					z.ZodString
				]>, z.ZodTransform<number, string | number>>>;
				memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
					bytes: number;
					text: string;
				}, string>>>;
			}, z.core.$strict>>;
			kubernetes: z.ZodOptional<z.ZodObject<{
				annotations: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				labels: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				serviceAccount: z.ZodOptional<z.ZodObject<{
					annotations: z.ZodRecord<z.ZodString, z.ZodString>;
				}, z.core.$strict>>;
				nodeSelector: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				tolerations: z.ZodOptional<z.ZodArray<z.ZodObject<{
					key: z.ZodOptional<z.ZodString>;
					operator: z.ZodOptional<z.ZodEnum<{
						Equal: "Equal";
						Exists: "Exists";
					}>>;
					value: z.ZodOptional<z.ZodString>;
					effect: z.ZodOptional<z.ZodEnum<{
						NoSchedule: "NoSchedule";
						PreferNoSchedule: "PreferNoSchedule";
						NoExecute: "NoExecute";
					}>>;
					tolerationSeconds: z.ZodOptional<z.ZodInt>;
				}, z.core.$strict>>>;
				priorityClass: z.ZodOptional<z.ZodString>;
				storageClass: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>;
			external: z.ZodOptional<z.ZodObject<{
				url: z.ZodString;
				readonlyUrl: z.ZodOptional<z.ZodString>;
				ownerUrl: z.ZodOptional<z.ZodString>;
				network: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>;
		}, z.core.$strict>, z.ZodTransform<{
			version: string;
			storage: {
				bytes: number;
				text: string;
			};
			port: number;
			connections?: number | undefined;
			settings?: Settings | undefined;
			extensions?: string[] | undefined;
			pooler?: 6432 | undefined;
			image?: string | undefined;
			resources?: {
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			external?: {
				url: string;
				readonlyUrl?: string | undefined;
				ownerUrl?: string | undefined;
				network?: string | undefined;
			} | undefined;
			kind: "postgres";
		}, {
			type: "postgres";
			version: string;
			storage: {
				bytes: number;
				text: string;
			};
			port: number;
			connections?: number | undefined;
			settings?: Settings | undefined;
			extensions?: string[] | undefined;
			pooler?: 6432 | undefined;
			image?: string | undefined;
			resources?: {
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			external?: {
				url: string;
				readonlyUrl?: string | undefined;
				ownerUrl?: string | undefined;
				network?: string | undefined;
			} | undefined;
		}>> | z.ZodPipe<z.ZodObject<{
			settings: z.ZodOptional<z.ZodPipe<z.ZodRecord<z.ZodString, z.ZodUnion<readonly [
				z.ZodNumber,
				z.ZodBoolean,
				z.ZodString
			]>>, z.ZodTransform<Settings, Record<string, string | number | boolean>>>>;
			type: z.ZodLiteral<"redis">;
			version: z.ZodPipe<z.ZodPrefault<z.ZodUnion<readonly [
				z.ZodEnum<{
					6: "6";
					7: "7";
					8: "8";
				}>,
				z.ZodLiteral<number>
			]>>, z.ZodTransform<string, number | "6" | "7" | "8">>;
			image: z.ZodOptional<z.ZodString>;
			storage: z.ZodPrefault<z.ZodPipe<z.ZodString, z.ZodTransform<{
				bytes: number;
				text: string;
			}, string>>>;
			port: z.ZodDefault<z.ZodInt>;
			resources: z.ZodOptional<z.ZodObject<{
				requests: z.ZodOptional<z.ZodObject<{
					cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
						z.ZodNumber,
						z.ZodString
					]>, z.ZodTransform<number, string | number>>>;
					memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
						bytes: number;
						text: string;
					}, string>>>;
				}, z.core.$strict>>;
				cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
					z.ZodNumber,
					z.ZodString
				]>, z.ZodTransform<number, string | number>>>;
				memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
					bytes: number;
					text: string;
				}, string>>>;
			}, z.core.$strict>>;
			kubernetes: z.ZodOptional<z.ZodObject<{
				annotations: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				labels: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				serviceAccount: z.ZodOptional<z.ZodObject<{
					annotations: z.ZodRecord<z.ZodString, z.ZodString>;
				}, z.core.$strict>>;
				nodeSelector: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				tolerations: z.ZodOptional<z.ZodArray<z.ZodObject<{
					key: z.ZodOptional<z.ZodString>;
					operator: z.ZodOptional<z.ZodEnum<{
						Equal: "Equal";
						Exists: "Exists";
					}>>;
					value: z.ZodOptional<z.ZodString>;
					effect: z.ZodOptional<z.ZodEnum<{
						NoSchedule: "NoSchedule";
						PreferNoSchedule: "PreferNoSchedule";
						NoExecute: "NoExecute";
					}>>;
					tolerationSeconds: z.ZodOptional<z.ZodInt>;
				}, z.core.$strict>>>;
				priorityClass: z.ZodOptional<z.ZodString>;
				storageClass: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>;
			external: z.ZodOptional<z.ZodObject<{
				url: z.ZodString;
				network: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>;
		}, z.core.$strict>, z.ZodTransform<{
			version: string;
			storage: {
				bytes: number;
				text: string;
			};
			port: number;
			settings?: Settings | undefined;
			image?: string | undefined;
			resources?: {
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			external?: {
				url: string;
				network?: string | undefined;
			} | undefined;
			kind: "redis";
		}, {
			type: "redis";
			version: string;
			storage: {
				bytes: number;
				text: string;
			};
			port: number;
			settings?: Settings | undefined;
			image?: string | undefined;
			resources?: {
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			external?: {
				url: string;
				network?: string | undefined;
			} | undefined;
		}>> | z.ZodPipe<z.ZodObject<{
			port: z.ZodOptional<z.ZodInt>;
			buckets: z.ZodDefault<z.ZodArray<z.ZodString>>;
			type: z.ZodLiteral<"s3">;
			version: z.ZodPipe<z.ZodPrefault<z.ZodUnion<readonly [
				z.ZodEnum<{
					1: "1";
				}>,
				z.ZodLiteral<number>
			]>>, z.ZodTransform<string, number | "1">>;
			image: z.ZodOptional<z.ZodString>;
			storage: z.ZodPrefault<z.ZodPipe<z.ZodString, z.ZodTransform<{
				bytes: number;
				text: string;
			}, string>>>;
			resources: z.ZodOptional<z.ZodObject<{
				requests: z.ZodOptional<z.ZodObject<{
					cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
						z.ZodNumber,
						z.ZodString
					]>, z.ZodTransform<number, string | number>>>;
					memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
						bytes: number;
						text: string;
					}, string>>>;
				}, z.core.$strict>>;
				cpu: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
					z.ZodNumber,
					z.ZodString
				]>, z.ZodTransform<number, string | number>>>;
				memory: z.ZodOptional<z.ZodPipe<z.ZodString, z.ZodTransform<{
					bytes: number;
					text: string;
				}, string>>>;
			}, z.core.$strict>>;
			kubernetes: z.ZodOptional<z.ZodObject<{
				annotations: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				labels: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				serviceAccount: z.ZodOptional<z.ZodObject<{
					annotations: z.ZodRecord<z.ZodString, z.ZodString>;
				}, z.core.$strict>>;
				nodeSelector: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
				tolerations: z.ZodOptional<z.ZodArray<z.ZodObject<{
					key: z.ZodOptional<z.ZodString>;
					operator: z.ZodOptional<z.ZodEnum<{
						Equal: "Equal";
						Exists: "Exists";
					}>>;
					value: z.ZodOptional<z.ZodString>;
					effect: z.ZodOptional<z.ZodEnum<{
						NoSchedule: "NoSchedule";
						PreferNoSchedule: "PreferNoSchedule";
						NoExecute: "NoExecute";
					}>>;
					tolerationSeconds: z.ZodOptional<z.ZodInt>;
				}, z.core.$strict>>>;
				priorityClass: z.ZodOptional<z.ZodString>;
				storageClass: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>;
			external: z.ZodOptional<z.ZodObject<{
				url: z.ZodString;
				bucket: z.ZodString;
				region: z.ZodDefault<z.ZodString>;
				accessKeyId: z.ZodString;
				secretAccessKey: z.ZodString;
				network: z.ZodOptional<z.ZodString>;
			}, z.core.$strict>>;
		}, z.core.$strict>, z.ZodTransform<{
			port: number;
			buckets: string[];
			version: string;
			storage: {
				bytes: number;
				text: string;
			};
			image?: string | undefined;
			resources?: {
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			external?: {
				url: string;
				bucket: string;
				region: string;
				accessKeyId: string;
				secretAccessKey: string;
				network?: string | undefined;
			} | undefined;
			kind: "s3";
		}, {
			buckets: string[];
			type: "s3";
			version: string;
			storage: {
				bytes: number;
				text: string;
			};
			port?: number | undefined;
			image?: string | undefined;
			resources?: {
				requests?: {
					cpu?: number | undefined;
					memory?: {
						bytes: number;
						text: string;
					} | undefined;
				} | undefined;
				cpu?: number | undefined;
				memory?: {
					bytes: number;
					text: string;
				} | undefined;
			} | undefined;
			kubernetes?: {
				annotations?: Record<string, string> | undefined;
				labels?: Record<string, string> | undefined;
				serviceAccount?: {
					annotations: Record<string, string>;
				} | undefined;
				nodeSelector?: Record<string, string> | undefined;
				tolerations?: {
					key?: string | undefined;
					operator?: "Equal" | "Exists" | undefined;
					value?: string | undefined;
					effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
					tolerationSeconds?: number | undefined;
				}[] | undefined;
				priorityClass?: string | undefined;
				storageClass?: string | undefined;
			} | undefined;
			external?: {
				url: string;
				bucket: string;
				region: string;
				accessKeyId: string;
				secretAccessKey: string;
				network?: string | undefined;
			} | undefined;
		}>>, unknown>[]
	]>>;
	volumes: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodObject<{
		size: z.ZodPipe<z.ZodString, z.ZodTransform<{
			bytes: number;
			text: string;
		}, string>>;
		access: z.ZodDefault<z.ZodEnum<{
			ReadWriteMany: "ReadWriteMany";
			ReadWriteOnce: "ReadWriteOnce";
		}>>;
		storageClass: z.ZodOptional<z.ZodString>;
	}, z.core.$strict>>>;
	gateway: z.ZodOptional<z.ZodObject<{
		hosts: z.ZodDefault<z.ZodArray<z.ZodString>>;
		routes: z.ZodArray<z.ZodObject<{
			host: z.ZodOptional<z.ZodString>;
			path: z.ZodString;
			stripPrefix: z.ZodOptional<z.ZodBoolean>;
			to: z.ZodString;
			port: z.ZodOptional<z.ZodString>;
			rateLimit: z.ZodOptional<z.ZodObject<{
				requests: z.ZodInt;
				period: z.ZodPipe<z.ZodLiteral<10 | 60 | "10s" | "60s">, z.ZodTransform<10 | 60, 10 | 60 | "10s" | "60s">>;
			}, z.core.$strict>>;
			auth: z.ZodOptional<z.ZodObject<{
				jwks: z.ZodString;
				issuer: z.ZodString;
				audience: z.ZodString;
			}, z.core.$strict>>;
			cache: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [
				z.ZodInt,
				z.ZodString
			]>, z.ZodTransform<number, string | number>>>;
		}, z.core.$strict>>;
		trustedHeaders: z.ZodDefault<z.ZodArray<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>>;
		rateLimit: z.ZodOptional<z.ZodObject<{
			requests: z.ZodInt;
			period: z.ZodPipe<z.ZodLiteral<10 | 60 | "10s" | "60s">, z.ZodTransform<10 | 60, 10 | 60 | "10s" | "60s">>;
		}, z.core.$strict>>;
		cors: z.ZodPrefault<z.ZodObject<{
			origins: z.ZodArray<z.ZodString>;
		}, z.core.$strict>>;
		ingress: z.ZodOptional<z.ZodObject<{
			class: z.ZodString;
			from: z.ZodUnion<readonly [
				z.ZodString,
				z.ZodString
			]>;
			issuer: z.ZodOptional<z.ZodString>;
			secret: z.ZodOptional<z.ZodString>;
			annotations: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
		}, z.core.$strict>>;
		httpRoute: z.ZodOptional<z.ZodObject<{
			gateway: z.ZodString;
			namespace: z.ZodString;
			listener: z.ZodOptional<z.ZodString>;
			from: z.ZodOptional<z.ZodUnion<readonly [
				z.ZodString,
				z.ZodString
			]>>;
			annotations: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
		}, z.core.$strict>>;
		provider: z.ZodDefault<z.ZodEnum<{
			cloudflare: "cloudflare";
			workerd: "workerd";
		}>>;
		cloudflare: z.ZodOptional<z.ZodObject<{
			account: z.ZodString;
			zone: z.ZodString;
			ownsZone: z.ZodDefault<z.ZodBoolean>;
		}, z.core.$strict>>;
		port: z.ZodDefault<z.ZodInt>;
		domain: z.ZodOptional<z.ZodString>;
	}, z.core.$strict>>;
	images: z.ZodPrefault<z.ZodObject<{
		mariadb: z.ZodOptional<z.ZodString>;
		mysql: z.ZodOptional<z.ZodString>;
		mongodb: z.ZodOptional<z.ZodString>;
		postgres: z.ZodOptional<z.ZodString>;
		redis: z.ZodOptional<z.ZodString>;
		s3: z.ZodOptional<z.ZodString>;
		base: z.ZodOptional<z.ZodString>;
		pgbouncer: z.ZodOptional<z.ZodString>;
		go: z.ZodOptional<z.ZodString>;
		bun: z.ZodOptional<z.ZodString>;
		deno: z.ZodOptional<z.ZodString>;
		php: z.ZodOptional<z.ZodString>;
		ruby: z.ZodOptional<z.ZodString>;
		python: z.ZodOptional<z.ZodString>;
		java: z.ZodOptional<z.ZodString>;
		dotnet: z.ZodOptional<z.ZodString>;
		registry: z.ZodOptional<z.ZodString>;
		node: z.ZodDefault<z.ZodString>;
	}, z.core.$strict>>;
	imagePullSecrets: z.ZodDefault<z.ZodArray<z.ZodUnion<readonly [
		z.ZodString,
		z.ZodObject<{
			registry: z.ZodString;
			username: z.ZodString;
			password: z.ZodPipe<z.ZodString, z.ZodTransform<{
				secret: string;
			}, string>>;
		}, z.core.$strict>
	]>>>;
	kubernetes: z.ZodOptional<z.ZodObject<{
		storageClass: z.ZodOptional<z.ZodString>;
	}, z.core.$strict>>;
	observability: z.ZodDefault<z.ZodBoolean>;
	policy: z.ZodPrefault<z.ZodObject<{
		stage: z.ZodOptional<z.ZodEnum<{
			production: "production";
			development: "development";
			staging: "staging";
		}>>;
		rules: z.ZodOptional<z.ZodString>;
		waivers: z.ZodDefault<z.ZodArray<z.ZodObject<{
			rule: z.ZodString;
			service: z.ZodOptional<z.ZodString>;
			reason: z.ZodString;
			until: z.ZodString;
		}, z.core.$strict>>>;
	}, z.core.$strict>>;
	onFailure: z.ZodOptional<z.ZodLiteral<"rollback">>;
	pullRequests: z.ZodOptional<z.ZodObject<{
		expires: z.ZodPrefault<z.ZodPipe<z.ZodString, z.ZodTransform<number, string>>>;
		seed: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodString>>;
		secrets: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodEnum<{
			generate: "generate";
			copy: "copy";
		}>>>;
		share: z.ZodDefault<z.ZodArray<z.ZodPipe<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>, z.ZodString>>>;
		domain: z.ZodOptional<z.ZodString>;
	}, z.core.$strict>>;
	pricing: z.ZodOptional<z.ZodObject<{
		currency: z.ZodString;
		cpuHour: z.ZodNumber;
		memoryGiBHour: z.ZodNumber;
		storageGiBMonth: z.ZodNumber;
	}, z.core.$strict>>;
}, z.core.$strict>;
declare function mariadbContainer(config: DataConfig, database: string): DataContainer;
declare function mongodbContainer({ port, resources }: DataConfig, database: string): DataContainer;
declare function nodeSetup(build: string, { folder, inContainer }: BuildPlace): string | undefined;
declare function postgresContainer({ port, resources, connections, settings, extensions }: DataConfig, database: string): DataContainer;
declare function pythonSetup(build: string, { inContainer }: BuildPlace): string | undefined;
declare function redisContainer({ version, port, resources, settings }: DataConfig): DataContainer;
declare function s3Container({ port, resources, buckets }: DataConfig): DataContainer;
declare function siteBuilder(folder: Folder): string | undefined;
declare function startOf(folder: Folder): string | undefined;
/** A place in a plan for a text that only a deployment knows. `source` says where the text comes from. */
export declare class Hole {
	readonly source: Source;
	constructor(source: Source);
}
/** The resources of a plan, in the order in which they were added: each after those that it depends on. */
export declare class ResourceList {
	#private;
	readonly all: PlannedResource[];
	constructor(change?: ChangeArgs);
	add<Args extends object>(component: string | undefined, type: ResourceType<Args>, name: string, args: WithHoles<Args>, options?: AddOptions): PlannedResource;
	/** Returns a resource with its final arguments, for a plan that needs them before `addPrepared` adds the resource. */
	prepare<Args extends object>(component: string | undefined, { token: type, constants, secretArgs, secretOutputs }: ResourceType<Args>, name: string, args: WithHoles<Args>): PlannedResource;
	addPrepared(resource: PlannedResource, options?: AddOptions): PlannedResource;
}
/** Placeholder for a value that is rendered empty. It parses as a URL, since the address of an external server must. */
export declare const standIn = "empty:";
export declare function base64(text: Text): Hole;
/** Returns a text whose deployment fails with the message of `problem`, if that returns one for the text. */
export declare function checkedText(text: Text, problem: (text: string) => string | undefined): Hole;
/**
 * Returns the target of an environment: one of Railhead's by its name, or the default export of a module by its path
 * relative to the project, such as `./targets/nomad.ts`. Throws UserError.
 */
export declare function chooseTarget({ name, target }: {
	name: string;
	target: string;
}): Promise<Target>;
export declare function configSecret(name: string): Hole;
/** Makes a target. A module outside this repository exports the result as its default. */
export declare function defineTarget(definition: Definition): Target;
export declare function hashText(value: unknown, key?: Text): Hole;
/** Joins texts. The result has no hole if no part has one. */
export declare function join(...parts: Text[]): Text;
export declare function jsonText(value: unknown): Hole;
/** Returns an output of a resource; `secret` marks one that must not be shown. */
export declare function outputOf(resource: PlannedResource, property: string, { secret }?: {
	secret?: boolean | undefined;
}): Hole;
export declare function programValue(name: string): Hole;
export declare function resultOf(call: ProviderCall, property: string): Hole;
/** Returns a part of a URL. `otherwise` is the result if the URL does not have the part. */
export declare function urlPart(url: Text, part: UrlPart, otherwise?: string): Hole;
/** An environment whose canaries are wanted. */
export interface CanaryPlace {
	/** Absolute path of the project. */
	root: string;
	environment: string;
	/** Returns the stack name under which the environment was deployed. Throws UserError if the stack file is not valid. */
	stack: () => string;
}
/** The result of checking one requirement of a target: a line of `doctor`. */
export interface Check {
	name: string;
	/** The found version, address or capacity, or the problem. */
	found: string;
	/** The command that solves the problem. Absent if there is none. */
	mend?: string;
}
/** Access to the data of an environment. */
export interface Data {
	/** Returns all existing stores, sorted by service. */
	list(): Promise<Store[]>;
	/**
	 * Removes the data of a stopped environment; can be run again after an interrupted removal. Throws UserError if
	 * services run. Absent if the data are protected resources: Pulumi destroys them with the others after they are
	 * unprotected.
	 */
	remove?(): Promise<void>;
}
/** Describes where a target finds the data of an environment. */
export interface DataPlace {
	/** Absolute path of the project. */
	root: string;
	environment: string;
	/** Returns the identity of the data. The first result is cached. */
	identity: () => Promise<DataIdentity>;
	/** Returns the resources that are in the state now. */
	resources: () => Promise<StateResource[]>;
}
/** What a target makes of a service graph, as plain data. */
export interface Plan {
	services: Record<string, PlannedService>;
	/** The values that each service provides, by the names of its provided variables. */
	values: Record<string, ProvidedValues>;
	/** The public URL of the system: the gateway's URL. Absent without a gateway block. */
	url?: Text;
}
/** Options as in Pulumi. */
export interface PlannedOptions {
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
/** A Pulumi resource as plain data, with holes for what only a deployment knows. */
export interface PlannedResource {
	/** The service that the resource belongs to, or `gateway`. Undefined if it belongs to the whole environment. */
	component: string | undefined;
	/** Pulumi's type token: `kubernetes:apps/v1:Deployment`. */
	type: string;
	/** Pulumi's name of the resource. */
	name: string;
	args: Record<string, unknown>;
	options: PlannedOptions;
}
/** A planned service: its main resource and address. */
export interface PlannedService {
	/** The resource that exists once the service can be used. */
	resource: PlannedResource;
	/** The private address for display, `http://127.88.4.1:3001`. Absent if the service does not listen. */
	address?: string;
}
/** A resource as the engine would receive it. */
export interface RecordedResource extends Properties {
	urn: string;
	/** `kubernetes:apps/v1:Deployment` */
	type: string;
	/** Pulumi's name of the resource. */
	name: string;
	/** URNs of the resources that must be created before. */
	dependsOn: string[];
	/** The service that the resource belongs to, or `gateway`. Absent if it belongs to the whole environment. */
	component?: string;
	/** Whether Pulumi refuses to delete the resource, or deletes it from the state only. */
	isKept?: boolean;
}
/** A type of resource with the type of its arguments. `constants`: arguments that every resource of the type has. */
export interface ResourceType<Args extends object> {
	token: string;
	constants?: Record<string, unknown>;
	secretArgs?: string[];
	secretOutputs?: string[];
	/** Exists for the compiler only. */
	args?: Args;
}
/** A resource in the state of an environment. */
export interface StateResource {
	urn: string;
	type: string;
	outputs: Record<string, unknown>;
}
/** A store of a service's data, which outlives `down`. */
export interface Store {
	service: string;
	/** A description for messages: `volume rota-docker-db`. */
	what: string;
}
/** A target runs a service graph on one platform. Each member loads the code that it needs when it is called. */
export interface Target {
	/** The name in messages, and of a standard target in `railhead:target`. */
	name: string;
	/** What the target does with every field of a stack file. */
	fields: StackSupport;
	/** Returns a finding for each setting of the stack file that the target does not support. */
	unsupported(graph: ServiceGraph): Finding[];
	/** Returns the scheme of the gateway's public URL. */
	publicScheme(graph: ServiceGraph): "http" | "https";
	/**
	 * Returns the gateway's URL for users; undefined without a gateway. Builds can use it. Absent if only a deployment knows it.
	 *
	 * @param root absolute path of the project
	 * @param host the host of a route, whose URL is returned instead
	 */
	publicUrl?(graph: Pick<ServiceGraph, "name" | "environment" | "gateway">, root: string, host?: string): string | undefined;
	/**
	 * Pulumi's types of the objects whose arguments the user's program can change, by their name in
	 * `deploy({ transform })`. Absent if there are none.
	 */
	objects?: Readonly<Record<string, string>>;
	/** Railhead's own programs that the target runs in containers; undefined if it runs none and needs no images. */
	containers?: readonly ProgramName[];
	/**
	 * Whether resources belong to other providers than Railhead's. The engine then downloads plugins, and `up` has to
	 * request the live state, which Railhead's provider reads before every update.
	 */
	otherProviders: boolean;
	/** Checks all requirements of the graph before its first resource is created. Returns within a limited time. */
	preflight(graph: ServiceGraph, context: PreflightContext): Promise<Check[]>;
	/** What `up` installs on this machine before it calls the engine. Absent if it installs nothing. */
	installs?: {
		/** Returns which of it this machine has already, for `doctor`. */
		check(graph: ServiceGraph): Promise<Check[]>;
		/** Installs what is missing. */
		ensure(graph: ServiceGraph, progress: (line: string) => void): Promise<void>;
	};
	/** Loads the function that plans the resources. */
	load(): Promise<MakePlan>;
	/**
	 * Returns the files that deploy the resources without Pulumi, by name. Absent if only Pulumi can deploy them.
	 *
	 * @param folder absolute path of the folder that the files are for
	 */
	render?(resources: RecordedResource[], secretsGiven: boolean, folder: string): Promise<Map<string, string>>;
	/**
	 * Returns which rules of the platform the resources of a graph break, such as Pod Security. Tests check golden files and
	 * generated stacks with it.
	 */
	violations?(resources: RecordedResource[], graph: ServiceGraph): Promise<Violation[]>;
	/**
	 * Returns the commands that replace `railhead status`, `logs` and `run`. Absent if supervisors run the services, as
	 * on this machine: Railhead's own commands read their files.
	 */
	ownTools?(place: ToolPlace): OwnTools;
	/**
	 * Returns the canaries that run or are held, sorted by service. Throws UserError if the platform cannot be read. Absent if the
	 * target has none.
	 */
	canaries?(place: CanaryPlace): Promise<LiveCanary[]>;
	/**
	 * The types of resources that hold data, by Pulumi's type token, for the warnings of a preview. Empty if no resource does,
	 * as for folders of this machine.
	 */
	stores: Readonly<Record<string, Fate>>;
	/**
	 * Returns how the changes of the resources of one service, or of the gateway, replace its running replicas; undefined if they
	 * leave the replicas alone. Default: a resource that is created or replaced restarts the service.
	 */
	handover: (changes: readonly ChangedResource[]) => Handover | undefined;
	/** Returns access to the data that `down` keeps. */
	data(place: DataPlace): Promise<Data>;
	/**
	 * What a new identity does to existing data: `renames` them, `leaves` them behind, or is `refused` because they are protected
	 * under the former one.
	 */
	newIdentity: "renames" | "leaves" | "refused";
	/**
	 * Returns the owners of the resources that have the identity of the environment; an empty string for a resource without an
	 * owner. Absent if each project has resources of its own.
	 */
	owners?(graph: ServiceGraph, context: PreflightContext): Promise<string[]>;
	/**
	 * Compares the resources in the state with those that exist, and finds resources that are not in the state. Changes nothing.
	 * Throws UserError if the platform cannot be read. Absent if the target cannot compare.
	 */
	drift?(resources: readonly DeployedResource[], place: Project): Promise<Reality>;
	/**
	 * Environment variables with which the providers of the engine overwrite what others have set, for `railhead drift --mend`. Absent
	 * if they always do.
	 */
	overwrites?: Readonly<Record<string, string>>;
	/** Returns the stack name of a state that a version of Railhead wrote which recorded no identity. */
	recordedStack?(resources: readonly StateResource[], place: Project): Promise<string | undefined>;
	/**
	 * Resolves the creations that a killed run began. Pulumi's state file lists them, without the ids of what exists.
	 * Absent if creating a resource again finds the one that exists.
	 */
	resolveInterrupted?(checkpoint: string): Promise<void>;
	/**
	 * Stops services that run, but are neither `wanted` nor in the state because a killed run did not record them. Returns
	 * their names. Absent if nothing can run without the engine.
	 *
	 * @param readState returns the names of all resources in the state
	 */
	stopStrays?(place: Project, wanted: readonly string[], readState: () => Promise<readonly string[]>): Promise<string[]>;
}
/** The inputs of a target in addition to the graph and the release. */
export interface TargetContext {
	/** Absolute path of the project. */
	root: string;
	/** The environment name, for example `dev`. */
	environment: string;
	/** The generation of the signing keys, from 1. */
	keyGeneration: number;
	/** The IPv4 range for Docker's networks, if the environment sets one: `10.93.0.0/16`. */
	dockerPool: string | undefined;
	/** The project that the environment belongs to. Absent without an engine. */
	owner?: Text | undefined;
	/** The list that the plan's resources are added to. */
	resources: ResourceList;
}
export interface ToolPlace {
	/** The stack name under which the environment was deployed. */
	stack: string;
	environment: string;
	/** Name of a service; undefined for all services. */
	service: string | undefined;
}
/** A broken rule of a platform: the object, and the problem. */
export interface Violation {
	/** `Deployment/api` */
	object: string;
	problem: string;
}
/** A text that is computed from others. */
export type Computed = {
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
/** A source outside of the plan. */
export type Leaf = 
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
export type LiveCanary = z.infer<typeof canarySchema>;
/** Adds the resources of a service graph to `context.resources`. */
export type MakePlan = (graph: ServiceGraph, release: Release, context: TargetContext) => Plan;
/** The commands of a target's own tools, such as kubectl, that replace `railhead status`, `logs` and `run`. */
export type OwnTools = Record<"status" | "logs" | "run", string>;
/** The inputs of a target's preflight checks. */
export type PreflightContext = Pick<TargetContext, "root" | "environment" | "dockerPool">;
export type Source = Leaf | Computed;
/**
 * What a target does with every field of a stack file. A field that the schema has and this record lacks is a compile
 * error, so that no target can drop a new field silently. No target reads `policy` and `onFailure`.
 */
export type StackSupport = SupportOfMap<Omit<Stack, "services" | "policy" | "onFailure">, Stack> & {
	services: {
		[Kind in CodeService["kind"]]: SupportOfMap<Extract<CodeService, {
			kind: Kind;
		}>, CodeService>;
	} & {
		data: SupportOfMap<DataFields, DataService>;
	};
};
/** A text of a plan: known already, or filled in during a deployment. */
export type Text = string | Hole;
export type UrlPart = "hostname" | "port" | "username" | "password" | "path";
/** Pulumi's arguments with holes in place of outputs and promises. */
export type WithHoles<T> = T extends Hole ? T : T extends Promise<unknown> | OutputInstance<unknown> ? never : T extends string ? T | Hole : T extends number | boolean | null | undefined ? T : T extends readonly (infer Item)[] ? WithHoles<Item>[] : T extends object ? {
	[Key in keyof T]: WithHoles<T[Key]>;
} : T;
interface Artifact {
	service: string;
	/** 16 hex digits over every input file, the build settings and the builder's version. */
	hash: string;
	/** The digest that a release file names: of what runs, the content or the image. */
	pinned?: string;
	/**
	 * Absolute folder with the built files: `<project>/.railhead/artifacts/<service>-<hash>`. The name of a pinned one ends with the start
	 * of its content.
	 */
	path: string;
	/** The image of the artifact; absent if the artifact does not run in a container. */
	image?: Image;
}
interface Backup {
	/** The files of `scriptsFolder` by name: `backup.sh` writes a dump to `dataFolder`, `restore.sh` reads one. */
	scripts: Record<string, string>;
	environment: (address: ServerAddress) => Record<string, string>;
}
interface BuildPlace {
	folder: Folder;
	/** Whether it runs in a container of the image of the runtime. Otherwise it has the tools of the machine. */
	inContainer: boolean;
}
interface ChangedResource {
	/** Pulumi's type token. */
	type: string;
	name: string;
	/** A service or `gateway`; undefined for what belongs to the whole environment. */
	service: string | undefined;
	operation: "create" | "update" | "replace" | "delete";
	/** The properties that differ. */
	paths: readonly string[];
}
interface CodeNode extends Node {
	form: "code";
	config: CodeService;
	/** Environment of the service: the declared variables and Railway's names. */
	variables: Record<string, Template>;
	/** Variables of `preDeploy` that override or extend `variables`: the database owner's, and those that it declares. */
	preDeployVariables: Record<string, Template>;
	/** The files that are mounted into each replica. */
	files: MountedFile[];
	/** The values of `buildVariables`. Absent if there are none. */
	buildValues?: Readonly<Record<string, string>>;
}
interface DataConfig {
	kind: string;
	/** Major version. */
	version: string;
	/** Replaces the official image of this version. */
	image?: string | undefined;
	storage: z.output<typeof size>;
	port: number;
	resources?: z.output<typeof resources> | undefined;
	kubernetes?: KubernetesSettings | undefined;
	/** The addresses of an external server by field, and its network; absent if the target runs the server. */
	external?: Record<string, string | undefined> | undefined;
	/** How many connections the server accepts. */
	connections?: number | undefined;
	settings?: Settings | undefined;
	/** The buckets of a server for objects. */
	buckets?: string[] | undefined;
	/** Extensions of the database. */
	extensions?: string[] | undefined;
	/** The port of the connection pooler of the server. Absent without a pooler. */
	pooler?: number | undefined;
}
interface DataContainer {
	/** Replaces the image's entry point. */
	command: string[];
	environment: Record<string, string>;
	port: number;
	/** The files of `scriptsFolder` by name. */
	scripts: Record<string, string>;
	/** The files of `secretsFolder` by name. */
	secrets: Record<string, SecretText>;
	/** Folders that must be writable in addition to `dataFolder`, and empty when the container is created. */
	scratch: string[];
	/** Commands that exit with 0: `alive` while the server answers, `ready` when it can be used. */
	probes: {
		alive: string[];
		ready: string[];
	};
}
interface DataIdentity {
	/** Stack name under which the data are kept. */
	stack: string;
	/** The project that the environment belongs to; undefined before its first `up`. */
	owner: string | undefined;
}
interface DataNode extends Node {
	form: "data";
	config: DataService;
}
interface Definition extends Omit<Target, "unsupported" | "handover"> {
	unsupported?(graph: ServiceGraph): Finding[];
	handover?: Target["handover"];
}
interface DeployedResource {
	urn: string;
	/** Pulumi's type token. */
	type: string;
	/** The last part of the URN. */
	name: string;
	/** The id that its provider gave it. */
	id: string | undefined;
	/** A service or `gateway`; undefined for what belongs to the whole environment. */
	service: string | undefined;
	/** The inputs, with secrets in plain text. Only a finding that has passed `hideSecrets` may be shown. */
	inputs: Record<string, unknown>;
	/** The paths of the secrets among the inputs. */
	secrets: Path$1[];
}
interface Edge {
	from: string;
	to: string;
	/** The ports of `to` that `from` may connect to, sorted. Absent if `to` has no named ports: then its port. */
	ports?: number[];
}
interface ExternalNode extends Node {
	form: "external";
	config: DataService;
	/** Its addresses by field: `url`, `readonlyUrl`, `ownerUrl`. */
	addresses: Record<string, Template>;
}
interface Finding {
	path: Path;
	message: string;
	/** Whether the problem is about the key itself, not about its value. */
	ofKey?: boolean;
	/** Path whose own problems explain this one. */
	cause?: Path;
	/** Marks a warning: it is shown, but the system can run. */
	warning?: true;
	/** The environment that has the problem; absent if the problem is independent of the environment. */
	environment?: ProblemEnvironment;
	/** Command that fixes the problem. */
	command?: string;
}
interface Folder {
	has: (file: string) => boolean;
	/** Returns the text of a file; empty if there is none, or if it is too large to be a manifest. */
	text: (file: string) => string;
	/** Returns the names in a folder below; none if there is no such folder. */
	names: (folder: string) => string[];
}
interface Image {
	/** `ghcr.io/acme/rota/api:<hash>`, or without a registry `rota/api:<hash>`. The hash covers the whole content. */
	reference: string;
	/** Build context and Dockerfile, relative to the project. */
	context: string;
	dockerfile: string;
	/** The stage that becomes the image; by default, the last one. */
	target?: string | undefined;
	/** Plain values that the Dockerfile receives as ARG. */
	args: Record<string, string>;
	/** Whether a release file names it by its digest. Then it is not built. */
	isPinned?: boolean;
}
interface Irrelevant {
	irrelevant: string;
}
interface Limited<Value = never, Owner = never> {
	honoured: string;
	refuse?: (value: Value, owner: Owner) => string | undefined;
}
interface MountedFile {
	/** Its absolute path there. */
	path: string;
	content: Template;
}
interface Node {
	name: string;
	/** Services to which it opens connections, sorted by name. They must be ready first. */
	dependsOn: string[];
	/** All services that must be ready or have completed first, sorted by name: also those that the stack file names for the order. */
	waitsFor: string[];
	/** Names of this service's provided variables that templates use, sorted. Targets create only these. */
	provides: string[];
}
interface ProblemEnvironment {
	name: string;
	target: string;
}
interface ProgramReference {
	kind: "pulumi";
	name: string;
}
interface Properties {
	values: Record<string, unknown>;
	/** Paths of the values that are marked secret, outermost first. */
	secrets: Path$1[];
}
interface ProvidedReference {
	kind: "provided";
	/** A service, or `gateway`. */
	service: string;
	name: string;
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
interface Reality {
	/** Where the resources are, for sentences: `on the cluster`. */
	where: string;
	findings: DriftFinding[];
	/** What was not compared, and what the platform does not record. Complete sentences. */
	notes: string[];
}
interface Refused {
	refused: string;
	instead?: string;
}
interface Runtime {
	name: RuntimeName;
	version?: string | undefined;
	reason?: string | undefined;
}
interface SecretReference {
	kind: "secret";
	name: string;
}
interface ServerAddress {
	host: string;
	port: number;
	database: string;
	/** The address of its pooler. Absent without one. */
	pooler?: {
		host: string;
		port: number;
	} | undefined;
}
interface ServiceGraph {
	name: string;
	environment: string;
	services: GraphService[];
	edges: Edge[];
	/** The volumes that services share. */
	volumes: Stack["volumes"];
	gateway: Stack["gateway"];
	images: Stack["images"];
	imagePullSecrets: Stack["imagePullSecrets"];
	kubernetes?: Stack["kubernetes"];
	observability: boolean;
}
type AddOptions = Omit<PlannedOptions, "secretArgs" | "secretOutputs">;
type ChangeArgs = (resource: Omit<PlannedResource, "options">) => Record<string, unknown>;
type CodeService = Extract<Service, {
	kind: "source" | "image";
}>;
type Content<Value> = [
	Item<NonNullable<Value>>
] extends [
	string | number | boolean
] ? Item<NonNullable<Value>> : Exclude<Item<NonNullable<Value>>, string | number | boolean>;
type DataFields = Omit<Merged<DataService>, "external"> & {
	external: Merged<NonNullable<DataService["external"]>>;
};
type DataService = {
	[Type in DataType]: z.output<(typeof registered)[Type]["schema"]>;
}[DataType];
type DataType = keyof typeof registered;
type DriftFinding = z.infer<typeof driftFindingSchema>;
type Fate = "kept" | "protected" | "lost";
type GraphService = CodeNode | DataNode | ExternalNode;
type Handover = "together" | "stepwise" | "stopFirst" | "unknown";
type IsLeaf<Value> = [
	Value
] extends [
	string | number | boolean | {
		bytes: number;
	} | {
		secret: string;
	} | Runtime
] ? true : string extends keyof Value ? true : false;
type Item<Value> = Value extends readonly (infer Element)[] ? Element : Value;
type KeyOf<Union> = Union extends unknown ? keyof Union : never;
type KubernetesSettings = z.output<typeof kubernetes>;
type Merged<Union> = {
	[Key in KeyOf<Union>]: Union extends unknown ? (Key extends keyof Union ? Union[Key] : never) : never;
};
type Part = {
	part: "host" | "port" | "database" | "endpoint" | "bucket" | "region";
	direct?: true;
} | {
	part: "url" | "user" | "password";
	login: string;
	direct?: true;
};
type Path = readonly (string | number)[];
type Path$1 = (string | number)[];
type ProgramName = "gateway" | "balancer" | "meter";
type Project = Pick<TargetContext, "root" | "environment">;
type ProvidedValues = Record<string, Text>;
type Reference = ProvidedReference | SecretReference | ProgramReference;
type Release = Record<string, Artifact>;
type RuntimeName = keyof typeof registered$1;
type SecretText = (string | {
	passwordOf: string;
})[];
type Service = Stack["services"][string];
type Settings = Record<string, string | number | boolean>;
type Stack = z.output<typeof stackSchema>;
type Support<Value, Owner> = Refused | Irrelevant | Limited<NonNullable<Value>, Owner> | (IsLeaf<Content<Value>> extends true ? "honoured" : SupportOfMap<Content<Value>, Owner>);
type SupportOfMap<Map, Owner> = {
	[Key in Exclude<keyof Map, "kind">]-?: Support<Map[Key], Owner>;
};
type Template = (string | Reference)[];

declare namespace registered {
	export { mariadb, mongodb, mysql, postgres, redis, s3 };
}

export {};
