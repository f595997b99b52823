// Makes the JSON schema of the messages of the Language Server Protocol from
// Microsoft's own TypeScript types:
//
//	npm ci && npm run generate            writes lsp-3.18.schema.json
//	npm ci && npm run check               compares with the file that is there
//
// Every request and notification of the package gets a property
// "METHOD#params", every request "METHOD#result", and every request or
// notification that can be registered dynamically "METHOD#registration". The
// member "messages" says of each method whether it is a request, and who sends
// it. Three things are made stricter than the types: structures have no members
// but the declared ones, integers have the ranges that the specification gives
// in words, and a URI begins with a scheme.
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const ts = require('typescript');
const tsj = require('ts-json-schema-generator');

const output = path.join(__dirname, 'lsp-3.18.schema.json');
const home = path.join(__dirname, 'node_modules', 'vscode-languageserver-protocol');
const runtime = require('vscode-languageserver-protocol');
const version = require(path.join(home, 'package.json')).version;

// What TypeScript calls the kinds of messages, and where their type arguments
// stand: parameters, result, registration options.
const kinds = {
  ProtocolRequestType: { request: true, params: 0, result: 1, registration: 4 },
  ProtocolRequestType0: { request: true, result: 0, registration: 3 },
  ProtocolNotificationType: { request: false, params: 0, registration: 1 },
  ProtocolNotificationType0: { request: false, registration: 0 },
};

// Messages of the base protocol, which the package vscode-jsonrpc has.
const base = [
  { method: '$/cancelRequest', direction: 'both', params: '{ id: integer | string }' },
  { method: '$/logTrace', direction: 'serverToClient', params: '{ message: string; verbose?: string }' },
  { method: '$/progress', direction: 'both', params: '{ token: integer | string; value: any }' },
  { method: '$/setTrace', direction: 'clientToServer', params: "{ value: 'off' | 'messages' | 'verbose' }" },
];

// namespacesOf yields the namespaces that a declaration file exports.
function* namespacesOf(file) {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  for (const node of source.statements) {
    if (ts.isModuleDeclaration(node) && node.body && ts.isModuleBlock(node.body)) yield node;
  }
}

// messageOf reads the message that a namespace such as HoverRequest describes.
function messageOf(namespace) {
  const name = namespace.name.getText();
  let type;
  for (const statement of namespace.body.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      const isType = declaration.name.getText() === 'type' && declaration.type && ts.isTypeReferenceNode(declaration.type);
      if (isType) type = declaration.type;
    }
  }
  const values = runtime[name];
  if (!type || !values || typeof values.method !== 'string') return undefined;
  const kind = kinds[type.typeName.getText()];
  if (!kind) return undefined;
  const argument = (i) => {
    const node = i === undefined ? undefined : (type.typeArguments || [])[i];
    const text = node ? node.getText() : 'void';
    return text === 'void' ? undefined : text;
  };
  return {
    method: values.method,
    request: kind.request,
    direction: values.messageDirection,
    params: argument(kind.params),
    // A request without a result answers null.
    result: kind.request ? (argument(kind.result) || 'null').replace(/\bvoid\b/g, 'null') : undefined,
    registration: argument(kind.registration),
  };
}

function messages() {
  const byMethod = new Map();
  const common = path.join(home, 'lib', 'common');
  const add = (m) => {
    if (!['clientToServer', 'serverToClient', 'both'].includes(m.direction)) {
      throw new Error(`${m.method}: who sends it? ${m.direction}`);
    }
    if (byMethod.has(m.method)) throw new Error(`${m.method}: declared twice`);
    byMethod.set(m.method, m);
  };
  for (const file of fs.readdirSync(common).sort()) {
    if (!/^protocol.*\.d\.ts$/.test(file)) continue;
    for (const namespace of namespacesOf(path.join(common, file))) {
      const m = messageOf(namespace);
      if (m) add(m);
    }
  }
  for (const m of base) add({ request: false, ...m });
  return [...byMethod.values()].sort((a, b) => (a.method < b.method ? -1 : 1));
}

// typesOf writes the TypeScript interface whose schema is wanted.
function typesOf(all) {
  const names = new Set(['WorkDoneProgressBegin', 'WorkDoneProgressReport', 'WorkDoneProgressEnd', 'integer']);
  const lines = [];
  const property = (key, type) => {
    for (const name of type.match(/\b[A-Z]\w+/g) || []) names.add(name);
    lines.push(`  ${JSON.stringify(key)}: ${type};`);
  };
  for (const m of all) {
    if (m.params) property(`${m.method}#params`, m.params);
    if (m.result) property(`${m.method}#result`, m.result);
    if (m.registration) property(`${m.method}#registration`, m.registration);
  }
  property('workDoneProgress', 'WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd');
  names.delete('Array');
  return `import { ${[...names].sort().join(', ')} } from 'vscode-languageserver-protocol';\n` +
    `export interface Messages {\n${lines.join('\n')}\n}\n`;
}

// sorted returns the value with the members of every object in order, so that
// the same types give the same bytes.
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

function generate() {
  const all = messages();
  // The file must lie below the directory with node_modules to find the types.
  const scratch = fs.mkdtempSync(path.join(__dirname, 'node_modules', '.schema-'));
  let schema;
  try {
    const source = path.join(scratch, 'messages.ts');
    const tsconfig = path.join(scratch, 'tsconfig.json');
    fs.writeFileSync(source, typesOf(all));
    fs.writeFileSync(tsconfig, JSON.stringify({
      compilerOptions: { strict: true, module: 'node16', moduleResolution: 'node16', target: 'es2022', skipLibCheck: true, types: [] },
      files: ['messages.ts'],
    }));
    schema = tsj.createGenerator({
      path: source, tsconfig, type: 'Messages', expose: 'all', topRef: false,
      skipTypeCheck: false, additionalProperties: false, jsDoc: 'none',
    }).createSchema('Messages');
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  const definitions = schema.definitions;
  definitions.integer = { type: 'integer', minimum: -2147483648, maximum: 2147483647 };
  definitions.uinteger = { type: 'integer', minimum: 0, maximum: 2147483647 };
  for (const name of ['DocumentUri', 'URI']) {
    definitions[name] = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9+.-]*:' };
  }
  const comment = [
    `Generated by generate.js from vscode-languageserver-protocol ${version}: do not edit.`,
    'Copyright (c) Microsoft Corporation. MIT License: see NOTICE.',
  ].join(' ');
  return JSON.stringify({
    $comment: comment,
    $schema: 'http://json-schema.org/draft-07/schema#',
    messages: Object.fromEntries(all.map((m) => [m.method, { request: m.request, direction: m.direction }])),
    properties: sorted(schema.properties),
    definitions: sorted(definitions),
  }) + '\n';
}

const text = generate();
if (process.argv.includes('--check')) {
  if (text !== fs.readFileSync(output, 'utf8')) {
    console.error(`${path.basename(output)} is not what the types give: run "npm run generate"${os.EOL}`);
    process.exit(1);
  }
  console.log(`${path.basename(output)} is what the types of version ${version} give`);
} else {
  fs.writeFileSync(output, text);
  const { messages: found, definitions } = JSON.parse(text);
  console.log(`${Object.keys(found).length} messages, ${Object.keys(definitions).length} definitions, ${text.length} bytes`);
}
