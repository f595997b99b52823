// Work that follows from changes which come in bursts.
import * as vscode from "vscode";

// How many pauses it takes at most until something is done, however often it is asked for.
const mostPauses = 4;

// AfterPause does something once nothing has asked for it for a while, one time after the
// other: what is asked for meanwhile is done again afterwards.
export class AfterPause implements vscode.Disposable {
  private timer: NodeJS.Timeout | undefined;
  private since: number | undefined; // when it was first asked for what is not done yet
  private doing = false;
  private readonly end = new vscode.CancellationTokenSource();

  constructor(
    private readonly milliseconds: number,
    private readonly action: (token: vscode.CancellationToken) => Promise<void> | void,
  ) {}

  ask(): void {
    if (this.end.token.isCancellationRequested) {
      return;
    }
    const now = Date.now();
    this.since ??= now;
    if (!this.doing) {
      clearTimeout(this.timer);
      const latest = this.since + mostPauses * this.milliseconds;
      this.timer = setTimeout(() => void this.run(), Math.min(this.milliseconds, Math.max(0, latest - now)));
    }
  }

  private async run(): Promise<void> {
    this.since = undefined;
    this.doing = true;
    try {
      await this.action(this.end.token);
    } finally {
      this.doing = false;
      if (this.since !== undefined && !this.end.token.isCancellationRequested) {
        this.since = undefined;
        this.ask();
      }
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.end.cancel();
    this.end.dispose();
  }
}
