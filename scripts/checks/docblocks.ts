import ts from "typescript";
import { lineOf } from "./imports.ts";

/** An exported name and the line of its declaration, counted from 1. */
export interface ExportedName {
  name: string;
  line: number;
}

/**
 * The functions, classes, interfaces, types and constants a file exports without a docblock.
 * A name declared twice (overloads, a constant and a type) needs one docblock in all, and a type inferred from a
 * documented schema (`type Step = z.infer<typeof stepSchema>`) shares the schema's.
 * What is exported again from another file is documented there.
 */
export function undocumentedExports(source: ts.SourceFile): ExportedName[] {
  const listed = namesInExportLists(source);
  const lines = new Map<string, number>();
  const documented = new Set<string>();
  for (const statement of source.statements)
    for (const { name, node } of declarationsOf(statement)) {
      if (!isExported(statement) && !listed.has(name)) continue;
      if (!lines.has(name)) lines.set(name, lineOf(node));
      const schema = schemaOf(statement);
      if (hasDocblock(node) || (schema !== undefined && documented.has(schema))) documented.add(name);
    }
  return [...lines].filter(([name]) => !documented.has(name)).map(([name, line]) => ({ name, line }));
}

function namesInExportLists(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier !== undefined) continue;
    if (statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause)) continue;
    for (const element of statement.exportClause.elements)
      names.add((element.propertyName ?? element.name).text);
  }
  return names;
}

function declarationsOf(statement: ts.Statement): { name: string; node: ts.Node }[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map((declaration) => ({
      name: declaration.name.getText(),
      node: statement,
    }));
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  )
    return [{ name: statement.name?.text ?? "default", node: statement }];
  return [];
}

/** The schema that `type Step = z.infer<typeof stepSchema>` is inferred from. */
function schemaOf(statement: ts.Statement): string | undefined {
  if (!ts.isTypeAliasDeclaration(statement) || !ts.isTypeReferenceNode(statement.type)) return undefined;
  const inferred = statement.type.typeArguments?.[0];
  const isInference = /^z\.(infer|input|output)$/.test(statement.type.typeName.getText());
  if (!isInference || inferred === undefined || !ts.isTypeQueryNode(inferred)) return undefined;
  return inferred.exprName.getText();
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function hasDocblock(node: ts.Node): boolean {
  return ts
    .getJSDocCommentsAndTags(node)
    .some((comment) => ts.isJSDoc(comment) && comment.end > comment.pos + 7);
}
