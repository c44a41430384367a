process.stdout.write('wip\n');
