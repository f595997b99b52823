// Builds the packages of the extension, one for each system with the server in it, and
// one without for all others: node scripts/package.mjs [--target linux-x64] [--out DIR]
// With --target, --server FILE takes a server that is built already.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { notices } from "./notices.mjs";

const here = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const root = path.resolve(here, "../..");
const targets = {
  "linux-x64": ["linux", "amd64"],
  "linux-arm64": ["linux", "arm64"],
  "darwin-x64": ["darwin", "amd64"],
  "darwin-arm64": ["darwin", "arm64"],
  "win32-x64": ["windows", "amd64"],
  universal: undefined,
};

const option = (name) => {
  const i = process.argv.indexOf("--" + name);
  return i < 0 ? undefined : process.argv[i + 1];
};
const out = path.resolve(option("out") ?? path.join(root, "dist"));
const wanted = option("target") ? [option("target")] : Object.keys(targets);
const run = (command, args, options = {}) => execFileSync(command, args, { cwd: here, stdio: ["ignore", "inherit", "inherit"], ...options });

fs.mkdirSync(out, { recursive: true });
fs.copyFileSync(path.join(root, "LICENSE"), path.join(here, "LICENSE"));
// The walkthrough shows pictures of the documentation.
const pictures = ["why", "menu", "gates"].map((name) => ({ from: path.join(root, `docs/pictures/vscode-${name}.png`), to: path.join(here, `walkthrough/${name}.png`) }));
pictures.forEach(({ from, to }) => fs.copyFileSync(from, to));
run("npx", ["--no-install", "tsc", "--noEmit"]);
const metafile = path.join(here, "dist/meta.json");
run("node", ["esbuild.mjs", "--minify", "--meta", metafile]);
const meta = JSON.parse(fs.readFileSync(metafile, "utf8"));
const { version } = JSON.parse(fs.readFileSync(path.join(here, "package.json"), "utf8"));
const bin = path.join(here, "bin");
const notice = path.join(here, "THIRD-PARTY-NOTICES.txt");
// Where relative links of the README lead to.
const repository = "https://github.com/kconfig-ls/kconfig-ls";
try {
  for (const target of wanted) {
    if (!(target in targets)) {
      throw new Error(`no target ${target}: there are ${Object.keys(targets).join(", ")}`);
    }
    fs.rmSync(bin, { recursive: true, force: true });
    const args = ["--no-install", "vsce", "package", "--no-dependencies", "--baseContentUrl", `${repository}/blob/HEAD/editors/vscode`, "--baseImagesUrl", `${repository}/raw/HEAD/editors/vscode`, "--out", path.join(out, `kconfig-ls-${version}-${target}.vsix`)];
    const system = targets[target];
    fs.writeFileSync(notice, notices(here, root, meta, system));
    if (system) {
      const [GOOS, GOARCH] = system;
      const program = path.join(bin, GOOS === "windows" ? "kconfig-ls.exe" : "kconfig-ls");
      if (option("server")) {
        fs.mkdirSync(bin);
        fs.copyFileSync(path.resolve(option("server")), program);
        fs.chmodSync(program, 0o755);
      } else {
        run("go", ["build", "-trimpath", "-ldflags", `-s -w -X main.version=${version}`, "-o", program, "./cmd/kconfig-ls"], {
          cwd: root,
          env: { ...process.env, GOOS, GOARCH, CGO_ENABLED: "0" },
        });
      }
      args.push("--target", target);
    }
    run("npx", args);
  }
} finally {
  fs.rmSync(bin, { recursive: true, force: true });
  fs.rmSync(path.join(here, "LICENSE"), { force: true });
  fs.rmSync(notice, { force: true });
  pictures.forEach(({ to }) => fs.rmSync(to, { force: true }));
}
