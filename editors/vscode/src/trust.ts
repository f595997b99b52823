// Tells once what is off in a folder that nobody trusts.
import * as vscode from "vscode";

const toldKey = "kconfig.restrictedModeTold";

// tellRestricted says what Restricted Mode means here, the first time that a folder is open in it.
export async function tellRestricted(memento: vscode.Memento): Promise<void> {
  if (vscode.workspace.isTrusted || memento.get(toldKey, false)) {
    return;
  }
  await memento.update(toldKey, true);
  const manage = "Manage Trust";
  const chosen = await vscode.window.showInformationMessage(
    "Kconfig works in Restricted Mode, but no compiler or other tool is asked: what depends on one, such as whether Rust is available, is not known. Settings of the workspace that name programs do not count.",
    manage,
  );
  if (chosen === manage) {
    await vscode.commands.executeCommand("workbench.trust.manage");
  }
}
