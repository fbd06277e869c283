import type { ToolSpec } from '../bedrock/converse-request.ts';
import { answersOf, whichOf } from './arguments.ts';
import { roleByWords, type Role } from './roles.ts';
import { propertiesOf } from './schema.ts';
import { withRolesByShape, type Tool } from './shapes.ts';

export class Toolbox {
  readonly all: readonly Tool[];

  /** @param system the prompt: ids that it names are those of items. */
  constructor(specs: readonly ToolSpec[], system = '') {
    this.all = withRolesByShape(
      specs.map((spec) => {
        const properties = propertiesOf(spec.inputSchema.json);
        const role = roleByWords(spec, properties);
        return { name: spec.name, description: spec.description ?? '', properties, role };
      }),
      system,
    );
  }

  get(role: Role): Tool | undefined {
    return this.all.find((tool) => tool.role === role);
  }

  named(name: string): Tool | undefined {
    return this.all.find((tool) => tool.name === name);
  }
}

/** The ids of the items that the tools can name. */
export function itemIds(toolbox: Toolbox): readonly string[] {
  const record = toolbox.get('record');
  if (!record) return [];
  const properties = answersOf(record.properties)?.properties ?? record.properties;
  const ids = whichOf(properties)?.enum ?? [];
  return ids.length > 0 ? ids : (whichOf(toolbox.get('decline')?.properties ?? [])?.enum ?? []);
}
