// Written so that any Node that knows modules can read it: it tells an old one what is wanted.
var wanted = [20, 19]
var found = process.versions.node.split('.').map(Number)
if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  process.stderr.write(
    'Tenth needs Node ' +
      wanted.join('.') +
      ' or later; this is Node ' +
      process.versions.node +
      ' (' +
      process.execPath +
      '). Install a newer one from https://nodejs.org.\n',
  )
  process.exit(3)
}
