// Bundles the extension into one file, so that it starts fast and needs no node_modules.
// With --meta FILE it writes down what has gone into it.
import { build } from "esbuild";
import fs from "node:fs";

const meta = process.argv.indexOf("--meta");
const result = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  sourcemap: true,
  minify: process.argv.includes("--minify"),
  logLevel: "warning",
  metafile: true,
});
if (meta >= 0) {
  fs.writeFileSync(process.argv[meta + 1], JSON.stringify(result.metafile));
}
