'use strict';

// Preloaded, it lets a program see the Node version that the environment names.
Object.defineProperty(process, 'versions', { value: { node: process.env.PRETENDED_NODE } });
