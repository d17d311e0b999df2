import { AwsError } from '../errors.js';
import type { JsonInput } from '../json/json-service.js';
import { pageOf } from '../json/paging.js';
import type { Context } from '../service.js';
import type { StateAssociation } from './state.js';
import { parametersOf, targetsOf, textOf } from './input.js';

type Answer = Record<string, unknown>;

function view({ id, name, document, targets }: StateAssociation): Answer {
  return {
    AssociationId: id,
    AssociationVersion: '1',
    Name: document,
    ...(name === undefined ? {} : { AssociationName: name }),
    Targets: targets.map(({ key, values }) => ({ Key: key, Values: values })),
  };
}

function description(association: StateAssociation): Answer {
  const { parameters, maxConcurrency, maxErrors } = association;
  return {
    ...view(association),
    ...(parameters === undefined ? {} : { Parameters: parameters }),
    ...(maxConcurrency === undefined ? {} : { MaxConcurrency: maxConcurrency }),
    ...(maxErrors === undefined ? {} : { MaxErrors: maxErrors }),
  };
}

function here({ state, region }: Context): readonly StateAssociation[] {
  return state.stateAssociations.filter((one) => one.region === region);
}

interface Filter {
  readonly key?: unknown;
  readonly value?: unknown;
}

/** The keys AssociationName and Name of AssociationFilterList; another one is refused. */
function passes({ key, value }: Filter, { name, document }: StateAssociation): boolean {
  if (key === 'AssociationName') return name === value;
  if (key === 'Name') return document === value;
  throw new AwsError('ValidationException', `the embedded AWS does not filter by ${String(key)}`);
}

/** A page has 50 at most (API reference, ListAssociations). */
export function listAssociations(input: JsonInput, context: Context): Answer {
  const { AssociationFilterList: filters } = input;
  const list: readonly Filter[] = Array.isArray(filters) ? filters : [];
  const found = here(context).filter((one) => list.every((filter) => passes(filter, one)));
  const { items, next } = pageOf(found, input, { atMost: 50, invalidToken: 'InvalidNextToken' });
  return { Associations: items.map(view), ...next };
}

function find(input: JsonInput, context: Context): StateAssociation {
  const association = here(context).find(({ id }) => id === input['AssociationId']);
  if (association === undefined) throw new AwsError('AssociationDoesNotExist', '');
  return association;
}

/** Throws AssociationDoesNotExist. */
export function describeAssociation(input: JsonInput, context: Context): Answer {
  return { AssociationDescription: description(find(input, context)) };
}

function optional(input: JsonInput, key: string): string | undefined {
  const value = input[key];
  return typeof value === 'string' ? value : undefined;
}

/** Another association for the same document and targets needs a name (API reference, CreateAssociation). */
export function createAssociation(input: JsonInput, context: Context): Answer {
  const { state, region, ids } = context;
  const document = textOf(input['Name'], 'Name');
  const name = optional(input, 'AssociationName');
  if (!document.startsWith('AWS-')) throw new AwsError('InvalidDocument', '');
  if (name !== undefined && !/^[\w\-.]{3,128}$/.test(name))
    throw new AwsError('ValidationException', `Value '${name}' at 'associationName' is not valid`);
  const targets = targetsOf(input['Targets']);
  const same = here(context).some(
    (one) => one.document === document && JSON.stringify(one.targets) === JSON.stringify(targets),
  );
  if (same && name === undefined) throw new AwsError('AssociationAlreadyExists', '');
  const maxConcurrency = optional(input, 'MaxConcurrency');
  const maxErrors = optional(input, 'MaxErrors');
  const association: StateAssociation = {
    id: ids.request(),
    region,
    document,
    targets,
    parameters: parametersOf(input['Parameters']),
    ...(name === undefined ? {} : { name }),
    ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
    ...(maxErrors === undefined ? {} : { maxErrors }),
  };
  state.stateAssociations.push(association);
  return { AssociationDescription: description(association) };
}

/** Replaces parameters, targets and limits as they are given. Throws AssociationDoesNotExist. */
export function updateAssociation(input: JsonInput, context: Context): Answer {
  const association = find(input, context);
  if (input['Parameters'] !== undefined) association.parameters = parametersOf(input['Parameters']);
  if (input['Targets'] !== undefined) association.targets = targetsOf(input['Targets']);
  const maxConcurrency = optional(input, 'MaxConcurrency');
  if (maxConcurrency !== undefined) association.maxConcurrency = maxConcurrency;
  const maxErrors = optional(input, 'MaxErrors');
  if (maxErrors !== undefined) association.maxErrors = maxErrors;
  return { AssociationDescription: description(association) };
}

/** Throws AssociationDoesNotExist. */
export function deleteAssociation(input: JsonInput, context: Context): Answer {
  const { id } = find(input, context);
  const { state } = context;
  state.stateAssociations = state.stateAssociations.filter((one) => one.id !== id);
  return {};
}
