// The installed extension in a trusted folder: the example tree, seen as x86, without a
// Rust compiler.
const { run } = require("./harness.js");

for (const part of ["activation", "languages", "editing", "meaning", "configuration", "menu", "gates", "settings", "server"]) {
  require(`./example/${part}.js`);
}

exports.run = run;
