import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

export interface NagResult {
  /** `rule at/construct/path`, of rules that are not met and not accepted. */
  findings: string[];
  /** `rule: reason`, each once. */
  accepted: string[];
}

/** Holds a synthesised app to cdk-nag's AWS Solutions and HIPAA Security packs. Warnings count as errors do. */
export function nag(app: App): NagResult {
  const findings = [new AwsSolutionsChecks(app), new HIPAASecurityChecks(app)].flatMap((pack) =>
    pack
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
      ),
  );
  return { findings: findings.sort(), accepted: acceptedIn(app) };
}

function acceptedIn(app: App): string[] {
  const reasons = new Set<string>();
  const visit = (node: IConstruct) => {
    for (const { type, data } of node.node.metadata)
      if (type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        for (const [rule, reason] of Object.entries(data as Record<string, string>))
          reasons.add(`${rule.replace(/^[Aa]nnotation::/, '')}: ${reason}`);
    node.node.children.forEach(visit);
  };
  visit(app);
  return [...reasons].sort();
}
