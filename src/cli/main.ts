#!/usr/bin/env node
process.stdout.write('callboard\n');
