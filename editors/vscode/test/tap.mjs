// Records what the editor and the server say to each other, if the environment asks for it.
import fs from "node:fs";
import path from "node:path";

// tap writes a program into a directory that starts the server with a recorder before it,
// and returns its path. Without KCONFIG_LS_TAP it returns undefined.
export function tap(editor, binary, directory) {
  const recorder = process.env.KCONFIG_LS_TAP;
  const out = process.env.KCONFIG_LS_TAP_OUT;
  if (!recorder || !out) {
    return undefined;
  }
  fs.mkdirSync(out, { recursive: true });
  const wrapper = path.join(directory, "kconfig-ls-recorded");
  const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  fs.writeFileSync(wrapper, `#!/bin/sh\n[ "$1" = serve ] || exec ${quote(binary)} "$@"\nexec ${quote(path.resolve(recorder))} record -out ${quote(path.resolve(out))}/${editor}-$$.jsonl -- ${quote(binary)} "$@"\n`, { mode: 0o755 });
  return wrapper;
}
