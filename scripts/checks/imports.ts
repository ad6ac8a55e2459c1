import { posix } from "node:path";
import ts from "typescript";

/** Parses one file on its own: syntax only, no types, no other file is read. */
export function parseSource(path: string, text: string): ts.SourceFile {
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true, kind);
}

/** The line of a node, counted from 1. */
export function lineOf(node: ts.Node): number {
  const source = node.getSourceFile();
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

/** What a file imports: a file of ours as a path from the project's root, a package by its own name. */
export interface Import {
  target: string;
  /** Line of the import, counted from 1. */
  line: number;
}

/**
 * Every import of a file: `import`, `export ... from`, `import(...)` and `import("...")` types.
 * The package's own names (`sojourn/search`) count as the rooms they stand for.
 */
export function importsOf(source: ts.SourceFile, path: string): Import[] {
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) imports.push({ target: resolve(specifier, path), line: lineOf(node) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return textOf(node.arguments[0]);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return textOf(node.argument.literal);
  return undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function resolve(specifier: string, path: string): string {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(path), specifier);
  if (specifier === "sojourn") return "src/index.ts";
  return specifier.replace(/^sojourn\/([^/]+)$/, "src/$1/index.ts");
}
