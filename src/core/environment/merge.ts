import type { VariableSource } from '../../ports/gateway-environment.js';
import type { EnvironmentLayer } from './assignment.js';
import { shownValue } from './shown.js';

/** Layers laid over each other. */
export interface MergedEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  readonly sources: readonly VariableSource[];
  readonly overridden: readonly VariableSource[];
}

/**
 * Lays layers over each other, the first the strongest: a variable that a stronger layer has is not overridden, not even
 * by a weaker one's value where its own is empty. Inside a layer the last assignment counts. Sources are told for AWS
 * variables only.
 */
export function mergeLayers(layers: readonly EnvironmentLayer[]): MergedEnvironment {
  const variables: Record<string, string> = {};
  const sources: VariableSource[] = [];
  const overridden: VariableSource[] = [];
  for (const { file, assignments } of layers) {
    for (const { name, value, line } of assignments.toReversed()) {
      const wins = !Object.hasOwn(variables, name);
      if (wins) variables[name] = value;
      if (!name.startsWith('AWS_')) continue;
      (wins ? sources : overridden).push({ name, file, line, shown: shownValue(name, value) });
    }
  }
  return { variables, sources, overridden };
}
