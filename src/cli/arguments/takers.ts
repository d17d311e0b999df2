import type { CommandName } from '../../core/settings.js';

/** Commands that take what every run takes. */
export const everywhere: readonly CommandName[] = ['setup', 'plan', 'verify', 'undo', 'render', 'mock-aws'];

/** Commands that are about an account. */
export const account: readonly CommandName[] = ['setup', 'plan', 'verify', 'undo', 'render'];

/** Commands that work out changes. */
export const changing: readonly CommandName[] = ['setup', 'plan', 'render'];

/** Commands that may be about this host. */
export const local: readonly CommandName[] = ['setup', 'plan', 'verify', 'undo'];
