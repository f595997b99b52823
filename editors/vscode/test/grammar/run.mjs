// run.mjs [-u]: reads test/grammar/cases with the engine that the editor has, and compares
// what each part of a line is with the snapshots beside them. -u writes them anew.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const here = path.dirname(fileURLToPath(import.meta.url));
const extension = path.resolve(here, "../..");
const cases = path.join(here, "cases");
const update = process.argv.includes("-u");

await oniguruma.loadWASM(fs.readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm")));
const { contributes } = JSON.parse(fs.readFileSync(path.join(extension, "package.json"), "utf8"));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({ createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns), createOnigString: (text) => new oniguruma.OnigString(text) }),
  loadGrammar: async (scope) => {
    const file = contributes.grammars.find((grammar) => grammar.scopeName === scope)?.path;
    return file && textmate.parseRawGrammar(fs.readFileSync(path.join(extension, file), "utf8"), file);
  },
});

// snapshot returns each line of a text, and below it the scopes of its parts.
function snapshot(grammar, text) {
  const out = [];
  let stack = textmate.INITIAL;
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const { tokens, ruleStack, stoppedEarly } = grammar.tokenizeLine(line, stack, 1000);
    if (stoppedEarly) {
      throw new Error("this line takes too long: " + line);
    }
    stack = ruleStack;
    out.push(">" + line);
    for (const { startIndex, endIndex, scopes } of tokens) {
      const part = line.slice(startIndex, endIndex);
      if (part.trim() !== "") {
        out.push(`  ${JSON.stringify(part)} ${scopes.slice(1).join(" ") || "-"}`);
      }
    }
  }
  return out.join("\n") + "\n";
}

const scopeOf = { ".kconfig": "source.kconfig", ".config": "source.kconfig-config" };
let passed = 0;
let failed = 0;
for (const name of fs.readdirSync(cases).filter((file) => path.extname(file) in scopeOf)) {
  const grammar = await registry.loadGrammar(scopeOf[path.extname(name)]);
  const got = snapshot(grammar, fs.readFileSync(path.join(cases, name), "utf8"));
  const file = path.join(cases, name + ".snap");
  if (update) {
    fs.writeFileSync(file, got);
  }
  const want = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  if (got === want) {
    passed++;
    console.log(`ok ${name}`);
    continue;
  }
  failed++;
  const lines = want.split("\n");
  const at = got.split("\n").findIndex((line, i) => line !== lines[i]);
  console.log(`not ok ${name}: line ${at + 1} of the snapshot is\n  ${got.split("\n")[at]}\nwant\n  ${lines[at]}\n(-u writes it anew)`);
}
console.log(`grammar: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
