/** Whether a write failed because whoever read has gone: a terminal that was closed, a pipe whose other end has ended. */
export function isNobodyThere(error: Error & { readonly code?: string }): boolean {
  return error.code === 'EIO' || error.code === 'EPIPE';
}
