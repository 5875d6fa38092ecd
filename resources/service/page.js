// The chat page: one conversation, kept in this tab only, asked with the history it has on the screen.
"use strict";

const CHINESE = navigator.language.toLowerCase().startsWith("zh");
const SAY = CHINESE
  ? { hint: "问商品、库存、政策……", send: "发送", stop: "停止", fresh: "新对话", token: "请输入访问令牌", enter: "进入", lost: "连接中断，请再问一次。", asOf: "截至" }
  : { hint: "Ask about products, stock, policies…", send: "Send", stop: "Stop", fresh: "New", token: "Access token", enter: "Enter", lost: "The connection broke off. Ask again.", asOf: "as of" };
const HISTORY_SENT = 8;
const $ = (id) => document.getElementById(id);
let history = [];
let running = null;

function add(name, text, place = $("chat")) {
  const element = document.createElement("div");
  element.className = name;
  element.textContent = text;
  place.append(element);
  element.scrollIntoView({ block: "end" });
  return element;
}

function price(fields) {
  return fields.price ? `${fields.price} ${fields.currency ?? ""}` : "";
}

function showSources(sources) {
  for (const source of sources) {
    const line = [`[${source.id}]`, source.key, source.title, price(source.fields)].filter(Boolean).join(" · ");
    const card = add("source", line);
    const when = document.createElement("small");
    when.textContent = `${SAY.asOf} ${new Date(source.as_of).toLocaleString()}`;
    card.append(when);
  }
}

async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    held += value;
    const parts = held.split("\n\n");
    held = parts.pop();
    for (const part of parts) {
      const name = /^event: (.*)$/m.exec(part);
      const data = /^data: (.*)$/m.exec(part);
      if (data) yield [name ? name[1] : "error", JSON.parse(data[1])];
    }
  }
}

async function ask(question) {
  add("asked", question);
  const shown = add("answer", "…");
  running = new AbortController();
  $("send").textContent = SAY.stop;
  let text = "";
  try {
    const headers = { "Content-Type": "application/json" };
    const token = localStorage.getItem("token");
    if (token) headers.Authorization = `Bearer ${token}`;
    const body = JSON.stringify({ query: question, history: history.slice(-HISTORY_SENT), stream: true });
    const response = await fetch("/chat", { method: "POST", headers, body, signal: running.signal });
    if (!response.ok) {
      const { error } = await response.json();
      shown.classList.add("fault");
      shown.textContent = error.message;
      $("sign-in").hidden = response.status !== 401;
      return;
    }
    let done = null;
    for await (const [name, data] of events(response)) {
      if (name === "delta") text += data.text;
      if (name === "replace") text = data.text;
      if (name === "error") throw new Error(data.error.message);
      if (name === "done") { done = data; text = data.response; }
      shown.textContent = text || "…";
    }
    if (!done) throw new Error(SAY.lost);
    history.push({ question, answer: text });
    showSources(done.sources);
    shown.dataset.done = done.route;
  } catch (fault) {
    if (fault.name === "AbortError") { shown.textContent = text; return; }
    shown.classList.add("fault");
    shown.textContent = fault instanceof TypeError ? SAY.lost : fault.message;
  } finally {
    running = null;
    $("send").textContent = SAY.send;
  }
}

document.documentElement.lang = CHINESE ? "zh" : "en";
$("question").placeholder = SAY.hint;
$("question").setAttribute("aria-label", SAY.hint);
$("send").textContent = SAY.send;
$("new").textContent = SAY.fresh;
$("token-label").textContent = SAY.token;
$("token-send").textContent = SAY.enter;

$("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  if (running) { running.abort(); return; }
  const question = $("question").value.trim();
  if (!question) return;
  $("question").value = "";
  ask(question);
});
$("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  localStorage.setItem("token", $("token").value.trim());
  $("sign-in").hidden = true;
});
$("new").addEventListener("click", () => {
  if (running) running.abort();
  history = [];
  $("chat").replaceChildren();
  $("question").focus();
});
// A link that was given to a phone may carry its token behind the #, which no server ever sees.
if (location.hash.startsWith("#token=")) {
  localStorage.setItem("token", decodeURIComponent(location.hash.slice(7)));
  window.history.replaceState(null, "", location.pathname);
}
// A link may carry a question too; it is put into the field, and asked.
const given = new URLSearchParams(location.search).get("q");
if (given) ask(given);
