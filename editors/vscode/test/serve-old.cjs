// serve-old.cjs MAIN ARGUMENTS...: the server of a Visual Studio Code up to 1.93, whose
// server-main.js, as code-server packs it, can be loaded but does nothing when it is run.
const http = require("node:http");

const main = process.argv[2];
process.argv.splice(1, 2, main); // it parses them itself

const option = (name) => process.argv[process.argv.indexOf("--" + name) + 1];

async function run() {
  const code = await require(main).loadCodeWithNls();
  if (process.argv.includes("--install-extension")) {
    await code.spawnCli();
    return;
  }
  const listener = http.createServer((request, response) => void server.handleRequest(request, response));
  listener.on("upgrade", (request, socket) => void server.handleUpgrade(request, socket));
  listener.listen(Number(option("port")), option("host"));
  await new Promise((resolve) => listener.on("listening", resolve));
  const server = await code.createServer(listener.address());
}

run().catch((error) => {
  console.error(error);
  process.exit(1);
});
