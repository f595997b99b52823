// Work that follows from changes which come in bursts.
import * as vscode from "vscode";

// AfterPause does something once nothing has asked for it for a while. What it is doing is
// given up when it is asked for again: only the last result counts.
export class AfterPause implements vscode.Disposable {
  private timer: NodeJS.Timeout | undefined;
  private doing: vscode.CancellationTokenSource | undefined;

  constructor(
    private readonly milliseconds: number,
    private readonly action: (token: vscode.CancellationToken) => unknown,
  ) {}

  ask(): void {
    this.dispose();
    const doing = new vscode.CancellationTokenSource();
    this.doing = doing;
    this.timer = setTimeout(() => this.action(doing.token), this.milliseconds);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.doing?.cancel();
    this.doing?.dispose();
    this.doing = undefined;
  }
}
