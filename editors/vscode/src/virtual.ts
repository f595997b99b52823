// Workspaces whose files are not on disk, where the server reads them.
import * as vscode from "vscode";

// isVirtual reports whether no folder of the window is on disk.
export function isVirtual(): boolean {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 0 && folders.every((folder) => folder.uri.scheme !== "file");
}
