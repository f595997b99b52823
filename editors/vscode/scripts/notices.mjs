// Collects the licences of what others have written and the packages contain: npm packages
// in the bundle, and Go modules and the Go library in the server.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const licenceFile = /^(licen[cs]e|copying|notice|patents|thirdpartynotices)(\.|-|$)/i;

function licencesIn(directory) {
  return fs
    .readdirSync(directory)
    .filter((name) => licenceFile.test(name) && fs.statSync(path.join(directory, name)).isFile())
    .sort()
    .map((name) => fs.readFileSync(path.join(directory, name), "utf8").trim());
}

// npmParts returns the npm packages of which esbuild has put something into the bundle.
function npmParts(here, meta) {
  const directories = new Set();
  for (const input of Object.keys(meta.inputs)) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) {
      directories.add(match[1]);
    }
  }
  return [...directories].sort().map((directory) => {
    const { name, version } = JSON.parse(fs.readFileSync(path.join(here, directory, "package.json"), "utf8"));
    return { title: `${name} ${version} (npm)`, licences: licencesIn(path.join(here, directory)) };
  });
}

// goParts returns the modules that the server of a system is made of.
function goParts(root, [GOOS, GOARCH]) {
  const go = (...args) => execFileSync("go", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26, env: { ...process.env, GOOS, GOARCH, CGO_ENABLED: "0" } });
  const listed = go("list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", "./cmd/kconfig-ls");
  const modules = [...new Set(listed.split("\n").filter((line) => line !== ""))].sort().map((line) => line.split("\t"));
  const library = go("env", "GOROOT").trim();
  return [
    { title: `The Go library, ${go("env", "GOVERSION").trim()}`, licences: licencesIn(library) },
    ...modules.map(([name, version, directory]) => ({ title: `${name} ${version} (Go)`, licences: licencesIn(directory) })),
  ];
}

// notices returns the text for a package with the server of a system, or without one.
export function notices(here, root, meta, system) {
  const parts = [...npmParts(here, meta), ...(system ? goParts(root, system) : [])];
  const lacking = parts.filter((part) => part.licences.length === 0);
  if (lacking.length > 0) {
    throw new Error(`no licence was found of ${lacking.map((part) => part.title).join(", ")}`);
  }
  const line = "=".repeat(78);
  return ["This package contains the following, under the licences below.", ...parts.flatMap(({ title, licences }) => [line, title, line, ...licences])].join("\n\n") + "\n";
}
