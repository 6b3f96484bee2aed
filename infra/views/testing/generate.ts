import fc from 'fast-check';
import type { Cause, Preview, PreviewDocument, ServiceChange } from '../../changes/model.ts';

/** Texts that a fork could use as a name, a value, a path or the subject of a commit. */
const hostile = [
  '`',
  '``',
  '```\n# heading',
  '` `',
  '|',
  'a\\|b',
  '\\',
  '</details>',
  '</summary></details><h1>x</h1>',
  '<script>alert(1)</script>',
  '<!-- ',
  '-->',
  ']]>',
  '<img src=https://evil.example/x onerror=alert(1)>',
  '![x](https://evil.example/x.png)',
  '[click](javascript:alert(1))',
  'https://evil.example',
  'www.evil.example',
  'someone@evil.example',
  'a|someone@evil.example',
  '@octocat',
  '#123',
  'GH-123',
  'octocat/repo#12',
  '\u202Eevil\u202C',
  'a\u200Bb\u2060c\uFEFF',
  'line\nbreak\r\n- item',
  '\u001B[31mred\u0007',
  '\uD800',
  '\u2028',
  '&lt;b&gt;&#64;x',
  '$x^2$',
  ':tada:',
  '~~gone~~ **bold** _it_',
  '> quote',
  '- [ ] task',
  '[^1]: note',
  '"\' onload="x',
  '${{secret.TOKEN}}',
  '東京の値段',
  '',
  ' ',
  'x'.repeat(400),
  `${'word '.repeat(300)}`,
];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostile) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...hostile), fc.constantFrom(...hostile))
      .map((pair) => pair.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 2, arbitrary: fc.constantFrom('api', 'LOG_LEVEL', 'services/api/app.ts', 'redis.PORT', '2') },
);
/** Sentences mix words of Railhead with names of the project. */
const sentence = fc.array(text, { maxLength: 4 }).map((words) => words.join(' '));
const some = <T>(one: fc.Arbitrary<T>, maxLength = 3) => fc.array(one, { maxLength });
const place = fc.record({ file: text, line: fc.integer({ min: 1, max: 999 }) });
const sides = { before: text, after: text };
const partly = { requiredKeys: [] as [] };
const change = fc.constantFrom('new', 'changed', 'replaced', 'removed');
const added = fc.constantFrom('added', 'removed');

const withPlace = <T extends object>(one: fc.Arbitrary<T>) =>
  fc
    .tuple(one, fc.option(place, { nil: undefined }))
    .map(([value, at]) => (at === undefined ? value : { ...value, place: at }));
const withSides = <T extends object>(one: fc.Arbitrary<T>) =>
  fc.tuple(one, fc.record(sides, partly)).map(([value, pair]) => ({ ...value, ...pair }));
const kind = <K extends string>(name: K) => fc.constant(name);

const cause: fc.Arbitrary<Cause> = fc.oneof(
  withPlace(fc.record({ kind: kind('service'), change: added })),
  withPlace(withSides(fc.record({ kind: kind('field'), path: text }))),
  withPlace(fc.record({ kind: kind('variable'), name: text, via: some(text) })),
  fc.record({ kind: kind('secret'), name: text, variables: some(text) }),
  fc.record({
    kind: kind('files'),
    folder: text,
    changed: some(text, 20),
    added: some(text),
    removed: some(text),
  }),
  withSides(fc.record({ kind: kind('package'), name: text })),
  withSides(fc.record({ kind: kind('build') })),
  withPlace(fc.record({ kind: kind('edge'), change: added, from: text, to: text })),
  withSides(fc.record({ kind: kind('railhead') })),
  withSides(fc.record({ kind: kind('drift'), resource: text })),
  fc.record({ kind: kind('unexplained'), resources: some(text) }),
);

const pair = fc.record(sides, partly);

const service: fc.Arbitrary<ServiceChange> = withPlace(
  fc.record(
    {
      service: text,
      change,
      causes: some(cause, 4),
      values: some(
        fc.record(
          { name: text, ...sides, secret: fc.constantFrom('added', 'changed', 'removed', 'same', 'unknown') },
          { requiredKeys: ['name'] },
        ),
      ),
      size: fc.record({ replicas: pair, cpu: pair, memory: pair, storage: pair, image: pair }, partly),
      migrations: fc.record({
        command: some(text),
        known: fc.boolean(),
        pending: some(fc.record({ file: text, reversible: fc.boolean() })),
        edited: some(text),
        late: some(text),
      }),
      rollout: fc.record(
        {
          order: fc.integer({ min: 1, max: 30 }),
          restarts: fc.boolean(),
          handover: fc.constantFrom('together', 'stepwise', 'stopFirst'),
          gates: some(text),
          drain: fc.nat(100),
        },
        { requiredKeys: ['order', 'restarts', 'gates'] },
      ),
      resources: some(
        fc.record({
          type: text,
          name: text,
          operation: fc.constantFrom('create', 'update', 'replace', 'delete'),
          paths: some(text),
        }),
      ),
    },
    { requiredKeys: ['service', 'change', 'causes', 'values', 'size', 'resources'] },
  ),
);

const commit = fc.record({ hash: text, subject: text });
const checkedOut = fc.record(
  { hash: text, subject: text, dirty: fc.constant(true as const) },
  { requiredKeys: ['hash', 'subject'] },
);

const preview: fc.Arbitrary<Preview> = fc.record(
  {
    environment: text,
    target: text,
    stackFile: text,
    source: fc.oneof(
      fc.record(
        { kind: kind('state'), commit: checkedOut, deployed: checkedOut },
        { requiredKeys: ['kind'] },
      ),
      fc.record({ kind: kind('commits'), base: commit, head: commit }),
    ),
    services: some(service, 6),
    same: fc.nat(500),
    network: some(
      withPlace(fc.record({ change: added, from: fc.oneof(text, fc.constant('public')), to: text })),
    ),
    risks: some(
      withPlace(
        fc.record({ kind: fc.constantFrom('data', 'protection', 'exposure'), service: text, text: sentence }),
      ),
    ),
    policy: some(
      withPlace(
        fc.record(
          {
            rule: text,
            service: text,
            message: sentence,
            level: fc.constantFrom('error', 'advice', 'waived'),
            waiver: fc.record({ reason: sentence, until: text }),
          },
          { requiredKeys: ['rule', 'message', 'level'] },
        ),
      ),
    ),
    cost: fc.record({ before: fc.nat(1000), after: fc.nat(1000), currency: text }),
    graph: fc.record({
      services: some(fc.record({ name: text, form: text, change: fc.oneof(change, kind('same')) }), 5),
      edges: some(fc.record({ from: text, to: text, change: fc.oneof(added, kind('same')) })),
    }),
    notes: some(sentence),
    problems: some(sentence),
    seconds: fc.nat(1000),
    digest: fc.constant('0123456789abcdef'.repeat(4)),
  },
  {
    requiredKeys: [
      ...([
        'environment',
        'target',
        'stackFile',
        'source',
        'services',
        'same',
        'network',
        'risks',
        'policy',
      ] as const),
      ...(['graph', 'notes'] as const),
    ],
  },
);

/** Previews of which every text may be hostile. */
export const previewDocuments: fc.Arbitrary<PreviewDocument> = fc.record({
  version: fc.constant(1),
  railhead: text,
  environments: fc.array(preview, { maxLength: 3 }),
});
