/**
 * core ← config, questionnaire, record, agents-plugin-aws, edge-config, call-token ← apps, edge, infra, local.
 * Tests and benchmarks may look at everything.
 */
const outside = '^(apps|edge|images|infra|local|tests|bench)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'core-imports-nothing',
      comment: 'core is below everything',
      severity: 'error',
      from: { path: '^packages/core/' },
      to: { path: '^(packages/(?!core/)|apps/|edge/|images/|infra/|local/|tests/|bench/)' },
    },
    {
      name: 'packages-import-only-packages',
      comment: 'packages know nothing of what is built from them',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: outside },
    },
    {
      name: 'apps-never-import-apps',
      comment: 'apps speak to each other over the wire',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'production-never-imports-stand-ins',
      comment: 'no stand-in may be reachable from production code',
      severity: 'error',
      from: { path: '^(packages|apps|edge|images|infra)/' },
      to: { path: '^(local|tests|bench)/' },
    },
    {
      name: 'stand-ins-never-import-apps',
      comment: 'the stack starts apps as processes; it does not link them',
      severity: 'error',
      from: { path: '^local/' },
      to: { path: '^(apps|tests|bench)/' },
    },
    {
      name: 'local-aws-shares-no-codec',
      comment: 'a codec used on both sides of a wire would let both agree on the same bug',
      severity: 'error',
      from: { path: '^local/aws/' },
      to: { path: '^packages/agents-plugin-aws/' },
    },
    {
      name: 'no-unresolvable',
      comment:
        'an import that resolves to nothing: the package is missing from package.json, or the path is wrong',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules/(?!@vestibule)' },
    exclude: { path: '(^|/)(node_modules/(?!@vestibule)|dist|\\.local)/' },
    tsPreCompilationDeps: true,
    preserveSymlinks: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
