import { jsonErrors } from '../json/errors.js';
import { type JsonOperation, jsonService } from '../json/json-service.js';
import {
  createAssociation,
  deleteAssociation,
  describeAssociation,
  listAssociations,
  updateAssociation,
} from './associations.js';
import { cancelCommand, getCommandInvocation, listCommandInvocations, sendCommand } from './commands.js';
import { describeInstanceInformation } from './managed.js';

const read = (run: JsonOperation['run']): JsonOperation => ({ mutating: false, run });
const write = (run: JsonOperation['run']): JsonOperation => ({ mutating: true, run });

/** AWS Systems Manager: who is managed, Run Command with agents that really run it, and the associations of State Manager. */
export const ssm = jsonService({
  name: 'ssm',
  target: 'AmazonSSM',
  errors: jsonErrors({ status: 400, code: 'ThrottlingException', message: 'Rate exceeded' }),
  operations: {
    DescribeInstanceInformation: read(describeInstanceInformation),
    SendCommand: write(sendCommand),
    CancelCommand: write(cancelCommand),
    ListCommandInvocations: read(listCommandInvocations),
    GetCommandInvocation: read(getCommandInvocation),
    ListAssociations: read(listAssociations),
    DescribeAssociation: read(describeAssociation),
    CreateAssociation: write(createAssociation),
    UpdateAssociation: write(updateAssociation),
    DeleteAssociation: write(deleteAssociation),
  },
});
