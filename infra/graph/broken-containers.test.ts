import { testRefused, type RefusedFields } from './refused-fields.ts';

/** Fields of one service that only containers have, and the expected problems. */
const services: RefusedFields[] = [
  [
    '  source: app\n    resources: { cpu: 1, memory: 1Gi, requests: { cpu: 2, memory: 1025Mi } }',
    '5:56  services.web.resources.requests.cpu: 2 must be at most "cpu", the limit',
    '5:67  services.web.resources.requests.memory: "1025Mi" must be at most "memory", the limit',
  ],
  [
    '  source: app\n    resources: { gpu: 0.5 }',
    '5:23  services.web.resources.gpu: 0.5 is not a whole number of GPUs from 1 to 64',
  ],
  [
    '  source: app\n    buildVariables: [A]\n    variables: { A: "a\\0b", RAILWAY_REPLICA_ID: x }',
    '5:5  services.web.buildVariables: must be left out without "build" and "dockerfile": nothing else uses them',
    '6:21  services.web.variables.A: "a\\u0000b" must contain neither NUL nor a character that Kubernetes rejects, such as U+007F to U+009F',
    '6:49  services.web.variables.RAILWAY_REPLICA_ID: is set for each replica; leave it out',
  ],
  [
    '  source: app\n    bindMounts: { Code: { source: app, path: /a }, b: { source: ../b, path: c, mode: ro }, d: app }',
    '5:19  services.web.bindMounts.Code: "Code" is not a name of a bind mount: lower-case letters, digits and "-", starting with a letter, at most 20 characters',
    '5:65  services.web.bindMounts.b.source: "../b" is not a folder inside the repository, such as services/api',
    '5:77  services.web.bindMounts.b.path: "c" is not an absolute path, such as /data',
    '5:80  services.web.bindMounts.b.mode: unknown key "mode"; known: source, path, readOnly',
    '5:95  services.web.bindMounts.d: "app" is not a map with the keys source, path, readOnly',
  ],
  [
    '  source: app\n    bindMounts: { a: { source: ., path: /a }, b: { source: .railhead, path: /b } }',
    '5:32  services.web.bindMounts.a.source: "." must be another folder of the repository: a service must not see .git and .railhead',
    '5:60  services.web.bindMounts.b.source: ".railhead" does not exist in <root>; create the folder, and commit a file in it for other checkouts',
  ],
  [
    '  source: app\n    tmpfs: [/a]\n    bindMounts: { a: { source: app, path: /a/ }, b: { source: app, path: /b } }\n    files: [{ path: /b, content: x }]\n    shmSize: 1Gi',
    '6:5  services.web.bindMounts: a map must name each path once, and not that of a folder in "tmpfs", "volume" or "volumes"',
    '7:5  services.web.files: a list must name each path once, and not that of a folder in "tmpfs", "volume", "volumes" or "bindMounts"',
  ],
  [
    '  source: app\n    bindMounts: { a: { source: content, path: /a }, b: { source: app/main.ts, path: /b } }',
    '5:32  services.web.bindMounts.a.source: "content" does not exist in <root>; create the folder, and commit a file in it for other checkouts',
    '5:66  services.web.bindMounts.b.source: "app/main.ts" is not a folder; list a single file under "files"',
  ],
  [
    '  source: app\n    egress: [{ to: 10.0.0.300/8 }, { to: internet, port: 443 }]',
    '5:20  services.web.egress.0.to: "10.0.0.300/8" is not "internet", or an IPv4 range such as 10.20.0.0/16',
  ],
  [
    '  source: app\n    metrics: /metrics',
    '5:14  services.web.metrics: "/metrics" needs "port" or "health.path": without them the service does not listen',
  ],
  [
    '  source: app\n    replicas: { min: 1, max: 2, queue: { name: jobs, size: 9, from: web } }',
    '5:69  services.web.replicas.queue.from: "web" needs "metrics" and "port", which report the queue length',
  ],
  [
    '  source: app\n    replicas: { min: 1, max: 2, queue: { name: jobs, size: 9, from: wob } }',
    '5:69  services.web.replicas.queue.from: there is no service "wob"; did you mean "web"?',
  ],
  [
    '  source: app\n    dockerfile: { path: Dockerfile }\n    build: make\n    runtime: go',
    '5:5  services.web.dockerfile: "app/Dockerfile" does not exist',
    '6:12  services.web.build: "make" must be left out with "dockerfile": a Dockerfile builds the service',
    '7:14  services.web.runtime: "go" must be left out with "dockerfile": a Dockerfile builds the service',
  ],
  [
    '  source: app\n    entrypoint: /run\n    command: [a]',
    '5:17  services.web.entrypoint: "/run" must be left out without "dockerfile": "start" is the command of a built service',
    '6:5  services.web.command: a list must be left out without "dockerfile": "start" is the command of a built service',
  ],
  [
    '  source: app\n    dockerfile: { file: a, context: ../x, target: a b, args: { A: "${{shared.A}}", B: [] } }',
    '5:5  services.web.dockerfile: "app/Dockerfile" does not exist',
    '5:19  services.web.dockerfile.file: unknown key "file"; known: path, context, target, args',
    '5:37  services.web.dockerfile.context: "../x" is not a folder inside the repository, such as services/api',
    '5:51  services.web.dockerfile.target: "a b" is not the name of a stage, such as runtime',
    '5:67  services.web.dockerfile.args.A: "${{shared.A}}" must contain no reference: name a variable in "buildVariables"',
    '5:84  services.web.dockerfile.args.B: a list is not text, a number or a boolean',
  ],
  [
    '  source: app\n    dockerfile: { context: application }',
    '5:5  services.web.dockerfile: "app/Dockerfile" does not exist',
    '5:28  services.web.dockerfile.context: "application" must be a folder that contains "source"',
  ],
  [
    '  source: app\n    dockerfile: { path: build.Dockerfile, context: ., target: runtim }',
    '5:5  services.web.dockerfile: "build.Dockerfile" does not exist',
  ],
  [
    '  source: app\n    dockerfile: Dockerfile',
    '5:17  services.web.dockerfile: "app/Dockerfile" does not exist',
  ],
  [
    '  source: app\n    buildVariables: [A, B, C]\n    variables: { A: plain, B: "${{secret.B}}" }\n    dockerfile: x',
    '5:25  services.web.buildVariables.1: "B" contains the secret B; name it in "buildSecrets"',
    '5:28  services.web.buildVariables.2: "C" is not a variable of the service; did you mean "A"?',
    '7:17  services.web.dockerfile: "app/x" does not exist',
  ],
  [
    '  source: app\n    buildSecrets: [npm_token]\n    dockerfile: Dockerfile',
    '5:5  services.web.buildSecrets: a list must be left out with "dockerfile": the Docker provider of Pulumi, which builds the image, passes no secrets to BuildKit; use "build"',
    '5:20  services.web.buildSecrets.0: "npm_token" is not the name of a secret: upper-case letters, digits and "_", starting with a letter',
    '6:17  services.web.dockerfile: "app/Dockerfile" does not exist',
  ],
  [
    '  source: app\n    buildSecrets: [TOKEN]',
    '5:5  services.web.buildSecrets: must be left out without "build": nothing else uses them',
  ],
  [
    '  source: app\n    build: make\n    start: node main.js\n    buildVariables: [TOKEN]\n    buildSecrets: [OTHER, TOKEN]\n    variables: { TOKEN: a }',
    '8:27  services.web.buildSecrets.1: "TOKEN" is in "buildVariables" too',
  ],
  [
    '  image: a\n    user: nginx\n    tmpfs: [cache, /tmp]\n    stopSignal: QUIT\n    ulimits: { files: 1 }',
    '5:11  services.web.user: "nginx" is not a user by its number, such as 101 or "472:0" for user and group, or "image" for that of the image',
    '6:13  services.web.tmpfs.0: "cache" is not an absolute path, such as /data',
    '6:20  services.web.tmpfs.1: "/tmp" must be another folder: every replica has its own /tmp',
    '7:17  services.web.stopSignal: "QUIT" is not one of SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2, SIGWINCH',
    '8:16  services.web.ulimits.files: "files" is not one of core, cpu, data, fsize, memlock, msgqueue, nofile, nproc, rss, sigpending, stack',
  ],
  [
    '  image: a\n    tmpfs: [/run]\n    files: [{ path: etc/a, content: a }, { path: /run, source: ../a }, { path: /b }, { path: /c, source: c, content: c }]',
    '6:5  services.web.files: a list must name each path once, and not that of a folder in "tmpfs", "volume", "volumes" or "bindMounts"',
    '6:21  services.web.files.0.path: "etc/a" is not an absolute path, such as /data',
    '6:64  services.web.files.1.source: "../a" is not a file inside the repository, such as config/nginx.conf',
    '6:72  services.web.files.2.source: is missing: a file needs "source" or "content"',
    '6:106  services.web.files.3.source: "c" must be left out with "content": the file is one or the other',
  ],
  [
    '  image: a\n    files: [{ path: /a, source: app }, { path: /b, source: no.conf }, { path: /c, content: "${{web.NO}}" }]',
    '5:33  services.web.files.0.source: "app" is a folder; name a mounted file in it',
    '5:60  services.web.files.1.source: "no.conf" does not exist',
    '5:92  services.web.files.2.content: "${{web.NO}}": "web" has no variable "NO"; known: IDENTITY_KEY, IDENTITY_PUBLIC_KEY',
  ],
  [
    '  image: a\n    health: { timeout: 5s }',
    '5:5  services.web.health.path: is missing: a path such as /health, or one of "tcp" and "command"',
  ],
  [
    '  image: a\n    health: { tcp: true, command: x, ready: /r }',
    '5:20  services.web.health.tcp: true needs "port", which it connects to',
    '5:35  services.web.health.command: "x" must be left out with "path" or "tcp": a service has one kind of check',
    '5:45  services.web.health.ready: "/r" needs "path": it is a further path',
  ],
  [
    '  image: a\n    capabilities: { add: [CHOWN] }\n    start: x\n    command: y "z"\n    tmpfs: [/a, /a]',
    '5:5  services.web.capabilities: a map needs "user: 0" or "user: image": only root keeps capabilities',
    '6:12  services.web.start: "x" must be left out with "entrypoint" or "command": it replaces both',
    '7:14  services.web.command: "y \\"z\\"" is not words without quotes and shell syntax, or a list of arguments',
    '8:5  services.web.tmpfs: a list must name each folder once, and not that of a volume',
  ],
  [
    '  image: a\n    tmpfs: [/dev/shm/]\n    shmSize: 64Mi\n    ulimits: { nofile: { soft: 10, hard: 5 }, core: { soft: -1, hard: 9 } }',
    '6:14  services.web.shmSize: "64Mi" must be left out: "tmpfs", "volume", "volumes" or "bindMounts" already has /dev/shm',
    '7:32  services.web.ulimits.nofile.soft: 10 must be at most "hard"',
    '7:61  services.web.ulimits.core.soft: -1 must be at most "hard"',
  ],
  [
    '  image: a\n    user: "00"\n    capabilities: { add: [CHOWN] }',
    '5:11  services.web.user: "00" is not a user by its number, such as 101 or "472:0" for user and group, or "image" for that of the image',
  ],
];

testRefused(services);
