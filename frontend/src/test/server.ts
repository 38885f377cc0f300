import fs from 'node:fs';
import path from 'node:path';
import {
  buildSchema,
  getNamedType,
  getNullableType,
  graphql,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLTypeResolver,
} from 'graphql';
import { Environment, Network, RecordSource, Store, type GraphQLResponse, type RequestParameters, type Variables } from 'relay-runtime';

type Row = Record<string, unknown>;

const config = JSON.parse(fs.readFileSync('relay.config.json', 'utf8')) as { schema: string };
const schema = buildSchema(fs.readFileSync(path.resolve(config.schema), 'utf8'));

/** The least a type allows: null where it may be null, else empty. */
function least(type: GraphQLOutputType): unknown {
  if (!isNonNullType(type)) return null;
  const inner = getNullableType(type);
  if (isListType(inner)) return [];
  const named = getNamedType(inner);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  if (isObjectType(named)) return {};
  if (isAbstractType(named)) return {};
  return { Int: 0, Float: 0, Boolean: false, ID: 'X' }[named.name] ?? '';
}

const resolve: GraphQLFieldResolver<Row, unknown> = (source, _args, _context, info) =>
  source && info.fieldName in source ? source[info.fieldName] : least(info.returnType);

/** Rows that do not name their type are of any that fits, as problems are. */
const typeResolver: GraphQLTypeResolver<Row, unknown> = (row, _context, _info, type) =>
  (row['__typename'] as string | undefined) ?? schema.getPossibleTypes(type)[0]?.name;

/** A mutation that the app has sent and the test has not answered yet. */
export interface Sent {
  readonly name: string;
  readonly input: Row;
  readonly answer: (payload: Row) => void;
  readonly fail: (error: Error) => void;
}

/**
 * A server for tests: the real schema over plain rows, everything they leave out being empty. Queries are answered at
 * once; mutations wait in `sent`, so that a test can look at the page before the answer.
 */
export function createTestServer(root: Row): { environment: Environment; sent: Sent[] } {
  const sent: Sent[] = [];
  const answer = async (request: RequestParameters, variables: Variables, rootValue: Row): Promise<GraphQLResponse> => {
    const result = await graphql({ schema, source: request.text ?? '', variableValues: variables, rootValue, fieldResolver: resolve, typeResolver });
    if (result.errors) throw result.errors[0];
    return result as unknown as GraphQLResponse;
  };
  const network = Network.create((request, variables) => {
    if (request.operationKind !== 'mutation') return answer(request, variables, root);
    return new Promise<GraphQLResponse>((done, fail) => {
      const name = /\{\s*(\w+)/.exec(request.text ?? '')?.[1] ?? '';
      sent.push({ name, input: (variables['input'] ?? {}) as Row, answer: (payload) => answer(request, variables, { [name]: payload }).then(done, fail), fail });
    });
  });
  return { environment: new Environment({ network, store: new Store(new RecordSource()) }), sent };
}
