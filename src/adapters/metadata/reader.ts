import { request } from 'node:http';
import type { MetadataAnswer, MetadataReader } from '../../ports/metadata.js';
import type { Environment } from '../../ports/environment.js';
import { metadataEndpoint } from './endpoint.js';

/** What a reader of instance metadata needs. */
export interface MetadataOptions {
  readonly environment: Environment;
  /** Milliseconds for one request, from connecting to the end of the answer; 1,000, as the SDKs have it. */
  readonly timeoutMilliseconds?: number;
  /** Takes an endpoint on another machine, too. */
  readonly allowAnyEndpoint?: boolean;
}

interface Call {
  readonly method: 'GET' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds: number;
}

const largestBody = 64 * 1024;

function failed(error: NodeJS.ErrnoException): MetadataAnswer {
  const { code = 'unknown', message } = error;
  if (code === 'ECONNREFUSED') return { kind: 'refused', reason: message };
  if (code === 'ETIMEDOUT') return { kind: 'timeout', reason: message };
  return { kind: 'unreachable', reason: message === '' ? code : message };
}

function send({ method, url, headers, timeoutMilliseconds }: Call): Promise<MetadataAnswer> {
  return new Promise((resolve) => {
    const outgoing = request(url, { method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        body += piece;
        if (body.length > largestBody) outgoing.destroy(new Error('the answer is too long'));
      });
      response.on('error', (error) => resolve(failed(error)));
      response.on('end', () => resolve({ kind: 'answer', status: response.statusCode ?? 0, body }));
    });
    let connected = false;
    outgoing.on('socket', (socket) => {
      socket.on('connect', () => {
        connected = true;
      });
    });
    const timer = setTimeout(() => {
      resolve({ kind: 'timeout', reason: `no answer within ${timeoutMilliseconds} ms`, connected });
      outgoing.destroy();
    }, timeoutMilliseconds);
    outgoing.on('close', () => clearTimeout(timer));
    outgoing.on('error', (error) => resolve(failed(error)));
    outgoing.end();
  });
}

/**
 * Instance metadata over raw HTTP, version 2 only, without redirects, proxies or retries: what was seen is what is told.
 * Throws METADATA_ENDPOINT for an endpoint that is not on this machine.
 */
export function createMetadataReader(options: MetadataOptions): MetadataReader {
  const { environment, timeoutMilliseconds = 1000, allowAnyEndpoint = false } = options;
  const endpoint = metadataEndpoint(environment, allowAnyEndpoint);
  return {
    endpoint,
    token: () =>
      send({
        method: 'PUT',
        url: `${endpoint}/latest/api/token`,
        headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '300' },
        timeoutMilliseconds,
      }),
    get: (path, token) =>
      send({
        method: 'GET',
        url: `${endpoint}/latest/${path}`,
        headers: { 'x-aws-ec2-metadata-token': token },
        timeoutMilliseconds,
      }),
  };
}
