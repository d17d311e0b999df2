import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Instance } from '../../ports/ec2.js';
import { instanceOf } from './ec2-shapes.js';
import { allPages } from './pages.js';

/** The largest page of DescribeInstances (EC2 API reference). */
const pageSize = 1000;
const present = ['pending', 'running', 'stopping', 'stopped'];

/** The instances of a client's region that are not gone or going. */
export async function listInstances(client: EC2Client): Promise<readonly Instance[]> {
  const Filters = [{ Name: 'instance-state-name', Values: present }];
  return allPages(async (token) => {
    const page = await client.send(
      new DescribeInstancesCommand({ Filters, MaxResults: pageSize, NextToken: token }),
    );
    const instances = (page.Reservations ?? []).flatMap((reservation) => reservation.Instances ?? []);
    return { items: instances.map((one) => instanceOf(one, one.InstanceId ?? '')), next: page.NextToken };
  });
}
