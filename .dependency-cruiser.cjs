/** The layers of CONTEXT.md: `program ← campaign ← compose ← publish ← {networks, storage}`; a room uses rooms to its left. */
const room = (name) => `^src/${name}/`;
const never = (from, to, comment) => ({
  name: `${from.replace(/\W+/g, '-')}-stays-left`,
  severity: 'error',
  comment,
  from: { path: room(from) },
  to: { path: to.map((t) => (t.includes('.') ? `^${t}` : room(t))) },
});
const top = ['site', 'desk', 'cli', 'operations'];
const world = ['networks', 'storage', 'queue', 'config', 'src/context.ts', 'jobs/.'];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/.*\\.js$', '^src/cli/main\\.ts$'] },
      to: {},
    },
    never(
      'program',
      ['campaign', 'compose', 'publish', ...world, ...top],
      'The program knows nothing of announcing.',
    ),
    never('campaign', ['compose', 'publish', ...world, ...top], 'Planning is pure.'),
    never('compose', ['publish', ...world, ...top], 'Composing is pure.'),
    never('publish', [...world, ...top], 'Use cases see ports only.'),
    never(
      'networks',
      ['storage', 'queue', 'config', 'src/context.ts', 'jobs/.', ...top],
      'A publisher sees its network.',
    ),
    never(
      'storage',
      ['networks', 'queue', 'config', 'src/context.ts', 'jobs/.', ...top],
      'Storage sees the ports it implements.',
    ),
    never(
      'queue',
      ['networks', 'config', 'src/context.ts', ...top],
      'The queue may use the connection of storage.',
    ),
    never(
      'config',
      ['publish', 'networks', 'storage', 'queue', 'src/context.ts', 'jobs/.', ...top],
      'Config may use types of campaign.',
    ),
    never(
      'sign-in',
      ['networks', 'queue', 'config', 'src/context.ts', 'jobs/.', ...top],
      'Signing in knows its tables and no page.',
    ),
    never('storage', ['sign-in'], 'Storage knows rows, not how somebody proves who they are.'),
    {
      name: 'only-queue-imports-bullmq',
      severity: 'error',
      from: { pathNot: '^src/queue/' },
      to: { path: 'node_modules/bullmq' },
    },
    {
      name: 'networks-are-strangers',
      severity: 'error',
      from: { path: '^src/networks/([^/]+)/' },
      to: { path: '^src/networks/([^/]+)/', pathNot: '^src/networks/$1/' },
    },
    {
      name: 'pure-rooms-know-no-io',
      severity: 'error',
      from: {
        path: ['^src/campaign/', '^src/compose/[^/]+$', '^src/publish/(state|outcome)\\.ts$'],
      },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'clock-events-log-outside-the-pure-rooms',
      severity: 'error',
      from: {
        path: [
          '^src/program/',
          '^src/campaign/',
          '^src/compose/[^/]+$',
          '^src/publish/(state|outcome)\\.ts$',
        ],
        pathNot: '^src/program/fetch/',
      },
      to: { path: '^src/(clock|events|log)\\.ts$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
