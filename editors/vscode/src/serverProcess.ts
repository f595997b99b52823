// The process of the server. The client of the protocol cannot end one that does not answer
// to initialize: this can.
import { ChildProcess, spawn } from "node:child_process";

// How long, in milliseconds, a server that was told to end may take for it.
const lastWords = 2000;

export class ServerProcess {
  private child: ChildProcess | undefined;

  constructor(
    readonly command: string,
    readonly args: readonly string[],
    private readonly directory: string | undefined,
  ) {}

  // start runs the program. The client calls it again for a server that has ended by itself.
  start(): Promise<ChildProcess> {
    const child = spawn(this.command, this.args, { cwd: this.directory });
    this.child = child;
    return new Promise((resolve, reject) => {
      child.on("spawn", () => resolve(child));
      child.on("error", reject);
    });
  }

  // kill ends it at once, and with it what waits for its answers. What it has started itself
  // may hold the other ends of its streams.
  kill(): void {
    this.child?.kill("SIGKILL");
    this.child?.stdin?.destroy();
    this.child?.stdout?.destroy();
  }

  // expectEnd kills it if it does not end by itself.
  expectEnd(): void {
    const { child } = this;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const late = setTimeout(() => child.kill("SIGKILL"), lastWords);
      child.on("exit", () => clearTimeout(late));
    }
  }
}
