// Finds the program of the server: the one of the settings, the one that came with the
// extension, or the one on the PATH.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";

const executable = process.platform === "win32" ? "kconfig-ls.exe" : "kconfig-ls";

// expand puts in what a setting may refer to: ~, ${userHome}, ${env:NAME}, ${workspaceFolder}
// and ${workspaceFolder:NAME}. What is not known stays, so that a message shows it.
export function expand(text: string): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return text
    .replace(/^~(?=$|[/\\])/, os.homedir())
    .replace(/\$\{userHome\}/g, os.homedir())
    .replace(/\$\{env:([^}]+)\}/g, (whole, name: string) => process.env[name] ?? whole)
    .replace(/\$\{workspaceFolder(?::([^}]+))?\}/g, (whole, name: string | undefined) => {
      const folder = name === undefined ? folders[0] : folders.find((one) => one.name === name);
      return folder?.uri.fsPath ?? whole;
    });
}

// Program is what to run, or why nothing can be run.
export type Program = { command: string } | { problem: string };

// findProgram returns the program to run. extensionPath is where the extension is.
export function findProgram(extensionPath: string): Program {
  const setting: unknown = vscode.workspace.getConfiguration("kconfig").get("server.path");
  const given = typeof setting === "string" ? setting.trim() : "";
  if (given !== "") {
    return findGiven(expand(given));
  }
  const bundled = path.join(extensionPath, "bin", executable);
  if (isProgram(bundled)) {
    return { command: bundled };
  }
  const installed = onPath(executable);
  if (installed !== undefined) {
    return { command: installed };
  }
  return {
    problem: `This package of the extension has no ${executable} for ${process.platform}-${process.arch}, and there is none on the PATH. Install one and name it in the setting kconfig.server.path.`,
  };
}

function findGiven(name: string): Program {
  if (!/[/\\]/.test(name)) {
    const found = onPath(name) ?? onPath(name + ".exe");
    return found === undefined ? { problem: `The setting kconfig.server.path names ${name}, which is not on the PATH.` } : { command: found };
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const file = folder === undefined ? name : path.resolve(folder, name);
  if (!vscode.workspace.isTrusted && [file, realPath(file)].some((one) => vscode.workspace.getWorkspaceFolder(vscode.Uri.file(one)) !== undefined)) {
    // A relative name in the settings of the user is one of whatever folder is open.
    return { problem: `The setting kconfig.server.path names ${file}, which lies in a folder that is not trusted, and is not run.` };
  }
  if (!fs.existsSync(file)) {
    return { problem: `The setting kconfig.server.path names ${file}, which does not exist.` };
  }
  return isProgram(file) ? { command: file } : { problem: `The setting kconfig.server.path names ${file}, which is not a program that may be run.` };
}

function onPath(name: string): string | undefined {
  // Relative directories are left out: they would be those of whatever folder is open.
  const directories = (process.env.PATH ?? "").split(path.delimiter).filter((directory) => path.isAbsolute(directory));
  return directories.map((directory) => path.join(directory, name)).find(isProgram);
}

// realPath returns what links on the way to a file lead to.
function realPath(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return file; // it does not exist
  }
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
