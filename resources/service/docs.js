// The API's documentation, drawn from /openapi.json.
"use strict";

function line(tag, text, place) {
  const element = document.createElement(tag);
  element.textContent = text;
  place.append(element);
  return element;
}

function named(schema) {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.type === "array") return `${named(schema.items)}[]`;
  return schema.type ?? (schema.anyOf ?? []).map(named).join(" | ");
}

function show(spec) {
  const main = document.getElementById("paths");
  for (const [path, operations] of Object.entries(spec.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const section = line("section", "", main);
      line("code", `${method.toUpperCase()} ${path}`, section);
      line("p", operation.summary ?? "", section);
      for (const parameter of operation.parameters ?? []) {
        line("div", `${parameter.in} ${parameter.name}: ${named(parameter.schema)} ${parameter.description ?? ""}`, section);
      }
      const body = operation.requestBody?.content?.["application/json"]?.schema;
      if (body) line("div", `body: ${named(body)}`, section);
      for (const [status, response] of Object.entries(operation.responses)) {
        const schema = Object.values(response.content ?? {})[0]?.schema;
        line("div", `${status}: ${response.description} ${named(schema)}`, section);
      }
    }
  }
  for (const [name, schema] of Object.entries(spec.components?.schemas ?? {})) {
    const section = line("section", "", main);
    line("code", name, section);
    for (const [field, part] of Object.entries(schema.properties ?? {})) {
      const must = (schema.required ?? []).includes(field) ? "" : "?";
      line("div", `${field}${must}: ${named(part)} ${part.description ?? ""}`, section);
    }
  }
}

fetch("/openapi.json").then((response) => response.json()).then(show);
