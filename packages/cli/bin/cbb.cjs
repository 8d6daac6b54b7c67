#!/usr/bin/env node
// Every Node, however old, must be able to read this file: it says which Node is needed, and nothing before it fails.
'use strict';

const needed = [22, 12];
const found = process.versions.node.split('.').map(Number);
const isOld = found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1]);

if (isOld) {
  const need = `cbb: Node ${needed.join('.')} or later is needed, and this is ${process.versions.node}`;
  process.stderr.write(`${need}: install a newer one, or put it first in PATH\n`);
  process.exitCode = 2;
} else {
  require('./start.cjs');
}
