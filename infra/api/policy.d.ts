// Written by `npm run api`: all types that this entry of the package exports, in one file because a review reads it as a whole.

import { z } from 'zod';

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
declare const stages: readonly [
	"development",
	"staging",
	"production"
];
declare function mariadbContainer(config: DataConfig, database: string): DataContainer;
declare function mongodbContainer({ port, resources }: DataConfig, database: string): DataContainer;
declare function nodeSetup(build: string, { folder, inContainer }: BuildPlace): string | undefined;
declare function postgresContainer({ port, resources, connections, settings, extensions }: DataConfig, database: string): DataContainer;
declare function pythonSetup(build: string, { inContainer }: BuildPlace): string | undefined;
declare function redisContainer({ version, port, resources, settings }: DataConfig): DataContainer;
declare function s3Container({ port, resources, buckets }: DataConfig): DataContainer;
declare function siteBuilder(folder: Folder): string | undefined;
declare function startOf(folder: Folder): string | undefined;
/** Checks the type of a rule. A file in the folder `policy.rules` exports the result as its default. */
export declare function definePolicy(policy: Policy): Policy;
/** A rule over what an environment plans to run. */
export interface Policy {
	/** The name that findings and waivers use: lower-case letters, digits and `-`. */
	name: string;
	/** One sentence that says what the rule demands. */
	description: string;
	/** By stage: whether a finding stops an update, `error`, or is only shown, `advice`. Other stages are not checked. */
	levels: Partial<Record<Stage, "error" | "advice">>;
	/** Returns the places that break the rule. */
	check(input: PolicyInput): readonly PolicyProblem[] | Promise<readonly PolicyProblem[]>;
}
/** What an environment plans to run, as plain data without the values of secrets. */
export interface PolicyInput {
	/** What the stack file declares, with all defaults. */
	stack: Stack;
	/** The services in start order, with their references resolved, and the connections between them. */
	graph: ServiceGraph;
	/** The resources as the engine would receive them. */
	resources: RecordedResource[];
	environment: {
		name: string;
		stage: Stage;
	};
	target: {
		name: string;
		/** Paths of the fields that the target refuses or ignores, such as `services.source.resources`. */
		unsupported: string[];
		/** The types of resources that hold data, such as `docker:index/volume:Volume`. */
		stores: string[];
	};
}
/** A place where a rule is broken. */
export interface PolicyProblem {
	/** Path in the stack file: `['services', 'api', 'image']`. If it does not exist, the nearest existing part is shown. */
	path: readonly (string | number)[];
	/** What is wrong and how to change it. It must not contain the values of secrets. */
	message: string;
	/** The service, if `path` does not name it. */
	service?: string | undefined;
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
/** Services in start order (dependencies first, ties by name). */
export interface ServiceGraph {
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
/**
 * A stack file with every default filled in. Durations are seconds, CPU is cores, sizes are
 * `{ bytes, text }`, replicas are `{ min, max }` and `preDeploy` is `{ command: string[], variables, migrations }`.
 */
export type Stack = z.output<typeof stackSchema>;
export type Stage = (typeof stages)[number];
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
interface DataNode extends Node {
	form: "data";
	config: DataService;
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
interface Folder {
	has: (file: string) => boolean;
	/** Returns the text of a file; empty if there is none, or if it is too large to be a manifest. */
	text: (file: string) => string;
	/** Returns the names in a folder below; none if there is no such folder. */
	names: (folder: string) => string[];
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
interface ProgramReference {
	kind: "pulumi";
	name: string;
}
interface Properties {
	values: Record<string, unknown>;
	/** Paths of the values that are marked secret, outermost first. */
	secrets: Path[];
}
interface ProvidedReference {
	kind: "provided";
	/** A service, or `gateway`. */
	service: string;
	name: string;
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
type CodeService = Extract<Service, {
	kind: "source" | "image";
}>;
type DataService = {
	[Type in DataType]: z.output<(typeof registered)[Type]["schema"]>;
}[DataType];
type DataType = keyof typeof registered;
type GraphService = CodeNode | DataNode | ExternalNode;
type KubernetesSettings = z.output<typeof kubernetes>;
type Part = {
	part: "host" | "port" | "database" | "endpoint" | "bucket" | "region";
	direct?: true;
} | {
	part: "url" | "user" | "password";
	login: string;
	direct?: true;
};
type Path = (string | number)[];
type Reference = ProvidedReference | SecretReference | ProgramReference;
type RuntimeName = keyof typeof registered$1;
type SecretText = (string | {
	passwordOf: string;
})[];
type Service = Stack["services"][string];
type Settings = Record<string, string | number | boolean>;
type Template = (string | Reference)[];

declare namespace registered {
	export { mariadb, mongodb, mysql, postgres, redis, s3 };
}

export {};
