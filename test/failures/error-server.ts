import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BedrockClient, ListFoundationModelsCommand } from '@aws-sdk/client-bedrock';
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Row } from './rows.js';

type Reply = Pick<Row, 'service' | 'status' | 'name' | 'text'>;

/** A server that answers every call with the error that was last put into it. */
export interface ErrorServer {
  /** What a real SDK client throws for the reply. */
  provoke(reply: Reply): Promise<unknown>;
  close(): Promise<void>;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function body({ service, name, text }: Reply): string {
  const error = `<Code>${name}</Code><Message>${escapeXml(text)}</Message>`;
  if (service === 'ec2')
    return `<Response><Errors><Error>${error}</Error></Errors><RequestID>r</RequestID></Response>`;
  if (service === 'iam')
    return `<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>r</RequestId></ErrorResponse>`;
  return JSON.stringify({ message: text });
}

const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'canary-secret' };

const calls: Readonly<Record<Reply['service'], (endpoint: string) => Promise<unknown>>> = {
  ec2: (endpoint) => new EC2Client(options(endpoint)).send(new DescribeInstancesCommand({})),
  iam: (endpoint) => new IAMClient(options(endpoint)).send(new GetRoleCommand({ RoleName: 'x' })),
  bedrock: (endpoint) => new BedrockClient(options(endpoint)).send(new ListFoundationModelsCommand({})),
  'bedrock-runtime': (endpoint) =>
    new BedrockRuntimeClient({ ...options(endpoint), requestHandler: new NodeHttpHandler() }).send(
      new ConverseCommand({ modelId: 'x', messages: [{ role: 'user', content: [{ text: 'x' }] }] }),
    ),
};

function options(endpoint: string) {
  return { endpoint, credentials, region: 'us-east-1', maxAttempts: 1 };
}

/** Starts the server on a free port of the loopback interface. */
export async function startErrorServer(): Promise<ErrorServer> {
  let reply: Reply = { service: 'iam', status: 500, name: 'InternalFailure', text: '' };
  const server = createServer((request, response) => {
    request.resume();
    const json = reply.service.startsWith('bedrock');
    response.writeHead(reply.status, {
      'content-type': json ? 'application/json' : 'text/xml',
      ...(json ? { 'x-amzn-errortype': reply.name } : {}),
    });
    response.end(body(reply));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    async provoke(next) {
      reply = next;
      try {
        await calls[next.service](endpoint);
      } catch (error) {
        return error;
      }
      throw new Error('the call went through');
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
