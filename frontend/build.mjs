// Styles and scripts of the pages, with stable names, into dist/. Names are hashed and files compressed when the
// server is built (crates/web/build.rs), so that the two can never be out of step.
import { build } from "esbuild";
import { cp, mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = `${here}dist`;

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: { app: "src/app.css", desk: "src/desk.css", page: "src/page.js" },
  outdir: dist,
  bundle: true,
  minify: true,
  // Phones from 2018 count.
  target: ["chrome64", "safari12"],
  format: "iife",
  legalComments: "none",
  logLevel: "warning",
});
await cp(`${here}src/icon.svg`, `${dist}/icon.svg`);
