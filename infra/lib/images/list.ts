import { loadConfig } from '@vestibule/config';
import { imageNames, repositories } from './sources.ts';

/** For mirror.sh: `node list.ts VESTIBULE.YAML` prints a line an image: name, repository in ECR, digest, registry that it is copied from or `-`. */
const file = process.argv[2] ?? 'vestibule.yaml';
const { aws } = await loadConfig(file).catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
});
if (aws === undefined) {
  process.stderr.write(`${file}: aws: is missing. See infra/example/vestibule.yaml\n`);
  process.exit(1);
}
for (const name of imageNames) {
  const { repository, upstream } = repositories[name];
  process.stdout.write(`${[name, repository, aws.images[name], upstream ?? '-'].join(' ')}\n`);
}
