/**
 * Begins something, such as loading a module, while something else is being waited for. What goes wrong is met again where the module is needed.
 */
export function loadEarly(load: () => Promise<unknown>): void {
  load().catch(() => undefined);
}
