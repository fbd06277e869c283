import { buildSync } from 'esbuild';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CfnElement, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** CommonJS inside an ES module: what a dependency requires must find Node's own modules. */
const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * One ES module, `index.mjs`, of a handler's source and all that it imports, and `folders` beside it: by name, where each is copied from. Neither a
 * container nor the network is needed, and the same sources give the same bytes. Names are kept, as some dependencies go by them.
 * @param write is given the folder, which is gone afterwards.
 */
export function withBundle<Result>(
  entry: URL,
  folders: Readonly<Record<string, string>>,
  write: (folder: string) => Result,
): Result {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-bundle-'));
  try {
    buildSync({
      entryPoints: [entry.pathname],
      outfile: join(folder, 'index.mjs'),
      ...{ bundle: true, platform: 'node', target: 'node24', format: 'esm' },
      ...{ minifyWhitespace: true, minifySyntax: true, legalComments: 'none', logLevel: 'error' },
      ...{ mainFields: ['module', 'main'], banner: { js: banner } },
      // Sources run as they are in Node, but a bundle's Node has no use for their types.
      tsconfigRaw: {},
    });
    for (const [name, from] of Object.entries(folders))
      if (existsSync(from)) cpSync(from, join(folder, name), { recursive: true });
    return write(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface BundledFunction extends Omit<
  lambda.FunctionProps,
  'code' | 'handler' | 'runtime' | 'architecture'
> {
  entry: URL;
  /** Its statements are there already. */
  role: iam.Role;
  folders?: Readonly<Record<string, string>>;
}

/** A function whose code is that bundle; it exports `handler`. */
export function bundledFunction(
  scope: Construct,
  id: string,
  { entry, folders = {}, ...props }: BundledFunction,
): lambda.Function {
  const made = withBundle(
    entry,
    folders,
    (folder) =>
      new lambda.Function(scope, id, {
        ...{ ...props, code: lambda.Code.fromAsset(folder), handler: 'index.handler' },
        ...{ runtime: lambda.Runtime.NODEJS_24_X, architecture: lambda.Architecture.ARM_64 },
      }),
  );
  // The role it names already; it must wait for what the role may.
  const policy = Stack.of(scope).getLogicalId(policyOf(props.role));
  (made.node.defaultChild as lambda.CfnFunction).addOverride('DependsOn', [policy]);
  return made;
}

const policyOf = (role: iam.Role) => role.node.findChild('DefaultPolicy').node.defaultChild as CfnElement;
