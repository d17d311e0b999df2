import { AwsError } from '../errors.js';
import { jsonReply } from '../http/reply.js';
import { parseJson } from '../policy/document.js';
import { isRecord } from '../record.js';
import type { RestInput, RestOperation } from '../rest/rest-service.js';
import type { Context } from '../service.js';

const MINIMUM_BYTES = 10;
const MAXIMUM_BYTES = 16_384;
const REQUIRED = ['companyName', 'companyWebsite', 'intendedUsers', 'industryOption', 'useCases'];

/** The operations on Anthropic's use-case form, once for an account. */
export const useCaseOperations: Readonly<Record<string, RestOperation>> = {
  PutUseCaseForModelAccess: {
    method: 'POST',
    path: /^\/use-case-for-model-access$/,
    mutating: true,
    run: put,
  },
  GetUseCaseForModelAccess: {
    method: 'GET',
    path: /^\/use-case-for-model-access$/,
    mutating: false,
    run: (_input, context) => {
      const formData = context.state.useCaseForm;
      if (formData === undefined) {
        throw new AwsError(
          'ResourceNotFoundException',
          'Use case details were not found for this account.',
          404,
        );
      }
      return jsonReply(200, { formData });
    },
  },
};

function put({ body }: RestInput, context: Context) {
  const input = parseJson(body.toString());
  const formData = isRecord(input) && typeof input['formData'] === 'string' ? input['formData'] : '';
  const form = Buffer.from(formData, 'base64');
  if (form.length < MINIMUM_BYTES || form.length > MAXIMUM_BYTES) {
    throw new AwsError(
      'ValidationException',
      `formData must have between ${MINIMUM_BYTES} and ${MAXIMUM_BYTES} bytes`,
    );
  }
  validateForm(parseJson(form.toString()));
  context.state.useCaseForm = formData;
  return jsonReply(201, {});
}

function validateForm(form: unknown): void {
  if (!isRecord(form)) throw new AwsError('ValidationException', 'formData is not a JSON object');
  const missing = REQUIRED.find((field) => typeof form[field] !== 'string' || form[field] === '');
  if (missing !== undefined) throw new AwsError('ValidationException', `formData lacks ${missing}`);
  // Words are refused here: 0 stands for internal, 1 for external users, 2 for both.
  if (!['0', '1', '2'].includes(String(form['intendedUsers']))) {
    throw new AwsError('ValidationException', 'intendedUsers must be 0, 1 or 2');
  }
}
