// packages.mjs DIRECTORY [TARGET...]: looks at the packages in a directory, all of them
// by default: whether each has the server of its system in it, may be installed there only,
// and contains what a user needs and nothing else. A server that can be run here, if need be
// by qemu, looks at the example tree.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { isBuiltin } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readZip } from "./zip.mjs";

const here = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const root = path.resolve(here, "../..");
const [directory, ...wanted] = process.argv.slice(2);
const manifest = JSON.parse(fs.readFileSync(path.join(here, "package.json"), "utf8"));

// The first bytes of a program, and the number for its processor in its header.
const programs = {
  "linux-x64": { name: "kconfig-ls", magic: "7f454c46", machine: (b) => b.readUInt16LE(18), is: 62 },
  "linux-arm64": { name: "kconfig-ls", magic: "7f454c46", machine: (b) => b.readUInt16LE(18), is: 183 },
  "darwin-x64": { name: "kconfig-ls", magic: "cffaedfe", machine: (b) => b.readUInt32LE(4), is: 0x01000007 },
  "darwin-arm64": { name: "kconfig-ls", magic: "cffaedfe", machine: (b) => b.readUInt32LE(4), is: 0x0100000c },
  "win32-x64": { name: "kconfig-ls.exe", magic: "4d5a", machine: (b) => b.readUInt16LE(b.readUInt32LE(60) + 4), is: 0x8664 },
  universal: undefined,
};
// What runs the servers of other processors than this one's.
const runners = process.platform === "linux" && process.arch === "x64" ? { "linux-x64": [], "linux-arm64": ["qemu-aarch64"] } : {};
const example = path.join(root, "analysis/testdata/example");
const mostBytes = { withServer: 8 << 20, without: 1 << 20 };

const media = manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.map((step) => step.media.image ?? step.media.svg ?? step.media.markdown));
const needed = ["package.json", "readme.md", "changelog.md", "LICENSE.txt", "THIRD-PARTY-NOTICES.txt", "dist/extension.js", manifest.icon, ...media];
const allowed = /^(bin\/kconfig-ls(\.exe)?|dist\/extension\.js|package\.json|readme\.md|changelog\.md|LICENSE\.txt|THIRD-PARTY-NOTICES\.txt|(config-)?language-configuration\.json|(syntaxes|snippets)\/[\w.-]+\.json|images\/[\w.-]+\.(svg|png)|walkthrough\/[\w.-]+\.(md|svg|png))$/;

let passed = 0;
let failed = 0;
function check(what, problems) {
  if (problems.length === 0) {
    passed++;
    console.log(`ok ${what}`);
  } else {
    failed++;
    console.log(`not ok ${what}: ${problems.join("; ")}`);
  }
}

const unless = (holds, problem) => (holds ? [] : [problem]);

// linkProblems returns what is wrong with the links and pictures of a page: they have to be
// addresses, and what they name in the repository has to be there.
function linkProblems(text) {
  const links = [...text.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map((match) => match[1]).filter((link) => !link.startsWith("#"));
  return links.flatMap((link) => {
    if (!/^https:\/\//.test(link)) {
      return [`the link ${link} leads nowhere outside the repository`];
    }
    const inside = /^https:\/\/github\.com\/kconfig-ls\/kconfig-ls\/(?:blob|raw)\/HEAD\/([^#]*)/.exec(new URL(link).href);
    return inside && !fs.existsSync(path.join(root, inside[1])) ? [`${link} does not exist`] : [];
  });
}

// runProblems returns what is wrong with a server that is run.
function runProblems(target, bytes) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "kconfig-package-"));
  try {
    const server = path.join(scratch, programs[target].name);
    fs.writeFileSync(server, bytes, { mode: 0o755 });
    const run = (...args) => {
      const [command, ...all] = [...runners[target], server, ...args];
      return spawnSync(command, all, { encoding: "utf8", timeout: 60_000 });
    };
    const version = run("version");
    const system = target.replace("-", "/").replace("x64", "amd64");
    const check = run("check", example, "--arch", "x86");
    return [
      ...unless(version.status === 0 && version.stdout.includes(system), `its version is ${version.stdout || version.stderr || version.error}`),
      ...unless(check.status === 0 && check.stderr.includes("0 errors"), `of the example it says ${check.stdout}${check.stderr || check.error}`),
    ];
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

function checkPackage(target) {
  const name = `kconfig-ls-${manifest.version}-${target}.vsix`;
  const file = path.join(directory, name);
  if (!fs.existsSync(file)) {
    check(name, ["it was not built"]);
    return;
  }
  const zip = readZip(file);
  const files = [...zip.keys()].filter((entry) => entry.startsWith("extension/")).map((entry) => entry.slice("extension/".length));
  const read = (entry) => zip.get("extension/" + entry)?.read() ?? Buffer.alloc(0);

  check(`${target}: has what it needs`, needed.filter((entry) => !files.includes(entry)).map((entry) => `${entry} is missing`));
  check(`${target}: has nothing else`, files.filter((entry) => !allowed.test(entry)).map((entry) => `${entry} does not belong into it`));

  const program = programs[target];
  const most = program ? mostBytes.withServer : mostBytes.without;
  const { size } = fs.statSync(file);
  check(`${target}: is ${(size / 1e6).toFixed(1)} MB large`, unless(size <= most, `more than ${most} bytes`));

  const platform = /TargetPlatform="([^"]*)"/.exec(zip.get("extension.vsixmanifest").read().toString())?.[1];
  check(`${target}: says for which system it is`, unless(platform === (program ? target : undefined), `it says ${platform}`));

  const servers = files.filter((entry) => entry.startsWith("bin/"));
  if (program) {
    const entry = "bin/" + program.name;
    const bytes = read(entry);
    const header = bytes.subarray(0, program.magic.length / 2).toString("hex");
    check(`${target}: has the server of this system`, [
      ...unless(servers.join() === entry, `the files in bin are ${servers}`),
      ...unless(header === program.magic, `it begins with ${header}`),
      ...(header === program.magic ? unless(program.machine(bytes) === program.is, `it is for processor ${program.machine(bytes)}, not ${program.is}`) : []),
      ...unless((zip.get("extension/" + entry)?.mode & 0o777) === 0o755, `its mode is ${(zip.get("extension/" + entry)?.mode & 0o777).toString(8)}`),
    ]);
  } else {
    check(`${target}: has no server`, servers);
  }

  const runner = runners[target];
  if (runner === undefined || runner.some((command) => spawnSync(command, ["--version"]).error)) {
    console.log(`# ${target}: ${program ? `its server was not run: ${runner ? `${runner[0]} is not installed` : "it is for another system"}` : "nothing to run"}`);
  } else {
    check(`${target}: its server finds nothing wrong in the example`, runProblems(target, read("bin/" + program.name)));
  }

  const notices = read("THIRD-PARTY-NOTICES.txt").toString();
  const parts = ["vscode-languageclient", "vscode-jsonrpc", ...(program ? ["The Go library", "github.com/spf13/cobra"] : [])];
  check(`${target}: names what others have written`, parts.filter((part) => !notices.includes(part)).map((part) => `${part} is missing`));
  check(`${target}: its page has no dead links`, linkProblems(read("readme.md").toString()));
  check(`${target}: the bundle needs no modules`, [...read("dist/extension.js").toString().matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1]).filter((module) => module !== "vscode" && !isBuiltin(module)));
}

for (const target of wanted.length > 0 ? wanted : Object.keys(programs)) {
  checkPackage(target);
}
console.log(`packages: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
